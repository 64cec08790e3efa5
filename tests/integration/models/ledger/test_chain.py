"""The ledger's chain: what is recorded joins it at the commit or not at all, and nobody changes it unnoticed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from models.ledger import LedgerEvent, record
from models.ledger.chain import GENESIS, Finding, hash_of
from models.ledger.queries import events_of, latest, verify
from models.people.actors import FILER, WORKER
from models.people.tables import Unit
from tests.factories import NOW, AccountFactory, UnitFactory


@pytest.fixture
def unit(session: Session) -> Unit:
    made = UnitFactory()
    session.commit()
    return made


def note(session: Session, subject: object, act: str = "unit.open", **data: object) -> None:
    """Records something; what it is does not matter here."""
    record(session, act=act, subject=subject, actor=WORKER, now=NOW, data=data)


def acts(session: Session) -> list[str]:
    return list(session.scalars(select(LedgerEvent.act).order_by(LedgerEvent.id)))


def findings(session: Session) -> list[Finding]:
    return list(verify(session))


def tamper(session: Session, *statements: str) -> None:
    """What somebody with the keys of the database could do: put the triggers aside first."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("ALTER TABLE ledger_events DISABLE TRIGGER USER"))
    else:
        for trigger in ("update", "delete", "replace"):
            session.execute(text(f"DROP TRIGGER ledger_events_no_{trigger}"))
    for statement in statements:
        session.execute(text(statement))
    session.commit()


@pytest.fixture
def five(session: Session, unit: Unit) -> Session:
    """A ledger of five events, each of a commit of its own."""
    for number in range(5):
        note(session, unit, number=number)
        session.commit()
    return session


class TestRecording:
    """From `record` to the row."""

    def test_an_event_says_who_when_what_and_about_what(self, session: Session, unit: Unit) -> None:
        account = AccountFactory()
        record(session, act="unit.open", subject=unit, actor=account, now=NOW, data={"b": 1, "a": "名"})
        session.commit()
        [event] = events_of(session, subject_kind="units", subject_id=str(unit.id))
        assert (event.id, event.actor, event.act) == (1, f"account:{account.id}", "unit.open")
        assert event.at == NOW
        assert event.data == '{"a":"名","b":1}'
        assert event.previous_hash == GENESIS

    def test_events_follow_each_other_within_and_across_commits(self, session: Session, unit: Unit) -> None:
        for _ in range(2):
            note(session, unit)
            note(session, unit)
            session.commit()
        events = list(session.scalars(select(LedgerEvent).order_by(LedgerEvent.id)))
        assert [event.id for event in events] == [1, 2, 3, 4]
        assert [event.previous_hash for event in events] == [GENESIS, *(event.hash for event in events[:-1])]
        assert findings(session) == []

    def test_a_subject_made_in_the_same_commit_has_its_number_by_then(self, session: Session) -> None:
        unit = Unit(code="fresh", name="新建", kind="city", path="/", is_active=True)
        session.add(unit)
        note(session, unit)
        session.commit()
        assert events_of(session, subject_kind="units", subject_id=str(unit.id))

    def test_instants_keep_their_microseconds_whatever_zone_they_came_in(
        self, session: Session, unit: Unit
    ) -> None:
        beijing = dt.timezone(dt.timedelta(hours=8))
        instant = dt.datetime(2026, 3, 2, 9, 0, 0, 123456, tzinfo=beijing)
        record(session, act="unit.open", subject=unit, actor=FILER, now=instant)
        session.commit()
        session.expire_all()
        assert findings(session) == []
        assert latest(session)[0].at == instant

    @pytest.mark.parametrize("value", [NOW, float("nan"), object()])
    def test_what_has_no_one_written_form_is_refused_at_once(
        self, session: Session, unit: Unit, value: object
    ) -> None:
        with pytest.raises((TypeError, ValueError)):
            note(session, unit, value=value)

    def test_the_newest_come_first_and_page_by_page(self, five: Session) -> None:
        assert [event.id for event in latest(five, limit=2)] == [5, 4]
        assert [event.id for event in latest(five, before=4, limit=2)] == [3, 2]


