"""Reading about rights-holders, for staff: what waits to be verified, one thing by its number."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.errors import NotFound
from models.holders.tables import Membership, Right
from models.holders.terms import Standing

MOST_SHOWN = 100


def pending_members(session: Session) -> list[Membership]:
    """Claims to belong to an organisation, those that wait longest first."""
    wanted = select(Membership).where(Membership.standing == Standing.PENDING)
    return list(session.scalars(wanted.order_by(Membership.asked_at, Membership.id).limit(MOST_SHOWN)))


def pending_rights(session: Session) -> list[Right]:
    """Rights to be verified, those that wait longest first."""
    wanted = select(Right).where(Right.standing == Standing.PENDING)
    return list(session.scalars(wanted.order_by(Right.asked_at, Right.id).limit(MOST_SHOWN)))


def membership_by_id(session: Session, membership_id: int) -> Membership:
    """A claim; `NotFound` when there is none."""
    found = session.get(Membership, membership_id)
    if found is None:
        raise NotFound("没有找到这名成员。")
    return found


def right_by_id(session: Session, right_id: int) -> Right:
    """A right; `NotFound` when there is none."""
    found = session.get(Right, right_id)
    if found is None:
        raise NotFound("没有找到这项权利。")
    return found
