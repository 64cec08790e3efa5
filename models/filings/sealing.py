"""Keeping something secret in the database: AES-256-GCM, keys derived from the master keys, one purpose each.

A sealed value is `nonce ‖ ciphertext`. What it belongs to goes in as associated data, so that a value copied to another
row does not open there.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from dataclasses import dataclass

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
_NONCE_BYTES = 12


@dataclass(frozen=True)
class Keyring:
    """The master keys that filings need. `repr` shows none."""

    code_key: bytes
    vault_key: bytes
    signing_key: bytes

    @classmethod
    def from_hex(cls, *, code_key: str, vault_key: str, signing_key: str) -> Keyring:
        """From the settings, which write keys as hexadecimal digits."""
        return cls(
            code_key=bytes.fromhex(code_key),
            vault_key=bytes.fromhex(vault_key),
            signing_key=bytes.fromhex(signing_key),
        )

    @property
    def vault_key_id(self) -> str:
        """Names the vault key without revealing it, so that a later key can live beside it."""
        return hashlib.sha256(b"huhang-key-id:" + self.vault_key).hexdigest()[:16]

    def derived(self, purpose: str) -> bytes:
        """A key of its own for each purpose."""
        return HKDF(SHA256(), KEY_BYTES, salt=None, info=f"huhang:{purpose}".encode()).derive(self.vault_key)

    def blind_index(self, kind: str, value: str) -> str:
        """A keyed digest by which equal values are found without being readable."""
        return hmac.new(self.derived("blind-index"), f"{kind}:{value}".encode(), hashlib.sha256).hexdigest()

    def __repr__(self) -> str:
        return f"Keyring(vault_key_id={self.vault_key_id!r})"


def new_key() -> bytes:
    """A fresh data key."""
    return AESGCM.generate_key(bit_length=KEY_BYTES * 8)


def seal(key: bytes, plain: bytes, *, belongs_to: str) -> bytes:
    """Encrypts `plain` for the thing named `belongs_to`."""
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, belongs_to.encode())


def unseal(key: bytes, sealed: bytes, *, belongs_to: str) -> bytes:
    """The plain bytes; cryptography's InvalidTag when anything about them was changed or they belong elsewhere."""
    return AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], belongs_to.encode())
