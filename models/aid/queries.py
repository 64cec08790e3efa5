"""Reads: the green channel and the decision of a case, disputes abroad that are open."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.aid.tables import AidDecision, GreenChannel
from models.cases.recusal.queries import cases_kept_from
from models.cases.tables import Case
from models.cases.terms import ENDED
from models.filings.tables import Filing
from models.kinds import Track
from models.people.permissions import Permission, units_in_reach
from models.people.tables import Account, Unit


def green_channel_of(session: Session, case: Case) -> GreenChannel | None:
    """The green channel of the case, if it was opened."""
    return session.scalar(select(GreenChannel).where(GreenChannel.case_id == case.id))


def decision_of(session: Session, case: Case) -> AidDecision | None:
    """The newest decision, which is the one that stands."""
    wanted = select(AidDecision).where(AidDecision.case_id == case.id)
    return session.scalar(wanted.order_by(AidDecision.id.desc()).limit(1))


def open_applications(session: Session, account: Account, *, limit: int) -> Sequence[Case]:
    """Applications in the officer's reach that are not over, the most urgent first."""
    own, prefixes = units_in_reach(account, Permission.CASE_VIEW)
    below = [Unit.path.startswith(prefix, autoescape=True) for prefix in prefixes]
    units = select(Unit.id).where(or_(Unit.id.in_(own), *below))
    wanted = (
        select(Case)
        .join(Filing, Filing.id == Case.filing_id)
        .where(Case.track == Track.AID, Case.state.not_in(ENDED), Case.unit_id.in_(units))
        .where(Case.id.not_in(cases_kept_from(account)))
    )
    return session.scalars(wanted.order_by(Case.due_on, Case.id).limit(limit)).all()
