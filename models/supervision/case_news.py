"""News of a case for the units concerned: it is on its way to them, came back, was designated, was closed.

The verb of the case has put one piece of work into the outbox; here it becomes a notice in the list of each person who
answers for the matter in those units. Feedback of a closing goes to every unit that passed the case on.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from sqlalchemy.orm import Session

from models.cases.recusal.queries import kept_out
from models.cases.tables import Case, CaseAct
from models.cases.terms import Act
from models.people.tables import Unit
from models.supervision.recipients import Hands, Staffing
from models.supervision.telling import tell
from models.supervision.terms import NoticeKind, Told

_TO_THE_OTHER_UNIT = frozenset({Act.TRANSFER, Act.ACKNOWLEDGE, Act.RETURN, Act.RECALL, Act.DESIGNATE})
_UP_THE_CHAIN = frozenset({Act.CLOSE, Act.REFUSE, Act.DESIGNATE})
_TO_THE_HANDLER = frozenset(
    {
        *(Act.SUPPLEMENT, Act.WITHDRAW, Act.UPHOLD, Act.REJECT, Act.HEAR_OUTSIDE),
        *(Act.APPROVE_REFERRAL, Act.DECLINE_REFERRAL, Act.HEAR_POLICE),
    }
)


def tell_units(session: Session, *, entry: CaseAct, now: dt.datetime) -> list[int]:
    """Gives the notices of one act; returns the accounts told, each once. Who did it needs no notice."""
    staffing = Staffing.read(session)
    told: dict[int, None] = {}
    for hands, who in _addressed(entry.case, entry):
        told.update(dict.fromkeys(staffing.responsible(hands, who)))
    told.pop(entry.actor_id or 0, None)
    for account_id in kept_out(session, entry.case_id, told.keys()):
        del told[account_id]
    data = {"kind": "case", "id": entry.case_id, "act": entry.act.value, "unit": entry.unit_id}
    if entry.act is Act.CLOSE and entry.case.outcome:
        data["outcome"] = entry.case.outcome.value  # whoever only passed it on sees no more of it now
    for account_id in told:
        key = f"act:{entry.id}:{account_id}"
        tell(session, account_id=account_id, kind=NoticeKind.CASE, key=key, data=data, now=now)
    return list(told)


def _addressed(case: Case, entry: CaseAct) -> Iterator[tuple[Hands, Told]]:
    other = entry.other_unit
    if other and not other.is_outside and entry.act in _TO_THE_OTHER_UNIT:
        yield Hands(None, other.id), Told.INTAKE
    if other and entry.act is Act.ESCALATE:
        yield Hands(None, other.id), Told.HEAD
    if entry.act in (Act.RECUSE, Act.PROPOSE_REFERRAL):
        yield Hands(None, case.acting_unit.id), Told.HEAD
    if entry.act in _UP_THE_CHAIN:
        for unit in case.chain:
            if not unit.is_outside:
                yield Hands(None, unit.id), Told.INTAKE
    if entry.act is Act.DISPUTE:
        yield Hands(None, case.acting_unit.id), Told.SUPERVISOR
    if entry.act in _TO_THE_HANDLER:
        yield Hands(case.handler_id, case.acting_unit.id), Told.HANDLER
    if entry.act is Act.RECEIVE:
        yield from _above(case.unit)


def _above(unit: Unit) -> Iterator[tuple[Hands, Told]]:
    """A lead that a county takes in reaches the unit above at once."""
    if unit.parent_id:
        yield Hands(None, unit.parent_id), Told.SUPERVISOR
        yield Hands(None, unit.parent_id), Told.HEAD
