"""A command tells what is wrong with the database: it waits for its upgrade, or it does not answer."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import Result
from sqlalchemy import text

from app import create_app
from cli.database import bring_up_to_date
from config import Config
from models.database import Database
from shared.database import commit, session
from shared.revision import known_revisions

COMMANDS = pytest.mark.parametrize("command", [("demo", "load"), ("audit", "verify")])


def _run(config: Config, address: str, *command: str, broken: bool = False) -> Result:
    database = Database(address)
    app = create_app(config, database)
    if broken:
        with app.app_context():
            bring_up_to_date()
            session.execute(text("DROP TABLE ledger_events"))
            commit()
    result = app.test_cli_runner().invoke(args=command)
    database.dispose()
    return result


@COMMANDS
def test_an_empty_database_waits_for_its_upgrade(
    config: Config, tmp_path: Path, command: tuple[str, str]
) -> None:
    result = _run(config, f"sqlite:///{tmp_path}/empty.db", *command)
    assert result.exit_code == 1
    newest = known_revisions()[0]
    assert f"数据库结构是 空，程序需要 {newest}。请先运行 flask --app wsgi db upgrade。" in result.output


@COMMANDS
def test_a_database_that_is_not_there_is_told(
    config: Config, tmp_path: Path, command: tuple[str, str]
) -> None:
    result = _run(config, f"sqlite:///{tmp_path}/gone/huhang.db", *command)
    assert result.exit_code == 1
    assert "数据库没有回应。" in result.output


def test_another_fault_is_not_laid_to_the_schema(config: Config, tmp_path: Path) -> None:
    result = _run(config, f"sqlite:///{tmp_path}/broken.db", "audit", "verify", broken=True)
    assert "db upgrade" not in result.output
    assert "ledger_events" in str(result.exception)
