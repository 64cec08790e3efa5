"""The queue: saved views, filters, the order, keyset paging, and the counts – in a fixed number of queries.

Who may see a case is decided inside each query (`visible`), so that no caller can forget it; the rule is the one of
`Case.units_for(CASE_VIEW)`, and a test compares the two.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Date, Select, and_, case, exists, func, literal, or_, select
from sqlalchemy.orm import Session, aliased, defaultload, joinedload, lazyload

from models.cases.states import FINAL
from models.cases.tables import Case, Transfer
from models.cases.terms import State
from models.clocks.book import book
from models.clocks.queries import DUE_SOON_WORKDAYS, Standing, deadlines_of, light, next_ends
from models.clocks.tables import Deadline, SubjectKind
from models.clocks.terms import Light
from models.errors import Invalid
from models.filings.references import normalise
from models.filings.tables import Filing
from models.kinds import RightType, Track
from models.people.permissions import Permission, units_in_reach
from models.people.roles import Role
from models.people.tables import Account, Unit

PAGE = 50
NEVER = dt.date(9999, 12, 31)

Query = TypeVar("Query", bound="Select[*tuple[Any, ...]]")


class View(enum.StrEnum):
    """Saved views, in the order of the left column."""

    NEW = "new"
    WAITING = "waiting"
    MINE = "mine"
    LATE = "late"
    SOON = "soon"
    HANDLING = "handling"
    ANSWERED = "answered"
    SENT = "sent"
    FOLLOWED = "followed"
    OPEN = "open"
    DONE = "done"


VIEW_LABELS: dict[View, str] = {
    View.NEW: "待受理",
    View.WAITING: "待签收",
    View.MINE: "我承办的",
    View.LATE: "已逾期",
    View.SOON: "将到期",
    View.HANDLING: "办理中",
    View.ANSWERED: "待办结",
    View.SENT: "移交后未签收",
    View.FOLLOWED: "移交后跟踪",
    View.OPEN: "全部在办",
    View.DONE: "已结束",
}

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
    """A case with the deadline that comes first and how it stands; neither when no clock runs."""

    case: Case
    deadline: Deadline | None
    standing: Standing | None


@dataclass(frozen=True)
class Page:
    """A page of the queue; `after` asks for the next one and is "" on the last."""

    rows: list[Row]
    total: int
    after: str


_ends = next_ends(SubjectKind.CASE).subquery("ends")
_due = func.coalesce(_ends.c.legal_end, literal(NEVER, Date))
_open = Case.state.not_in(FINAL)


def default_view(officer: Account) -> View:
    """Where the day begins for the officer's first role: intake with what is new, a handler with their own."""
    roles = {assignment.role for assignment in officer.assignments}
    return next((view for role, view in _DEFAULTS if role in roles), View.OPEN)


def queue(session: Session, *, officer: Account, wanted: Wanted, today: dt.date) -> Page:
    """A page of what the officer may see of the view, filtered and sorted. Invalid for a broken `after`."""
    soon = _soon_limit(session, today)
    conditions = [
        visible(officer),
        _in_view(officer, today, soon)[wanted.view],
        *_filters(wanted, today, soon),
    ]
    total = session.scalar(_joined(select(func.count(Case.id))).where(*conditions)) or 0
    key = _due if wanted.sort is Sort.DUE and wanted.view is not View.DONE else None
    found = _joined(select(Case, _due)).where(*conditions, *_beyond(wanted.after, key))
    order = (_due, Case.id) if key is not None else (Case.id.desc(),)
    lean = (
        joinedload(Case.handler).lazyload(Account.assignments),
        lazyload(Case.transfers),
        defaultload(Case.filing).load_only(Filing.respondent_name, Filing.is_anonymous),
    )
    hits = session.execute(found.options(*lean).order_by(*order).limit(PAGE + 1)).all()
    after = ""
    if len(hits) > PAGE:
        hits = hits[:PAGE]
        last, due = hits[-1]
        after = f"{due.isoformat()}_{last.id}" if key is not None else str(last.id)
    return Page(_rows(session, [hit[0] for hit in hits], today), total, after)


def counts(session: Session, *, officer: Account, today: dt.date) -> Mapping[View, int]:
    """How many cases each view of open ones holds for this officer, in one query."""
    views = _in_view(officer, today, _soon_limit(session, today))
    asked = [view for view in View if view is not View.DONE]
    columns = [func.coalesce(func.sum(case((views[view], 1), else_=0)), 0) for view in asked]
    row = session.execute(_joined(select(*columns)).where(_open, visible(officer))).one()
    return {view: int(number) for view, number in zip(asked, row, strict=True)}


def units_to_choose(session: Session, officer: Account) -> Sequence[Unit]:
    """The units that the officer's reach holds, for the filter."""
    return session.scalars(
        select(Unit).where(Unit.id.in_(_reach(officer)), Unit.is_active).order_by(Unit.id)
    ).all()


