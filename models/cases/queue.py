"""The queue: a page of a saved view, filtered and sorted, and the counts of all views, in a fixed number of queries."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Date, Select, and_, case, func, literal, or_, select
from sqlalchemy.orm import Session, defaultload, joinedload, lazyload

from models.cases.sight import OPEN, Sight, View, is_held_by, mentions
from models.cases.tables import Case
from models.cases.terms import State
from models.clocks.book import Book, book
from models.clocks.queries import DUE_SOON_WORKDAYS, Standing, deadlines_of, light
from models.clocks.tables import Deadline
from models.clocks.terms import Light
from models.errors import Invalid
from models.filings.tables import Filing
from models.kinds import RightType, Track
from models.people.roles import Role
from models.people.tables import Account, Unit

PAGE = 50
NEVER = dt.date(9999, 12, 31)

Query = TypeVar("Query", bound="Select[*tuple[Any, ...]]")

_DEFAULTS: tuple[tuple[Role, View], ...] = (
    (Role.INTAKE, View.NEW),
    (Role.HANDLER, View.MINE),
    (Role.SUPERVISOR, View.LATE),
)


class Sort(enum.StrEnum):
    """By the next deadline (late ones on top), or the newest filing first."""

    DUE = "due"
    OPENED = "opened"


@dataclass(frozen=True)
class Wanted:
    """What the address asks for. `unit` is a unit's code, `after` where the page before ended."""

    view: View
    state: State | None = None
    right_type: RightType | None = None
    track: Track | None = None
    unit: str = ""
    light: Light | None = None
    text: str = ""
    sort: Sort = Sort.DUE
    after: str = ""


@dataclass(frozen=True)
class Row:
    """A case with the deadline that decides its place, and how it stands; neither when no clock runs."""

    case: Case
    deadline: Deadline | None
    standing: Standing | None
    is_promise: bool  # the deadline is the bureau's own promise, no law


@dataclass(frozen=True)
class Page:
    """A page of the queue; `after` asks for the next one and is "" on the last."""

    rows: list[Row]
    total: int
    after: str


def default_view(officer: Account) -> View:
    """Where the day begins for the officer's first role: intake with what is new, a handler with their own."""
    roles = {assignment.role for assignment in officer.assignments}
    return next((view for role, view in _DEFAULTS if role in roles), View.OPEN)


def queue(session: Session, *, officer: Account, wanted: Wanted, today: dt.date) -> Page:
    """A page of what the officer may see of the view, filtered and sorted. Invalid for a broken `after`."""
    sight = _sight(session, officer, today)
    conditions = [sight.visible(), sight.in_view(wanted.view), *_filters(wanted, sight)]
    total = session.scalar(_with_ends(select(func.count(Case.id)), sight).where(*conditions)) or 0
    due = func.coalesce(sight.ends.c.legal_end, literal(NEVER, Date))
    is_by_due = wanted.sort is Sort.DUE and wanted.view is not View.DONE
    order = (due, Case.id) if is_by_due else (Case.id.desc(),)
    lean = (
        joinedload(Case.handler).lazyload(Account.assignments),
        lazyload(Case.transfers),
        defaultload(Case.filing).load_only(Filing.respondent_name, Filing.is_anonymous),
    )
    found = _with_ends(select(Case, due), sight).where(*conditions, *_beyond(wanted.after, due, is_by_due))
    hits = session.execute(found.options(*lean).order_by(*order).limit(PAGE + 1)).all()
    shown = hits[:PAGE]
    after = ""
    if len(hits) > PAGE:
        last, day = shown[-1]
        after = f"{day.isoformat()}_{last.id}" if is_by_due else str(last.id)
    return Page(_rows(session, [hit[0] for hit in shown], today), total, after)


def counts(session: Session, *, officer: Account, today: dt.date) -> Mapping[View, int]:
    """How many cases each view of open ones holds for this officer, in one query."""
    sight = _sight(session, officer, today)
    asked = [view for view in View if view is not View.DONE]
    columns = [func.coalesce(func.sum(case((sight.in_view(view), 1), else_=0)), 0) for view in asked]
    row = session.execute(_with_ends(select(*columns), sight).where(OPEN, sight.visible())).one()
    return {view: int(number) for view, number in zip(asked, row, strict=True)}


def units_to_choose(session: Session, *, officer: Account, today: dt.date) -> Sequence[Unit]:
    """The units that the officer's reach holds, for the filter."""
    mine = _sight(session, officer, today).reach
    return session.scalars(select(Unit).where(Unit.id.in_(mine), Unit.is_active).order_by(Unit.id)).all()


def _sight(session: Session, officer: Account, today: dt.date) -> Sight:
    found = book(session)
    promises = {rule.id for rule in found.rules if rule.is_local_promise}
    return Sight(officer, today, found.calendar.add_workdays(today, DUE_SOON_WORKDAYS + 1), promises)


def _with_ends(query: Query, sight: Sight) -> Query:
    return query.select_from(Case).outerjoin(sight.ends, sight.ends.c.subject_id == Case.id)


def _filters(wanted: Wanted, sight: Sight) -> list[ColumnElement[bool]]:
    found = []
    if wanted.state:
        found.append(Case.state == wanted.state)
    if wanted.right_type:
        found.append(Case.right_type == wanted.right_type)
    if wanted.track:
        found.append(Case.track == wanted.track)
    if wanted.unit:
        found.append(is_held_by(wanted.unit))
    if wanted.light:
        found.append(sight.in_light(wanted.light))
    if wanted.text:
        found.append(mentions(wanted.text))
    return found


def _beyond(after: str, due: ColumnElement[dt.date], is_by_due: bool) -> list[ColumnElement[bool]]:
    if not after:
        return []
    day, _, number = after.rpartition("_")
    try:
        last = int(number)
        if not is_by_due:
            return [Case.id < last]
        reached = literal(dt.date.fromisoformat(day), Date)
    except ValueError:
        raise Invalid("翻页的地址不完整，请回到第一页。") from None
    return [or_(due > reached, and_(due == reached, Case.id > last))]


def _rows(session: Session, cases: list[Case], today: dt.date) -> list[Row]:
    deadlines, found = deadlines_of(session, cases), book(session)
    return [_row(one, deadlines[one.id], found, today) for one in cases]


def _row(one: Case, deadlines: list[Deadline], found: Book, today: dt.date) -> Row:
    """The first open deadline that is law, or else the first promise; they come sorted by their end."""
    running = [deadline for deadline in deadlines if deadline.met_at is None]
    by_law = [deadline for deadline in running if not found.rule_of(deadline).is_local_promise]
    first = next(iter(by_law or running), None)
    if first is None:
        return Row(one, None, None, is_promise=False)
    return Row(one, first, light(first, today, found.calendar), is_promise=not by_law)
