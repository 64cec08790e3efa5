"""The restore drill: what is brought back is what was there, on the same kind of database and on the other."""

from __future__ import annotations

import dataclasses
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select, text

from app import create_app
from cli import schema
from cli.backup.manifest import FILE_NAME
from cli.database import bring_up_to_date
from config import Config, Keys
from models import outbox
from models.database import Database
from models.people.actors import COMMAND
from models.people.operations import create_account
from models.people.roles import AccountKind
from models.people.tables import Account
from shared.services import services
from tests.factories import NOW
from tests.support.schemas import described

NewInstallation = Callable[..., Flask]


@pytest.fixture
def new_installation(
    config: Config, tmp_path: Path, new_database_url: Callable[[], str]
) -> Iterator[NewInstallation]:
    """Makes an installation of its own: empty database, empty folder, the keys of `config` if no others are given."""
    databases: list[Database] = []

    def make(name: str, url: str | None = None, keys: Keys = config.keys) -> Flask:
        databases.append(Database(url or new_database_url()))
        return create_app(dataclasses.replace(config, data_dir=tmp_path / name, keys=keys), databases[-1])

    yield make
    for database in databases:
        database.dispose()


@pytest.fixture
def installation(new_installation: NewInstallation) -> Flask:
    """An installation in use: units, an account, work, a file."""
    app = new_installation("original")
    with app.app_context(), _database(app).writing() as session:
        bring_up_to_date()
        create_account(
            session,
            kind=AccountKind.RIGHTS_HOLDER,
            username="brand",
            display_name="“品牌”\n乙方𠮷",
            password_hash="invented",
            actor=COMMAND,
            now=NOW,
        )
        outbox.put(session, kind="note", key="a", payload={"名": [1, None, "x"], "t": 1.5}, now=NOW)
        session.commit()
        services().files.save(io.BytesIO(b"evidence" * 1000), limit=10_000)
    return app


def _database(app: Flask) -> Database:
    database: Database = app.extensions["huhang_database"]
    return database


def _run(app: Flask, *arguments: object) -> Result:
    return app.test_cli_runner().invoke(args=[str(argument) for argument in arguments])


def _everything(app: Flask) -> dict[str, object]:
    """All rows of all tables, as the models read them, and all files."""
    with _database(app).reading() as session:
        tables = schema.whole_metadata().sorted_tables
        rows: dict[str, object] = {
            table.name: [
                tuple(row) for row in session.execute(select(table).order_by(*table.primary_key.columns))
            ]
            for table in tables
        }
    folder = app.extensions["huhang_services"].config.files_dir
    return {**rows, "files": {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}}


def test_restore_drill(installation: Flask, new_installation: NewInstallation, tmp_path: Path) -> None:
    before = _everything(installation)
    assert before["accounts"]
    assert before["files"]
    assert _run(installation, "backup", tmp_path / "backup").exit_code == 0
    other = new_installation("other")
    result = _run(other, "restore", tmp_path / "backup")
    assert result.exit_code == 0, result.output
    assert _everything(other) == before
    assert described(_database(other)) == described(_database(installation))
    assert _run(other, "audit", "verify").exit_code == 0


def test_numbers_go_on_after_a_restore(
    installation: Flask, new_installation: NewInstallation, tmp_path: Path
) -> None:
    _run(installation, "backup", tmp_path / "backup")
    other = new_installation("other")
    _run(other, "restore", tmp_path / "backup")
    with _database(other).writing() as session:
        outbox.put(session, kind="note", key="after", payload={}, now=NOW)
        made = create_account(
            session, kind=AccountKind.RIGHTS_HOLDER, username="later", display_name="丙某", password_hash="invented",
            actor=COMMAND, now=NOW,
        )  # fmt: skip
        session.commit()
        assert made.id > session.scalars(select(Account.id).where(Account.username == "brand")).one()
    assert _run(other, "audit", "verify").exit_code == 0


@pytest.mark.postgresql
def test_a_backup_moves_between_the_two_databases(
    installation: Flask,
    new_installation: NewInstallation,
    tmp_path: Path,
    other_database_url: str,
    engine_name: str,
) -> None:
    _run(installation, "backup", tmp_path / "backup")
    other = new_installation("other", other_database_url)
    assert _database(other).engine.dialect.name != engine_name
    result = _run(other, "restore", tmp_path / "backup")
    assert result.exit_code == 0, result.output
    assert _everything(other) == _everything(installation)


def test_what_is_there_is_not_overwritten_unasked(installation: Flask, tmp_path: Path) -> None:
    _run(installation, "backup", tmp_path / "backup")
    with _database(installation).engine.begin() as connection:
        connection.execute(text("UPDATE accounts SET display_name = 'changed later'"))
    refused = _run(installation, "restore", tmp_path / "backup")
    assert refused.exit_code == 1
    assert "--force" in refused.output
    assert _run(installation, "restore", tmp_path / "backup", "--force").exit_code == 0
    with _database(installation).reading() as session:
        assert session.scalars(select(Account.display_name)).one() == "“品牌”\n乙方𠮷"


@pytest.mark.parametrize("harm", ["rows changed", "file missing", "manifest missing"])
def test_a_harmed_backup_changes_nothing(
    installation: Flask, new_installation: NewInstallation, tmp_path: Path, harm: str
) -> None:
    folder = tmp_path / "backup"
    _run(installation, "backup", folder)
    if harm == "rows changed":
        with (folder / "rows.jsonl.gz").open("ab") as file:
            file.write(b"x")
    elif harm == "file missing":
        next(path for path in (folder / "files").rglob("*") if path.is_file()).unlink()
    else:
        (folder / FILE_NAME).unlink()
    other = new_installation("other")
    assert _run(other, "restore", folder).exit_code == 1
    assert described(_database(other))["indexes"] == []


def test_a_backup_needs_a_folder_of_its_own(installation: Flask, tmp_path: Path) -> None:
    _run(installation, "backup", tmp_path / "backup")
    assert _run(installation, "backup", tmp_path / "backup").exit_code == 1


def test_keys_are_never_in_the_backup(installation: Flask, tmp_path: Path) -> None:
    folder, key_file = tmp_path / "backup", tmp_path / "keys.json"
    assert _run(installation, "backup", folder, "--keys", folder / "keys.json").exit_code == 2
    assert _run(installation, "backup", folder, "--keys", key_file).exit_code == 0
    assert key_file.stat().st_mode & 0o077 == 0
    keys = json.loads(key_file.read_text())
    everything = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert not any(key.encode() in everything for key in keys.values())


def test_other_keys_are_noticed(
    installation: Flask, new_installation: NewInstallation, tmp_path: Path, config: Config
) -> None:
    _run(installation, "backup", tmp_path / "backup", "--keys", tmp_path / "keys.json")
    stranger = new_installation("stranger", keys=dataclasses.replace(config.keys, vault_key="ab" * 32))
    other = new_installation("other")
    assert "密钥与备份时的不同" in _run(stranger, "restore", tmp_path / "backup").output
    with_keys = _run(other, "restore", tmp_path / "backup", "--keys", tmp_path / "keys.json")
    assert with_keys.exit_code == 0
    assert "密钥与备份时的不同" not in with_keys.output
    assert (tmp_path / "other" / "keys" / "vault_key").read_text() == config.keys.vault_key
