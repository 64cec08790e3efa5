"""The queue: a page of a saved view, filtered and sorted, in a fixed number of queries."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Date, and_, literal, or_, select
from sqlalchemy.orm import Session, defaultload, joinedload, lazyload, load_only

from models.cases.mentions import Order, first_that_mention, mentions
from models.cases.sight import Columns, Sight, View
from models.cases.sorting.terms import Complexity
from models.cases.tables import Case
from models.cases.terms import State
from models.cases.texts import holds
from models.clocks.book import Book, book
from models.clocks.queries import DUE_SOON_WORKDAYS, Standing, light, open_deadlines_of
from models.clocks.tables import Deadline
from models.clocks.terms import Light
from models.errors import Invalid
from models.filings.tables import Filing
from models.kinds import RightType, Track
from models.people.roles import Role, UnitKind
from models.people.tables import Account, Assignment, Unit
from models.types import LARGEST_ID

PAGE = 50
MOST_COUNTED = 1_000
MOST_COUNTED_WITH_TEXT = 250  # each text is looked into
MOST_PEOPLE = 200
NOBODY = 0  # no account has this number

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
    """What the address asks for. `unit` is a unit's code, `handler` the number of an account or NOBODY for cases without
    one, `after` where the page before ended.

    `folded` is the text as `CaseText` has it.
    """

    view: View
    state: State | None = None
    right_type: RightType | None = None
    track: Track | None = None
    complexity: Complexity | None = None
    unit: str = ""
    handler: int | None = None
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
    """A page of the queue; `after` asks for the next one and is "" on the last.

    `total` is how many cases there are in all, or at least, where not all of them were counted.
    """

    rows: list[Row]
    total: int
    is_counted: bool
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
    session: Session, sight: Sight, wanted: Wanted, *, counted: Mapping[View, int] | None = None
) -> Page:
    """A page of what these eyes may see of the view, filtered and sorted. Invalid for a broken `after`.

    `counted` is what `counting.counts` found: with it, a view without filters is not counted again.
    """
    is_over = wanted.view is View.DONE
    is_by_due = wanted.sort is Sort.DUE and not is_over
    chosen = _matters(wanted, sight)
    among = [sight.visible() if is_over else sight.visible_if_open(), sight.in_view(wanted.view), *chosen]
    found = partial(_ids, session, wanted, order=_by_due if is_by_due else _newest_first)
    total = None if chosen or wanted.text else (counted or {}).get(wanted.view)
    most = PAGE if total is not None else MOST_COUNTED_WITH_TEXT if wanted.text else MOST_COUNTED
    # Which ones first, from the index alone; what is shown of them afterwards. The first page is counted by the way.
    ids, is_counted = found(
        among=[*among, *_beyond(wanted.after, is_by_due)], most=PAGE if wanted.after else most
    )
    if total is None:
        every, is_counted = found(among=among, most=most) if wanted.after else (ids, is_counted)
        total = min(len(every), most)
    else:
        is_counted = True
    shown = _cases(session, ids[:PAGE])
    after = ""
    if len(ids) > PAGE:
        last = shown[-1]
        after = f"{last.due_on.isoformat()}_{last.id}" if is_by_due else str(last.id)
    return Page(_rows(session, shown, sight.today), total, is_counted, after)


def _ids(
    session: Session, wanted: Wanted, *, among: Sequence[ColumnElement[bool]], order: Order, most: int
) -> tuple[Sequence[int], bool]:
    """The first cases in order that meet the conditions and hold the words, `most` and one more, and whether it is all.

    What fills a page is enough of a common word: to count the cases that hold it takes longer than to show them.
    """
    held = []
    if wanted.text:
        first = first_that_mention(session, wanted.text, wanted.folded, among=among, order=order, page=PAGE)
        if first.is_all or len(first.ids) > PAGE:
            return first.ids[: most + 1], first.is_all and len(first.ids) <= most
        held = [mentions(session, wanted.text, wanted.folded)]
    chosen = select(Case.id).where(*among, *held).order_by(*order(Case.__table__.c)).limit(most + 1)
    found = session.scalars(chosen).all()
    return found, len(found) <= most


def _by_due(of: Columns) -> tuple[ColumnElement[Any], ...]:
    return of.due_on, of.id


def _newest_first(of: Columns) -> tuple[ColumnElement[Any], ...]:
    return (of.id.desc(),)


# Of a case; the rest of it, reasons and outcome, would come along for nothing.
_SHOWN = (
    Case.reference,
    Case.filing_id,
    Case.track,
    Case.right_type,
    Case.state,
    Case.unit_id,
    Case.handler_id,
    Case.complexity,
    Case.due_on,
    Case.last_act,
    Case.last_act_at,
    Case.seen_at,
)


def _cases(session: Session, ids: Sequence[int]) -> list[Case]:
    """The cases of these numbers, in their order, with what a line of the queue shows."""
    lean = (
        load_only(*_SHOWN),
        joinedload(Case.handler).lazyload(Account.assignments),
        lazyload(Case.transfers),
        defaultload(Case.filing).load_only(Filing.respondent_name, Filing.is_anonymous, Filing.is_fast),
    )
    by_id = {case.id: case for case in session.scalars(select(Case).where(Case.id.in_(ids)).options(*lean))}
    return [by_id[number] for number in ids if number in by_id]


def units_to_choose(session: Session, sight: Sight) -> Sequence[Unit]:
    """The units that the officer's reach holds, for the filter."""
    return session.scalars(
        select(Unit).where(Unit.id.in_(sight.reach), Unit.is_active).order_by(Unit.id)
    ).all()


