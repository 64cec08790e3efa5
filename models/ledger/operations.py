"""Writing the ledger. Acts are noted while a transaction runs and linked into the chain just before it commits.

The chain has one end, so linking is done one transaction at a time: SQLite has a single writer anyway; on
PostgreSQL an advisory lock is taken as the last thing before the commit and is let go by the commit itself. The lock
is thus held for the insert and the commit only, whatever the transaction did before.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import event, inspect, select, text
from sqlalchemy.orm import Session, SessionTransaction

from models.ledger.chain import GENESIS, canonical, hash_of
from models.ledger.tables import LedgerEvent

_PENDING = "huhang_ledger"
_ADVISORY_LOCK = 0x48554841  # "HUHA"; any constant that nothing else locks


@dataclass(frozen=True)
class _Note:
    """An act waiting to be linked, with the transaction or savepoint that it stands or falls with."""

    act: str
    subject: object
    actor: str
    at: dt.datetime
    data: str
    within: SessionTransaction | None

    def falls_with(self, transaction: SessionTransaction) -> bool:
        """Whether rolling `transaction` back undoes the act."""
        level = self.within
        while level is not None and level is not transaction:
            level = level.parent
        return level is transaction or transaction.parent is None


class Acts(Protocol):
    """Whoever acts: an account, the filer of a filing, or the system."""

    @property
    def ledger_name(self) -> str: ...


def record(
    session: Session,
    *,
    act: str,
    subject: object,
    actor: Acts,
    now: dt.datetime,
    data: Mapping[str, Any] | None = None,
) -> None:
    """Notes that `actor` did `act` to the mapped object `subject`; it joins the chain when the session commits.

    `data` holds ids, field names, states and digests only: no name, no text that a person wrote.
    """
    if not session.in_transaction():
        session.begin()  # an act has to have something that it stands or falls with
    within = session.get_nested_transaction() or session.get_transaction()
    note = _Note(act, subject, actor.ledger_name, now, canonical(data or {}), within)
    session.info.setdefault(_PENDING, []).append(note)


def salted_digest(content: str) -> str:
    """`salt$digest`, by which a text can later be shown to be the one meant, and which reveals nothing of it."""
    salt = secrets.token_hex(8)
    return f"{salt}${hmac.new(salt.encode(), content.encode(), hashlib.sha256).hexdigest()}"


def matches_digest(content: str, digest: str) -> bool:
    """Whether `content` is the text that `salted_digest` was made from."""
    salt, _, expected = digest.partition("$")
    found = hmac.new(salt.encode(), content.encode(), hashlib.sha256).hexdigest()
    return hmac.compare_digest(found, expected)


@event.listens_for(Session, "before_commit")
def _link(session: Session) -> None:
    if session.in_nested_transaction():  # a savepoint is released: the real commit is still to come
        return
    if not session.info.get(_PENDING):
        return
    session.flush()  # gives the subjects their numbers
    pending: list[_Note] = session.info.pop(_PENDING)
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
    last = session.execute(
        select(LedgerEvent.id, LedgerEvent.hash).order_by(LedgerEvent.id.desc()).limit(1)
    ).one_or_none()
    number, previous_hash = (last.id, last.hash) if last else (0, GENESIS)
    for note in pending:
        number += 1
        kind, identity = _name_of(note.subject)
        entry = LedgerEvent(
            id=number,
            at=note.at,
            actor=note.actor,
            act=note.act,
            subject_kind=kind,
            subject_id=identity,
            data=note.data,
            previous_hash=previous_hash,
        )
        entry.hash = previous_hash = hash_of(entry)
        session.add(entry)
    session.flush()


@event.listens_for(Session, "after_soft_rollback")
def _forget(session: Session, undone: SessionTransaction) -> None:
    pending: list[_Note] = session.info.get(_PENDING, [])
    session.info[_PENDING] = [note for note in pending if not note.falls_with(undone)]


def _name_of(subject: object) -> tuple[str, str]:
    """Table name and primary key; both exist by now, for the session was flushed."""
    state = inspect(subject)
    mapper = state.mapper
    key = mapper.primary_key_from_instance(subject)
    return mapper.local_table.name, ",".join(str(part) for part in key)
