"""`audit verify` says which event was changed, is missing or was moved; and the databases refuse all three."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from models.ledger import record
from models.people.actors import WORKER
from tests.factories import NOW, UnitFactory

Verify = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture
def five_events(session: Session) -> list[int]:
    """A ledger of five events."""
    unit = UnitFactory()
    for number in range(5):
        record(session, act="unit.open", subject=unit, actor=WORKER, now=NOW, data={"number": number})
        session.commit()
    return [1, 2, 3, 4, 5]


@pytest.fixture
def verify(app: Flask) -> Verify:
    """Runs the command; gives its exit code and its document."""

    def run(*arguments: str) -> tuple[int, dict[str, Any]]:
        result = app.test_cli_runner().invoke(args=["audit", "verify", "--json", *arguments])
        return result.exit_code, json.loads(result.stdout) if result.exit_code < 2 else {}

    return run


def _tamper(session: Session, *statements: str) -> None:
    """What somebody with the database's own keys could do: take the triggers away first."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("ALTER TABLE ledger_events DISABLE TRIGGER USER"))
    else:
        session.execute(text("DROP TRIGGER ledger_events_no_update"))
        session.execute(text("DROP TRIGGER ledger_events_no_delete"))
    for statement in statements:
        session.execute(text(statement))
    session.commit()


def test_a_whole_ledger_has_no_findings(five_events: list[int], verify: Verify) -> None:
    code, document = verify()
    assert code == 0
    assert document["events"] == len(five_events)
    assert document["findings"] == []
    assert document["last"].startswith("5:")


def test_an_empty_ledger_is_whole(verify: Verify) -> None:
    assert verify() == (0, {"events": 0, "last": None, "findings": []})


def test_a_changed_event_is_named(five_events: list[int], session: Session, verify: Verify) -> None:
    _tamper(session, "UPDATE ledger_events SET actor = 'account:7' WHERE id = 3")
    code, document = verify()
    assert code == 1
    assert [finding["id"] for finding in document["findings"]] == [3]


def test_a_missing_event_is_named(five_events: list[int], session: Session, verify: Verify) -> None:
    _tamper(session, "DELETE FROM ledger_events WHERE id = 2")
    code, document = verify()
    assert code == 1
    assert [finding["id"] for finding in document["findings"]] == [2]


def test_events_that_changed_places_are_named(
    five_events: list[int], session: Session, verify: Verify
) -> None:
    _tamper(
        session,
        "UPDATE ledger_events SET id = 99 WHERE id = 2",
        "UPDATE ledger_events SET id = 2 WHERE id = 3",
        "UPDATE ledger_events SET id = 3 WHERE id = 99",
    )
    code, document = verify()
    assert code == 1
    assert {2, 3} <= {finding["id"] for finding in document["findings"]}


def test_an_end_cut_off_is_seen_by_the_anchor(
    five_events: list[int], session: Session, verify: Verify
) -> None:
    anchor = verify()[1]["last"]
    assert verify("--anchor", anchor)[0] == 0
    _tamper(session, "DELETE FROM ledger_events WHERE id > 3")
    assert verify()[0] == 0, "without the anchor, a shorter ledger looks whole"
    code, document = verify("--anchor", anchor)
    assert code == 1
    assert [finding["id"] for finding in document["findings"]] == [5]


def test_an_anchor_that_is_none_is_misuse(verify: Verify) -> None:
    assert verify("--anchor", "5")[0] == 2


@pytest.mark.parametrize("statement", ["UPDATE ledger_events SET act = 'x'", "DELETE FROM ledger_events"])
def test_the_database_refuses_to_change_the_ledger(
    five_events: list[int], session: Session, statement: str
) -> None:
    with pytest.raises(DBAPIError, match="append-only"), session.begin_nested():
        session.execute(text(statement))
