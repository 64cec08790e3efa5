"""What ends soon: rights and authority, so that nobody learns it from a filing that could not be sent."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.holders.tables import Authority, Right
from models.holders.terms import Standing

# How many days ahead somebody is told, the longest first.
RIGHT_STAGES = (60, 7)
AUTHORITY_STAGES = (14, 3)


def rights_ending(session: Session, today: dt.date) -> list[Right]:
    """Verified rights whose last day lies within the longest stage."""
    until = today + dt.timedelta(days=RIGHT_STAGES[0])
    wanted = select(Right).where(Right.standing == Standing.VERIFIED, Right.expires_on.between(today, until))
    return list(session.scalars(wanted.order_by(Right.id)))


def authority_ending(session: Session, today: dt.date) -> list[Authority]:
    """Authority in force whose last day lies within the longest stage."""
    until = today + dt.timedelta(days=AUTHORITY_STAGES[0])
    wanted = select(Authority).where(
        Authority.taken_at.is_not(None),
        Authority.revoked_at.is_(None),
        Authority.ends_on.between(today, until),
    )
    return list(session.scalars(wanted.order_by(Authority.id)))


def stage(ends_on: dt.date, today: dt.date, stages: tuple[int, ...]) -> int:
    """The shortest of `stages` that has begun: by it somebody is told once."""
    left = (ends_on - today).days
    return min(one for one in stages if left <= one)
