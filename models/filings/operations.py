"""The verbs of filing: hand a matter in, attach a file to it and take it off again, say that the code is noted."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from models.filings import references, sealing
from models.filings.checks import check
from models.filings.content import content_sha256
from models.filings.duplicates import mark
from models.filings.evidence import Kept, evidence_of
from models.filings.examination import queue_examination
from models.filings.queries import filing_by_token, held_code, split_off
from models.filings.receipts import issue
from models.filings.sealing import Keyring
from models.filings.submissions import FAST, UNPROVEN, Submission
from models.filings.tables import Evidence, Filing, HeldCode
from models.filings.vault import seal
from models.ledger import record
from models.ledger.operations import Acts
from models.people.tables import Account

HOLD_CODE = dt.timedelta(minutes=60)


@dataclass(frozen=True)
class Registered:
    """A filing and its query code. `code` is None when the same sending came before and its code is noted.

    `also` are the other filings that the same sending became; the code opens each of them.
    """

    filing: Filing
    code: str | None
    is_new: bool
    also: tuple[Filing, ...] = ()

    @property
    def filings(self) -> list[Filing]:
        """All of them, the first one first."""
        return [self.filing, *self.also]


def register_filing(
    session: Session,
    *,
    submission: Submission,
    account: Account | None,
    actor: Acts,
    now: dt.datetime,
    keys: Keyring,
    bureau: str,
    files: Sequence[Kept] = (),
) -> Registered:
    """Takes the matter in, with the files attached under its token and those just kept, `files`; makes its reference and
    query code, and signs the receipt in the name of `bureau`.

    What asks for several procedures becomes as many filings, with one query code and the same files (Order 121 Art 9).

    Two senders of one token at the same instant meet at the unique constraint, as do two filings that were given the
    same reference: the second gets an IntegrityError at the flush here, and its caller looks again (cases.intake).
    Raises `IdentityRequired` for an anonymous complaint and `Invalid` for missing answers.
    """
    check(submission, account)
    code = references.new_code()
    evidence = _files(session, submission.token, files, now)
    made = _new_filings(submission, account, code, evidence, now, keys)
    first = made[0]
    with session.no_autoflush:  # what belongs together goes in together, not piece by piece
        session.add_all([*made, *evidence])
        for file in evidence:
            file.filing, file.submission_token = first, None
        if submission.person is not None:
            for one in made:
                seal(session, filing=one, person=submission.person, keys=keys, now=now)
        issue(session, filings=made, bureau=bureau, keys=keys, now=now)
        session.flush()
        for one in made:
            one.files_of_id = first.id
            record(session, act="register_filing", subject=one, actor=actor, now=now, data=_ledger_data(one))
        queue_examination(session, evidence, now=now)
        mark(session, *made)
        _hold_code(session, first, code, now, keys)
    return Registered(first, code, is_new=True, also=tuple(made[1:]))


def registered_before(session: Session, *, token: str, now: dt.datetime, keys: Keyring) -> Registered | None:
    """What the same sending became when it came before; None when it is new."""
    earlier = filing_by_token(session, token)
    if earlier is None:
        return None
    code = held_code(session, earlier, now=now, keys=keys)
    return Registered(earlier, code, is_new=False, also=split_off(session, earlier))


def note_code(session: Session, *, filing: Filing, actor: Acts, now: dt.datetime) -> None:
    """The filer has written the code down: the held one is deleted. Saying so twice changes nothing."""
    deleted = session.execute(delete(HeldCode).where(HeldCode.filing_id == filing.id))
    if deleted.rowcount:  # type: ignore[attr-defined]
        record(session, act="note_code", subject=filing, actor=actor, now=now)


def forget_held_codes(session: Session, now: dt.datetime) -> int:
    """Deletes every held code whose time is over; returns how many."""
    over = delete(HeldCode).where(HeldCode.expires_at <= now)
    return int(session.execute(over).rowcount)  # type: ignore[attr-defined]


def _new_filings(
    submission: Submission,
    account: Account | None,
    code: str,
    evidence: list[Evidence],
    now: dt.datetime,
    keys: Keyring,
) -> list[Filing]:
    """One per procedure; each knows the references of the others, and the digest of what it holds."""
    tracks = (submission.track, *submission.also)
    names = [references.new_reference() for _ in tracks]
    made: list[Filing] = []
    for track, reference in zip(tracks, names, strict=True):
        filing = _new_filing(submission, account, now)
        filing.track, filing.reference = track, reference
        filing.query_code_hmac = references.code_hmac(keys.code_key, reference, code)
        if len(names) > 1:
            filing.data = {**filing.data, "together_with": [one for one in names if one != reference]}
        if made:
            filing.submission_token = hashlib.sha256(f"{submission.token}/{track}".encode()).hexdigest()
            filing.request = None  # what is wanted of the other side is the complaint's
        set_committed_value(filing, "evidence", list(evidence))  # known: it need not be read again
        filing.content_sha256 = content_sha256(filing)
        made.append(filing)
    return made


def _new_filing(submission: Submission, account: Account | None, now: dt.datetime) -> Filing:
    respondent = submission.respondent
    return Filing(
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
        is_unproven=bool(submission.data.get(UNPROVEN)),
        is_fast=bool(submission.data.get(FAST)),
        content_sha256="",
        submission_token=submission.token,
        account_id=account.id if account else None,
    )


def _ledger_data(filing: Filing) -> dict[str, Any]:
    return {
        "track": filing.track.value,
        "channel": filing.channel.value,
        "content_sha256": filing.content_sha256,
        "evidence": [file.id for file in filing.evidence],
    }


def _files(session: Session, token: str, files: Sequence[Kept], now: dt.datetime) -> list[Evidence]:
    """What was attached before, held so that nobody takes it off meanwhile, and what comes with the sending."""
    attached = select(Evidence).where(Evidence.submission_token == token).order_by(Evidence.id)
    fresh = [evidence_of(kept, token=token, now=now) for kept in files]
    return [*session.scalars(attached.with_for_update()), *fresh]


def _hold_code(session: Session, filing: Filing, code: str, now: dt.datetime, keys: Keyring) -> None:
    sealed = sealing.seal(keys.derived("held-code"), code.encode(), belongs_to=f"code:{filing.reference}")
    session.add(HeldCode(filing_id=filing.id, ciphertext=sealed, expires_at=now + HOLD_CODE))
