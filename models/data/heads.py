"""Signed heads: the tree at a moment, signed like a receipt, and the proofs that hang on one."""

from __future__ import annotations

import base64
import datetime as dt
import json
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.data import merkle
from models.data.commitments import hashes, living, size_of
from models.data.records import record_of
from models.data.tables import SignedHead
from models.decisions.tables import Decision
from models.errors import NotFound
from models.filings import signing
from models.filings.receipts import publish_key
from models.filings.sealing import Keyring
from models.ledger.operations import Acts, record
from models.types import BEIJING

HEAD_TYPE = "huhang-snapshot/1"
PROOF_TYPE = "huhang-inclusion/1"
CONSISTENCY_TYPE = "huhang-consistency/1"


def sign_head(session: Session, *, bureau: str, keys: Keyring, actor: Acts, now: dt.datetime) -> SignedHead:
    """Signs the tree as it stands; the newest head again when nothing was added since."""
    size = size_of(session)
    newest = newest_head(session)
    if newest is not None and newest.tree_size == size:
        return newest
    root = hashes(session, [(0, size)])[0]
    key = publish_key(session, keys=keys, now=now)
    content = {
        "type": HEAD_TYPE,
        "bureau": bureau,
        "tree_size": size,
        "root": root.hex(),
        "signed_at": now.astimezone(BEIJING).isoformat(timespec="seconds"),
        "key_id": key.key_id,
    }
    signature = signing.sign(keys.signing_key, signing.canonical(content))
    head = SignedHead(
        tree_size=size,
        root=root.hex(),
        content=signing.canonical(content).decode(),
        signature=signature.hex(),
        key_id=key.key_id,
        signed_at=now,
    )
    session.add(head)
    record(session, act="data.sign", subject=head, actor=actor, now=now, data={"tree_size": size})
    session.flush()
    return head


def newest_head(session: Session) -> SignedHead | None:
    """The last head that was signed."""
    return session.scalar(select(SignedHead).order_by(SignedHead.id.desc()).limit(1))


def heads(session: Session, *, limit: int) -> list[SignedHead]:
    """The heads, the newest first."""
    return list(session.scalars(select(SignedHead).order_by(SignedHead.id.desc()).limit(limit)))


def head_file(head: SignedHead) -> dict[str, Any]:
    """A head as others keep it. `head` is what was signed, in canonical form."""
    return {
        "head": json.loads(head.content),
        "algorithm": signing.ALGORITHM,
        "signature": base64.b64encode(bytes.fromhex(head.signature)).decode(),
    }


def inclusion_file(session: Session, decision: Decision) -> dict[str, Any]:
    """The proof that the record, as it is public now, is in the newest signed tree.

    Raises:
        NotFound: it came after the newest head.
    """
    head, commitment = newest_head(session), living(session, decision)
    is_signed = head is not None and commitment is not None and commitment.position < head.tree_size
    if head is None or commitment is None or not is_signed:
        raise NotFound("这份决定书还没有进入签名快照，请过一天再来。")
    spans = merkle.inclusion_spans(commitment.position, head.tree_size)
    return {
        "type": PROOF_TYPE,
        "record": record_of(decision),
        "salt": commitment.salt,
        "position": commitment.position,
        "path": [one.hex() for one in hashes(session, spans)],
        **head_file(head),
    }


def consistency_file(session: Session, first: int, second: int) -> dict[str, Any]:
    """The proof that the tree of one signed head is how that of a later one began. Raises NotFound for other sizes."""
    signed = (SignedHead.tree_size.in_([first, second]), SignedHead.tree_size > 0)
    known = set(session.scalars(select(SignedHead.tree_size).where(*signed)))
    if not {first, second} <= known or first > second:
        raise NotFound("没有这个大小的快照。")
    path = hashes(session, merkle.consistency_spans(first, second))
    return {
        "type": CONSISTENCY_TYPE,
        "first": first,
        "second": second,
        "path": [one.hex() for one in path],
    }
