"""Reads: the green channel and the decision of a case."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.aid.tables import AidDecision, GreenChannel
from models.cases.tables import Case


def green_channel_of(session: Session, case: Case) -> GreenChannel | None:
    """The green channel of the case, if it was opened."""
    return session.scalar(select(GreenChannel).where(GreenChannel.case_id == case.id))


def decision_of(session: Session, case: Case) -> AidDecision | None:
    """The newest decision, which is the one that stands."""
    wanted = select(AidDecision).where(AidDecision.case_id == case.id)
    return session.scalar(wanted.order_by(AidDecision.id.desc()).limit(1))
