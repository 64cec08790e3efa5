"""Reading what matches a case, for the page that shows it; and what was dismissed."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from models.cases.tables import Case
from models.decisions.tables import Decision
from models.people.tables import Account
from models.signals.tables import SignalDismissal


def cases_of(session: Session, numbers: Collection[int]) -> dict[int, Case]:
    """The matching cases, by number, with what decides who may act on them."""
    wanted = (
        select(Case)
        .where(Case.id.in_(numbers))
        .options(joinedload(Case.origin_unit), selectinload(Case.recusals))
    )
    return {case.id: case for case in session.scalars(wanted)}


def decisions_of(session: Session, numbers: Collection[int]) -> Sequence[Decision]:
    """The matching decisions, the newest first."""
    wanted = select(Decision).where(Decision.id.in_(numbers))
    return session.scalars(wanted.order_by(Decision.decided_on.desc(), Decision.id.desc())).all()


def dismissals_of(session: Session, case: Case) -> Sequence[SignalDismissal]:
    """What was looked at and dismissed, the newest first."""
    wanted = (
        select(SignalDismissal)
        .where(SignalDismissal.case_id == case.id)
        .options(joinedload(SignalDismissal.made_by).lazyload(Account.assignments))
    )
    return session.scalars(wanted.order_by(SignalDismissal.id.desc())).all()
