"""Whose time it was that ran out: a limit that is handed over late stays charged to the unit in whose hands it ran out.

Responsibility goes over with the acknowledgement 签收, not with the sending; so does the charge. It is asked of the
transfers each time instead of being kept, since holidays and suspensions move the ends of limits afterwards.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select

from models.cases.tables import CaseAct, Transfer
from models.cases.terms import Act
from models.clocks.tables import Deadline, SubjectKind

# Each of these may give the case to other hands, or take it from those that had it.
_CHANGES_HANDS = (
    *(Act.ASSIGN, Act.TAKE_ON, Act.RECUSE, Act.ACKNOWLEDGE, Act.RETURN, Act.RECALL),
    *(Act.ESCALATE, Act.DESIGNATE, Act.UPHOLD),
)


def was_kept() -> ColumnElement[bool]:
    """SQL: met before it ran out."""
    return and_(Deadline.met_at.is_not(None), Deadline.met_at < Deadline.due_at)


def charged_unit() -> ColumnElement[int | None]:
    """SQL: the unit that a limit is counted for: who met it in time, or else who had it when it ran out."""
    had_it = (
        select(Transfer.from_unit_id)
        .where(Transfer.case_id == Deadline.subject_id, Transfer.acknowledged_at >= Deadline.due_at)
        .where(or_(Deadline.met_at.is_(None), Transfer.acknowledged_at < Deadline.met_at))
        .order_by(Transfer.acknowledged_at, Transfer.id)
        .limit(1)
        .correlate(Deadline)
        .scalar_subquery()
    )
    is_missed_case = and_(Deadline.subject_kind == SubjectKind.CASE, ~was_kept())
    return case((is_missed_case, func.coalesce(had_it, Deadline.unit_id)), else_=Deadline.unit_id)


def changed_hands_since() -> ColumnElement[bool]:
    """SQL: whether the case has had other hands, or none, since the limit ran out: who has it now didn't miss it."""
    after = (CaseAct.case_id == Deadline.subject_id, CaseAct.at >= Deadline.due_at)
    return and_(
        Deadline.subject_kind == SubjectKind.CASE, exists().where(*after, CaseAct.act.in_(_CHANGES_HANDS))
    )
