"""The fifteen days of a notice, counted when asked; and the notices whose filer should be reminded."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.clocks.book import book
from models.clocks.deadlines import Computed, compute
from models.commerce.notices.tables import PlatformNotice
from models.commerce.notices.terms import WAIT_RULE
from models.filings.tables import Filing


def wait_of(session: Session, reached_on: dt.date | None) -> Computed | None:
    """Until when the platform waits for word that the owner has complained or sued (电子商务法 Art 43); day by day.

    None while no statement has come. Counted under the rule in force on that day.
    """
    if reached_on is None:
        return None
    known = book(session)
    return compute(known.rules.pick(WAIT_RULE, reached_on), reached_on, known.calendar)


def unshown(
    session: Session, *, today: dt.date, ahead: dt.timedelta
) -> list[tuple[PlatformNotice, Computed]]:
    """Notices whose receipt the platform has not been shown, whose wait ends within `ahead`, not yet reminded of."""
    known = book(session)
    longest = dt.timedelta(
        days=3 * known.rules.pick(WAIT_RULE, today).n
    )  # holidays move the last day, never so far
    wanted = (
        select(PlatformNotice)
        .join(Filing, Filing.id == PlatformNotice.filing_id)
        .where(
            PlatformNotice.statement_reached_on >= today - longest,
            PlatformNotice.shown_on.is_(None),
            PlatformNotice.reminded_at.is_(None),
            Filing.account_id.is_not(None),
        )
        .order_by(PlatformNotice.filing_id)
    )
    found = []
    for notice in session.scalars(wanted):
        wait = wait_of(session, notice.statement_reached_on)
        if wait is not None and today <= wait.raw_end <= today + ahead:
            found.append((notice, wait))
    return found
