"""Signing a receipt with Ed25519, and checking one: canonical JSON, a signature, the name of the key. No database.

What is signed is the canonical form of the receipt's content: keys sorted, no white space, UTF-8. Whoever has the file
of a receipt and the published public keys can check it without us; `docs/verify_receipt.py` does just that.
"""

from __future__ import annotations

import base64
import binascii
import enum
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from models.filings.references import ALPHABET

ALGORITHM = "Ed25519"
RECEIPT_TYPE = "huhang-receipt/1"
KEY_ID_LENGTH = 16
TOKEN_LENGTH = 20


class Verdict(enum.StrEnum):
    """What the check of a receipt found."""

    GENUINE = "genuine"
    ALTERED = "altered"
    UNKNOWN_KEY = "unknown_key"
    NO_RECEIPT = "no_receipt"


def canonical(content: Mapping[str, Any]) -> bytes:
    """The bytes that are signed."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def public_key_of(signing_key: bytes) -> bytes:
    """The 32 bytes of the public key that belongs to a private one."""
    return Ed25519PrivateKey.from_private_bytes(signing_key).public_key().public_bytes_raw()


def key_id_of(public_key: bytes) -> str:
    """The name of a key: the first sixteen hexadecimal digits of the SHA-256 of the public key."""
    return hashlib.sha256(public_key).hexdigest()[:KEY_ID_LENGTH]


def sign(signing_key: bytes, signed: bytes) -> bytes:
    """The signature, 64 bytes; the same content and key always give the same one."""
    return Ed25519PrivateKey.from_private_bytes(signing_key).sign(signed)


def is_signed_by(public_key: bytes, signature: bytes, signed: bytes) -> bool:
    """Whether `signature` over `signed` was made with the private key of `public_key`."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, signed)
    except InvalidSignature:
        return False
    return True


def token_of(signature: bytes) -> str:
    """What stands behind /verify/: 100 bits of the signature's digest. Nobody can guess one, and on paper it commits
    the bureau to this very receipt.
    """
    number = int.from_bytes(hashlib.sha256(signature).digest(), "big")
    return "".join(ALPHABET[(number >> 5 * place) & 31] for place in range(TOKEN_LENGTH))


def receipt_file(content: Mapping[str, Any], signature: bytes, *, verify_at: str) -> dict[str, Any]:
    """The file of a receipt, as the filer keeps it. Only `receipt` is signed; the rest says how to check it."""
    return {
        "receipt": dict(content),
        "algorithm": ALGORITHM,
        "signature": base64.b64encode(signature).decode(),
        "token": token_of(signature),
        "verify_at": verify_at,
    }


def check_file(document: object, public_keys: Mapping[str, bytes]) -> tuple[Verdict, dict[str, Any]]:
    """What a receipt's file is worth, by the public keys `{key id: 32 bytes}`; with it the content, empty if unreadable.

    Content of a receipt that is not genuine must not be shown as if it were.
    """
    content, signature = parts(document)
    if content is None or signature is None:
        return Verdict.NO_RECEIPT, {}
    public_key = public_keys.get(str(content.get("key_id")))
    if public_key is None:
        return Verdict.UNKNOWN_KEY, content
    genuine = is_signed_by(public_key, signature, canonical(content))
    return (Verdict.GENUINE if genuine else Verdict.ALTERED), content


def parts(document: object) -> tuple[dict[str, Any] | None, bytes | None]:
    """Content and signature of a receipt's file, as far as they can be read; nothing is checked here."""
    if not isinstance(document, dict):
        return None, None
    content, signature = document.get("receipt"), document.get("signature")
    if not isinstance(content, dict) or content.get("type") != RECEIPT_TYPE or not isinstance(signature, str):
        return None, None
    try:
        return content, base64.b64decode(signature, validate=True)
    except (binascii.Error, ValueError):
        return content, None
