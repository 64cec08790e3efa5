"""Reading corrections: the history of a record, and the one that waits for a second person."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.decisions.corrections.tables import Correction
from models.decisions.tables import Decision
from models.errors import NotFound


def corrections_of(session: Session, decision: Decision) -> list[Correction]:
    """What was corrected, the last first; nothing that is only proposed."""
    found = select(Correction).where(
        Correction.decision_id == decision.id, Correction.confirmed_at.is_not(None)
    )
    return list(session.scalars(found.order_by(Correction.confirmed_at.desc(), Correction.id.desc())))


def open_correction(session: Session, decision: Decision) -> Correction | None:
    """The one that is proposed."""
    waiting = (Correction.decision_id == decision.id, Correction.confirmed_at.is_(None))
    return session.scalar(select(Correction).where(*waiting))


def correction_to_act_on(session: Session, decision: Decision, correction_id: int) -> Correction:
    """The one that is proposed, if it is this one; NotFound for any other."""
    found = open_correction(session, decision)
    if found is None or found.id != correction_id:
        raise NotFound("没有这项更正，或者已经有人处理过。")
    return found
