"""`flask cases routing`, and the document that it keeps true."""

from __future__ import annotations

import json

from flask import Flask

from models.kinds import RightType, Track
from models.routing.terms import Conduct
from tests.support.sources import ROOT


def test_the_document_is_what_the_command_prints(app: Flask) -> None:
    printed = app.test_cli_runner().invoke(args=["cases", "routing", "--markdown"])
    written = (ROOT / "docs" / "routing.md").read_text(encoding="utf-8")
    assert printed.output == written, "flask --app wsgi cases routing --markdown > docs/routing.md"


def test_programs_get_every_combination(app: Flask) -> None:
    printed = app.test_cli_runner().invoke(args=["cases", "routing", "--profile", "jiyuan", "--json"])
    rows = json.loads(printed.stdout)
    places = {row["place"] for row in rows}
    assert len(rows) == len(RightType) * len(Track) * len(Conduct) * len(places)
    assert {"济源市沁园", "地方不明", "辖区以外"} <= places


def test_an_unknown_bureau_and_two_forms_at_once_are_misuse(app: Flask) -> None:
    run = app.test_cli_runner().invoke
    assert run(args=["cases", "routing", "--profile", "atlantis"]).exit_code == 2
    assert run(args=["cases", "routing", "--json", "--markdown"]).exit_code == 2


def test_a_person_gets_one_line_a_rule(app: Flask) -> None:
    printed = app.test_cli_runner().invoke(args=["cases", "routing"])
    assert "专利侵权  专利侵权行政裁决" in printed.output
