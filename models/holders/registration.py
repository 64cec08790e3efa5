"""Registering: an address is confirmed first, by a link that holds it sealed. Nothing is stored until somebody opens it.

Whoever asks learns nothing: the answer is the same for every address, and only its mailbox is told what it is good for.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import json
import secrets

from cryptography.exceptions import InvalidTag
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.errors import NotFound
from models.filings.sealing import Keyring, seal, unseal
from models.holders.operations import claim_organisation
from models.ledger import record
from models.people.actors import System
from models.people.names import checked_email
from models.people.operations import create_account
from models.people.roles import AccountKind
from models.people.tables import Account

REGISTRATION = System("registration")
CONFIRM_WITHIN = dt.timedelta(hours=48)
_PURPOSE = "registration-link"
_LONGEST_LINK = 1000


def is_taken(session: Session, address: str) -> bool:
    """Whether there is an account of that address. For the text of a mail to it, and nothing else."""
    wanted = select(Account.id).where(Account.email == checked_email(address))
    return session.scalar(wanted) is not None


def link_token(address: str, *, keys: Keyring, now: dt.datetime) -> str:
    """What stands behind /register/ in the mail: the address and until when it is good, sealed."""
    content = {"address": checked_email(address), "until": int((now + CONFIRM_WITHIN).timestamp())}
    sealed = seal(keys.derived(_PURPOSE), json.dumps(content).encode(), belongs_to=_PURPOSE)
    return base64.urlsafe_b64encode(sealed).decode().rstrip("=")


def confirmed_address(token: str, *, keys: Keyring, now: dt.datetime) -> str:
    """The address that a link was sent to; `NotFound` for one that was forged, cut short, or is too old."""
    padded = token[:_LONGEST_LINK] + "=" * (-len(token) % 4)
    try:
        content = json.loads(
            unseal(keys.derived(_PURPOSE), base64.urlsafe_b64decode(padded), belongs_to=_PURPOSE)
        )
    except (InvalidTag, ValueError, binascii.Error):
        content = {"until": 0}
    if content["until"] <= now.timestamp():
        raise NotFound("这个注册链接不完整或者已经过期，请重新注册。")
    return str(content["address"])


def register_holder(
    session: Session,
    *,
    address: str,
    display_name: str,
    password_hash: str,
    organisation: str,
    uscc: str,
    now: dt.datetime,
) -> Account:
    """The account of a rights-holder whose address is confirmed, and their claim to belong to an organisation.

    `Invalid` when the address has an account meanwhile, or the code of the organisation cannot be one.
    """
    account = create_account(
        session,
        kind=AccountKind.RIGHTS_HOLDER,
        username=f"holder-{secrets.token_hex(8)}",
        email=address,
        display_name=display_name,
        password_hash=password_hash,
        actor=REGISTRATION,
        now=now,
    )
    account.confirmed_at = now
    record(session, act="account.confirm_email", subject=account, actor=account, now=now)
    claim_organisation(session, account=account, name=organisation, uscc=uscc, now=now)
    return account
