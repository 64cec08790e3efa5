"""The verbs of filing: hand a matter in, attach a file to it and take it off again, say that the code is noted."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from models.filings import references, sealing
from models.filings.checks import check
from models.filings.content import content_sha256
from models.filings.queries import filing_by_token, held_code
from models.filings.sealing import Keyring
from models.filings.submissions import Submission
from models.filings.tables import Evidence, Filing, HeldCode
from models.filings.vault import seal
from models.ledger import record
from models.ledger.operations import Acts
from models.people.tables import Account

HOLD_CODE = dt.timedelta(minutes=60)


@dataclass(frozen=True)
class Registered:
    """A filing and its query code. `code` is None when the same sending came before and its code is noted."""

    filing: Filing
    code: str | None
    is_new: bool


def register_filing(
    session: Session,
    *,
    submission: Submission,
    account: Account | None,
    actor: Acts,
    now: dt.datetime,
    keys: Keyring,
) -> Registered:
    """Takes the matter in, with the files attached under its token, and makes its reference and query code.

    A token that was used before gives the filing that it made. Two senders at the same instant meet at the unique
    constraint: the second gets an IntegrityError at the flush here, and its caller reads again (cases.intake).
    Raises `IdentityRequired` for an anonymous complaint and `Invalid` for missing answers.
    """
    earlier = filing_by_token(session, submission.token)
    if earlier is not None:
        return Registered(earlier, held_code(session, earlier, now=now, keys=keys), is_new=False)
    check(submission, account)
    code = references.new_code()
    filing = _new_filing(session, submission, account, code, now, keys)
    session.flush()
    _take_over_evidence(session, filing, submission.token)
    filing.content_sha256 = content_sha256(filing)
    if submission.person is not None:
        seal(session, filing=filing, person=submission.person, keys=keys, now=now)
    _hold_code(session, filing, code, now, keys)
    session.flush()
    data = {
        "track": filing.track.value,
        "channel": filing.channel.value,
        "content_sha256": filing.content_sha256,
        "evidence": [file.id for file in filing.evidence],
    }
    record(session, act="register_filing", subject=filing, actor=actor, now=now, data=data)
    return Registered(filing, code, is_new=True)


def note_code(session: Session, *, filing: Filing, actor: Acts, now: dt.datetime) -> None:
    """The filer has written the code down: the held one is deleted. Saying so twice changes nothing."""
    deleted = session.execute(delete(HeldCode).where(HeldCode.filing_id == filing.id))
    if deleted.rowcount:  # type: ignore[attr-defined]
        record(session, act="note_code", subject=filing, actor=actor, now=now)


def forget_held_codes(session: Session, now: dt.datetime) -> int:
    """Deletes every held code whose time is over; returns how many."""
    over = delete(HeldCode).where(HeldCode.expires_at <= now)
    return int(session.execute(over).rowcount)  # type: ignore[attr-defined]


def _new_filing(
    session: Session,
    submission: Submission,
    account: Account | None,
    code: str,
    now: dt.datetime,
    keys: Keyring,
) -> Filing:
    reference = _free_reference(session)
    respondent = submission.respondent
    filing = Filing(
        reference=reference,
        track=submission.track,
        channel=submission.channel,
        right_type=submission.right_type,
        is_anonymous=submission.person is None,
        submitted_at=now,
        respondent_name=respondent.name,
        respondent_uscc=respondent.uscc or None,
        respondent_address=respondent.address or None,
        platform_link=respondent.platform_link or None,
        region_code=submission.region_code,
        right_number=submission.right_number or None,
        facts=submission.facts,
        request=submission.request or None,
        data=dict(submission.data),
        language=submission.language,
        content_sha256="",
        submission_token=submission.token,
        account_id=account.id if account else None,
        query_code_hmac=references.code_hmac(keys.code_key, reference, code),
    )
    session.add(filing)
    return filing


def _free_reference(session: Session) -> str:
    """A reference that no filing has; one in thirty thousand tries meets a taken one after a million filings."""
    while True:
        reference = references.new_reference()
        if session.scalar(select(Filing.id).where(Filing.reference == reference)) is None:
            return reference


def _take_over_evidence(session: Session, filing: Filing, token: str) -> None:
    mine = update(Evidence).where(Evidence.submission_token == token)
    session.execute(mine.values(filing_id=filing.id, submission_token=None))
    session.expire(filing, ["evidence"])


def _hold_code(session: Session, filing: Filing, code: str, now: dt.datetime, keys: Keyring) -> None:
    sealed = sealing.seal(keys.derived("held-code"), code.encode(), belongs_to=f"code:{filing.reference}")
    session.add(HeldCode(filing_id=filing.id, ciphertext=sealed, expires_at=now + HOLD_CODE))
