"""`flask cases triage`, and the document that it keeps true."""

from __future__ import annotations

import json

from flask import Flask

from tests.support.sources import ROOT


def test_the_document_is_what_the_command_prints(app: Flask) -> None:
    printed = app.test_cli_runner().invoke(args=["cases", "triage", "--markdown"])
    written = (ROOT / "docs" / "triage.md").read_text(encoding="utf-8")
    assert printed.output == written, "flask --app wsgi cases triage --markdown > docs/triage.md"


def test_programs_get_every_combination(app: Flask) -> None:
    rows = json.loads(app.test_cli_runner().invoke(args=["cases", "triage", "--json"]).stdout)
    assert len({(row["way"], row["kind"]) for row in rows}) == len(rows) > 100
    both = [row for row in rows if row["way"] == "refund.both"]
    assert {tuple(row["tracks"]) for row in both} == {("complaint", "report")}
    assert {"A", "B", "C", "D", "E", "F", "G", "H", "I", "J"} == {row["row"] for row in rows}


def test_two_forms_at_once_are_misuse_and_a_person_gets_one_line_a_rule(app: Flask) -> None:
    run = app.test_cli_runner().invoke
    assert run(args=["cases", "triage", "--json", "--markdown"]).exit_code == 2
    assert "`consumer_complaint`" in run(args=["cases", "triage"]).output
