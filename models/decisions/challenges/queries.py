"""Reading challenges."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.decisions.challenges.tables import Challenge
from models.decisions.tables import Decision
from models.errors import NotFound


def challenges_of(session: Session, decision: Decision) -> list[Challenge]:
    """All of a decision, in the order in which they were filed."""
    found = select(Challenge).where(Challenge.decision_id == decision.id)
    return list(session.scalars(found.order_by(Challenge.filed_on, Challenge.id)))


def challenge_to_close(session: Session, decision: Decision) -> Challenge:
    """The one that has no outcome yet; NotFound when there is none."""
    found = session.scalar(
        select(Challenge).where(Challenge.decision_id == decision.id, Challenge.outcome.is_(None))
    )
    if found is None:
        raise NotFound("没有尚未办结的复议或者诉讼。")
    return found
