"""`export` and `snapshot`: the files and the signed tree of /data, by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from models.people.roles import Role
from tests.factories import StaffFactory
from tests.support.published import published


@pytest.fixture(autouse=True)
def _one_decision(session: Session) -> None:
    reviewer = StaffFactory(role=Role.REVIEWER)
    published(session, reviewer.assignments[0].unit, reviewer)


def test_a_file_is_written_whole(app: Flask, tmp_path: Path) -> None:
    target = tmp_path / "all.jsonl"
    answer = app.test_cli_runner().invoke(args=["export", "decisions.jsonl", "-o", str(target), "--json"])
    assert answer.exit_code == 0, answer.output
    told = json.loads(answer.stdout)
    assert told["rows"] == 1
    assert told["bytes"] == target.stat().st_size
    assert json.loads(target.read_text(encoding="utf-8"))["document_number"]
    printed = app.test_cli_runner().invoke(args=["export", "decisions.jsonl"])
    assert printed.stdout == target.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["decisions.pdf", "decisions-2026-13.csv", "companies.csv"])
def test_an_unknown_name_is_misuse(app: Flask, name: str) -> None:
    answer = app.test_cli_runner().invoke(args=["export", name])
    assert answer.exit_code == 2
    assert "decisions.csv" in answer.stderr


def test_a_snapshot_is_signed_once_for_the_same_tree(app: Flask) -> None:
    first = app.test_cli_runner().invoke(args=["snapshot", "--json"])
    assert first.exit_code == 0, first.output
    told = json.loads(first.stdout)
    assert told["committed"] == 1
    assert told["head"]["tree_size"] == 1
    again = json.loads(app.test_cli_runner().invoke(args=["snapshot", "--json"]).stdout)
    assert again["signature"] == told["signature"]
    assert again["committed"] == 0
