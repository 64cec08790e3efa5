"""Files that prove something: taken in like evidence, kept untouched, scanned and copied; added as long as nothing was decided."""

from __future__ import annotations

import datetime as dt
from typing import BinaryIO

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.errors import NotFound
from models.filings.evidence import Allowance, forget_file, keep_file
from models.filings.examination import queue_examination
from models.holders.tables import Authority, Membership, Proof, Right
from models.ledger import record
from models.people.tables import Account
from models.ports import FileStore

MOST_PROOFS = 10
Proven = Membership | Right | Authority


def attach_proof(
    session: Session,
    *,
    to: Proven,
    stream: BinaryIO,
    file_name: str,
    allowance: Allowance,
    store: FileStore,
    actor: Account,
    now: dt.datetime,
) -> Proof:
    """Takes a proof in. Raises `FileRefused` as evidence does, naming the file."""
    kept = keep_file(
        stream=stream,
        file_name=file_name,
        count=len(to.proofs),
        total=sum(proof.size for proof in to.proofs),
        allowance=Allowance(allowance.file_bytes, allowance.filing_bytes, MOST_PROOFS),
        store=store,
    )
    proof = Proof(**kept.columns(now))
    to.proofs.append(proof)
    session.flush()
    queue_examination(session, [proof], now=now)
    record(session, act="proof.attach", subject=to, actor=actor, now=now, data={"sha256": proof.sha256})
    return proof


def remove_proof(session: Session, *, of: Proven, proof_id: int, actor: Account, now: dt.datetime) -> None:
    """Takes a proof off again; the file and its copy go after commit."""
    proof = proof_of(of, proof_id)
    forget_file(session, proof, now)
    of.proofs.remove(proof)
    session.delete(proof)
    record(session, act="proof.remove", subject=of, actor=actor, now=now, data={"sha256": proof.sha256})


def proof_of(thing: Proven, proof_id: int) -> Proof:
    """One of its proofs; `NotFound` for any other."""
    found = next((proof for proof in thing.proofs if proof.id == proof_id), None)
    if found is None:
        raise NotFound("没有找到这个文件，可能已经移除。")
    return found


def proof_by_id(session: Session, proof_id: int) -> Proof:
    """Any proof, for staff who have shown that they may look; `NotFound` when there is none."""
    found = session.scalar(select(Proof).where(Proof.id == proof_id))
    if found is None:
        raise NotFound("没有找到这个文件，可能已经移除。")
    return found
