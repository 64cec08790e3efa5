"""The queue: a page of a saved view, filtered and sorted, and the counts of all views, in a fixed number of queries."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Date, and_, case, exists, func, literal, or_, select
from sqlalchemy.orm import Session, defaultload, joinedload, lazyload

from models.cases.sight import OPEN, Sight, View, is_held_by
from models.cases.sorting.terms import Complexity
from models.cases.tables import Case
from models.cases.terms import State
from models.cases.texts import PAIR, holds
from models.clocks.book import Book, book
from models.clocks.queries import DUE_SOON_WORKDAYS, Standing, deadlines_of, light
from models.clocks.tables import Deadline
from models.clocks.terms import Light
from models.errors import Invalid
from models.filings.references import normalise
from models.filings.tables import Filing
from models.kinds import RightType, Track
from models.people.roles import Role, UnitKind
from models.people.tables import Account, Unit
from models.types import LARGEST_ID

PAGE = 50
MOST_COUNTED = 1_000

_DEFAULTS: tuple[tuple[Role, View], ...] = (
    (Role.INTAKE, View.NEW),
    (Role.HANDLER, View.MINE),
    (Role.HEAD, View.TO_APPROVE),
    (Role.SUPERVISOR, View.LATE),
)
_INTAKE_DEFAULTS = {UnitKind.AID_CENTRE: View.WAITING, UnitKind.WORK_STATION: View.FOLLOWED}


class Sort(enum.StrEnum):
    """By the next deadline (late ones on top), or the newest filing first."""

    DUE = "due"
    OPENED = "opened"


@dataclass(frozen=True)
class Wanted:
    """What the address asks for. `unit` is a unit's code, `after` where the page before ended.

    `folded` is the text as `CaseText` has it.
    """

    view: View
    state: State | None = None
    right_type: RightType | None = None
    track: Track | None = None
    complexity: Complexity | None = None
    unit: str = ""
    light: Light | None = None
    is_unproven: bool = False
    is_fast: bool = False
    text: str = ""
    folded: str = ""
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
    """A page of the queue; `after` asks for the next one and is "" on the last. `total` None: over MOST_COUNTED."""

    rows: list[Row]
    total: int | None
    after: str


def default_view(officer: Account) -> View:
    """Where the day begins for the officer's first role: intake with what is new, a handler with their own.

    An aid centre is sent its cases, a work station takes in and passes on: their intake begins with that.
    """
    for role, view in _DEFAULTS:
        kinds = {one.unit.kind for one in officer.assignments if one.role is role}
        if kinds:
            own = _INTAKE_DEFAULTS.get(next(iter(kinds))) if len(kinds) == 1 else None
            return own or view if role is Role.INTAKE else view
    return View.OPEN


def queue(
    session: Session,
    *,
    officer: Account,
    wanted: Wanted,
    today: dt.date,
    counted: Mapping[View, int] | None = None,
) -> Page:
    """A page of what the officer may see of the view, filtered and sorted. Invalid for a broken `after`.

    `counted` is what `counts` found: with it, a view without filters is not counted again.
    """
    sight = sight_of(session, officer, today)
    filters = _filters(session, wanted, sight)
    conditions = [sight.visible(), sight.in_view(wanted.view), *filters]
    is_by_due = wanted.sort is Sort.DUE and wanted.view is not View.DONE
    order = (Case.due_on, Case.id) if is_by_due else (Case.id.desc(),)
    lean = (
        joinedload(Case.handler).lazyload(Account.assignments),
        lazyload(Case.transfers),
        defaultload(Case.filing).load_only(Filing.respondent_name, Filing.is_anonymous, Filing.is_fast),
    )
    found = select(Case).where(*conditions, *_beyond(wanted.after, is_by_due))
    hits = session.scalars(found.options(*lean).order_by(*order).limit(PAGE + 1)).all()
    shown = hits[:PAGE]
    after = ""
    if len(hits) > PAGE:
        last = shown[-1]
        after = f"{last.due_on.isoformat()}_{last.id}" if is_by_due else str(last.id)
    total = None if filters else (counted or {}).get(wanted.view)
    if total is None:
        is_whole = not wanted.after and not after
        total = len(shown) if is_whole else _count_up_to(session, conditions)
    return Page(_rows(session, list(shown), today), total, after)


def _count_up_to(session: Session, conditions: Sequence[ColumnElement[bool]]) -> int | None:
    """How many there are; None when they are more than anybody counts for a page."""
    some = select(Case.id).where(*conditions).limit(MOST_COUNTED + 1).subquery()
    number = session.scalar(select(func.count()).select_from(some)) or 0
    return number if number <= MOST_COUNTED else None


def counts(session: Session, *, officer: Account, today: dt.date) -> Mapping[View, int]:
    """How many cases each view of open ones holds for this officer, in one query."""
    return counts_with(session, officer=officer, today=today, saved=())[0]


def counts_with(
    session: Session, *, officer: Account, today: dt.date, saved: Sequence[Wanted]
) -> tuple[Mapping[View, int], list[int]]:
    """The same, and how many each of some saved views holds, in the same query; -1 for one that is not counted.

    Counted is what the index of open cases answers by itself: by state, unit and light.
    """
    sight = sight_of(session, officer, today)
    asked = [view for view in View if view is not View.DONE]
    wanted = [sight.in_view(view) for view in asked]
    counted = [one for one in saved if _is_cheap(one)]
    wanted += [and_(sight.in_view(one.view), *_filters(session, one, sight)) for one in counted]
    columns = [func.coalesce(func.sum(case((one, 1), else_=0)), 0) for one in wanted]
    row = session.execute(select(*columns).select_from(Case).where(OPEN, sight.visible())).one()
    numbers = [int(number) for number in row]
    of_saved = iter(numbers[len(asked) :])
    return (
        dict(zip(asked, numbers, strict=False)),
        [next(of_saved) if _is_cheap(one) else -1 for one in saved],
    )


def _is_cheap(wanted: Wanted) -> bool:
    return wanted.view is not View.DONE and not (wanted.right_type or wanted.track or wanted.text)


def units_to_choose(session: Session, *, officer: Account, today: dt.date) -> Sequence[Unit]:
    """The units that the officer's reach holds, for the filter."""
    mine = sight_of(session, officer, today).reach
    return session.scalars(select(Unit).where(Unit.id.in_(mine), Unit.is_active).order_by(Unit.id)).all()


