"""Reading retention: what is due under a schedule, what is held, which lists there are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from models.cases.tables import Case
from models.errors import NotFound
from models.retention.schedules import Schedule
from models.retention.tables import Disposal, DisposalItem, DisposalState, RetentionHold
from models.wording import said

OPEN_LISTS = (DisposalState.PROPOSED, DisposalState.APPROVED)


def is_over(schedule: Schedule, now: dt.datetime) -> ColumnElement[bool]:
    """SQL: the case's time is over under the schedule, it is not held, and it is not destroyed."""
    held = exists().where(RetentionHold.case_id == Case.id, RetentionHold.lifted_at.is_(None))
    return (
        Case.state.in_(schedule.states)
        & (Case.closed_at < schedule.ended_before(now))
        & Case.destroyed_at.is_(None)
        & ~held
    )


def due_cases(session: Session, schedule: Schedule, now: dt.datetime, limit: int) -> list[Case]:
    """The cases to propose, longest ended first: due, and on no list that is still open."""
    listed = exists().where(
        DisposalItem.case_id == Case.id,
        DisposalItem.disposal_id == Disposal.id,
        Disposal.state.in_(OPEN_LISTS),
    )
    wanted = select(Case).where(is_over(schedule, now), ~listed).order_by(Case.closed_at, Case.id)
    return list(session.scalars(wanted.limit(limit)))


def count_due(session: Session, schedule: Schedule, now: dt.datetime) -> int:
    """How many cases are over under the schedule."""
    return session.scalar(select(func.count(Case.id)).where(is_over(schedule, now))) or 0


def holds_in_force(session: Session) -> Sequence[RetentionHold]:
    """Every hold in force, newest first, at most 200."""
    wanted = select(RetentionHold).where(RetentionHold.lifted_at.is_(None))
    order = wanted.order_by(RetentionHold.id.desc()).limit(200)
    return session.scalars(
        order.options(joinedload(RetentionHold.case), joinedload(RetentionHold.placed_by))
    ).all()


def hold_by_id(session: Session, number: int) -> RetentionHold:
    """That hold; NotFound."""
    found = session.get(RetentionHold, number)
    if found is None:
        raise NotFound(said("没有这项暂缓销毁。"))
    return found


def disposals(session: Session) -> Sequence[Disposal]:
    """The lists, newest first, at most 100."""
    wanted = select(Disposal).options(joinedload(Disposal.proposed_by), selectinload(Disposal.items))
    return session.scalars(wanted.order_by(Disposal.id.desc()).limit(100)).all()


def disposal_by_id(session: Session, number: int) -> Disposal:
    """That list with its cases; NotFound."""
    wanted = select(Disposal).where(Disposal.id == number).options(selectinload(Disposal.items))
    found = session.scalar(wanted)
    if found is None:
        raise NotFound(said("没有这份销毁清册。"))
    return found
