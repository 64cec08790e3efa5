"""Work of the outbox is not kept for ever: mails that never went out, and the traces of what was done."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from models import outbox
from models.ledger import record
from models.ledger.operations import Acts
from models.retention.schedules import Schedules

MAIL = "mail"


def forget_letters(session: Session, *, schedules: Schedules, actor: Acts, now: dt.datetime) -> int:
    """Deletes mails that failed for good longer ago than the file says, each an act; and old traces. Returns how many."""
    since = now - dt.timedelta(days=schedules.unsent_mails_days)
    letters = outbox.dead_before(session, kind=MAIL, before=since)
    for letter in letters:
        data = {"kind": letter.kind, "attempts": letter.attempts}
        record(session, act="outbox.forget", subject=letter, actor=actor, now=now, data=data)
    outbox.forget(session, letters)
    done = outbox.forget_done(session, before=now - dt.timedelta(days=schedules.done_work_days))
    return len(letters) + done
