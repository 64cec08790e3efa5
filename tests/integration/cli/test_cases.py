"""`flask cases table`, and the document that it keeps true."""

from __future__ import annotations

import datetime as dt
import json

from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session

from models.cases.states import TABLE
from models.cases.tables import Case
from tests.support.cases import a_case, an_office
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


def test_due_dates_are_compared_and_mended(app: Flask, session: Session) -> None:
    an_office(session)
    a_case(session)
    session.execute(update(Case.__table__).values(due_on=dt.date(2020, 1, 1)))
    session.commit()
    run = app.test_cli_runner().invoke
    found = run(args=["cases", "due", "--json"])
    assert (found.exit_code, json.loads(found.stdout)) == (1, {"stale": 1, "rebuilt": False})
    assert run(args=["cases", "due", "--rebuild"]).exit_code == 0
    assert run(args=["cases", "due"]).exit_code == 0


def test_two_forms_at_once_are_misuse(app: Flask) -> None:
    assert app.test_cli_runner().invoke(args=["cases", "table", "--json", "--markdown"]).exit_code == 2
