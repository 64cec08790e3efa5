"""What the supervision board shows: what is late and due soon by unit and handler, the worst cases, bounced transfers.

Only limits set by law are counted; the bureau's own promises stand in a column of their own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Subquery, and_, case, func, or_, select
from sqlalchemy.orm import Session, joinedload

from models.cases.recusal.queries import cases_kept_from
from models.cases.tables import Case, Transfer
from models.clocks.book import book
from models.clocks.queries import DUE_SOON_WORKDAYS, is_open
from models.clocks.rules import Rule
from models.clocks.tables import Deadline, SubjectKind
from models.decisions.tables import Decision
from models.lists.queries import entry_subjects
from models.people.permissions import Permission, units_in_reach
from models.people.tables import Account, Unit
from models.supervision.tables import RungClaim, Talk
from models.supervision.terms import Rung

MOST_LATE = 50
MANY_BOUNCES = 2
LOOK_BACK = dt.timedelta(days=365)
SEES_BOARD = (Permission.CASE_SUPERVISE, Permission.STATISTICS_VIEW)


@dataclass(frozen=True, slots=True)
class Load:
    """What one person of a unit has running out; `name` is empty where nobody has been made the handler."""

    unit_id: int
    name: str
    late: int
    today: int
    soon: int
    promises_late: int


@dataclass(frozen=True, slots=True)
class LateCase:
    """A late limit of a case, decision or entry of a list with the highest rung climbed for it."""

    kind: SubjectKind
    reference: str
    unit_id: int | None
    handler: str
    rule: Rule
    legal_end: dt.date
    rung: Rung | None


@dataclass(frozen=True, slots=True)
class Bounces:
    """Transfers of a unit in the last year: sent and returned to it, and returned by it."""

    unit_id: int
    sent: int
    came_back: int
    returned: int


def units_seen(session: Session, officer: Account) -> list[Unit]:
    """The units on the officer's board, parents first; outside bodies have no clocks of ours."""
    conditions = []
    for permission in SEES_BOARD:
        own, prefixes = units_in_reach(officer, permission)
        conditions += [Unit.id.in_(own), *(Unit.path.startswith(path, autoescape=True) for path in prefixes)]
    wanted = select(Unit).where(or_(*conditions), Unit.outside_kind.is_(None)).order_by(Unit.path)
    return list(session.scalars(wanted))


def loads(session: Session, *, units: Collection[int], today: dt.date) -> list[Load]:
    """The table by unit and person, in one query; only people with something that runs out."""
    found = book(session)
    soon_until = found.calendar.add_workdays(today, DUE_SOON_WORKDAYS)
    promises = [rule.id for rule in found.rules if rule.is_local_promise]
    by_law = Deadline.rule_id.not_in(promises)
    entries = entry_subjects()
    late, name = Deadline.legal_end < today, func.coalesce(Account.display_name, "")

    def count(condition: ColumnElement[bool]) -> ColumnElement[int]:
        return func.sum(case((condition, 1), else_=0))

    wanted = (
        select(
            Deadline.unit_id,
            name,
            count(and_(by_law, late)),
            count(and_(by_law, ~late, Deadline.alert_on <= today)),
            count(and_(by_law, Deadline.alert_on > today, Deadline.alert_on <= soon_until)),
            count(and_(~by_law, late)),
        )
        .outerjoin(Case, _is_case())
        .outerjoin(Decision, _is_decision())
        .outerjoin(entries, _is_entry(entries))
        .outerjoin(
            Account, Account.id == func.coalesce(Case.handler_id, Decision.maker_id, entries.c.maker_id)
        )
        .where(is_open(), Deadline.paused_from.is_(None), Deadline.alert_on <= soon_until)
        .where(Deadline.unit_id.in_(units))
        .group_by(Deadline.unit_id, Account.id, name)
        .order_by(Deadline.unit_id, name)
    )
    return [Load(row[0] or 0, row[1], *map(int, row[2:])) for row in session.execute(wanted)]


