"""Sessions that somebody has signed out of: a copy of their cookie opens nothing, though it is signed and not yet old."""

from __future__ import annotations

import datetime as dt
import hashlib

from models.people.tables import Account

# Longer than any cookie lives; one that is met meanwhile loses its account and is not renewed.
KEPT_FOR = dt.timedelta(days=1)


def end_session(account: Account, *, sign: str, now: dt.datetime) -> None:
    """The session of this sign is over; the account's others go on."""
    young = [kept for kept in account.ended_sessions or [] if kept[1] > (now - KEPT_FOR).timestamp()]
    account.ended_sessions = [*young, [_digest(sign), int(now.timestamp())]]


def is_ended(account: Account, sign: str) -> bool:
    """Whether somebody has signed out of the session of this sign."""
    ended = account.ended_sessions
    return ended is not None and _digest(sign) in {kept for kept, _at in ended}


def _digest(sign: str) -> str:
    """What is kept instead of the sign: who reads the table learns no session."""
    return hashlib.sha256(sign.encode()).hexdigest()[:32]
