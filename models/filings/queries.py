"""Reading filings: by reference and code, by token, by account; the files; the held code."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from models.errors import NotFound
from models.filings import references
from models.filings.errors import WrongReferenceOrCode
from models.filings.sealing import Keyring
from models.filings.tables import Evidence, Filing, HeldCode

# What a code is compared with when there is no such filing, so that the answer takes the same work.
_NOBODYS_DIGEST = "0" * 64


def filing_by_code(session: Session, *, reference: str, code: str, keys: Keyring) -> Filing:
    """The filing that this reference and this query code open together, however they are typed.

    `WrongReferenceOrCode` for an unknown reference and for a wrong code alike: one look-up, one HMAC and one comparison
    are done in either case, so that neither the answer nor its time tells whether the reference exists.
    """
    wanted = references.normalise(reference[: references.LONGEST_TYPED])
    given = references.normalise(code[: references.LONGEST_TYPED])
    # Two columns only: loading the whole filing would take a little longer than finding none.
    kept = session.execute(
        select(Filing.id, Filing.query_code_hmac).where(Filing.reference == wanted)
    ).one_or_none()
    number, expected = kept or (0, _NOBODYS_DIGEST)
    found = references.code_hmac(keys.code_key, wanted, given)
    if not references.is_same_digest(found, expected) or not number:
        raise WrongReferenceOrCode
    return session.get_one(Filing, number)


def filing_by_reference(session: Session, reference: str) -> Filing | None:
    """The filing of a reference, grouped or not; for those who have shown that they may see it."""
    wanted = select(Filing).where(Filing.reference == references.normalise(reference))
    return session.scalar(wanted.options(joinedload(Filing.receipt)))


def filings_by_reference(session: Session, names: Collection[str]) -> list[Filing]:
    """The filings of these references, not grouped; for those who have shown that they may see them."""
    return list(session.scalars(select(Filing).where(Filing.reference.in_(names))))


def filing_by_token(session: Session, token: str) -> Filing | None:
    """The filing that a submission token made."""
    return session.scalar(select(Filing).where(Filing.submission_token == token))


def split_off(session: Session, filing: Filing) -> tuple[Filing, ...]:
    """The other filings that the sending of `filing` became, which is the first of them."""
    return tuple(
        session.scalars(
            select(Filing).where(Filing.files_of_id == filing.id, Filing.id != filing.id).order_by(Filing.id)
        )
    )


def own_filing(session: Session, *, account_id: int, reference: str) -> Filing:
    """A rights-holder's own filing; `NotFound` for anybody else's, as if it did not exist."""
    filing = filing_by_reference(session, reference)
    if filing is None or filing.account_id != account_id:
        raise NotFound("没有找到这件提交，请从“我的办件”打开。")
    return filing


def evidence_under(session: Session, token: str) -> list[Evidence]:
    """The files attached under a token and not sent yet, in the order they came."""
    mine = select(Evidence).where(Evidence.submission_token == token).order_by(Evidence.id)
    return list(session.scalars(mine))


def held_code(session: Session, filing: Filing, *, now: dt.datetime, keys: Keyring) -> str | None:
    """The query code, as long as it is held: not yet noted and not older than an hour."""
    mine = select(HeldCode).where(HeldCode.filing_id == filing.id, HeldCode.expires_at > now)
    held = session.scalar(mine)
    if held is None:
        return None
    plain = keys.unseal("held-code", held.ciphertext, belongs_to=f"code:{filing.reference}")
    return plain.decode()
