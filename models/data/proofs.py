"""Checking what others hand in: a proof that a record was published. Needs the public keys and nothing else."""

from __future__ import annotations

import base64
import binascii
import enum
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models.data import merkle
from models.data.commitments import commitment_of
from models.data.heads import HEAD_TYPE, PROOF_TYPE
from models.filings import signing


class Verdict(enum.StrEnum):
    """What the check of a proof found."""

    PUBLISHED = "published"
    ALTERED = "altered"
    UNKNOWN_KEY = "unknown_key"
    NO_PROOF = "no_proof"


@dataclass(frozen=True)
class Checked:
    """The verdict, and where it is good the record and the head that it is proved by."""

    verdict: Verdict
    record: Mapping[str, Any] | None = None
    head: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class _Proof:
    record: dict[str, Any]
    salt: bytes
    position: int
    path: list[bytes]
    head: dict[str, Any]
    root: bytes
    size: int
    signature: bytes


def is_proof(document: object) -> bool:
    """Whether it says that it is one."""
    return isinstance(document, dict) and document.get("type") == PROOF_TYPE


def check_proof(document: object, public_keys: Mapping[str, bytes]) -> Checked:
    """Whether the record in `document` was published, by a head that one of `public_keys` signed."""
    try:
        proof = _read(document)
    except (KeyError, TypeError, ValueError, AttributeError, binascii.Error):
        return Checked(Verdict.NO_PROOF)
    public_key = public_keys.get(str(proof.head.get("key_id")))
    if public_key is None:
        return Checked(Verdict.UNKNOWN_KEY)
    leaf = merkle.leaf_hash(commitment_of(proof.salt, proof.record))
    root = merkle.root_from_inclusion(leaf, proof.position, proof.size, proof.path)
    signed = signing.is_signed_by(public_key, proof.signature, signing.canonical(proof.head))
    if root != proof.root or not signed:
        return Checked(Verdict.ALTERED)
    return Checked(Verdict.PUBLISHED, proof.record, proof.head)


def _read(document: Any) -> _Proof:
    head = document["head"]
    position, size = document["position"], head["tree_size"]
    if not is_proof(document) or head["type"] != HEAD_TYPE or not isinstance(document["record"], dict):
        raise ValueError("not a proof")
    if type(position) is not int or type(size) is not int or max(position, size) >= 1 << 62:
        raise ValueError("not a place in a tree")
    return _Proof(
        record=document["record"],
        salt=bytes.fromhex(document["salt"]),
        position=position,
        path=[bytes.fromhex(one) for one in document["path"]],
        head=head,
        root=bytes.fromhex(head["root"]),
        size=size,
        signature=base64.b64decode(document["signature"], validate=True),
    )
