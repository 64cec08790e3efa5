"""Before sending: have you told us this already? Only what this visitor has shown to be theirs is compared.

Whether somebody else has reported the same is not said to anybody: the answer would tell the one complained of that a
report exists (Order 121 Art 37), for they can type their own name as well as anybody. Officers see all of it instead.
"""

from __future__ import annotations

from sqlalchemy import select

from journey.access import opened_references
from journey.drafts import Draft
from journey.sending import submission
from journey.surface import Surface
from models.filings.duplicates import among
from models.filings.queries import filings_by_reference
from models.filings.tables import Filing
from shared.database import session

LOOKED_AT = 50


def told_before(surface: Surface, draft: Draft) -> list[Filing]:
    """The visitor's own filings that may be about the same as the draft."""
    return among(_own(surface), submission(surface, draft))


def _own(surface: Surface) -> list[Filing]:
    """What the account has filed lately, or what this browser has filed or opened with a code; nothing for staff."""
    if surface.officer:
        return []
    if surface.account:
        mine = select(Filing).where(Filing.account_id == surface.account.id)
        return list(session.scalars(mine.order_by(Filing.id.desc()).limit(LOOKED_AT)))
    opened = opened_references()
    return filings_by_reference(session, opened) if opened else []