def people_to_choose(session: Session, sight: Sight, wanted: Wanted) -> dict[int, str]:
    """Who has a post in the officer's reach, by name, for the filter; with a unit chosen, who has one there."""
    posts = select(Assignment.account_id).where(Assignment.unit_id.in_(sight.reach))
    if wanted.unit:
        posts = posts.join(Unit, Unit.id == Assignment.unit_id).where(Unit.code == wanted.unit)
    is_chosen = Account.id == (wanted.handler or NOBODY)
    people = (
        select(Account.id, Account.display_name)
        .where(Account.id.in_(posts), or_(Account.active, is_chosen))
        .order_by(~is_chosen, Account.display_name, Account.id)
        .limit(MOST_PEOPLE)
    )
    return {row.id: row.display_name for row in session.execute(people)}


def sight_of(session: Session, officer: Account, today: dt.date) -> Sight:
    """The eyes of the officer on that day."""
    found = book(session)
    return Sight(officer, today, found.calendar.add_workdays(today, DUE_SOON_WORKDAYS + 1))


def column_filters(wanted: Wanted, sight: Sight) -> list[ColumnElement[bool]]:
    """The filters that the columns of `sight.of` decide by themselves."""
    found = []
    if wanted.state:
        found.append(sight.of.state == wanted.state)
    if wanted.complexity:
        found.append(sight.of.complexity == wanted.complexity)
    if wanted.unit:
        found.append(sight.is_held_by(wanted.unit))
    if wanted.light:
        found.append(sight.in_light(wanted.light))
    return found


def filters(session: Session, wanted: Wanted, sight: Sight) -> list[ColumnElement[bool]]:
    """All that the address asks for beyond the view."""
    found = _matters(wanted, sight)
    if wanted.text:
        found.append(mentions(session, wanted.text, wanted.folded))
    return found


def _matters(wanted: Wanted, sight: Sight) -> list[ColumnElement[bool]]:
    """The filters, without the words that are looked for."""
    found = column_filters(wanted, sight)
    if wanted.right_type:
        found.append(Case.right_type == wanted.right_type)
    if wanted.track:
        found.append(Case.track == wanted.track)
    if wanted.handler is not None:
        found.append(Case.handler_id == wanted.handler if wanted.handler else Case.handler_id.is_(None))
    if wanted.is_fast:
        found.append(Case.filing_id.in_(select(Filing.id).where(Filing.is_fast)))
    if wanted.is_unproven:
        found.append(Case.filing_id.in_(select(Filing.id).where(Filing.is_unproven)))
    return found


def only_case_with(session: Session, sight: Sight, folded: str) -> Case | None:
    """The one case in sight whose matter holds a number; None for none and for several."""
    wanted = (
        select(Case).where(sight.visible(), holds(session, folded)).options(lazyload(Case.transfers)).limit(2)
    )
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
    deadlines, found = open_deadlines_of(session, cases), book(session)
    return [_row(one, deadlines[one.id], found, today) for one in cases]


def _row(one: Case, deadlines: list[Deadline], found: Book, today: dt.date) -> Row:
    """The first deadline that is law, or else the first promise; paused ones only where nothing else runs.

    They come sorted by their end; see `cases.due`.
    """
    running = [deadline for deadline in deadlines if not deadline.is_paused] or deadlines
    by_law = [deadline for deadline in running if not found.rule_of(deadline).is_local_promise]
    first = next(iter(by_law or running), None)
    if first is None:
        return Row(one, None, None, is_promise=False)
    return Row(one, first, light(first, today, found.calendar), is_promise=not by_law)
