"""Keeping something secret in the database: AES-256-GCM, keys derived from the master keys, one purpose each.

A sealed value is `nonce ‖ ciphertext`. What it belongs to goes in as associated data, so that a value copied to another
row does not open there.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
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
    old_vault_keys: tuple[bytes, ...] = ()

    @classmethod
    def from_hex(
        cls, *, code_key: str, vault_key: str, signing_key: str, old_vault_keys: Sequence[str] = ()
    ) -> Keyring:
        """From the settings, which write keys as hexadecimal digits."""
        return cls(
            code_key=bytes.fromhex(code_key),
            vault_key=bytes.fromhex(vault_key),
            signing_key=bytes.fromhex(signing_key),
            old_vault_keys=tuple(map(bytes.fromhex, old_vault_keys)),
        )

    @property
    def vault_key_id(self) -> str:
        """Names the vault key without revealing it, so that a later key can live beside it."""
        return key_id_of(self.vault_key)

    @property
    def vault_keys(self) -> tuple[bytes, ...]:
        """The vault key, then the ones before it that still open what they sealed."""
        return (self.vault_key, *self.old_vault_keys)

    def vault_key_named(self, key_id: str) -> bytes | None:
        """The vault key of that name; None when this installation was not given it."""
        return next((key for key in self.vault_keys if key_id_of(key) == key_id), None)

    def derived(self, purpose: str, vault_key: bytes | None = None) -> bytes:
        """A key of its own for each purpose; of the present vault key, or of the one given."""
        hkdf = HKDF(SHA256(), KEY_BYTES, salt=None, info=f"huhang:{purpose}".encode())
        return hkdf.derive(vault_key or self.vault_key)

    def blind_index(self, kind: str, value: str, vault_key: bytes | None = None) -> str:
        """A keyed digest by which equal values are found without being readable."""
        key = self.derived("blind-index", vault_key)
        return hmac.new(key, f"{kind}:{value}".encode(), hashlib.sha256).hexdigest()

    def blind_indexes(self, kind: str, value: str) -> list[str]:
        """All digests that `value` can have, one a vault key: to be searched for while keys are being changed."""
        return [self.blind_index(kind, value, key) for key in self.vault_keys]

    def unseal(self, purpose: str, sealed: bytes, *, belongs_to: str) -> bytes:
        """The plain bytes of what was sealed under `derived(purpose)`, by whichever vault key it was.

        cryptography's InvalidTag when none of them opens it.
        """
        for key in self.old_vault_keys:
            with contextlib.suppress(InvalidTag):
                return unseal(self.derived(purpose, key), sealed, belongs_to=belongs_to)
        return unseal(self.derived(purpose), sealed, belongs_to=belongs_to)

    def __repr__(self) -> str:
        return f"Keyring(vault_key_id={self.vault_key_id!r})"


def key_id_of(vault_key: bytes) -> str:
    """The name of a vault key, which reveals nothing of it."""
    return hashlib.sha256(b"huhang-key-id:" + vault_key).hexdigest()[:16]


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
