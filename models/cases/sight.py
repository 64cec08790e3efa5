"""What an officer sees of the cases, as SQL conditions: which cases at all, which saved view, which filter.

Who may see a case is decided here, inside every query of the queue, so that no caller can forget it; the rule is the
one of `Case.units_for(CASE_VIEW)`, and a test compares the two.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select, text, true
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from models.cases.recusal.queries import cases_kept_from
from models.cases.shape import AT_WORK
from models.cases.sorting.terms import Complexity
from models.cases.tables import HANDED_ON, IS_OPEN, NEVER, Case, Transfer
from models.cases.terms import ENDED, IN_HAND, ON_THE_WAY, State
from models.clocks.queries import is_open
from models.clocks.request_tables import ExtensionRequest
from models.clocks.tables import Deadline, SubjectKind
from models.clocks.terms import Light
from models.people.permissions import Permission, units_in_reach
from models.people.tables import Account, Unit

# Columns of the table or of rows made of it. SQLAlchemy puts conditions together faster from them than from attributes.
Columns = ReadOnlyColumnCollection[str, ColumnElement[Any]]
_CASES: Columns = Case.__table__.c
# In the very words of the partial index: SQLite doesn't see that bound values are the same.
OPEN = text(f"cases.{IS_OPEN}")
# By a name of its own: whoever asks about transfers may ask for what is in sight as well.
_ONWARD = Transfer.__table__.alias("onward").c
_WAS_HANDED_ON = text(" AND ".join(f"onward.{part}" for part in HANDED_ON.split(" AND ")))


class View(enum.StrEnum):
    """Saved views, in the order of the left column."""

    TO_APPROVE = "to_approve"
    NEW = "new"
    WAITING = "waiting"
    MINE = "mine"
    TO_TAKE = "to_take"
    LATE = "late"
    SOON = "soon"
    HANDLING = "handling"
    ANSWERED = "answered"
    SENT = "sent"
    FOLLOWED = "followed"
    OPEN = "open"
    DONE = "done"


VIEW_LABELS: dict[View, str] = {
    View.TO_APPROVE: "待我批准",
    View.NEW: "待受理",
    View.WAITING: "待签收",
    View.MINE: "我承办的",
    View.TO_TAKE: "可以领办的",
    View.LATE: "已逾期",
    View.SOON: "将到期",
    View.HANDLING: "办理中",
    View.ANSWERED: "待办结",
    View.SENT: "移交后未签收",
    View.FOLLOWED: "移交后跟踪",
    View.OPEN: "全部在办",
    View.DONE: "已结束",
}


@dataclass(frozen=True)
class Sight:
    """The eyes of `officer` on the Beijing day `today`; from `soon_until` on a last day is not soon any more.

    Light and order are those of `cases.due`: where a limit set by law runs, it alone decides. `of` is what the conditions
    are about: cases, or rows that stand for many alike (`cases.counting`).
    """

    officer: Account
    today: dt.date
    soon_until: dt.date
    of: Columns = field(default_factory=lambda: _CASES)

    @cached_property
    def reach(self) -> Select[int]:
        """The ids of the units whose cases the officer may look at."""
        own, prefixes = units_in_reach(self.officer, Permission.CASE_VIEW)
        below = [Unit.path.startswith(prefix, autoescape=True) for prefix in prefixes]
        return select(Unit.id).where(or_(Unit.id.in_(own), *below))

    @cached_property
    def inside(self) -> Select[int]:
        """The same without outside bodies: what they have is seen by those who sent it there."""
        return self.reach.where(Unit.outside_kind.is_(None))

    def visible(self) -> ColumnElement[bool]:
        """Has it, took it in, has yet to acknowledge it, or passed it on and waits for the result."""
        return self._visible

    def visible_if_open(self) -> ColumnElement[bool]:
        """The same for an open case, which nobody has destroyed: by what the index of open cases knows."""
        return self._visible_if_open

    @cached_property
    def _visible(self) -> ColumnElement[bool]:
        """Made once: a page asks several times. It is asked of one case here and one there: each is looked up by itself."""
        passed_on = exists().where(_ONWARD.case_id == _CASES.id, self._onward)
        return and_(or_(self._held, and_(OPEN, passed_on)), self._not_kept_out, _CASES.destroyed_at.is_(None))

    @cached_property
    def _visible_if_open(self) -> ColumnElement[bool]:
        """Asked of all open cases at once: the few that were passed on are gathered first."""
        passed_on = _CASES.id.in_(select(_ONWARD.case_id).where(self._onward))
        return and_(or_(self._held, passed_on), self._not_kept_out)

    @cached_property
    def _held(self) -> ColumnElement[bool]:
        """By what stands with the case itself."""
        return or_(
            _CASES.unit_id.in_(self.inside),
            _CASES.origin_unit_id.in_(self.reach),
            _CASES.waiting_unit_id.in_(self.reach),
        )

    @cached_property
    def _onward(self) -> ColumnElement[bool]:
        """Transfers by a unit between the first and the present one. Few cases go so far: they have an index of their own."""
        return and_(_WAS_HANDED_ON, _ONWARD.from_unit_id.in_(self.reach))

    @cached_property
    def _not_kept_out(self) -> ColumnElement[bool]:
        return _CASES.id.not_in(cases_kept_from(self.officer))

    def in_view(self, view: View) -> ColumnElement[bool]:
        """Belongs to the saved view: what has ended, or else to a kind of open ones."""
        if view is View.DONE:
            return _CASES.state.in_(ENDED)
        return and_(OPEN, self.among_open(view))

    def among_open(self, view: View) -> ColumnElement[bool]:
        """Belongs to the saved view, of cases that are open."""
        return _AMONG_OPEN[view](self)

    @cached_property
    def is_here(self) -> ColumnElement[bool]:
        """A unit in reach has it."""
        return self.of.unit_id.in_(self.reach)

    def may_be_taken(self) -> ColumnElement[bool]:
        """At work, simple, and nobody's yet."""
        of = self.of
        simple = of.complexity == Complexity.SIMPLE
        return and_(self.is_here, of.state.in_(AT_WORK), simple, of.handler_id.is_(None))

    def is_followed(self) -> ColumnElement[bool]:
        """Taken in by us and gone on; or in sight, and neither had nor expected nor taken in by us: so passed on by us."""
        of = self.of
        of_ours = of.origin_unit_id.in_(self.reach)
        comes = and_(of.waiting_unit_id.is_not(None), of.waiting_unit_id.in_(self.reach))
        passed_on = and_(of.unit_id.not_in(self.inside), ~of_ours, ~comes)
        return or_(and_(of_ours, of.unit_id != of.origin_unit_id), passed_on)

    def in_light(self, light: Light) -> ColumnElement[bool]:
        """Late, due soon, or (any other light) still in time."""
        of = self.of
        if light is Light.LATE:
            return of.due_on < self.today
        soon = of.alert_on < self.soon_until
        later = and_(~soon, of.due_on < NEVER)
        return and_(of.due_on >= self.today, soon if light is Light.DUE_SOON else later)

    def is_held_by(self, unit_code: str) -> ColumnElement[bool]:
        """The unit of that code has it."""
        return self.of.unit_id == select(Unit.id).where(Unit.code == unit_code).scalar_subquery()

    def asks_for_time(self) -> ColumnElement[bool]:
        """An extension is asked for, which the officer may grant."""
        own, prefixes = units_in_reach(self.officer, Permission.CASE_EXTEND)
        below = [Unit.path.startswith(prefix, autoescape=True) for prefix in prefixes]
        waiting = (
            select(Deadline.subject_id)
            .join(ExtensionRequest, ExtensionRequest.deadline_id == Deadline.id)
            .join(Unit, Unit.id == Deadline.unit_id)
            .where(ExtensionRequest.decided_at.is_(None), Deadline.subject_kind == SubjectKind.CASE)
            .where(is_open(), or_(Unit.id.in_(own), *below))
        )
        return Case.id.in_(waiting)


_AMONG_OPEN: dict[View, Callable[[Sight], ColumnElement[bool]]] = {
    View.TO_APPROVE: Sight.asks_for_time,
    View.NEW: lambda eyes: and_(eyes.of.state == State.RECEIVED, eyes.is_here),
    View.WAITING: lambda eyes: eyes.of.waiting_unit_id.in_(eyes.reach),
    View.MINE: lambda eyes: eyes.of.handler_id == eyes.officer.id,
    View.TO_TAKE: Sight.may_be_taken,
    View.LATE: lambda eyes: eyes.in_light(Light.LATE),
    View.SOON: lambda eyes: eyes.in_light(Light.DUE_SOON),
    View.HANDLING: lambda eyes: and_(eyes.of.state.in_(IN_HAND), eyes.is_here),
    View.ANSWERED: lambda eyes: and_(eyes.of.state == State.ANSWERED, eyes.is_here),
    View.SENT: lambda eyes: and_(eyes.of.state.in_(ON_THE_WAY), eyes.is_here),
    View.FOLLOWED: Sight.is_followed,
    View.OPEN: lambda _eyes: true(),
}
