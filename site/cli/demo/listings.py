"""Entries of the three lists in the demo, put there by two people through the real verbs, on decisions of the demo."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from cli.demo.cast import Cast
from models.decisions.causes import cause_named
from models.decisions.challenges.operations import note_service
from models.decisions.kinds import PartyKind
from models.decisions.queries import is_public
from models.decisions.tables import Decision
from models.lists import leaving, operations
from models.lists.kinds import Hearing, ListKind
from models.lists.tables import Entry, SeriousEntry
from models.people.roles import Role
from models.people.tables import Unit
from models.types import beijing_date

FINAL_AFTER = dt.timedelta(
    days=200
)  # served a few days after the decision, and nobody went to court for six months
SERVED_AFTER = dt.timedelta(days=3)
HEARD_FOR = dt.timedelta(days=25)  # so that the time to speak is over, whatever holidays there were
ON_THE_REGISTER, SERIOUS = 3, 2


def fill_lists(session: Session, cast: Cast, *, now: dt.datetime) -> None:
    """Some infringers, one of them with an open objection; a few serious ones; the rights-holder is commended."""
    register = [found for found in _repeated(session, now) if len(found) > 1][:ON_THE_REGISTER]
    for found in register:
        entry = _list(session, cast, ListKind.INFRINGERS, found, "五年内多次侵犯同一类知识产权", now)
        if found is register[-1]:
            leaving.object_to(
                session, entry, on=beijing_date(now), actor=cast.with_role(Role.PUBLISHER), now=now
            )
    serious = [one for one in _old(session, now) if _is_serious(one)][:SERIOUS]
    for one in {decision.party_uscc: decision for decision in serious}.values():
        _list(session, cast, ListKind.SERIOUS, [one], f"{one.cause_name}，情节严重", now)
    _list(session, cast, ListKind.COMMENDED, [], "连续五年按时履行知识产权义务，积极配合维权", now)


def _list(
    session: Session, cast: Cast, kind: ListKind, found: Sequence[Decision], reason: str, now: dt.datetime
) -> Entry:
    """The whole way onto one list."""
    maker, decider, today = cast.with_role(Role.PUBLISHER), cast.with_role(Role.REVIEWER), beijing_date(now)
    for decision in found:
        if decision.served_on is None:
            served_on = decision.decided_on + SERVED_AFTER
            note_service(session, decision, served_on=served_on, actor=maker, now=now)
    uscc = found[-1].party_uscc if found else cast.rights_holder.uscc
    name = found[-1].party_name if found else cast.rights_holder.organisation
    entry = operations.propose(
        session, kind=kind, uscc=uscc or "", name=name or "", reason=reason, decisions=found,
        unit=_unit(cast), actor=maker, now=now,
    )  # fmt: skip
    operations.notify(session, entry, on=today - HEARD_FOR, actor=maker, now=now)
    if isinstance(entry, SeriousEntry):
        operations.hear(session, entry, hearing=Hearing.STATEMENT, on=today, actor=maker, now=now)
        if entry.needs_consent:
            superior, number = "（演示）省市场监督管理局", f"省市监函〔{today.year}〕{entry.id}号"
            operations.consent(
                session, entry, authority=superior, number=number, on=today, actor=maker, now=now
            )
    number = f"{cast.profile.authority.document_prefix}列〔{today.year}〕{entry.id}号"
    operations.decide(session, entry, number=number, on=today, actor=decider, now=now)
    operations.publish(session, entry, actor=decider, now=now)
    return entry


def _unit(cast: Cast) -> Unit:
    return cast.units[cast.profile.bureau.unit]


def _old(session: Session, now: dt.datetime) -> list[Decision]:
    """Public decisions about companies that are old enough to be final, by company and kind of right."""
    today = beijing_date(now)
    wanted = select(Decision).where(
        is_public(today),
        Decision.decided_on <= today - FINAL_AFTER,
        Decision.party_kind == PartyKind.ORGANISATION,
        Decision.right_type.is_not(None),
    )
    return list(
        session.scalars(wanted.order_by(Decision.party_uscc, Decision.right_type, Decision.decided_on))
    )


def _repeated(session: Session, now: dt.datetime) -> list[list[Decision]]:
    same = groupby(_old(session, now), key=lambda one: (one.party_uscc, one.right_type))
    return [list(found) for _, found in same]


def _is_serious(decision: Decision) -> bool:
    cause = cause_named(decision.cause_name)
    return cause is not None and cause.is_serious