class TestRollback:
    """An event stands and falls with the transaction or the savepoint of its act."""

    def test_a_rollback_leaves_no_event_and_no_gap(self, session: Session, unit: Unit) -> None:
        note(session, unit, "lost")
        session.rollback()
        note(session, unit, "kept")
        session.commit()
        assert acts(session) == ["kept"]
        assert latest(session)[0].id == 1

    def test_a_savepoint_rolled_back_takes_its_events_only(self, session: Session, unit: Unit) -> None:
        note(session, unit, "before")
        inner = session.begin_nested()
        note(session, unit, "inside")
        inner.rollback()
        note(session, unit, "after")
        session.commit()
        assert acts(session) == ["before", "after"]

    def test_a_savepoint_released_keeps_its_events(self, session: Session, unit: Unit) -> None:
        with session.begin_nested():
            note(session, unit, "inside")
        note(session, unit, "after")
        session.commit()
        assert acts(session) == ["inside", "after"]

    def test_a_released_savepoint_falls_with_the_one_around_it(self, session: Session, unit: Unit) -> None:
        note(session, unit, "before")
        outer = session.begin_nested()
        with session.begin_nested():
            note(session, unit, "inside")
        outer.rollback()
        session.commit()
        assert acts(session) == ["before"]

    def test_nothing_is_linked_before_the_commit_itself(self, session: Session, unit: Unit) -> None:
        with session.begin_nested():
            note(session, unit)
        assert acts(session) == []

    def test_a_flush_that_fails_leaves_no_event(self, session: Session, unit: Unit) -> None:
        note(session, unit, "lost")
        session.add(Unit(code=unit.code, name="同码", kind="city", path="/", is_active=True))
        with pytest.raises(DBAPIError):
            session.commit()
        session.rollback()
        note(session, unit, "kept")
        session.commit()
        assert acts(session) == ["kept"]


class TestTampering:
    """What the check finds, and which event it names."""

    @pytest.mark.parametrize(
        ("statement", "named"),
        [
            ("UPDATE ledger_events SET actor = 'account:7' WHERE id = 3", [3]),
            ("UPDATE ledger_events SET act = 'unit.close' WHERE id = 1", [1]),
            ("UPDATE ledger_events SET data = '{}' WHERE id = 5", [5]),
            ("UPDATE ledger_events SET subject_id = '99' WHERE id = 2", [2]),
            ("UPDATE ledger_events SET at = '2020-01-01 00:00:00' WHERE id = 4", [4]),
            ("UPDATE ledger_events SET previous_hash = hash WHERE id = 2", [2, 2]),
            ("DELETE FROM ledger_events WHERE id = 2", [2]),
            ("DELETE FROM ledger_events WHERE id IN (1, 2)", [1]),
            ("DELETE FROM ledger_events WHERE id IN (2, 4)", [2, 4]),
        ],
    )
    def test_a_changed_or_missing_event_is_named(
        self, five: Session, statement: str, named: Sequence[int]
    ) -> None:
        tamper(five, statement)
        assert [finding.id for finding in findings(five)] == list(named)

    def test_a_changed_event_with_its_hash_made_anew_breaks_the_next(self, five: Session) -> None:
        tamper(five, "UPDATE ledger_events SET actor = 'account:7' WHERE id = 3")
        third = five.get_one(LedgerEvent, 3)
        five.refresh(third)
        from_scratch = hash_of(third)
        five.execute(text("UPDATE ledger_events SET hash = :hash WHERE id = 3"), {"hash": from_scratch})
        assert [finding.id for finding in findings(five)] == [4]

    def test_events_that_changed_places_are_named(self, five: Session) -> None:
        tamper(
            five,
            "UPDATE ledger_events SET id = 99 WHERE id = 2",
            "UPDATE ledger_events SET id = 2 WHERE id = 3",
            "UPDATE ledger_events SET id = 3 WHERE id = 99",
        )
        assert {2, 3, 4} <= {finding.id for finding in findings(five)}

    def test_an_instant_that_is_none_is_named_and_does_not_stop_the_check(self, five: Session) -> None:
        if five.get_bind().dialect.name == "postgresql":
            tamper(five, "UPDATE ledger_events SET at = 'infinity' WHERE id = 2")
        else:
            tamper(five, "UPDATE ledger_events SET at = 'yesterday' WHERE id = 2")
        tampered_last = "UPDATE ledger_events SET act = 'x' WHERE id = 5"
        five.execute(text(tampered_last))
        assert [finding.id for finding in findings(five)] == [2, 5]

    def test_a_finding_says_which_events_are_missing(self, five: Session) -> None:
        tamper(five, "DELETE FROM ledger_events WHERE id IN (2, 3)")
        assert findings(five) == [Finding(2, "缺少第 2 至 3 条")]


class TestAppendOnly:
    """The database itself refuses."""

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE ledger_events SET act = 'x'",
            "UPDATE ledger_events SET id = 9 WHERE id = 5",
            "DELETE FROM ledger_events",
            "DELETE FROM ledger_events WHERE id = 5",
        ],
    )
    def test_changing_and_deleting(self, five: Session, statement: str) -> None:
        with pytest.raises(DBAPIError, match="append-only"), five.begin_nested():
            five.execute(text(statement))
        assert findings(five) == []

    def test_emptying_or_replacing(self, five: Session) -> None:
        if five.get_bind().dialect.name == "postgresql":
            statement = "TRUNCATE ledger_events"
        else:
            # REPLACE deletes the old row without asking the trigger for DELETE
            statement = "INSERT OR REPLACE INTO ledger_events SELECT * FROM ledger_events"
        with pytest.raises(DBAPIError, match="append-only"), five.begin_nested():
            five.execute(text(statement))
        assert findings(five) == []
