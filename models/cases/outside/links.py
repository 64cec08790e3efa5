"""The links of outside bodies (see `models.signed_links`): no link is stored, a new handle makes the old one worthless."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.cases.outside.tables import OutsideLink
from models.errors import NotFound
from models.filings.sealing import Keyring
from models.signed_links import handle_in, new_handle, signed

PURPOSE = "outside-link"


def token_of(link: OutsideLink, keys: Keyring) -> str:
    """What stands behind /outside/ in the present link."""
    return signed(link.handle, purpose=PURPOSE, keys=keys)


def link_by_token(session: Session, token: str, *, keys: Keyring) -> OutsideLink:
    """The link; a forged one and one that was replaced are the same NotFound."""
    handle = handle_in(token, purpose=PURPOSE, keys=keys)
    found = session.scalar(select(OutsideLink).where(OutsideLink.handle == handle)) if handle else None
    if found is None:
        raise NotFound("没有找到这个链接。请核对链接是否完整；来函单位重新发送过的，只有最新的链接有效。")
    return found


__all__ = ["link_by_token", "new_handle", "token_of"]
