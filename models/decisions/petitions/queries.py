"""Reading petitions."""

from __future__ import annotations

import contextlib
import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from models.clocks.book import book
from models.clocks.errors import NotInForce, UnknownRule
from models.clocks.tables import Deadline, SubjectKind
from models.decisions.petitions.clocks import rule_of
from models.decisions.petitions.kinds import PetitionKind
from models.decisions.petitions.tables import Petition
from models.decisions.tables import Decision
from models.errors import NotFound


def petitions_of(session: Session, decision: Decision) -> list[Petition]:
    """All on a decision, the last first."""
    found = select(Petition).where(Petition.decision_id == decision.id)
    return list(session.scalars(found.order_by(Petition.id.desc())))


def petition_to_act_on(session: Session, decision: Decision, petition_id: int) -> Petition:
    """One of the decision's; NotFound for any other."""
    found = session.get(Petition, petition_id)
    if found is None or found.decision_id != decision.id:
        raise NotFound("没有这份申请。")
    return found


def petitions_by(session: Session, account_id: int) -> list[Petition]:
    """Those that an account has sent, with their decisions, the last first."""
    sent = select(Petition).where(Petition.asked_by_id == account_id).options(selectinload(Petition.decision))
    return list(session.scalars(sent.order_by(Petition.id.desc()).limit(100)))


def objection_due_on(session: Session, objection: Petition) -> dt.date | None:
    """By when it has to be answered; None where no rule sets a limit."""
    rule_id = rule_of(objection)
    if rule_id is None:
        return None
    clock = (Deadline.subject_kind == SubjectKind.DECISION, Deadline.subject_id == objection.decision_id)
    running = (Deadline.rule_id == rule_id, Deadline.met_at.is_(None), Deadline.cancelled_at.is_(None))
    return session.scalar(select(Deadline.legal_end).where(*clock, *running))


def objection_basis(session: Session, objection: Petition) -> str | None:
    """The article by which it has to be answered in time; None where no rule sets a limit."""
    rule_id = rule_of(objection)
    if rule_id is None:
        return None
    with contextlib.suppress(NotInForce, UnknownRule):
        return book(session).rules.pick(rule_id, objection.received_on).basis
    return None


def open_objection(session: Session, decision: Decision) -> Petition | None:
    """The objection that the public is told of: by the party, and not answered yet."""
    return session.scalar(
        select(Petition).where(
            Petition.decision_id == decision.id,
            Petition.kind == PetitionKind.OBJECTION,
            Petition.outcome.is_(None),
            Petition.checked_at.is_not(None),
        )
    )
