"""Reading challenges."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from models.decisions.challenges.kinds import CHANGES
from models.decisions.challenges.tables import Challenge
from models.decisions.kinds import DecisionKind
from models.decisions.queries import in_reach
from models.decisions.tables import Decision
from models.errors import NotFound
from models.people.tables import Account


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


def changes_to_send_on(
    session: Session, account: Account, *, first: dt.date, last: dt.date
) -> list[Challenge]:
    """The rulings of these days that changed a decision within reach which was public once, with the decision.

    Whoever took it over while it was public has to be told, though it is withdrawn here.
    """
    changed = (Challenge.outcome.in_(CHANGES), Challenge.outcome_on.between(first, last))
    of_reach = (
        in_reach(account),
        Decision.published_at.is_not(None),
        Decision.kind == DecisionKind.PENALTY,  # others are not in that register
    )
    found = select(Challenge).join(Challenge.decision).where(*changed, *of_reach)
    order = (Challenge.outcome_on, Challenge.id)
    return list(session.scalars(found.options(joinedload(Challenge.decision)).order_by(*order)))