def sight_of(session: Session, officer: Account, today: dt.date) -> Sight:
    """The eyes of the officer on that day."""
    found = book(session)
    return Sight(officer, today, found.calendar.add_workdays(today, DUE_SOON_WORKDAYS + 1))


def _filters(session: Session, wanted: Wanted, sight: Sight) -> list[ColumnElement[bool]]:
    found = []
    if wanted.state:
        found.append(Case.state == wanted.state)
    if wanted.right_type:
        found.append(Case.right_type == wanted.right_type)
    if wanted.track:
        found.append(Case.track == wanted.track)
    if wanted.complexity:
        found.append(Case.complexity == wanted.complexity)
    if wanted.unit:
        found.append(is_held_by(wanted.unit))
    if wanted.light:
        found.append(sight.in_light(wanted.light))
    if wanted.is_fast:
        found.append(Case.filing_id.in_(select(Filing.id).where(Filing.is_fast)))
    if wanted.is_unproven:
        found.append(Case.filing_id.in_(select(Filing.id).where(Filing.is_unproven)))
    if wanted.text:
        found.append(_mentions(session, wanted.text, wanted.folded))
    return found


def _mentions(session: Session, words: str, folded: str) -> ColumnElement[bool]:
    """The reference is `words`, or the matter of the case holds them: all of it, or for one sign the name."""
    if len(folded) >= PAIR:
        return or_(Case.reference == normalise(words), holds(session, folded))
    named = Filing.respondent_name.contains(words, autoescape=True)
    return exists().where(Filing.id == Case.filing_id, named)


def only_case_with(session: Session, *, officer: Account, folded: str, today: dt.date) -> Case | None:
    """The one case in the officer's sight whose matter holds a number; None for none and for several."""
    visible = sight_of(session, officer, today).visible()
    wanted = select(Case).where(visible, holds(session, folded)).options(lazyload(Case.transfers)).limit(2)
    found = session.scalars(wanted).all()
    return found[0] if len(found) == 1 else None


def _beyond(after: str, is_by_due: bool) -> list[ColumnElement[bool]]:
    if not after:
        return []
    day, _, number = after.rpartition("_")
    try:
        last = int(number)
        if not 0 <= last <= LARGEST_ID:
            raise ValueError(number)
        if not is_by_due:
            return [Case.id < last]
        reached = literal(dt.date.fromisoformat(day), Date)
    except ValueError:
        raise Invalid("翻页的地址不完整，请回到第一页。") from None
    return [or_(Case.due_on > reached, and_(Case.due_on == reached, Case.id > last))]


def _rows(session: Session, cases: list[Case], today: dt.date) -> list[Row]:
    deadlines, found = deadlines_of(session, cases), book(session)
    return [_row(one, deadlines[one.id], found, today) for one in cases]


def _row(one: Case, deadlines: list[Deadline], found: Book, today: dt.date) -> Row:
    """The first open deadline that is law, or else the first promise; paused ones only where nothing else runs.

    They come sorted by their end; see `cases.due`.
    """
    is_open = [deadline for deadline in deadlines if deadline.met_at is None]
    running = [deadline for deadline in is_open if not deadline.is_paused] or is_open
    by_law = [deadline for deadline in running if not found.rule_of(deadline).is_local_promise]
    first = next(iter(by_law or running), None)
    if first is None:
        return Row(one, None, None, is_promise=False)
    return Row(one, first, light(first, today, found.calendar), is_promise=not by_law)
