"""The links themselves: a handle with its keyed digest. No link is stored; a new handle makes the old link worthless.

The digest is asked before the database is: whoever guesses learns nothing and costs nothing.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.cases.outside.tables import HANDLE_LENGTH, OutsideLink
from models.errors import NotFound
from models.filings.sealing import Keyring

_MAC_BYTES = 20


def new_handle() -> str:
    """A name for a link that nobody guesses."""
    return secrets.token_hex(HANDLE_LENGTH // 2)


def token_of(link: OutsideLink, keys: Keyring) -> str:
    """What stands behind /outside/ in the present link."""
    return f"{link.handle}-{_mac(link.handle, keys)}"


def link_by_token(session: Session, token: str, *, keys: Keyring) -> OutsideLink:
    """The link; a forged one and one that was replaced are the same NotFound."""
    handle, _, mac = token[:100].partition("-")
    is_ours = hmac.compare_digest(mac.encode(), _mac(handle, keys).encode())
    found = session.scalar(select(OutsideLink).where(OutsideLink.handle == handle)) if is_ours else None
    if found is None:
        raise NotFound("没有找到这个链接。请核对链接是否完整；来函单位重新发送过的，只有最新的链接有效。")
    return found


def _mac(handle: str, keys: Keyring) -> str:
    made = hmac.new(keys.derived("outside-link", keys.code_key), handle.encode(), hashlib.sha256)
    return base64.b32encode(made.digest()[:_MAC_BYTES]).decode().lower()
