"""Reading retention: what is due under a schedule, what is held, which lists there are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from models.cases.tables import Case
from models.errors import NotFound
from models.people.tables import Account
from models.retention.reach import is_decidable, is_list_of, owner
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
    """The cases to propose: due, on no list that is still open, all of one unit – the one whose case ended first."""
    listed = exists().where(
        DisposalItem.case_id == Case.id,
        DisposalItem.disposal_id == Disposal.id,
        Disposal.state.in_(OPEN_LISTS),
    )
    due = (is_over(schedule, now), ~listed)
    first = select(owner()).where(*due).order_by(Case.closed_at, Case.id).limit(1).scalar_subquery()
    wanted = select(Case).where(*due, owner() == first).order_by(Case.closed_at, Case.id)
    return list(session.scalars(wanted.limit(limit)))


def count_due(session: Session, schedule: Schedule, now: dt.datetime) -> int:
    """How many cases are over under the schedule."""
    return session.scalar(select(func.count(Case.id)).where(is_over(schedule, now))) or 0


def holds_in_force(session: Session, *, for_head: Account | None = None) -> Sequence[RetentionHold]:
    """Every hold in force, newest first, at most 200; `for_head`: of cases about which that head may decide."""
    wanted = select(RetentionHold).where(RetentionHold.lifted_at.is_(None))
    if for_head is not None:
        wanted = wanted.where(RetentionHold.case_id.in_(select(Case.id).where(is_decidable(for_head))))
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


def held_back(session: Session, disposal: Disposal) -> dict[int, str]:
    """Why cases of the list are kept for now, by the id of the case: of a list that was decided, why they were."""
    in_force: list[ColumnElement[bool]] = [RetentionHold.lifted_at.is_(None)]
    if disposal.decided_at is not None:
        in_force.append(RetentionHold.lifted_at >= disposal.decided_at)
    wanted = select(RetentionHold.case_id, RetentionHold.words).where(
        RetentionHold.case_id.in_([one.case_id for one in disposal.items]), or_(*in_force)
    )
    if disposal.done_at is not None:
        wanted = wanted.where(RetentionHold.placed_at <= disposal.done_at)
    return dict(session.execute(wanted.order_by(RetentionHold.id)).all())


def disposals(session: Session, *, for_head: Account | None = None) -> Sequence[Disposal]:
    """The lists, newest first, at most 100; `for_head`: those on which that head may decide about every case."""
    wanted = select(Disposal).options(joinedload(Disposal.proposed_by), selectinload(Disposal.items))
    if for_head is not None:
        wanted = wanted.where(is_list_of(for_head))
    return session.scalars(wanted.order_by(Disposal.id.desc()).limit(100)).all()


def disposal_by_id(session: Session, number: int, *, for_head: Account | None = None) -> Disposal:
    """That list with its cases; NotFound, also where it is not `for_head` to decide about every case."""
    wanted = select(Disposal).where(Disposal.id == number).options(selectinload(Disposal.items))
    if for_head is not None:
        wanted = wanted.where(is_list_of(for_head))
    found = session.scalar(wanted)
    if found is None:
        raise NotFound(said("没有这份销毁清册。"))
    return found


def may_decide(session: Session, disposal: Disposal, officer: Account) -> bool:
    """Whether the officer may approve or reject the list: proposed by another, and every case in the officer's reach."""
    if disposal.proposed_by_id == officer.id or disposal.decided_at is not None:
        return False
    wanted = select(Disposal.id).where(Disposal.id == disposal.id, is_list_of(officer))
    return session.scalar(wanted) is not None
