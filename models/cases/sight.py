"""What an officer sees of the cases, as SQL conditions: which cases at all, which saved view, which filter.

Who may see a case is decided here, inside every query of the queue, so that no caller can forget it; the rule is the
one of `Case.units_for(CASE_VIEW)`, and a test compares the two.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, exists, func, or_, select
from sqlalchemy.orm import aliased

from models.cases.states import FINAL
from models.cases.tables import Case, Transfer
from models.cases.terms import State
from models.clocks.queries import is_open
from models.clocks.tables import Deadline, SubjectKind
from models.clocks.terms import Light
from models.filings.references import normalise
from models.filings.tables import Filing
from models.people.permissions import Permission, units_in_reach
from models.people.tables import Account, Unit

OPEN = Case.state.not_in(FINAL)
_ON_THE_WAY = Case.state.in_([State.FORWARDED, State.TRANSFERRED])


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


@dataclass(frozen=True)
class Sight:
    """The eyes of `officer` on the Beijing day `today`; from `soon_until` on a last day is not soon any more.

    `promises` are the ids of rules that are the bureau's own promises: where a limit set by law runs, it alone decides
    about the light and the order.
    """

    officer: Account
    today: dt.date
    soon_until: dt.date
    promises: Collection[str]

    @cached_property
    def ends(self) -> Subquery:
        """Per case with an open clock: the `legal_end` and `alert_on` that count."""
        by_law = Deadline.rule_id.not_in(self.promises)

        def first(day: ColumnElement[dt.date]) -> ColumnElement[dt.date]:
            return func.coalesce(func.min(case((by_law, day))), func.min(day))

        legal_end, alert_on = first(Deadline.legal_end.expression), first(Deadline.alert_on.expression)
        return (
            select(Deadline.subject_id, legal_end.label("legal_end"), alert_on.label("alert_on"))
            .where(Deadline.subject_kind == SubjectKind.CASE, is_open())
            .group_by(Deadline.subject_id)
            .subquery("ends")
        )

    @cached_property
    def reach(self) -> Select[int]:
        """The ids of the units whose cases the officer may look at."""
        own, prefixes = units_in_reach(self.officer, Permission.CASE_VIEW)
        below = [Unit.path.startswith(prefix, autoescape=True) for prefix in prefixes]
        return select(Unit.id).where(or_(Unit.id.in_(own), *below))

    def visible(self) -> ColumnElement[bool]:
        """Has it, took it in, or has yet to acknowledge it."""
        holder = aliased(Unit)
        holder_is_inside = exists().where(holder.id == Case.unit_id, holder.outside_kind.is_(None))
        return or_(
            and_(Case.unit_id.in_(self.reach), holder_is_inside),
            Case.origin_unit_id.in_(self.reach),
            self._waits_for_us(),
        )

    def in_view(self, view: View) -> ColumnElement[bool]:
        """Belongs to the saved view."""
        here = Case.unit_id.in_(self.reach)
        went_on = Case.unit_id != Case.origin_unit_id
        return {
            View.NEW: and_(Case.state == State.RECEIVED, here),
            View.WAITING: and_(_ON_THE_WAY, self._waits_for_us()),
            View.MINE: and_(OPEN, Case.handler_id == self.officer.id),
            View.LATE: and_(OPEN, self.in_light(Light.LATE)),
            View.SOON: and_(OPEN, self.in_light(Light.DUE_SOON)),
            View.HANDLING: and_(Case.state.in_([State.ACCEPTED, State.HANDLING]), here),
            View.ANSWERED: and_(Case.state == State.ANSWERED, here),
            View.SENT: and_(_ON_THE_WAY, here),
            View.FOLLOWED: and_(OPEN, Case.origin_unit_id.in_(self.reach), went_on),
            View.OPEN: OPEN,
            View.DONE: Case.state.in_(FINAL),
        }[view]

    def in_light(self, light: Light) -> ColumnElement[bool]:
        """Late, due soon, or (any other light) still in time."""
        legal_end, alert_on = self.ends.c.legal_end, self.ends.c.alert_on
        if light is Light.LATE:
            return legal_end < self.today
        soon = alert_on < self.soon_until
        return and_(legal_end >= self.today, soon if light is Light.DUE_SOON else ~soon)

    def _waits_for_us(self) -> ColumnElement[bool]:
        pending = (
            Transfer.acknowledged_at.is_(None),
            Transfer.returned_at.is_(None),
            Transfer.recalled_at.is_(None),
        )
        return exists().where(Transfer.case_id == Case.id, *pending, Transfer.to_unit_id.in_(self.reach))


def is_held_by(unit_code: str) -> ColumnElement[bool]:
    """The unit of that code has it."""
    return Case.unit_id.in_(select(Unit.id).where(Unit.code == unit_code))


def mentions(text: str) -> ColumnElement[bool]:
    """The reference is `text`, or the respondent's name holds it."""
    named = exists().where(
        Filing.id == Case.filing_id, Filing.respondent_name.contains(text, autoescape=True)
    )
    return or_(Case.reference == normalise(text), named)
