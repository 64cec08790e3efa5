"""The loop: run the jobs whose time has come, claim work from the outbox, hand it to its handler, mark it done.

Nothing is lost when a worker dies: what it had claimed comes back when its lease runs out. What fails is tried again
later and later, and lies among the dead letters in the end. Any number of workers can run beside each other. A worker
outlives an outage of the database, and a clock that is set back.
"""

from __future__ import annotations

import datetime as dt
import os
import secrets
import socket
import threading
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby, islice
from pathlib import Path

import structlog
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolExhausted
from sqlalchemy.orm import Session

from background.work import Handler, Job, Work
from config import ROOT
from models import outbox
from models.database import Database, is_outage
from models.outbox import OutboxRow
from models.types import now_utc

CLAIM_ROWS = 100
IDLE_SECONDS = 0.5
OUTAGE_SECONDS = 5.0
NOTHING = dt.timedelta(0)
LONGEST_ROUND = outbox.LEASE / 5

log = structlog.get_logger("huhang.worker")


class Worker:
    """One worker with a name of its own. `clock` is the present instant; tests bring their own."""

    def __init__(
        self,
        database: Database,
        handlers: Mapping[str, Handler],
        jobs: Sequence[Job] = (),
        clock: Callable[[], dt.datetime] = now_utc,
    ) -> None:
        self.name = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(3)}"[:80]
        self._database = database
        self._handlers = handlers
        self._patient = frozenset(kind for kind, handler in handlers.items() if handler.can_wait)
        self._jobs = jobs
        self._clock = clock
        self._next_run = {job.name: clock() for job in jobs}
        self._stop = threading.Event()

    def stop(self) -> None:
        """Asks the loop to end after the piece that it is at; what it had claimed beyond that is given back."""
        self._stop.set()

    def run(self, *, until_idle: bool = False) -> int:
        """Works until it is told to stop, or until nothing is due; returns how many rows were done.

        Raises what the database answers, but waits for one that cannot answer now, unless `until_idle`.
        """
        done = 0
        while not self._stop.is_set():
            try:
                worked = self.run_once()
            except (DBAPIError, PoolExhausted) as error:
                if until_idle or (isinstance(error, DBAPIError) and not is_outage(error)):
                    raise
                log.error("database", error=type(getattr(error, "orig", error)).__name__)
                self._stop.wait(OUTAGE_SECONDS)
                continue
            done += worked
            if worked:
                continue
            if until_idle and not self._anything_due():
                break
            self._stop.wait(IDLE_SECONDS)
        return done

    def run_once(self) -> int:
        """One round of jobs and one claim; returns how many rows were taken in hand."""
        self._run_due_jobs()
        rows = self._claim()
        began = self._clock()
        for batch in self._batches(rows):
            # Opening what people send in takes seconds each. What is not reached is let go of long before the lease
            # ends: it has not been tried, and must not look as if it had.
            if self._stop.is_set() or self._clock() - began > LONGEST_ROUND:
                self._give_back(batch)
            else:
                self._work_on(batch)
        return len(rows)

    def _claim(self) -> list[OutboxRow]:
        """What is due; of what can wait one piece, and that only when nothing else is."""
        with self._database.writing() as session:
            now, patient = self._clock(), self._patient
            rows = outbox.claim(session, worker=self.name, now=now, limit=CLAIM_ROWS, leaving=patient)
            if not rows and patient:
                rows = outbox.claim(session, worker=self.name, now=now, limit=1)
            session.expunge_all()  # what we hold must not expire with the commit
            session.commit()
        return rows

    def _anything_due(self) -> bool:
        with self._database.reading() as session:
            return outbox.anything_due(session, now=self._clock())

    def _batches(self, rows: Sequence[OutboxRow]) -> Iterator[list[OutboxRow]]:
        """Rows of one kind that follow each other, as many together as their handler takes."""
        for kind, alike in groupby(rows, key=lambda row: row.kind):
            handler = self._handlers.get(kind)
            while batch := list(islice(alike, handler.together if handler else 1)):
                yield batch

    def _work_on(self, batch: list[OutboxRow]) -> None:
        """Hands a batch over. When it fails, its rows are tried one by one, so that one bad row harms no other."""
        now = self._clock()
        if any(row.claimed_until is None or row.claimed_until <= now for row in batch):
            return  # we were too slow; another worker may have them already
        if len(batch) == 1 and batch[0].attempts > outbox.MAX_ATTEMPTS:
            self._failed(batch[0], "claimed too often by workers that did not live to finish it")
            return
        try:
            handler = self._handlers[batch[0].kind]
            handler.run([Work(row.kind, row.key, row.payload) for row in batch])
        except Exception as error:  # whatever a handler raises, the loop goes on and the row is tried again
            if len(batch) > 1:
                for row in batch:
                    self._work_on([row])
            else:
                self._failed(batch[0], _place_of(error))
            return
        self._done(batch)

    def _done(self, batch: Sequence[OutboxRow]) -> None:
        now = self._clock()
        with self._database.writing() as session:
            for row in batch:
                outbox.finish(session, row.id, worker=self.name, now=now)
            session.commit()
        log.info("work done", kind=batch[0].kind, rows=len(batch))

    def _failed(self, row: OutboxRow, problem: str) -> None:
        with self._database.writing() as session:
            outbox.fail(session, row, worker=self.name, now=self._clock(), error=problem)
            session.commit()
        log.error("work failed", kind=row.kind, row=row.id, attempts=row.attempts, problem=problem)

    def _give_back(self, batch: Sequence[OutboxRow]) -> None:
        with self._database.writing() as session:
            for row in batch:
                outbox.give_back(session, row.id, worker=self.name)
            session.commit()

    def _run_due_jobs(self) -> None:
        now = self._clock()
        for job in self._jobs:
            left = self._next_run[job.name] - now
            # More time left than between two runs: the clock was set back, and what it said then means nothing.
            if (left <= NOTHING or left > job.every) and not self._stop.is_set():
                self._next_run[job.name] = now + job.every
                self._run_job(job, now)

    def _run_job(self, job: Job, now: dt.datetime) -> None:
        try:
            with self._database.writing() as session:
                if _is_ours(session, job):
                    job.run(session, now)
                    session.commit()
        except Exception as error:  # a job that fails is due again at its next time
            log.error("job failed", job=job.name, problem=_place_of(error))


def _is_ours(session: Session, job: Job) -> bool:
    """Whether no other worker is at this job now. SQLite's one writer answers that by making us wait."""
    if session.get_bind().dialect.name != "postgresql":
        return True
    lock = text("SELECT pg_try_advisory_xact_lock(hashtext(:name))")
    return bool(session.scalar(lock, {"name": f"huhang job {job.name}"}))


def _place_of(error: Exception) -> str:
    """The kind of error and where in our code it rose, without its message, which may hold personal data."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [
        frame
        for frame in frames
        if frame.filename.startswith(str(ROOT)) and "site-packages" not in frame.filename
    ]
    last = (ours or frames)[-1]
    return f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno} in {last.name}"
