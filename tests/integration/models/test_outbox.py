"""The outbox: queued once, claimed by one, tried again later and later, never lost."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models import outbox
from models.database import Database
from models.outbox import FIRST_RETRY, LEASE, MAX_ATTEMPTS, OutboxRow
from tests.factories import NOW

LATER = NOW + dt.timedelta(hours=1)


def put(session: Session, key: str = "mail:1", *, due_at: dt.datetime | None = None) -> None:
    outbox.put(session, kind="mail", key=key, payload={"to": "a@example.org"}, now=NOW, due_at=due_at)
    session.commit()


def claim(session: Session, worker: str = "one", now: dt.datetime = NOW, limit: int = 50) -> list[OutboxRow]:
    rows = outbox.claim(session, worker=worker, now=now, limit=limit)
    session.commit()
    return rows


def keys(rows: list[OutboxRow]) -> list[str]:
    return [row.key for row in rows]


def only_row(session: Session) -> OutboxRow:
    session.expire_all()
    return session.scalars(select(OutboxRow)).one()


class TestPut:
    """Work is queued in the transaction of the change, once."""

    def test_the_same_key_twice_is_one_piece_of_work(self, session: Session) -> None:
        put(session)
        outbox.put(session, kind="mail", key="mail:1", payload={"to": "other"}, now=LATER)
        row = only_row(session)
        assert (row.payload, row.created_at) == ({"to": "a@example.org"}, NOW)

    def test_a_key_that_was_done_is_not_done_again(self, session: Session) -> None:
        put(session)
        [row] = claim(session)
        outbox.finish(session, row.id, worker="one", now=NOW)
        put(session)
        assert claim(session, now=LATER) == []

    def test_a_rollback_leaves_no_work(self, session: Session) -> None:
        outbox.put(session, kind="mail", key="mail:1", payload={}, now=NOW)
        session.rollback()
        assert claim(session) == []

    def test_work_waits_until_it_is_due(self, session: Session) -> None:
        put(session, due_at=LATER)
        assert not outbox.anything_due(session, now=NOW)
        assert claim(session) == []
        assert outbox.waiting(session) == 1
        assert outbox.anything_due(session, now=LATER)
        assert keys(claim(session, now=LATER)) == ["mail:1"]

    def test_done_and_dead_at_once_is_refused_by_the_database(self, session: Session) -> None:
        put(session)
        row = only_row(session)
        row.done_at = row.dead_at = NOW
        with pytest.raises(IntegrityError, match="done_or_dead"):
            session.flush()


class TestClaim:
    """A lease: one worker at a time, and another when it runs out."""

    def test_the_oldest_come_first_and_no_more_than_asked_for(self, session: Session) -> None:
        for number, hours in enumerate((2, 0, 1)):
            put(session, f"mail:{number}", due_at=NOW - dt.timedelta(hours=hours))
        assert keys(claim(session, limit=2)) == ["mail:0", "mail:2"]

    def test_a_claimed_row_is_nobody_elses(self, session: Session) -> None:
        put(session)
        assert keys(claim(session, "one")) == ["mail:1"]
        assert claim(session, "two") == []

    def test_a_lease_that_ran_out_gives_the_row_to_another(self, session: Session) -> None:
        put(session)
        claim(session, "one")
        assert claim(session, "two", NOW + LEASE - dt.timedelta(seconds=1)) == []
        [row] = claim(session, "two", NOW + LEASE + dt.timedelta(seconds=1))
        assert (row.claimed_by, row.attempts) == ("two", 2)

    def test_one_who_lost_the_lease_can_neither_finish_nor_fail_it(self, session: Session) -> None:
        put(session)
        [mine] = claim(session, "one")
        session.refresh(mine)
        session.expunge(mine)
        later = NOW + LEASE * 2
        claim(session, "two", later)
        assert not outbox.finish(session, mine.id, worker="one", now=later)
        assert not outbox.fail(session, mine, worker="one", now=later, error="too late")
        assert not outbox.give_back(session, mine.id, worker="one")
        row = only_row(session)
        assert (row.claimed_by, row.done_at, row.last_error) == ("two", None, None)

    def test_a_row_given_back_is_as_if_never_claimed(self, session: Session) -> None:
        put(session)
        [row] = claim(session, "one")
        assert outbox.give_back(session, row.id, worker="one")
        [again] = claim(session, "two")
        assert again.attempts == 1


class TestEnd:
    """Done, tried again, or laid aside for a person."""

    def test_finished_work_keeps_nothing_of_what_it_was_about(self, session: Session) -> None:
        put(session)
        [row] = claim(session)
        assert outbox.finish(session, row.id, worker="one", now=LATER)
        row = only_row(session)
        assert (row.payload, row.done_at, row.claimed_by, row.claimed_until) == ({}, LATER, None, None)
        assert outbox.waiting(session) == 0
        assert not outbox.finish(session, row.id, worker="one", now=LATER)

    def test_each_failure_waits_twice_as_long(self, session: Session) -> None:
        put(session)
        now, waits = NOW, []
        for _ in range(MAX_ATTEMPTS - 1):
            [row] = claim(session, now=now)
            outbox.fail(session, row, worker="one", now=now, error="OSError at mail.py:1")
            due = only_row(session).due_at
            waits.append(due - now)
            assert claim(session, now=due - dt.timedelta(seconds=1)) == []
            now = due
        assert waits == [FIRST_RETRY * 2**n for n in range(MAX_ATTEMPTS - 1)]
        assert outbox.dead(session) == 0

    def test_the_eighth_failure_makes_a_dead_letter_that_keeps_its_content(self, session: Session) -> None:
        dead = _dead_letter(session)
        assert (dead.attempts, dead.last_error, dead.payload) == (8, "broken", {"to": "a@example.org"})
        assert claim(session, now=NOW + dt.timedelta(days=400)) == []
        assert (outbox.dead(session), outbox.waiting(session)) == (1, 0)

    def test_a_dead_letter_gets_a_new_life(self, session: Session) -> None:
        dead = _dead_letter(session)
        assert outbox.revive(session, dead.id, now=LATER)
        [row] = claim(session, now=LATER)
        assert (row.attempts, row.payload) == (1, {"to": "a@example.org"})
        assert outbox.finish(session, row.id, worker="one", now=LATER)

    def test_only_the_dead_are_revived(self, session: Session) -> None:
        put(session)
        assert not outbox.revive(session, only_row(session).id, now=NOW)
        assert not outbox.revive(session, 404, now=NOW)

    def test_the_newest_dead_letters_come_first(self, session: Session) -> None:
        for number in range(3):
            row = OutboxRow(kind="mail", key=f"m{number}", payload={}, created_at=NOW, due_at=NOW, attempts=8)
            row.dead_at = NOW + dt.timedelta(minutes=number // 2)
            session.add(row)
        session.commit()
        assert keys(outbox.dead_letters(session, limit=2)) == ["m2", "m1"]
        assert outbox.dead(session) == 3


def _dead_letter(session: Session) -> OutboxRow:
    put(session)
    now = NOW
    for _ in range(MAX_ATTEMPTS):
        [row] = claim(session, now=now)
        outbox.fail(session, row, worker="one", now=now, error="broken")
        now += dt.timedelta(hours=1)
    [dead] = outbox.dead_letters(session)
    return dead


@pytest.fixture
def queue(real_database: Database) -> Database:
    """Ten pieces of work in a database with real commits."""
    with real_database.writing() as session:
        for number in range(10):
            put(session, f"mail:{number}")
    return real_database


@pytest.mark.parametrize("engine_name", ["postgresql"], indirect=True)
@pytest.mark.postgresql
def test_workers_that_claim_at_the_same_time_skip_each_others_rows(queue: Database) -> None:
    with queue.writing() as one, queue.writing() as two:
        first = keys(outbox.claim(one, worker="one", now=NOW, limit=6))
        second = keys(outbox.claim(two, worker="two", now=NOW, limit=6))  # does not wait for the first
        assert (len(first), len(second)) == (6, 4)
        assert not set(first) & set(second)
        one.commit()
        two.commit()


def test_workers_one_after_the_other_share_the_rows(queue: Database) -> None:
    taken: list[str] = []
    for worker in ("one", "two", "three"):
        with queue.writing() as session:
            taken += keys(claim(session, worker, limit=4))
    assert len(taken) == len(set(taken)) == 10


def test_a_worker_that_dies_while_claiming_has_claimed_nothing(queue: Database) -> None:
    with queue.writing() as dying:
        outbox.claim(dying, worker="one", now=NOW)
    with queue.writing() as session:
        assert len(claim(session, "two")) == 10
        assert session.scalar(select(func.max(OutboxRow.attempts))) == 1
