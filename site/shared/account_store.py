"""What Flask-Security is given instead of its own: the way to our accounts, to the outbox, and the memory of used codes.

Whatever it changes about an account is noted in the ledger, as if one of our own verbs had done it.
"""

from __future__ import annotations

import secrets
from typing import Any, cast

from flask_security import MailUtil, Totp
from flask_security.datastore import SQLAlchemySessionUserDatastore
from passlib.totp import TotpMatch
from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload

from models import outbox
from models.ledger import record
from models.people.tables import Account
from models.types import now_utc
from shared.database import session

_SIGN = "fs_uniquifier"
_OF_SIGN = (
    select(Account).options(joinedload(Account.assignments)).where(Account.fs_uniquifier == bindparam(_SIGN))
)


class _NoRole:
    """Stands where Flask-Security wants a role model; our roles are models.people.permissions."""


class Datastore(SQLAlchemySessionUserDatastore):  # type: ignore[misc]
    """Flask-Security's way to the accounts."""

    def __init__(self) -> None:
        super().__init__(session, Account, _NoRole)

    def find_user(self, case_insensitive: bool = False, **kwargs: Any) -> Any:
        """Whose session it is, with the posts they hold: every page of somebody signed in asks that, once."""
        if case_insensitive or set(kwargs) != {_SIGN}:
            return super().find_user(case_insensitive, **kwargs)
        return session.scalars(_OF_SIGN, kwargs).unique().one_or_none()

    def commit(self) -> None:
        """Nothing: the request commits once, at its edge."""

    def tf_set(self, user: Any, *args: Any, **kwargs: Any) -> None:
        """Keeps the secret of a new one-time password."""
        super().tf_set(user, *args, **kwargs)
        note(user, "account.one_time_password")

    def tf_reset(self, user: Any) -> None:
        """Takes the one-time password away."""
        super().tf_reset(user)
        note(user, "account.forget_one_time_password")

    def mf_set_recovery_codes(self, user: Any, rcs: list[str] | None) -> None:
        """Keeps new recovery codes, encrypted by the caller; the old ones are worth nothing from now on."""
        super().mf_set_recovery_codes(user, rcs)
        note(user, "account.recovery_codes")

    def mf_delete_recovery_code(self, user: Any, idx: int) -> bool:
        """Uses one recovery code up."""
        _own(user).mf_recovery_codes = [
            *(_own(user).mf_recovery_codes or [])
        ]  # a new list, or no change is seen
        was_there = bool(super().mf_delete_recovery_code(user, idx))
        note(user, "account.use_recovery_code")
        return was_there


class OneTimePasswords(Totp):  # type: ignore[misc]
    """One-time passwords that are taken once: whoever looked over a shoulder is half a minute late (RFC 6238 5.2)."""

    def get_last_counter(self, user: Any) -> int | None:
        """The half minute, counted from 1970, of the last password that was taken."""
        return _own(user).tf_last_counter

    def set_last_counter(self, user: Any, tmatch: TotpMatch) -> None:
        """Remembers the one just taken."""
        _own(user).tf_last_counter = tmatch.counter


class OutboxMail(MailUtil):  # type: ignore[misc]
    """Leaves Flask-Security's mail in the outbox, so that it goes out only if the request is committed."""

    def send_mail(
        self,
        template: str,
        subject: str,
        recipient: str | None,
        sender: str,
        body: str,
        html: str | None,
        **kwargs: Any,
    ) -> None:
        """Queues a mail; somebody without an address gets none."""
        if not recipient:
            return
        payload = {"to": str(recipient), "subject": str(subject), "body": body}
        outbox.put(session, kind="mail", key=f"mail:{secrets.token_hex(16)}", payload=payload, now=now_utc())


def note(user: Any, act: str) -> None:
    """Writes into the ledger what somebody did to their own account."""
    account = _own(user)
    record(session, act=act, subject=account, actor=account, now=now_utc())


def _own(user: Any) -> Account:
    """The account itself: Flask-Security sometimes hands over the proxy `current_user`."""
    return cast(Account, getattr(user, "_get_current_object", lambda: user)())
