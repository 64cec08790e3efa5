"""Reading requests to open an envelope, and the filer's own log of when it was opened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, joinedload

from models.cases.tables import Case
from models.errors import NotFound
from models.filings.kinds import OpeningReason
from models.filings.tables import Filing, IdentityOpening
from models.identity.tables import IdentityRequest
from models.people.tables import Account
from models.wording import said


@dataclass(frozen=True, slots=True)
class Opened:
    """One opening as the filer may know of it: when and what for, never by whom."""

    at: dt.datetime
    reason: OpeningReason


def openings_of(session: Session, filing: Filing) -> list[Opened]:
    """When the envelope of the filing was opened by people, newest first."""
    if filing.identity is None:
        return []
    wanted = (
        select(IdentityOpening.opened_at, IdentityOpening.reason)
        .where(IdentityOpening.identity_id == filing.identity.id)
        .order_by(IdentityOpening.id.desc())
    )
    return [Opened(at, reason) for at, reason in session.execute(wanted)]


def current_request(
    session: Session, case: Case, officer: Account, now: dt.datetime
) -> IdentityRequest | None:
    """The officer's request that waits for an answer, or that was granted and can still be used."""
    waiting = IdentityRequest.decided_at.is_(None)
    usable = and_(IdentityRequest.opened_at.is_(None), IdentityRequest.expires_at >= now)
    wanted = select(IdentityRequest).where(
        IdentityRequest.case_id == case.id, IdentityRequest.asked_by_id == officer.id, or_(waiting, usable)
    )
    return session.scalars(wanted.order_by(IdentityRequest.id.desc()).limit(1)).first()


def last_declined(session: Session, case: Case, officer: Account) -> IdentityRequest | None:
    """The officer's newest request, if it was declined: the answer is shown until they ask anew."""
    wanted = select(IdentityRequest).where(
        IdentityRequest.case_id == case.id, IdentityRequest.asked_by_id == officer.id
    )
    newest = session.scalars(wanted.order_by(IdentityRequest.id.desc()).limit(1)).first()
    return newest if newest is not None and newest.is_granted is False else None


def waiting_requests(session: Session, case: Case, approver: Account) -> Sequence[IdentityRequest]:
    """The requests about the case that somebody else than the asker is to answer."""
    wanted = (
        select(IdentityRequest)
        .where(
            IdentityRequest.case_id == case.id,
            IdentityRequest.decided_at.is_(None),
            IdentityRequest.asked_by_id != approver.id,
        )
        .options(joinedload(IdentityRequest.asked_by))
        .order_by(IdentityRequest.id)
    )
    return session.scalars(wanted).all()


def request_of(session: Session, case: Case, number: int) -> IdentityRequest:
    """That request about the case; NotFound when there is none."""
    found = session.get(IdentityRequest, number)
    if found is None or found.case_id != case.id:
        raise NotFound(said("这个办件没有这项申请。"))
    return found
