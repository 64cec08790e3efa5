"""A worker process that gets stuck in the middle of its work, to be killed there by a test.

`python -m tests.support.stuck_worker URL before|after` claims what is due, gets stuck before or after the effect of
the first piece, and says so on stdout.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence

from background.work import Handler, Work
from background.worker import Worker
from models import outbox
from models.database import Database
from models.types import now_utc


def leave_effect(database: Database, works: Sequence[Work]) -> None:
    """The effect of the work: a row that is there once, however often the work is done."""
    with database.writing() as session:
        for work in works:
            outbox.put(session, kind="effect", key=f"effect of {work.key}", payload={}, now=now_utc())
        session.commit()


def main() -> None:
    """Gets stuck."""
    database, moment = Database(sys.argv[1]), sys.argv[2]

    def get_stuck(works: Sequence[Work]) -> None:
        if moment == "after":
            leave_effect(database, works)
        sys.stdout.write("stuck\n")
        sys.stdout.flush()
        time.sleep(600)

    Worker(database, {"note": Handler(get_stuck)}).run_once()


if __name__ == "__main__":
    main()
