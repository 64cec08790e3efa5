"""The one composite verb of the front door: a submission becomes filings, their cases and a signed receipt, or nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models.cases.operations import find_opening, open_case
from models.cases.tables import Case
from models.filings.evidence import Kept
from models.filings.operations import Registered, register_filing, registered_before
from models.filings.parties import respondent_names
from models.filings.sealing import Keyring
from models.filings.submissions import Submission
from models.filings.tables import Filing
from models.ledger.operations import Acts
from models.people.tables import Account

ATTEMPTS = 3


@dataclass(frozen=True)
class Received:
    """What came of a submission. `code` is None when it was sent before and its query code is noted already.

    `also` are the further filings that it became, each with a case of its own; the code opens them all.
    """

    filing: Filing
    case: Case
    code: str | None
    is_new: bool
    also: tuple[Filing, ...] = ()

    @property
    def filings(self) -> list[Filing]:
        """All of them, the first one first."""
        return [self.filing, *self.also]


def receive(
    session: Session,
    *,
    submission: Submission,
    actor: Acts,
    now: dt.datetime,
    keys: Keyring,
    account: Account | None = None,
    files: Sequence[Kept] = (),
) -> Received:
    """Registers `submission`, opens its case, starts the clocks and signs the receipt, in the caller's transaction.

    What is both a complaint and a report becomes two cases, each with its own clocks, on one receipt (Order 121 Art 9).

    The same submission token always gives the same filing, also when two requests bring it at the same instant: the
    slower one runs into the unique constraint, undoes its own attempt and finds the other's. A reference that another
    filing has already is met in the same way, and another one is drawn: one in thirty thousand after a million filings.

    `files` lie in the store already and have no rows yet; they are the sender's to delete when `is_new` is False.
    """
    again = registered_before(session, token=submission.token, now=now, keys=keys)
    if again is not None:
        return _received(session, again)
    opening = find_opening(session, respondent_names(submission.respondent.name, submission.data))
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with session.begin_nested():
                registered = register_filing(
                    session,
                    submission=submission,
                    account=account,
                    actor=actor,
                    now=now,
                    keys=keys,
                    bureau=opening.unit.name,
                    files=files,
                )
                case, *_more = [
                    open_case(session, filing=filing, actor=actor, now=now, opening=opening)
                    for filing in registered.filings
                ]
            return Received(registered.filing, case, registered.code, is_new=True, also=registered.also)
        except IntegrityError:
            again = registered_before(session, token=submission.token, now=now, keys=keys)
            if again is not None:
                return _received(session, again)
            if attempt == ATTEMPTS:
                raise
    raise AssertionError("the last attempt returns or raises")


def _received(session: Session, registered: Registered) -> Received:
    case = session.scalars(select(Case).where(Case.filing_id == registered.filing.id)).one()
    return Received(registered.filing, case, registered.code, registered.is_new, registered.also)
