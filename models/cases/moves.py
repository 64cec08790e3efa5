"""The one way in which a case changes: by a row of the transition table, with its clocks, its event and its notice."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified
from sqlalchemy.orm.exc import StaleDataError

from models import outbox
from models.cases import due  # noqa: F401 - from here on the cache of due dates follows every deadline
from models.cases.grounds import Ground
from models.cases.merging import DECIDED_TOGETHER, members_of, refuse_for_merged
from models.cases.shape import CHAIN, FILER, UNIT
from models.cases.sorting.terms import Complexity
from models.cases.states import Transition, require, transition
from models.cases.tables import Case, CaseAct
from models.cases.terms import ENDED, ON_THE_WAY, Act
from models.clocks.operations import cancel_deadline, meet_deadline, start_deadlines
from models.errors import Conflict, Invalid
from models.ledger import record
from models.ledger.operations import Acts
from models.people.tables import Account, Unit
from models.wording import said

NOTIFY_FILER = "notify-filer"
NOTIFY_UNITS = "notify-units"
SOMEBODY_WAS_FASTER = "您打开页面以后，这个办件又有了变化，您的操作没有保存。请看过最新情况再办理。"
LONGEST_TEXT = 10_000
_GIVES_HANDLER = frozenset({Act.ASSIGN, Act.TAKE_ON})


@dataclass(frozen=True)
class Notes:
    """What an act leaves in the timeline besides the fact itself. `data` goes to the ledger: ids and codes only."""

    public: str | None = None
    internal: str | None = None
    unit: Unit | None = None  # who did it, where that is not the acting unit
    other_unit: Unit | None = None
    ground: Ground | None = None
    data: dict[str, Any] = field(default_factory=dict)


NOTHING = Notes()


def move(
    session: Session, *, case: Case, act: Act, actor: Acts, now: dt.datetime, notes: Notes = NOTHING
) -> CaseAct:
    """Does `act`: state, clocks, timeline, ledger, notice. ActRefused when the table has no such row.

    The caller has set what the new state needs (a closing its outcome). Conflict when another transaction changed
    the case in the meantime.
    """
    row = require(case.track, case.state, act)
    with session.no_autoflush:  # the caller has set half of the new state
        refuse_for_merged(session, case, act)
    if act is Act.UPHOLD:
        case.lead = None  # somebody else starts anew, whatever the others wait for
        case.complexity, case.complexity_rule = Complexity.COMPLEX, None
    entry = _moved(session, case, row, actor, now, notes)
    if act in DECIDED_TOGETHER:
        for member in members_of(session, case):
            _follow(session, member, case, notes, act, actor, now)
    return entry


def _moved(
    session: Session, case: Case, row: Transition, actor: Acts, now: dt.datetime, notes: Notes
) -> CaseAct:
    entry = enter(session, case=case, row=row, actor=actor, now=now, notes=notes)
    _turn_clocks(session, case, row, now)
    return entry


def _follow(
    session: Session, member: Case, lead: Case, notes: Notes, act: Act, actor: Acts, now: dt.datetime
) -> None:
    """并案: what is decided for the leading case is decided for a merged one, in its own timeline and its own clocks.

    One that has gone further already, answered for instance, stays as it is. What its filer reads is never copied.
    """
    row = transition(member.track, member.state, act)
    if row is None or (act in _GIVES_HANDLER and lead.handler and member.bars(lead.handler)):
        return
    if act in _GIVES_HANDLER:
        member.handler = lead.handler
    copied = replace(notes, public=None, data={**notes.data, "lead": lead.id})
    _moved(session, member, row, actor, now, copied)


def enter(
    session: Session, *, case: Case, row: Transition, actor: Acts, now: dt.datetime, notes: Notes
) -> CaseAct:
    """Writes the new state and everything that tells of it, but leaves the clocks alone."""
    with session.no_autoflush:  # one act is one new version, whatever is looked up meanwhile
        case.state, case.last_act, case.last_act_at = row.to_state, row.act, now
        # A new version, even where the act before was the same at the same time.
        flag_modified(case, "last_act_at")
        pending = case.open_transfer if row.to_state in ON_THE_WAY else None
        case.waiting_unit_id = pending.to_unit_id if pending else None
        if row.to_state in ENDED and case.closed_at is None:
            case.closed_at = now
        if case.seen_at is None and isinstance(actor, Account) and actor.is_staff:
            case.seen_at = now
        entry = CaseAct(
            case=case,
            act=row.act,
            from_state=row.from_state,
            to_state=row.to_state,
            actor_id=actor.id if isinstance(actor, Account) and actor.is_staff else None,
            actor_name=actor.ledger_name,
            unit=notes.unit or case.acting_unit,
            other_unit=notes.other_unit,
            at=now,
            on_version=case.version,
            public_note=notes.public,
            internal_note=notes.internal,
            ground=notes.ground,
        )
        session.add(entry)
    flush(session)
    states = {"from": row.from_state, "to": row.to_state, "entry": entry.id}
    record(session, act=f"case.{row.act}", subject=case, actor=actor, now=now, data={**states, **notes.data})
    if FILER in row.tells:
        payload = {"case_id": case.id, "act_id": entry.id}
        outbox.put(session, kind=NOTIFY_FILER, key=f"{NOTIFY_FILER}:{entry.id}", payload=payload, now=now)
    if UNIT in row.tells or CHAIN in row.tells:
        tell_units(session, entry, now)
    return entry


def tell_units(session: Session, entry: CaseAct, now: dt.datetime) -> None:
    """Queues the notices about an act to the people of the units that it concerns."""
    payload = {"act_id": entry.id}
    outbox.put(session, kind=NOTIFY_UNITS, key=f"{NOTIFY_UNITS}:{entry.id}", payload=payload, now=now)


def flush(session: Session) -> None:
    """Sends the changes; a case that somebody else changed meanwhile is a Conflict."""
    try:
        session.flush()
    except StaleDataError as error:
        raise Conflict(SOMEBODY_WAS_FASTER) from error


def start_clocks(
    session: Session, case: Case, rule_ids: tuple[str, ...], now: dt.datetime, *, is_new: bool = False
) -> None:
    """Starts the clocks of these rules on the case, with `now` as day 0; one that runs goes on as it is.

    On a case that `is_new` in this transaction nothing runs, and nothing is asked.
    """
    units = {rule_id: _who_has_to_act(case, rule_id).id for rule_id in rule_ids}
    start_deadlines(session, units=units, subject=case, started_at=now, is_new=is_new)


def required(text: str | None, *, field: str, sentence: str) -> str:
    """The text without blanks around it; Invalid with `sentence` at `field` when nothing is left or it is too long."""
    tidy = (text or "").strip()
    if not tidy:
        raise Invalid(sentence, {field: sentence})
    if len(tidy) > LONGEST_TEXT:
        too_long = said("最多 %(most)s 个字，请删减。", most=LONGEST_TEXT)
        raise Invalid(too_long, {field: too_long})
    return tidy


def _who_has_to_act(case: Case, rule_id: str) -> Unit:
    """The acting unit, but for what the receiver of a transfer or the superior has to do."""
    if rule_id == "local_acknowledge" and case.open_transfer:
        return case.open_transfer.acknowledging_unit
    if rule_id == "jurisdiction_designate" and case.designator_unit:
        return case.designator_unit
    return case.acting_unit


def _turn_clocks(session: Session, case: Case, row: Transition, now: dt.datetime) -> None:
    """Starts what the row starts, then stops what it stops: a promise may be given and kept in one act."""
    start_clocks(session, case, row.starts, now)
    session.flush()
    stop = cancel_deadline if row.act is Act.WITHDRAW else meet_deadline
    for rule_id in row.stops:
        stop(session, rule_id=rule_id, subject=case, now=now)
