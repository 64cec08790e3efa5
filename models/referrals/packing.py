"""Keeping a pack that was made, and noting that it was handed out."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from models.filings.evidence import delete_later
from models.ledger import record
from models.ledger.operations import Acts
from models.ports import StoredFile
from models.referrals.tables import Referral
from models.referrals.terms import Standing


def keep_pack(
    session: Session,
    *,
    referral: Referral,
    stored: StoredFile,
    size: int,
    sha256: str,
    actor: Acts,
    now: dt.datetime,
) -> None:
    """Puts the archive in the place of the one before. One that comes after the hand-over is thrown away."""
    if referral.standing is not Standing.APPROVED or referral.pack_sha256 == sha256:
        delete_later(session, stored.key, now)
        return
    if referral.pack_key:
        delete_later(session, referral.pack_key, now)
    referral.pack_key, referral.pack_size, referral.pack_sha256 = stored.key, size, sha256
    referral.pack_made_at = now
    session.flush()
    facts = {"case": referral.case_id, "sha256": sha256}
    record(session, act="referral.pack", subject=referral, actor=actor, now=now, data=facts)


def note_reading(session: Session, *, referral: Referral, actor: Acts, now: dt.datetime) -> None:
    """Whoever takes the pack is on record; the caller has asked for permission."""
    facts = {"case": referral.case_id, "sha256": referral.pack_sha256, "names_filer": referral.names_filer}
    record(session, act="referral.pack_read", subject=referral, actor=actor, now=now, data=facts)
