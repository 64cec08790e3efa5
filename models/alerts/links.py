"""The links in the mails: whoever has one got the mail, and may confirm and stop. No link is stored anywhere.

Addresses are sealed under a key derived from the code key, which is never changed, so that links sent years ago still stop.
"""

from __future__ import annotations

import base64
import hashlib
import hmac

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.alerts.tables import Alert
from models.errors import NotFound
from models.filings.sealing import Keyring, seal, unseal

_MAC_BYTES = 15


def token_of(alert: Alert, keys: Keyring) -> str:
    """What stands behind /alerts/ in the mails of this alert."""
    return f"{alert.handle}-{_mac(alert.handle, keys)}"


def alert_by_token(session: Session, token: str, *, keys: Keyring) -> Alert:
    """The alert of a link; a forged link and a stopped alert are the same NotFound."""
    handle, _, mac = token[:100].partition("-")
    is_ours = hmac.compare_digest(mac.encode(), _mac(handle, keys).encode())
    alert = session.scalar(select(Alert).where(Alert.handle == handle)) if is_ours else None
    if alert is None:
        raise NotFound("没有这个订阅，可能已经停止。")
    return alert


def sealed(address: str, handle: str, keys: Keyring) -> bytes:
    """The address, opened by the keys alone."""
    return seal(_key("alert-address", keys), address.encode(), belongs_to=handle)


def address_of(alert: Alert, keys: Keyring) -> str:
    """Where the mail goes."""
    return unseal(_key("alert-address", keys), alert.sealed_address, belongs_to=alert.handle).decode()


def digest_of(address: str, keys: Keyring) -> str:
    """Equal for equal addresses, whatever the case of their letters; tells nothing without the key."""
    key = _key("alert-digest", keys)
    return hmac.new(key, address.strip().lower().encode(), hashlib.sha256).hexdigest()


def _mac(handle: str, keys: Keyring) -> str:
    made = hmac.new(_key("alert-link", keys), handle.encode(), hashlib.sha256).digest()[:_MAC_BYTES]
    return base64.b32encode(made).decode().lower()


def _key(purpose: str, keys: Keyring) -> bytes:
    return keys.derived(purpose, keys.code_key)
