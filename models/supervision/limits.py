"""The limits behind the figures of the board: which of a unit and its people are late, or run out, or were missed.

Only limits set by law are counted; the bureau's own promises stand in a column of their own.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, false, func, or_, select
from sqlalchemy.orm import Session

from models.cases.recusal.queries import cases_kept_from
from models.cases.sight import Sight
from models.cases.tables import Case
from models.clocks.book import book
from models.clocks.queries import DUE_SOON_WORKDAYS, is_open
from models.clocks.rules import Rule
from models.clocks.tables import Deadline, SubjectKind
from models.decisions.tables import Decision
from models.lists.queries import entry_subjects
from models.people.tables import Account
from models.supervision.charged import changed_hands_since, charged_unit, was_kept
from models.supervision.tables import RungClaim
from models.supervision.terms import Rung
from models.types import beijing_date

MOST = 200
NOBODY = 0  # no account has this number: what has no handler yet


class Figure(enum.StrEnum):
    """A column of the board that counts limits."""

    LATE = "late"
    TODAY = "today"
    SOON = "soon"
    PROMISES = "promises"
    MISSED = "missed"


FIGURE_LABELS: dict[Figure, str] = {
    Figure.LATE: "已逾期",
    Figure.TODAY: "今天到期",
    Figure.SOON: "三个工作日内到期",
    Figure.PROMISES: "服务承诺逾期",
    Figure.MISSED: "最近三个月没有按时完成",
}


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit of a case, decision or entry of a list, with the highest rung climbed for it.

    A missed one is its unit's in whose hands it ran out; `handler` is empty where `has_moved` says that others have it now.
    """

    kind: SubjectKind
    reference: str
    unit_id: int | None
    handler: str
    rule: Rule
    legal_end: dt.date
    rung: Rung | None
    has_moved: bool = False


def soon_until(session: Session, today: dt.date) -> dt.date:
    """The last day that counts as soon."""
    return book(session).calendar.add_workdays(today, DUE_SOON_WORKDAYS)


def conditions(
    session: Session, *, now: dt.datetime, since: dt.datetime | None = None
) -> Mapping[Figure, ColumnElement[bool]]:
    """What each figure counts, as SQL about limits that are open; `since`: when the missed ones begin."""
    found, today = book(session), beijing_date(now)
    by_law = Deadline.rule_id.not_in([rule.id for rule in found.rules if rule.is_local_promise])
    late, running = Deadline.legal_end < today, and_(is_open(), Deadline.paused_from.is_(None))
    missed = and_(
        ~was_kept(), Deadline.paused_from.is_(None), Deadline.cancelled_at.is_(None), Deadline.due_at <= now
    )
    return {
        Figure.LATE: and_(running, by_law, late),
        Figure.TODAY: and_(running, by_law, ~late, Deadline.alert_on <= today),
        Figure.SOON: and_(
            running, by_law, Deadline.alert_on > today, Deadline.alert_on <= soon_until(session, today)
        ),
        Figure.PROMISES: and_(running, ~by_law, late),
        Figure.MISSED: and_(missed, by_law, Deadline.due_at >= (since or now)),
    }


def joined(wanted: Select[Any], entries: Subquery, officer: Account) -> Select[Any]:
    """`wanted` of limits, with what they are about and whose they are; no case that the officer is kept out of 回避."""
    is_case = and_(Deadline.subject_kind == SubjectKind.CASE, Case.id == Deadline.subject_id)
    is_decision = and_(Deadline.subject_kind == SubjectKind.DECISION, Decision.id == Deadline.subject_id)
    is_entry = and_(Deadline.subject_kind == entries.c.kind, entries.c.id == Deadline.subject_id)
    holder = func.coalesce(Case.handler_id, Decision.maker_id, entries.c.maker_id)
    return (
        wanted.select_from(Deadline)
        .outerjoin(Case, is_case)
        .outerjoin(Decision, is_decision)
        .outerjoin(entries, is_entry)
        .outerjoin(Account, Account.id == holder)
        .where(or_(Case.id.is_(None), Case.id.not_in(cases_kept_from(officer))))
    )


def limits(
    session: Session,
    *,
    officer: Account,
    units: Collection[int],
    figure: Figure,
    now: dt.datetime,
    since: dt.datetime | None = None,
    holder: int | None = None,
    most: int = MOST,
    sight: Sight | None = None,
) -> list[Limit]:
    """The limits that a figure counts, the oldest first; `holder`: of one person, or of `NOBODY`.

    With `sight`, of cases only those that the officer may open: for whoever has the figures and not every case.
    """
    entries = entry_subjects()
    is_past = figure is Figure.MISSED
    unit_id: ColumnElement[int | None] = charged_unit() if is_past else Deadline.__table__.c.unit_id
    has_moved = changed_hands_since() if is_past else false()
    columns = (Deadline, Case.reference, Decision.document_number, entries.c.name, Account.display_name)
    wanted = (
        joined(select(*columns, unit_id, has_moved), entries, officer)
        .where(conditions(session, now=now, since=since)[figure], unit_id.in_(units))
        .order_by(Deadline.legal_end, Deadline.id)
        .limit(most)
    )
    if holder is not None:
        wanted = wanted.where(Account.id == holder if holder != NOBODY else Account.id.is_(None))
    if sight is not None:
        wanted = wanted.where(or_(Case.id.is_(None), sight.visible()))
    rows = session.execute(wanted).all()
    found, rungs = book(session), _highest_rungs(session, [row[0].id for row in rows])
    return [
        Limit(
            kind=deadline.subject_kind,
            reference=reference or number or name or "",
            unit_id=charged,
            handler="" if moved else handler or "",
            rule=found.rule_of(deadline),
            legal_end=deadline.legal_end,
            rung=rungs.get(deadline.id),
            has_moved=bool(moved),
        )
        for deadline, reference, number, name, handler, charged, moved in rows
    ]


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
