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
from background.removals import note_removals
from cli.database import bring_up_to_date
from config import Config
from models.bulletins import operations as bulletins
from models.bulletins.kinds import BulletinKind, BulletinText
from models.bulletins.tables import Bulletin
from models.database import Database
from models.decisions.publication import withdraw
from models.decisions.tables import Decision
from models.lists import leaving
from models.lists.kinds import EntryEnd, EntryState
from models.lists.tables import CommendedEntry
from models.people.actors import COMMAND
from models.people.roles import Role
from models.removals import JOURNAL_FILE
from models.types import beijing_date
from tests import factories
from tests.factories import NOW, StaffFactory
from tests.support.decisions import invented_uscc
from tests.support.published import published

TODAY = beijing_date(NOW)


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
        unit = reviewer.assignments[0].unit
        publisher = StaffFactory(role=Role.PUBLISHER, unit=unit)
        published(session, unit, reviewer)
        entry = CommendedEntry(
            uscc=invented_uscc(9), name="护航示例守信有限公司", reason="两年没有处罚", rule="CR-1@1", unit=unit,
            maker=publisher, decider=reviewer, state=EntryState.PUBLISHED, notified_on=TODAY, decided_on=TODAY,
            published_at=NOW, created_at=NOW, updated_at=NOW,
        )  # fmt: skip
        session.add(entry)
        told = BulletinText("窗口搬迁", "服务窗口搬到新址", "四月一日起在新址办理。")
        notice = bulletins.draft(
            session, kind=BulletinKind.NOTICE, chinese=told, english=BulletinText("", "", ""), decision_numbers=[],
            unit=unit, actor=publisher, now=NOW,
        )  # fmt: skip
        bulletins.submit(session, notice, actor=publisher, now=NOW)
        bulletins.publish(session, notice, actor=reviewer, now=NOW)
        session.commit()
        assert run(app, "backup", tmp_path / "backup") == 0
        withdraw(session, one(session), reason="复议决定撤销了原处罚决定", actor=COMMAND, now=NOW)
        leaving.end(session, entry, EntryEnd.REVOKED, "依据不成立", COMMAND, NOW)
        bulletins.withdraw(session, notice, reason="安排有变", actor=reviewer, now=NOW)
        session.commit()
        assert note_removals(session, NOW) == 3
        assert note_removals(session, NOW) == 0, "each end is one line"
    return app


def writing(app: Flask) -> Session:
    database: Database = app.extensions["huhang_database"]
    return database.writing()


def one(session: Session) -> Decision:
    return session.scalars(select(Decision)).one()


def what_is_public(app: Flask) -> list[str]:
    """Which of the three records stand again where a backup came back."""
    with writing(app) as session:
        decision, entry, notice = (
            session.scalars(select(table)).one() for table in (Decision, CommendedEntry, Bulletin)
        )
        records = {"decision": decision, "entry": entry, "notice": notice}
        return [name for name, record in records.items() if record.state.value == "published"]


def run(app: Flask, *arguments: object) -> int:
    return app.test_cli_runner().invoke(args=[str(argument) for argument in arguments]).exit_code


def test_over_the_same_database(backed_up: Flask, tmp_path: Path) -> None:
    """The database that goes knows the ends, even without the journal."""
    journal(backed_up).unlink()
    assert run(backed_up, "restore", "--force", tmp_path / "backup") == 0
    assert what_is_public(backed_up) == []
    with writing(backed_up) as session:
        decision = one(session)
        assert decision.withdrawal_reason == "复议决定撤销了原处罚决定"
        address = f"/decisions/{decision.public_id}"
    assert backed_up.test_client().get(address).status_code == 410
    assert run(backed_up, "audit", "verify") == 0


def test_after_the_database_was_lost(
    backed_up: Flask, new_installation: Callable[[str], Flask], tmp_path: Path
) -> None:
    """The data folder is still there, or its journal was kept: a line that was cut off does no harm."""
    cut_off = journal(backed_up).read_bytes() + b'{"what": "decis'
    fresh, told = new_installation("fresh"), new_installation("told")
    journal(fresh).parent.mkdir(parents=True, exist_ok=True)
    journal(fresh).write_bytes(cut_off)
    assert run(fresh, "restore", tmp_path / "backup") == 0
    assert run(told, "restore", "--removals", journal(backed_up), tmp_path / "backup") == 0
    assert what_is_public(fresh) == what_is_public(told) == []
    with fresh.app_context(), writing(fresh) as session:
        assert note_removals(session, NOW) == 0, "known already, and the cut line is passed over"


def test_onto_another_machine_with_the_feeds_of_removals(
    backed_up: Flask, new_installation: Callable[[str], Flask], tmp_path: Path
) -> None:
    saved = []
    for name in ("decisions", "lists"):
        feed = backed_up.test_client().get(f"/{name}/removals.json").get_json()
        saved += ["--removals", tmp_path / f"{name}.json"]
        saved[-1].write_text(json.dumps(feed))
    bare, told = new_installation("bare"), new_installation("told")
    assert run(bare, "restore", tmp_path / "backup") == 0
    assert run(told, "restore", *saved, tmp_path / "backup") == 0
    assert len(what_is_public(bare)) == 3  # nobody told it: why journal and feeds should be kept
    assert what_is_public(told) == ["notice"]  # it names no party and has no feed


def journal(app: Flask) -> Path:
    return Path(app.extensions["huhang_services"].config.data_dir) / JOURNAL_FILE


@pytest.mark.parametrize(("name", "content"), [("removals.json", "[]"), ("removals.jsonl", "{}")])
def test_a_file_that_is_no_feed_changes_nothing(
    backed_up: Flask, new_installation: Callable[[str], Flask], tmp_path: Path, name: str, content: str
) -> None:
    (tmp_path / name).write_text(content)
    other = new_installation("other")
    assert run(other, "restore", "--removals", tmp_path / name, tmp_path / "backup") == 1
