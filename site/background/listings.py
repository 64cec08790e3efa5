"""Taking off the lists what is over or has lost its basis. Readers have not seen it since: every read asks for both."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from models.lists.kinds import ListKind
from models.lists.leaving import end_due
from models.lists.queries import entries_to_end
from models.people.actors import WORKER
from models.types import beijing_date

ENTRIES_AT_ONCE = 200


def end_due_entries(session: Session, now: dt.datetime) -> int:
    """Ends them; returns how many. What is left over follows at the next time."""
    done = 0
    for kind in ListKind:
        for entry in entries_to_end(session, kind, today=beijing_date(now), limit=ENTRIES_AT_ONCE):
            end_due(session, entry, actor=WORKER, now=now)
            done += 1
    return done
