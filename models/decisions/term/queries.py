"""Reading terms: what waits for a person, what newer rules have not been held against yet."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectinload

from models.decisions.states import State
from models.decisions.tables import Decision
from models.decisions.term.policies import newest_in_force
from models.decisions.term.tables import Postponement
from models.errors import NotFound


def postponements_of(session: Session, decision: Decision) -> list[Postponement]:
    """All that were asked for, with the people, the last first."""
    people = (selectinload(Postponement.asked_by), selectinload(Postponement.decided_by))
    found = select(Postponement).where(Postponement.decision_id == decision.id).options(*people)
    return list(session.scalars(found.order_by(Postponement.id.desc())))


def open_postponement(session: Session, decision: Decision) -> Postponement | None:
    """The one that waits for an approver."""
    waiting = (Postponement.approved_at.is_(None), Postponement.refused_at.is_(None))
    return session.scalar(select(Postponement).where(Postponement.decision_id == decision.id, *waiting))


def postponement_to_decide(session: Session, decision: Decision) -> Postponement:
    """As `open_postponement`; NotFound when none waits."""
    found = open_postponement(session, decision)
    if found is None:
        raise NotFound("没有等待批准的延后申请。")
    return found


def terms_to_reconsider(session: Session, *, today: dt.date, limit: int) -> list[int]:
    """Ids of public decisions whose term was set before the newest rules in force."""
    newest = newest_in_force(today)
    if newest is None:
        return []
    stale = or_(Decision.term_rules.is_(None), Decision.term_rules != newest.code)
    wanted = select(Decision.id).where(Decision.state == State.PUBLISHED, stale)
    return list(session.scalars(wanted.order_by(Decision.id).limit(limit)))
