"""Attempts that were refused, as events of the ledger: who wanted to do what with which object.

A refused request keeps nothing of its own, so the event is written after it was thrown away, in a transaction of its
own. Only staff are noted: whoever else is refused has no office that an audit could ask about.
"""

from __future__ import annotations

from flask import g
from sqlalchemy import inspect

from models.base import Base
from models.ledger import record
from models.people.permissions import Permission
from models.people.tables import Account
from models.types import now_utc
from shared.database import database

DENIED = "denied"


def remember(account: Account, permission: Permission, thing: object = None) -> None:
    """Keeps the attempt until the request has been thrown away."""
    if account.is_staff:
        subject = thing if isinstance(thing, Base) else account
        g.huhang_denied = (account.id, type(subject), inspect(subject).identity, permission)


def write() -> None:
    """Writes the attempt that this request remembers, if there is one."""
    denied = g.pop("huhang_denied", None)
    if denied is None:
        return
    account_id, kind, key, permission = denied
    with database().writing() as session:
        account, subject = session.get(Account, account_id), session.get(kind, key)
        if account is None or subject is None:
            return
        data = {"permission": permission.value}
        record(session, act=DENIED, subject=subject, actor=account, now=now_utc(), data=data)
        session.commit()
