"""`flask cases table`, and the document that it keeps true."""

from __future__ import annotations

import json

from flask import Flask

from models.cases.states import TABLE
from tests.support.sources import ROOT

KEYS = ["track", "from", "act", "to", "who", "needs", "basis", "starts", "stops", "tells", "final"]


def test_the_document_is_what_the_command_prints(app: Flask) -> None:
    printed = app.test_cli_runner().invoke(args=["cases", "table", "--markdown"])
    written = (ROOT / "docs" / "cases.md").read_text(encoding="utf-8")
    assert printed.output == written, "flask --app wsgi cases table --markdown > docs/cases.md"


def test_programs_get_one_document_with_every_row(app: Flask) -> None:
    printed = app.test_cli_runner().invoke(args=["cases", "table", "--json"])
    rows = json.loads(printed.stdout)
    assert len(rows) == len(TABLE)
    assert all(list(row) == KEYS for row in rows)
    assert rows[0]["from"] == "new"


def test_in_the_document_every_state_that_is_not_final_is_left(app: Flask) -> None:
    rows = json.loads(app.test_cli_runner().invoke(args=["cases", "table", "--json"]).stdout)
    for row in rows:
        leaving = [other for other in rows if (other["track"], other["from"]) == (row["track"], row["to"])]
        assert row["final"] is not bool(leaving)


def test_a_person_gets_one_line_a_row(app: Flask) -> None:
    printed = app.test_cli_runner().invoke(args=["cases", "table"])
    assert len(printed.output.splitlines()) == len(TABLE)


def test_two_forms_at_once_are_misuse(app: Flask) -> None:
    assert app.test_cli_runner().invoke(args=["cases", "table", "--json", "--markdown"]).exit_code == 2
