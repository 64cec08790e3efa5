"""Attempts that were refused, as events of the ledger: who wanted to do what with which object.

A refused request keeps nothing of its own, so the event is written after it was thrown away, in a transaction of its
own. Only staff are noted: whoever else is refused has no office that an audit could ask about.
"""

from __future__ import annotations

from flask import g, request
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
        data = {"permission": permission.value}
        g.huhang_denied = (account.id, type(subject), inspect(subject).identity, data)


def remember_verb() -> None:
    """The same for what a verb itself refused to this person – to decide on one's own proposal, say – and where."""
    visitor = g.get("_login_user")  # as Flask-Login keeps it; whoever has not been asked for is nobody
    if "huhang_denied" not in g and isinstance(visitor, Account) and visitor.is_staff:
        g.huhang_denied = (visitor.id, Account, visitor.id, {"endpoint": request.endpoint or ""})


def write() -> None:
    """Writes the attempt that this request remembers, if there is one."""
    denied = g.pop("huhang_denied", None)
    if denied is None:
        return
    account_id, kind, key, data = denied
    with database().writing() as session:
        account, subject = session.get(Account, account_id), session.get(kind, key)
        if account is None or subject is None:
            return
        record(session, act=DENIED, subject=subject, actor=account, now=now_utc(), data=data)
        session.commit()
