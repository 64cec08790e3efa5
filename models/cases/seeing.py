"""Whether anybody on the staff has opened a case: nothing is done to many at once that nobody has looked at."""

from __future__ import annotations

import datetime as dt
from typing import cast

from sqlalchemy import Table, update
from sqlalchemy.orm import Session

from models.cases.tables import Case
from models.ledger import record
from models.people.tables import Account

_CASES = cast(Table, Case.__table__)


def mark_seen(session: Session, *, case: Case, actor: Account, now: dt.datetime) -> bool:
    """Notes the first opening; False when it was noted before. It is no act: the version of the case stays."""
    if case.seen_at is not None:
        return False
    first = update(_CASES).where(_CASES.c.id == case.id, _CASES.c.seen_at.is_(None)).values(seen_at=now)
    if not session.connection().execute(first).rowcount:
        return False
    session.expire(case, ["seen_at"])
    record(session, act="case.see", subject=case, actor=actor, now=now)
    return True
