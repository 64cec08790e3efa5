"""Reading the letters that came in: those of an officer's units, one of them; and whether the replies are still whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.errors import NotFound
from models.filings.keeping import Damage, damage_of
from models.letters.tables import IncomingLetter
from models.people.permissions import Permission, units_in_reach
from models.people.tables import Account, Unit
from models.ports import FileStore


def letters_for(session: Session, account: Account, *, limit: int) -> Sequence[IncomingLetter]:
    """Those that the account's units answer: the open ones first, the oldest of them first."""
    own, prefixes = units_in_reach(account, Permission.PAPER_WRITE)
    below = [Unit.path.startswith(prefix, autoescape=True) for prefix in prefixes]
    wanted = (
        select(IncomingLetter)
        .join(Unit, Unit.id == IncomingLetter.unit_id)
        .where(or_(Unit.id.in_(own), *below))
        .order_by(IncomingLetter.issued_at.is_not(None), IncomingLetter.received_on, IncomingLetter.id)
    )
    return session.scalars(wanted.limit(limit)).all()


def replies_to_issue(session: Session, account: Account, *, most: int = 100) -> Sequence[IncomingLetter]:
    """Drafts of replies that wait for the account's word: by others, in its units, the oldest first."""
    own, prefixes = units_in_reach(account, Permission.PAPER_APPROVE)
    below = [Unit.path.startswith(prefix, autoescape=True) for prefix in prefixes]
    wanted = (
        select(IncomingLetter)
        .join(Unit, Unit.id == IncomingLetter.unit_id)
        .where(or_(Unit.id.in_(own), *below), IncomingLetter.drafted_by_id != account.id)
        .where(IncomingLetter.issued_at.is_(None), IncomingLetter.remarks.is_(None))
        .order_by(IncomingLetter.received_on, IncomingLetter.id)
    )
    return session.scalars(wanted.limit(most)).all()


def letter_by_id(session: Session, number: int) -> IncomingLetter:
    """One of them; NotFound."""
    found = session.get(IncomingLetter, number)
    if found is None:
        raise NotFound("没有这份来函。")
    return found


def damaged_replies(
    session: Session, store: FileStore
) -> Iterator[tuple[IncomingLetter, str, int, Damage | None]]:
    """Every file of an issued reply, "docx" or "pdf", with its size and what has become of it."""
    for letter in session.scalars(select(IncomingLetter).where(IncomingLetter.docx_key.is_not(None))):
        for form, key, size, sha256 in (
            ("docx", letter.docx_key, letter.docx_size, letter.docx_sha256),
            ("pdf", letter.pdf_key, letter.pdf_size, letter.pdf_sha256),
        ):
            if key and size is not None and sha256:
                yield letter, form, size, damage_of(store, key, size, sha256)