def visible(officer: Account) -> ColumnElement[bool]:
    """SQL: the officer may look at the case: has it, took it in, or has yet to acknowledge it."""
    reach = _reach(officer)
    return or_(
        and_(Case.unit_id.in_(reach), _unit_is_inside()),
        Case.origin_unit_id.in_(reach),
        _pending(Transfer.to_unit_id.in_(reach)),
    )


def _reach(officer: Account) -> Select[int]:
    own, prefixes = units_in_reach(officer, Permission.CASE_VIEW)
    below = [Unit.path.startswith(prefix, autoescape=True) for prefix in prefixes]
    return select(Unit.id).where(or_(Unit.id.in_(own), *below))


def _unit_is_inside() -> ColumnElement[bool]:
    inside = aliased(Unit)
    return exists().where(inside.id == Case.unit_id, inside.outside_kind.is_(None))


def _pending(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    waiting = (
        Transfer.acknowledged_at.is_(None),
        Transfer.returned_at.is_(None),
        Transfer.recalled_at.is_(None),
    )
    return exists().where(Transfer.case_id == Case.id, *waiting, condition)


def _soon_limit(session: Session, today: dt.date) -> dt.date:
    """The first day that is not soon any more."""
    return book(session).calendar.add_workdays(today, DUE_SOON_WORKDAYS + 1)


def _in_view(officer: Account, today: dt.date, soon: dt.date) -> Mapping[View, ColumnElement[bool]]:
    reach = _reach(officer)
    here = Case.unit_id.in_(reach)
    on_the_way = Case.state.in_([State.FORWARDED, State.TRANSFERRED])
    return {
        View.NEW: and_(Case.state == State.RECEIVED, here),
        View.WAITING: and_(on_the_way, _pending(Transfer.to_unit_id.in_(reach))),
        View.MINE: and_(_open, Case.handler_id == officer.id),
        View.LATE: and_(_open, _is_late(today)),
        View.SOON: and_(_open, _is_soon(today, soon)),
        View.HANDLING: and_(Case.state.in_([State.ACCEPTED, State.HANDLING]), here),
        View.ANSWERED: and_(Case.state == State.ANSWERED, here),
        View.SENT: and_(on_the_way, here),
        View.FOLLOWED: and_(_open, Case.origin_unit_id.in_(reach), Case.unit_id != Case.origin_unit_id),
        View.OPEN: _open,
        View.DONE: Case.state.in_(FINAL),
    }


def _is_late(today: dt.date) -> ColumnElement[bool]:
    return _ends.c.legal_end < today


def _is_soon(today: dt.date, soon: dt.date) -> ColumnElement[bool]:
    return and_(_ends.c.legal_end >= today, _ends.c.alert_on < soon)


def _filters(wanted: Wanted, today: dt.date, soon: dt.date) -> list[ColumnElement[bool]]:
    lights = {
        Light.LATE: _is_late(today),
        Light.DUE_SOON: _is_soon(today, soon),
        Light.IN_TIME: and_(_ends.c.legal_end >= today, _ends.c.alert_on >= soon),
    }
    found = []
    if wanted.state:
        found.append(Case.state == wanted.state)
    if wanted.right_type:
        found.append(Case.right_type == wanted.right_type)
    if wanted.track:
        found.append(Case.track == wanted.track)
    if wanted.unit:
        found.append(Case.unit_id.in_(select(Unit.id).where(Unit.code == wanted.unit)))
    if wanted.light in lights:
        found.append(lights[wanted.light])
    if wanted.text:
        respondent = exists().where(
            Filing.id == Case.filing_id, Filing.respondent_name.contains(wanted.text, autoescape=True)
        )
        found.append(or_(Case.reference == normalise(wanted.text), respondent))
    return found


def _beyond(after: str, key: ColumnElement[dt.date] | None) -> list[ColumnElement[bool]]:
    if not after:
        return []
    day, _, number = after.rpartition("_")
    try:
        last = int(number)
        if key is None:
            return [Case.id < last]
        due = literal(dt.date.fromisoformat(day), Date)
    except ValueError:
        raise Invalid("翻页的地址不完整，请回到第一页。") from None
    return [or_(key > due, and_(key == due, Case.id > last))]


def _joined(query: Query) -> Query:
    return query.outerjoin(_ends, _ends.c.subject_id == Case.id)


def _rows(session: Session, cases: list[Case], today: dt.date) -> list[Row]:
    calendar = book(session).calendar
    running = {number: _first_open(found) for number, found in deadlines_of(session, cases).items()}
    return [
        Row(one, deadline, light(deadline, today, calendar) if deadline else None)
        for one in cases
        for deadline in [running[one.id]]
    ]


def _first_open(deadlines: list[Deadline]) -> Deadline | None:
    return next((one for one in deadlines if one.met_at is None), None)
