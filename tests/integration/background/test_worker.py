"""The worker's loop over a real outbox: done, tried again, given up, given back."""

from __future__ import annotations

import datetime as dt
import itertools
import sqlite3
from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolExhausted

from background.work import Handler, Job, Work
from background.worker import Worker
from models import outbox
from models.database import Database
from models.outbox import OutboxRow
from tests.factories import NOW


class Clock:
    """An instant that tests move."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> dt.datetime:
        return self.now

    def forward(self, by: dt.timedelta) -> None:
        self.now += by


@pytest.fixture
def clock() -> Clock:
    return Clock()


def put(database: Database, *keys: str, kind: str = "note", due_at: dt.datetime | None = None) -> None:
    with database.writing() as session:
        for key in keys:
            outbox.put(session, kind=kind, key=key, payload={"of": key}, now=NOW, due_at=due_at)
        session.commit()


def rows(database: Database) -> dict[str, OutboxRow]:
    with database.reading() as session:
        return {row.key: row for row in session.scalars(select(OutboxRow).order_by(OutboxRow.id))}


def test_due_work_is_handed_over_and_marked_done(real_database: Database, clock: Clock) -> None:
    seen: list[Work] = []
    put(real_database, "a", "b")
    done = Worker(real_database, {"note": Handler(seen.extend)}, clock=clock).run(until_idle=True)
    assert done == 2
    assert [(work.key, work.payload) for work in seen] == [("a", {"of": "a"}), ("b", {"of": "b"})]
    assert all(row.done_at == NOW and row.claimed_by is None for row in rows(real_database).values())


def test_work_of_later_waits_for_its_time(real_database: Database, clock: Clock) -> None:
    seen: list[Work] = []
    worker = Worker(real_database, {"note": Handler(seen.extend)}, clock=clock)
    put(real_database, "tomorrow", due_at=NOW + dt.timedelta(days=1))
    assert worker.run(until_idle=True) == 0
    clock.forward(dt.timedelta(days=1))
    assert worker.run(until_idle=True) == 1


def test_a_handler_takes_as_much_together_as_it_says(real_database: Database, clock: Clock) -> None:
    sizes: list[int] = []
    put(real_database, *"abcde")
    handler = Handler(lambda works: sizes.append(len(works)), together=2)
    Worker(real_database, {"note": handler}, clock=clock).run(until_idle=True)
    assert sizes == [2, 2, 1]


def test_one_bad_row_harms_no_other_of_its_batch(real_database: Database, clock: Clock) -> None:
    def refuse_b(works: Sequence[Work]) -> None:
        if any(work.key == "b" for work in works):
            raise ValueError("张三的电话")

    put(real_database, "a", "b", "c")
    Worker(real_database, {"note": Handler(refuse_b, together=10)}, clock=clock).run_once()
    found = rows(real_database)
    assert {key for key, row in found.items() if row.done_at} == {"a", "c"}
    assert found["b"].last_error is not None
    assert found["b"].last_error.startswith("ValueError at test_worker.py:")
    assert "张三" not in found["b"].last_error


def test_what_fails_is_tried_again_later_and_later_and_then_given_up(
    real_database: Database, clock: Clock
) -> None:
    tries: list[dt.datetime] = []

    def fail(_works: Sequence[Work]) -> None:
        tries.append(clock.now)
        raise RuntimeError

    put(real_database, "a")
    worker = Worker(real_database, {"note": Handler(fail)}, clock=clock)
    while not rows(real_database)["a"].dead_at:
        worker.run_once()
        clock.forward(dt.timedelta(seconds=5))
    waits = [(later - earlier).total_seconds() for earlier, later in itertools.pairwise(tries)]
    assert waits == [10, 20, 40, 80, 160, 320, 640]
    assert worker.run(until_idle=True) == 0


def test_a_kind_that_nobody_handles_is_not_lost(real_database: Database, clock: Clock) -> None:
    put(real_database, "a", kind="unknown")
    Worker(real_database, {}, clock=clock).run_once()
    assert rows(real_database)["a"].last_error is not None
    assert rows(real_database)["a"].done_at is None


def test_a_stopped_worker_gives_back_what_it_has_not_begun(real_database: Database, clock: Clock) -> None:
    put(real_database, "a", "b", "c")
    first = Worker(real_database, {"note": Handler(lambda _works: first.stop())}, clock=clock)
    first.run()
    found = rows(real_database)
    assert [found[key].done_at is not None for key in "abc"] == [True, False, False]
    assert [(found[key].claimed_by, found[key].attempts) for key in "bc"] == [(None, 0), (None, 0)]
    assert (
        Worker(real_database, {"note": Handler(lambda _works: None)}, clock=clock).run(until_idle=True) == 2
    )


def test_a_row_that_kills_its_workers_is_given_up(real_database: Database, clock: Clock) -> None:
    put(real_database, "a")
    for _ in range(outbox.MAX_ATTEMPTS):
        with real_database.writing() as session:
            outbox.claim(session, worker="dies", now=clock.now)
            session.commit()
        clock.forward(outbox.LEASE * 2)
    Worker(real_database, {"note": Handler(lambda _works: None)}, clock=clock).run_once()
    assert rows(real_database)["a"].dead_at == clock.now


def test_a_worker_too_slow_for_its_lease_leaves_the_row_to_others(
    real_database: Database, clock: Clock
) -> None:
    seen: list[str] = []

    def be_slow(works: Sequence[Work]) -> None:
        seen.append(works[0].key)
        clock.forward(outbox.LEASE * 2)

    put(real_database, "a", "b")
    Worker(real_database, {"note": Handler(be_slow)}, clock=clock).run_once()
    assert seen == ["a"]


def test_jobs_run_at_the_start_and_then_every_so_often(real_database: Database, clock: Clock) -> None:
    runs: list[dt.datetime] = []
    job = Job("note the time", dt.timedelta(minutes=1), lambda _session, now: runs.append(now))
    worker = Worker(real_database, {}, [job], clock=clock)
    for _ in range(5):
        worker.run_once()
        clock.forward(dt.timedelta(seconds=30))
    assert [(run - NOW).total_seconds() for run in runs] == [0, 60, 120]


def test_a_clock_that_is_set_back_holds_up_no_job(real_database: Database, clock: Clock) -> None:
    ran: list[dt.datetime] = []
    job = Job("tick", dt.timedelta(minutes=1), lambda _session, now: ran.append(now))
    clock.forward(dt.timedelta(days=400))
    worker = Worker(real_database, {}, [job], clock=clock)
    worker.run_once()
    clock.forward(dt.timedelta(days=-400))
    worker.run_once()
    worker.run_once()
    assert ran == [NOW + dt.timedelta(days=400), NOW]


def test_a_lease_of_a_clock_that_was_wrong_holds_nobody(real_database: Database, clock: Clock) -> None:
    put(real_database, "a")
    with real_database.writing() as session:
        outbox.claim(session, worker="of another year", now=NOW + dt.timedelta(days=400))
        session.commit()
    assert Worker(real_database, {"note": Handler(lambda _works: None)}, clock=clock).run_once() == 1


def test_an_outage_of_the_database_is_waited_for(
    real_database: Database, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("background.worker.OUTAGE_SECONDS", 0)
    put(real_database, "a")
    worker = Worker(real_database, {"note": Handler(lambda _works: worker.stop())}, clock=clock)
    answers = iter([_outage(), PoolExhausted()])
    claim = outbox.claim

    def claim_at_last(*args: Any, **kwargs: Any) -> list[OutboxRow]:
        if (refusal := next(answers, None)) is not None:
            raise refusal
        return claim(*args, **kwargs)

    monkeypatch.setattr(outbox, "claim", claim_at_last)
    assert worker.run() == 1
    assert rows(real_database)["a"].done_at == NOW


def test_a_command_is_told_of_an_outage(
    real_database: Database, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: Any, **_kwargs: Any) -> list[OutboxRow]:
        raise _outage()

    monkeypatch.setattr(outbox, "claim", refuse)
    with pytest.raises(OperationalError):
        Worker(real_database, {}, clock=clock).run(until_idle=True)


def _outage() -> OperationalError:
    locked = sqlite3.OperationalError("database is locked")
    locked.sqlite_errorcode = sqlite3.SQLITE_BUSY
    return OperationalError("", None, locked)


def test_what_a_job_changes_is_committed_and_a_failing_job_stops_nothing(
    real_database: Database, clock: Clock
) -> None:
    def queue(session: outbox.Session, now: dt.datetime) -> None:
        outbox.put(session, kind="note", key="by the job", payload={}, now=now)

    def fail(_session: outbox.Session, _now: dt.datetime) -> None:
        raise RuntimeError

    jobs = [Job("fails", dt.timedelta(minutes=1), fail), Job("queues", dt.timedelta(minutes=1), queue)]
    Worker(real_database, {"note": Handler(lambda _works: None)}, jobs, clock=clock).run(until_idle=True)
    assert rows(real_database)["by the job"].done_at is not None


def test_two_workers_never_take_the_same_row(real_database: Database, clock: Clock) -> None:
    put(real_database, *(f"row {number}" for number in range(20)))
    with real_database.writing() as one:
        first = {row.key for row in outbox.claim(one, worker="one", now=NOW, limit=10)}
        if real_database.is_postgresql:  # SQLite would make the second writer wait here
            with real_database.writing() as two:
                second = {row.key for row in outbox.claim(two, worker="two", now=NOW, limit=20)}
                two.commit()
        one.commit()
    if not real_database.is_postgresql:
        with real_database.writing() as two:
            second = {row.key for row in outbox.claim(two, worker="two", now=NOW, limit=20)}
    assert len(first) == len(second) == 10
    assert not first & second


def test_what_can_wait_holds_up_nothing_that_comes_meanwhile(real_database: Database, clock: Clock) -> None:
    seen: list[str] = []

    def take_long(works: Sequence[Work]) -> None:
        seen.extend(work.key for work in works)
        if len(seen) == 1:
            put(real_database, "urgent")

    handlers = {
        "file": Handler(take_long, can_wait=True),
        "note": Handler(lambda works: seen.extend(work.key for work in works)),
    }
    put(real_database, "one", "two", "three", kind="file")
    assert Worker(real_database, handlers, clock=clock).run(until_idle=True) == 4
    assert seen == ["one", "urgent", "two", "three"]