def late_cases(
    session: Session, *, officer: Account, units: Collection[int], today: dt.date
) -> list[LateCase]:
    """The limits set by law that ran out longest ago."""
    found = book(session)
    promises = [rule.id for rule in found.rules if rule.is_local_promise]
    entries = entry_subjects()
    listed = entries.c.name
    wanted = (
        select(Deadline, Case.reference, Decision.document_number, listed, Account.display_name)
        .outerjoin(Case, _is_case())
        .outerjoin(Decision, _is_decision())
        .outerjoin(entries, _is_entry(entries))
        .outerjoin(
            Account, Account.id == func.coalesce(Case.handler_id, Decision.maker_id, entries.c.maker_id)
        )
        .where(is_open(), Deadline.paused_from.is_(None), Deadline.legal_end < today)
        .where(Deadline.unit_id.in_(units), Deadline.rule_id.not_in(promises))
        .where(or_(Case.id.is_(None), Case.id.not_in(cases_kept_from(officer))))
        .order_by(Deadline.legal_end, Deadline.id)
        .limit(MOST_LATE)
    )
    rows = session.execute(wanted).all()
    rungs = _highest_rungs(session, [row[0].id for row in rows])
    return [
        LateCase(
            kind=deadline.subject_kind,
            reference=reference or number or name or "",
            unit_id=deadline.unit_id,
            handler=handler or "",
            rule=found.rule_of(deadline),
            legal_end=deadline.legal_end,
            rung=rungs.get(deadline.id),
        )
        for deadline, reference, number, name, handler in rows
    ]


def bounces(session: Session, *, units: Collection[int], now: dt.datetime) -> list[Bounces]:
    """Per unit with transfers in the last year; units without a returned one are left out."""
    since = Transfer.sent_at >= now - LOOK_BACK
    back = func.sum(case((Transfer.returned_at.is_not(None), 1), else_=0))
    out = select(Transfer.from_unit_id, func.count(Transfer.id), back)
    sent = {
        row[0]: (row[1], int(row[2]))
        for row in session.execute(out.where(since).group_by(Transfer.from_unit_id))
    }
    came = select(Transfer.to_unit_id, back).where(since).group_by(Transfer.to_unit_id)
    returned = {row[0]: int(row[1]) for row in session.execute(came)}
    found = [Bounces(unit, *sent.get(unit, (0, 0)), returned.get(unit, 0)) for unit in units]
    return [one for one in found if one.came_back or one.returned]


def bounced_cases(
    session: Session, *, officer: Account, units: Collection[int], now: dt.datetime
) -> list[tuple[Case, int]]:
    """Open cases that came back at least twice: somebody has to designate who is competent."""
    times = func.count(Transfer.id)
    counted = (
        select(Transfer.case_id, times.label("times"))
        .where(Transfer.returned_at.is_not(None), Transfer.sent_at >= now - LOOK_BACK)
        .group_by(Transfer.case_id)
        .having(times >= MANY_BOUNCES)
        .subquery("counted")
    )
    wanted = (
        select(Case, counted.c.times)
        .join(counted, counted.c.case_id == Case.id)
        .where(Case.closed_at.is_(None), or_(Case.unit_id.in_(units), Case.origin_unit_id.in_(units)))
        .where(Case.id.not_in(cases_kept_from(officer)))
        .order_by(counted.c.times.desc(), Case.id)
        .limit(MOST_LATE)
    )
    return [(one, int(number)) for one, number in session.execute(wanted)]


def talks(session: Session, *, units: Collection[int]) -> Sequence[Talk]:
    """The newest talks with people of these units."""
    wanted = select(Talk).where(Talk.unit_id.in_(units)).options(joinedload(Talk.recorded_by))
    return session.scalars(wanted.order_by(Talk.held_on.desc(), Talk.id.desc()).limit(MOST_LATE)).all()


def _is_case() -> ColumnElement[bool]:
    return and_(Deadline.subject_kind == SubjectKind.CASE, Case.id == Deadline.subject_id)


def _is_decision() -> ColumnElement[bool]:
    return and_(Deadline.subject_kind == SubjectKind.DECISION, Decision.id == Deadline.subject_id)


def _is_entry(entries: Subquery) -> ColumnElement[bool]:
    return and_(Deadline.subject_kind == entries.c.kind, entries.c.id == Deadline.subject_id)


def _highest_rungs(session: Session, deadline_ids: Collection[int]) -> dict[int, Rung]:
    wanted = (
        select(RungClaim.deadline_id, RungClaim.rung)
        .join(Deadline, and_(Deadline.id == RungClaim.deadline_id, Deadline.legal_end == RungClaim.legal_end))
        .where(RungClaim.deadline_id.in_(deadline_ids), RungClaim.is_skipped.is_(False))
    )
    found: dict[int, Rung] = {}
    for deadline_id, rung in session.execute(wanted):
        found[deadline_id] = max(rung, found.get(deadline_id, rung), key=lambda one: one.height)
    return found
