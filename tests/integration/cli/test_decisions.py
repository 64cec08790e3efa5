"""`decisions import|publish-due|end-due`: one JSON document, exit codes, and nothing twice."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from click.testing import Result
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.decisions.operations import approve
from models.decisions.states import State
from models.decisions.tables import Decision
from models.people.roles import Role
from models.people.tables import Account, Unit
from tests.factories import NOW, StaffFactory, UnitFactory
from tests.support.decisions import a_row, write_xlsx


@pytest.fixture(autouse=True)
def _in_march_2026() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def unit(session: Session) -> Unit:
    made: Unit = UnitFactory(code="desk")
    return made


@pytest.fixture
def reviewer(session: Session, unit: Unit) -> Account:
    made: Account = StaffFactory(role=Role.REVIEWER, unit=unit, username="reviewer")
    session.commit()
    return made


def run(app: Flask, *arguments: object) -> Result:
    return app.test_cli_runner().invoke(args=["decisions", *map(str, arguments)])


def rows(count: int) -> list[dict[str, Any]]:
    return [a_row(CF_WSH=f"测市监处罚〔2026〕{number:03d}号") for number in range(1, count + 1)]


@pytest.mark.usefixtures("reviewer")
def test_import_prints_one_document_and_is_a_success_when_all_rows_are_good(
    app: Flask, session: Session, tmp_path: Path
) -> None:
    file = write_xlsx(tmp_path / "good.xlsx", rows(3))
    result = run(app, "import", file, "--unit", "desk", "--json")
    found = json.loads(result.stdout)
    assert (result.exit_code, found["imported"], found["errors"]) == (0, 3, [])
    assert set(session.scalars(select(Decision.state))) == {State.IN_REVIEW}
    again = json.loads(run(app, "import", file, "--unit", "desk", "--json").stdout)
    assert (again["imported"], again["unchanged"]) == (0, 3)


@pytest.mark.usefixtures("reviewer")
def test_a_refused_row_is_a_finding(app: Flask, tmp_path: Path) -> None:
    good, bad = rows(2)
    file = write_xlsx(tmp_path / "mixed.xlsx", [good, bad | {"CF_SY": None}])
    result = run(app, "import", file, "--unit", "desk", "--json")
    found = json.loads(result.stdout)
    assert (result.exit_code, found["imported"]) == (1, 1)
    assert found["errors"] == [{"row": 3, "column": "P 违法事实", "message": "必填，不能为空"}]
    assert "第 3 行 P 违法事实：必填" in run(app, "import", file, "--unit", "desk").stderr


def test_with_published_the_reviewer_answers(
    app: Flask, session: Session, tmp_path: Path, reviewer: Account
) -> None:
    file = write_xlsx(tmp_path / "good.xlsx", rows(2))
    result = run(app, "import", file, "--published", "--reviewer", "reviewer", "--json")
    assert result.exit_code == 0, result.output
    for decision in session.scalars(select(Decision)):
        assert (decision.state, decision.reviewer_id, decision.unit_id) == (
            State.PUBLISHED,
            reviewer.id,
            reviewer.assignments[0].unit_id,
        )


@pytest.mark.parametrize(
    "options",
    [
        ("--published",),
        ("--reviewer", "reviewer"),
        ("--published", "--reviewer", "nobody"),
        ("--unit", "nowhere"),
    ],
)
@pytest.mark.usefixtures("reviewer")
def test_misuse(app: Flask, tmp_path: Path, options: tuple[str, ...]) -> None:
    file = write_xlsx(tmp_path / "good.xlsx", rows(1))
    result = run(app, "import", file, *options)
    assert (result.exit_code, result.stdout) == (2, "")


def test_only_a_reviewer_can_answer(app: Flask, session: Session, unit: Unit, tmp_path: Path) -> None:
    StaffFactory(role=Role.PUBLISHER, unit=unit, username="publisher")
    session.commit()
    file = write_xlsx(tmp_path / "good.xlsx", rows(1))
    assert run(app, "import", file, "--published", "--reviewer", "publisher").exit_code == 2


@pytest.mark.usefixtures("reviewer")
def test_what_is_no_spreadsheet_gets_a_report(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "letter.xlsx"
    file.write_bytes(b"Dear Sir or Madam")
    result = run(app, "import", file, "--unit", "desk", "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["errors"][0]["row"] == 0


def test_due_ones_are_published_and_over_ones_ended(
    app: Flask, session: Session, tmp_path: Path, reviewer: Account
) -> None:
    run(app, "import", write_xlsx(tmp_path / "good.xlsx", rows(2)), "--unit", "desk")
    now, later = session.scalars(select(Decision).order_by(Decision.number_key))
    approve(session, now, revision=1, actor=reviewer, now=NOW)
    approve(session, later, revision=1, actor=reviewer, now=NOW, publish_at=NOW + dt.timedelta(days=1))
    session.commit()
    result = run(app, "publish-due", "--json")
    assert (result.exit_code, json.loads(result.stdout)) == (0, {"published": [now.public_id], "errors": []})
    assert json.loads(run(app, "end-due", "--json").stdout)["ended"] == []
    with time_machine.travel(NOW + dt.timedelta(days=366), tick=False):
        assert json.loads(run(app, "end-due", "--json").stdout)["ended"] == [now.public_id]
