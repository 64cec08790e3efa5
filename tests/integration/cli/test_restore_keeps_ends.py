"""What ended after the backup was made stays ended when the backup comes back, and its address says 410."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import create_app
from cli.database import bring_up_to_date
from config import Config
from models.database import Database
from models.decisions.publication import withdraw
from models.decisions.tables import Decision
from models.people.actors import COMMAND
from models.people.roles import Role
from tests import factories
from tests.factories import NOW, StaffFactory
from tests.support.published import published


@pytest.fixture(autouse=True)
def _in_march_2026() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def new_installation(
    config: Config, tmp_path: Path, new_database_url: Callable[[], str]
) -> Iterator[Callable[[str], Flask]]:
    databases: list[Database] = []

    def make(name: str) -> Flask:
        databases.append(Database(new_database_url()))
        return create_app(dataclasses.replace(config, data_dir=tmp_path / name), databases[-1])

    yield make
    for database in databases:
        database.dispose()


@pytest.fixture
def backed_up(new_installation: Callable[[str], Flask], tmp_path: Path) -> Flask:
    """A site whose backup was made while the decision was public; it was withdrawn afterwards."""
    app = new_installation("original")
    with app.app_context(), writing(app) as session, factories.using(session):
        bring_up_to_date()
        reviewer = StaffFactory(role=Role.REVIEWER)
        published(session, reviewer.assignments[0].unit, reviewer)
        assert run(app, "backup", tmp_path / "backup") == 0
        withdraw(session, one(session), reason="复议决定撤销了原处罚决定", actor=COMMAND, now=NOW)
        session.commit()
    return app


def writing(app: Flask) -> Session:
    database: Database = app.extensions["huhang_database"]
    return database.writing()


def one(session: Session) -> Decision:
    return session.scalars(select(Decision)).one()


def run(app: Flask, *arguments: object) -> int:
    return app.test_cli_runner().invoke(args=[str(argument) for argument in arguments]).exit_code


def test_over_the_same_database(backed_up: Flask, tmp_path: Path) -> None:
    assert run(backed_up, "restore", "--force", tmp_path / "backup") == 0
    with writing(backed_up) as session:
        decision = one(session)
        assert decision.withdrawal_reason == "复议决定撤销了原处罚决定"
        address = f"/decisions/{decision.public_id}"
    assert backed_up.test_client().get(address).status_code == 410
    assert run(backed_up, "audit", "verify") == 0


def test_onto_another_machine_with_the_feed_of_removals(
    backed_up: Flask, new_installation: Callable[[str], Flask], tmp_path: Path
) -> None:
    feed = backed_up.test_client().get("/decisions/removals.json").get_json()
    (tmp_path / "removals.json").write_text(json.dumps(feed))
    bare, told = new_installation("bare"), new_installation("told")
    assert run(bare, "restore", tmp_path / "backup") == 0
    assert run(told, "restore", "--removals", tmp_path / "removals.json", tmp_path / "backup") == 0
    address = f"/decisions/{feed['items'][0]['id']}"
    assert bare.test_client().get(address).status_code == 200  # nobody told it: why the feed should be kept
    assert told.test_client().get(address).status_code == 410


def test_a_file_that_is_no_feed_changes_nothing(
    backed_up: Flask, new_installation: Callable[[str], Flask], tmp_path: Path
) -> None:
    (tmp_path / "removals.json").write_text("[]")
    other = new_installation("other")
    assert run(other, "restore", "--removals", tmp_path / "removals.json", tmp_path / "backup") == 1
