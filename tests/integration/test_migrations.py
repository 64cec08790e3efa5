"""The numbered revisions lead to exactly the schema of the models, and back by one step."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from sqlalchemy import text

from cli import schema
from models.database import Database
from tests.support.databases import new_schema
from tests.support.schemas import described
from tests.support.sources import ROOT

VERSIONS = sorted((ROOT / "migrations" / "versions").glob("*.py"))


def test_revisions_are_numbered_without_a_gap() -> None:
    numbers = [int(path.name.split("_")[0]) for path in VERSIONS]
    assert numbers == list(range(1, len(VERSIONS) + 1)), "rename and renumber: revisions follow one another"


def test_revisions_stand_alone() -> None:
    imports = [
        path.name
        for path in VERSIONS
        if re.search(r"^(from|import) (models|cli)", path.read_text(), re.MULTILINE)
    ]
    assert not imports, f"a revision describes the past and can't use today's models: {imports}"


def test_an_empty_database_becomes_what_the_models_say(new_database_url: Callable[[], str]) -> None:
    migrated, made = Database(new_database_url()), Database(new_database_url())
    schema.upgrade(migrated)
    new_schema(made)
    upgraded, wanted = described(migrated), described(made)
    migrated.dispose()
    made.dispose()
    assert upgraded.keys() == wanted.keys()
    for part, content in wanted.items():
        assert upgraded[part] == content, f"{part}: run `flask --app wsgi db revision` and read what it wrote"


def test_the_newest_revision_can_be_taken_back_and_made_again(empty_database: Database) -> None:
    schema.upgrade(empty_database)
    before = described(empty_database)
    newest = schema.current_revision(empty_database)
    schema.downgrade(empty_database)
    assert schema.current_revision(empty_database) != newest
    schema.upgrade(empty_database)
    assert described(empty_database) == before


def test_upgrading_twice_changes_nothing(empty_database: Database) -> None:
    schema.upgrade(empty_database)
    before = described(empty_database)
    schema.upgrade(empty_database)
    assert described(empty_database) == before
    assert schema.differences(empty_database) == []


def test_an_upgrade_that_fails_leaves_nothing_behind(empty_database: Database) -> None:
    def upgrade_and_fail() -> None:
        with schema.changing(empty_database) as connection:
            schema.upgrade_over(connection, "head")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        upgrade_and_fail()
    assert described(empty_database)["indexes"] == []
    assert schema.current_revision(empty_database) is None


def test_a_column_that_the_models_lack_is_found(empty_database: Database) -> None:
    schema.upgrade(empty_database)
    with empty_database.engine.begin() as connection:
        connection.execute(text("ALTER TABLE outbox ADD COLUMN stray INTEGER"))
    assert "stray" in str(schema.differences(empty_database))
