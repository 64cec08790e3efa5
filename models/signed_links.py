"""Links for people without an account: a handle with its keyed digest. No link is stored; a new handle ends the old one.

The digest is asked before the database is: whoever guesses learns nothing and costs nothing.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

from models.filings.sealing import Keyring

HANDLE_LENGTH = 16
_MAC_BYTES = 20
_LONGEST = 100


def new_handle() -> str:
    """A name for a link that nobody guesses."""
    return secrets.token_hex(HANDLE_LENGTH // 2)


def signed(handle: str, *, purpose: str, keys: Keyring) -> str:
    """What stands in the link."""
    return f"{handle}-{_mac(handle, purpose, keys)}"


def handle_in(token: str, *, purpose: str, keys: Keyring) -> str | None:
    """The handle of a link that we signed for this purpose; None for any other text."""
    handle, _, mac = token[:_LONGEST].partition("-")
    is_ours = hmac.compare_digest(mac.encode(), _mac(handle, purpose, keys).encode())
    return handle if is_ours else None


def _mac(handle: str, purpose: str, keys: Keyring) -> str:
    made = hmac.new(keys.derived(purpose, keys.code_key), handle.encode(), hashlib.sha256)
    return base64.b32encode(made.digest()[:_MAC_BYTES]).decode().lower()
