"""A process that climbs the ladder in small transactions, to be raced against another and killed by a test.

`python -m tests.support.ladder_worker URL INSTANT BATCHES` commits that many batches, then begins one more, says "stuck"
on stdout, and waits to be killed in the middle of it; sooner where the other left nothing. With BATCHES 0 it goes on until nothing is due.
"""

from __future__ import annotations

import datetime as dt
import sys
import time

from models.database import Database
from models.supervision.climbing import climb
from models.supervision.ladder import read_ladders

BATCH = 40


def main() -> None:
    """Climbs."""
    database, now, batches = Database(sys.argv[1]), dt.datetime.fromisoformat(sys.argv[2]), int(sys.argv[3])
    ladders, done = read_ladders(), 0
    while True:
        with database.writing() as session:
            taken = climb(session, ladders=ladders, profile="pingdingshan", now=now, limit=BATCH)
            if batches and (done >= batches or not taken):
                session.flush()
                sys.stdout.write("stuck\n")
                sys.stdout.flush()
                time.sleep(600)
            session.commit()
        done += 1
        if not taken:
            return


if __name__ == "__main__":
    main()
