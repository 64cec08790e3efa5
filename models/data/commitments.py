"""The append-only tree of commitments: every published record becomes a leaf, hidden behind a salt of its own.

A leaf is SHA-256 over the salt and the record. Whoever has both can prove that this very record was published; once the
salt is destroyed with the record, the leaf tells nothing any more: 256 random bits are missing, so not even somebody who
guesses the whole text can find out. The tree itself stays as it was signed. That is how lawful erasure
(个人信息保护法 Art 47; end of publication) and an immutable log go together.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select, text, tuple_
from sqlalchemy.orm import Session

from models.data import merkle
from models.data.records import record_of
from models.data.tables import Commitment, TreeNode
from models.decisions.queries import is_public
from models.decisions.tables import Decision
from models.filings.signing import canonical
from models.ledger.operations import Acts, record
from models.types import beijing_date

SALT_BYTES = 32
_ADVISORY_LOCK = 0x48554843  # any constant that nothing else locks


def commitment_of(salt: bytes, content: Mapping[str, Any]) -> bytes:
    """What a leaf commits to: 32 bytes."""
    return hashlib.sha256(salt + canonical(content)).digest()


def size_of(session: Session) -> int:
    """How many leaves the tree has."""
    last = session.scalar(select(func.max(Commitment.position)))
    return 0 if last is None else last + 1


def commit_public(session: Session, *, now: dt.datetime, limit: int) -> int:
    """Adds a leaf for up to `limit` public records that have none, or whose content has changed since; returns how many
    records were looked at. The content before a change loses its salt: it is no longer public either.
    """
    _one_at_a_time(session)
    live = (Commitment.decision_id == Decision.id) & Commitment.salt.is_not(None)
    fresh = (
        select(Decision, Commitment)
        .outerjoin(Commitment, live)
        .where(is_public(beijing_date(now)))
        .where(Commitment.position.is_(None) | (Commitment.row_version != Decision.row_version))
        .order_by(Decision.published_at, Decision.id)
        .limit(limit)
    )
    rows = [(decision, commitment) for decision, commitment in session.execute(fresh)]
    position = size_of(session)
    for decision, commitment in rows:
        if commitment is not None and _still_holds(session, commitment, decision):
            commitment.row_version = decision.row_version
            continue
        if commitment is not None:
            commitment.salt, commitment.erased_at = None, now
            session.flush()  # one living leaf a record: the old one goes first
        _append(session, position, decision, now)
        position += 1
    session.flush()
    return len(rows)


def erase_ended(session: Session, *, actor: Acts, now: dt.datetime) -> int:
    """Destroys the salts of records that are no longer public; returns how many. The leaves stay."""
    public = select(Decision.id).where(is_public(beijing_date(now)))
    gone = (Commitment.salt.is_not(None), Commitment.decision_id.not_in(public))
    ended = list(session.scalars(select(Commitment).where(*gone).order_by(Commitment.position)))
    for commitment in ended:
        commitment.salt, commitment.erased_at = None, now
        record(session, act="data.erase", subject=commitment, actor=actor, now=now)
    return len(ended)


def nodes(session: Session, wanted: list[merkle.Node]) -> dict[merkle.Node, bytes]:
    """The kept hashes of these complete subtrees, in one query."""
    if not wanted:
        return {}
    found = session.execute(
        select(TreeNode.level, TreeNode.place, TreeNode.hash).where(
            tuple_(TreeNode.level, TreeNode.place).in_(wanted)
        )
    )
    return {(level, place): bytes.fromhex(written) for level, place, written in found}


def hashes(session: Session, spans: list[tuple[int, int]]) -> list[bytes]:
    """The hashes over these spans of leaves."""
    kept = nodes(session, [node for span in spans for node in merkle.nodes_of(*span)])
    return [merkle.subtree(*span, kept.__getitem__) for span in spans]


def living(session: Session, decision: Decision) -> Commitment | None:
    """The leaf of a record as it is public now; None while the worker has not added it."""
    mine = (Commitment.decision_id == decision.id, Commitment.salt.is_not(None))
    return session.scalar(select(Commitment).where(*mine))


def _one_at_a_time(session: Session) -> None:
    """Leaves are numbered, so one transaction adds them at a time; SQLite has a single writer anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})


def _still_holds(session: Session, commitment: Commitment, decision: Decision) -> bool:
    kept = nodes(session, [(0, commitment.position)])[0, commitment.position]
    salt = bytes.fromhex(commitment.salt or "")
    return merkle.leaf_hash(commitment_of(salt, record_of(decision))) == kept


def _append(session: Session, position: int, decision: Decision, now: dt.datetime) -> None:
    salt = secrets.token_bytes(SALT_BYTES)
    leaf = merkle.leaf_hash(commitment_of(salt, record_of(decision)))
    session.add(
        Commitment(
            position=position,
            decision_id=decision.id,
            row_version=decision.row_version,
            salt=salt.hex(),
            added_at=now,
        )
    )
    session.add(TreeNode(level=0, place=position, hash=leaf.hex()))
    above = leaf
    for level, place in merkle.completed(position):
        session.flush()
        left = nodes(session, [(level - 1, 2 * place)])[level - 1, 2 * place]
        above = merkle.node_hash(left, above)
        session.add(TreeNode(level=level, place=place, hash=above.hex()))
