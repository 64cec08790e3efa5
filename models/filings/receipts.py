"""The receipt 回执: what was taken in, when and by whom, signed in the transaction that takes it in.

It names references, tracks and digests only, so it can be shown to anybody. One receipt covers everything that one
sending became: a complaint and a report made of the same form stand on it together (Order 121 Art 9).
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session, selectinload

from models.errors import NotFound
from models.filings import signing
from models.filings.content import content_sha256
from models.filings.references import normalise
from models.filings.sealing import Keyring
from models.filings.tables import Filing, Receipt, SigningKey
from models.types import BEIJING

_AT_ONCE = 500
ON_PLATFORM = (
    "platform",
    "notified_on",
    "statement_reached_on",
)  # of `data.platform`; the seller's words stay out


def issue(
    session: Session, *, filings: Sequence[Filing], bureau: str, keys: Keyring, now: dt.datetime
) -> Receipt:
    """Signs the receipt of `filings`, which one sending became; `bureau` is the name of the unit that took them in.

    It is flushed with them: their digests are made, they need no numbers yet.
    """
    key = publish_key(session, keys=keys, now=now)
    content = _content(filings, bureau, key.key_id)
    signature = signing.sign(keys.signing_key, signing.canonical(content))
    receipt = Receipt(
        token=signing.token_of(signature),
        content=signing.canonical(content).decode(),
        signature=signature.hex(),
        key_id=key.key_id,
        signed_at=now,
        filings=list(filings),
    )
    session.add(receipt)
    return receipt


def publish_key(session: Session, *, keys: Keyring, now: dt.datetime) -> SigningKey:
    """The public half of the signing key that is configured, published at its first use; the ones before it retire.

    Retired keys stay published, so that what they signed can still be checked.
    """
    public_key = signing.public_key_of(keys.signing_key)
    mine = select(SigningKey).where(SigningKey.key_id == signing.key_id_of(public_key))
    known = session.scalar(mine)
    if known is not None:
        return known
    insert = postgresql_insert if session.get_bind().dialect.name == "postgresql" else sqlite_insert
    row = {
        "key_id": signing.key_id_of(public_key),
        "public_key": public_key.hex(),
        "published_at": now,
    }
    session.execute(
        insert(SigningKey).values(**row).on_conflict_do_nothing(index_elements=[SigningKey.key_id])
    )
    others = (SigningKey.key_id != row["key_id"], SigningKey.retired_at.is_(None))
    session.execute(update(SigningKey).where(*others).values(retired_at=now))
    return session.scalars(mine).one()


def published_keys(session: Session) -> list[SigningKey]:
    """Every key that has signed receipts here, the newest first."""
    newest = select(SigningKey).order_by(SigningKey.published_at.desc(), SigningKey.id.desc())
    return list(session.scalars(newest))


def public_keys(session: Session) -> dict[str, bytes]:
    """The same as `signing.check_file` takes them."""
    return {key.key_id: bytes.fromhex(key.public_key) for key in published_keys(session)}


def receipt_by_token(session: Session, token: str) -> Receipt:
    """The receipt behind /verify/<token>, however it is typed; `NotFound`."""
    found = session.scalar(select(Receipt).where(Receipt.token == normalise(token[:100])))
    if found is None:
        raise NotFound("没有这样的回执。")
    return found


def file_of(receipt: Receipt, *, verify_at: str) -> dict[str, Any]:
    """The receipt as a file to keep."""
    return signing.receipt_file(
        json.loads(receipt.content), bytes.fromhex(receipt.signature), verify_at=verify_at
    )


def how_many(session: Session) -> int:
    """How many receipts were signed here."""
    return session.scalar(select(func.count()).select_from(Receipt)) or 0


def damaged(session: Session) -> Iterator[tuple[str, str]]:
    """Receipts that no longer agree with what lies here: the reference, and what is wrong.

    A filing is never changed after it was handed in; its receipt shows whether that was kept.
    """
    keys = public_keys(session)
    last = 0
    while batch := _after(session, last):
        for receipt in batch:
            yield from _faults(receipt, keys)
        last = batch[-1].id
        session.expunge_all()


def _after(session: Session, last: int) -> list[Receipt]:
    wanted = select(Receipt).where(Receipt.id > last).order_by(Receipt.id).limit(_AT_ONCE)
    with_files = selectinload(Receipt.filings).selectinload(Filing.evidence)
    return list(session.scalars(wanted.options(with_files)))


def _faults(receipt: Receipt, keys: dict[str, bytes]) -> Iterator[tuple[str, str]]:
    verdict, content = signing.check_file(file_of(receipt, verify_at=""), keys)
    names = [filing.shown_reference for filing in receipt.filings]
    if verdict is not signing.Verdict.GENUINE:
        yield "、".join(names), "回执的签名不成立"
        return
    signed = {matter["reference"]: matter["content_sha256"] for matter in content["matters"]}
    if sorted(signed) != sorted(names):
        yield "、".join([*signed, *names]), "回执上的登记编号与登记不一致"
    for filing in receipt.filings:
        if signed.get(filing.shown_reference) != content_sha256(filing):
            yield filing.shown_reference, "登记内容与回执上的校验码不一致"


def _content(filings: Sequence[Filing], bureau: str, key_id: str) -> dict[str, Any]:
    received_at = filings[0].submitted_at.astimezone(BEIJING)
    return {
        "type": signing.RECEIPT_TYPE,
        "key_id": key_id,
        "bureau": bureau,
        "received_at": received_at.isoformat(timespec="seconds"),
        "matters": [
            {
                "reference": filing.shown_reference,
                "track": filing.track.value,
                "content_sha256": filing.content_sha256,
            }
            for filing in filings
        ],
        "files": _files(filings),
        **_online(filings[0]),
    }


def _online(filing: Filing) -> dict[str, Any]:
    """For the platform (电子商务法 Art 43): since when it knows, when the seller's statement came, which links it is about.

    The links by their digest, so that the list can be handed over beside the receipt and be checked against it.
    """
    told, links = filing.data.get("platform"), filing.data.get("links")
    named = {name: told[name] for name in ON_PLATFORM if name in told} if told else None
    return {**({"platform": named} if named else {}), **({"links": links} if links else {})}


def _files(filings: Iterable[Filing]) -> list[dict[str, Any]]:
    """Each file once, also when two filings share it."""
    found = {(file.sha256, file.size) for filing in filings for file in filing.evidence}
    return [{"sha256": sha256, "size": size} for sha256, size in sorted(found)]
