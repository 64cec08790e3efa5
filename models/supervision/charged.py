"""Whose time it was that ran out: a limit that is handed over late stays charged to the unit in whose hands it ran out.

Responsibility goes over with the acknowledgement 签收, not with the sending; so does the charge. An upheld dispute
hands over by itself. It is asked of the transfers and the disputes each time instead of being kept, since holidays and
suspensions move the ends of limits afterwards.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, case, exists, func, or_, select, union_all
from sqlalchemy.orm import InstrumentedAttribute

from models.cases.aftermath.tables import CaseDispute
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
    is_missed_case = and_(Deadline.subject_kind == SubjectKind.CASE, ~was_kept())
    return case((is_missed_case, func.coalesce(_had_it(), Deadline.unit_id)), else_=Deadline.unit_id)


def _had_it() -> ScalarSelect[int]:
    """SQL: who gave it away first after it had run out: by a transfer, or to whom an upheld dispute gave it."""
    sent = _given_away(Transfer, Transfer.from_unit_id, Transfer.acknowledged_at)
    upheld = _given_away(CaseDispute, CaseDispute.unit_id, CaseDispute.decided_at)
    ways = union_all(sent, upheld.where(CaseDispute.is_upheld.is_(True))).subquery()
    return select(ways.c.unit_id).order_by(ways.c.at, ways.c.id).limit(1).scalar_subquery()


def _given_away(
    table: type[Transfer | CaseDispute],
    unit_id: InstrumentedAttribute[int],
    at: InstrumentedAttribute[dt.datetime | None],
) -> Select[int, dt.datetime | None, int]:
    columns = (unit_id.label("unit_id"), at.label("at"), table.id.label("id"))
    after = (at >= Deadline.due_at, or_(Deadline.met_at.is_(None), at < Deadline.met_at))
    return select(*columns).where(table.case_id == Deadline.subject_id, *after).correlate(Deadline)


def changed_hands_since() -> ColumnElement[bool]:
    """SQL: whether the case has had other hands, or none, since the limit ran out: who has it now didn't miss it."""
    after = (CaseAct.case_id == Deadline.subject_id, CaseAct.at >= Deadline.due_at)
    return and_(
        Deadline.subject_kind == SubjectKind.CASE, exists().where(*after, CaseAct.act.in_(_CHANGES_HANDS))
    )
