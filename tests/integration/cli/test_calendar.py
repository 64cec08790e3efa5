"""`calendar check` is an alarm from November on; `calendar import` takes a notice in whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import time_machine
from click.testing import Result
from flask import Flask
from sqlalchemy.orm import Session

from models.clocks.operations import start_deadline
from models.clocks.queries import published_years
from tests.support.clocks import NOW, at, case
from tests.support.notices import notice_2027

Run = Callable[..., Result]


@pytest.fixture
def calendar(app: Flask) -> Run:
    """Runs `calendar …`."""
    return lambda *arguments: app.test_cli_runner().invoke(args=["calendar", *arguments])


def write(tmp_path: Path, document: Any) -> str:
    file = tmp_path / "2027.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    return str(file)


@pytest.mark.parametrize(
    ("instant", "missing"),
    [
        ("2026-10-31T15:59:00+00:00", []),
        ("2026-10-31T16:00:00+00:00", [2027]),  # 1 November in Beijing
        ("2027-01-05T00:00:00+00:00", [2027]),
    ],
)
def test_next_year_is_missed_from_november_on(calendar: Run, instant: str, missing: list[int]) -> None:
    with time_machine.travel(instant, tick=False):
        result = calendar("check", "--json")
    document = json.loads(result.stdout)
    assert (document["missing"], document["ok"]) == (missing, not missing)
    assert result.exit_code == (1 if missing else 0)


def test_a_person_is_told_what_to_do_about_a_missing_year(calendar: Run) -> None:
    with time_machine.travel(NOW, tick=False):
        result = calendar("check")
    assert result.exit_code == 1
    assert "缺少 2027 年的节假日安排" in result.stderr


def test_an_imported_notice_moves_open_deadlines_and_is_kept(
    calendar: Run, session: Session, tmp_path: Path
) -> None:
    deadline = start_deadline(
        session, rule_id="report_verify", subject=case(1), started_at=at("2026-11-20"), now=NOW
    )
    deadline.extended = 1
    session.commit()
    result = calendar("import", write(tmp_path, notice_2027()), "--json")
    document = json.loads(result.stdout)
    assert result.exit_code == 0
    assert (document["year"], document["errors"]) == (2027, [])
    assert document["moved"] == [{"deadline": deadline.id, "old": "2026-12-11", "new": "2027-01-04"}]
    session.expire_all()
    assert published_years(session)[-1] == 2027


@pytest.mark.parametrize("as_json", [True, False])
def test_a_refused_notice_is_a_finding_and_changes_nothing(
    calendar: Run, session: Session, tmp_path: Path, as_json: bool
) -> None:
    document = notice_2027()
    document["days"][0]["date"] = "someday"
    result = calendar("import", write(tmp_path, document), *(["--json"] if as_json else []))
    assert result.exit_code == 1
    assert "days[1]" in result.stderr
    assert not as_json or json.loads(result.stdout)["errors"][0]["place"] == "days[1]"
    assert 2027 not in published_years(session)


def test_a_file_that_is_not_text_is_a_finding(calendar: Run, tmp_path: Path) -> None:
    file = tmp_path / "notice.json"
    file.write_bytes(b"\xff\xfe\x00")
    result = calendar("import", str(file))
    assert result.exit_code == 1
    assert "UTF-8" in result.stderr


def test_a_missing_file_is_misuse(calendar: Run, tmp_path: Path) -> None:
    assert calendar("import", str(tmp_path / "none.json")).exit_code == 2
