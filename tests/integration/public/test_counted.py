"""Public decisions in numbers: every number is the hits of its address, and nothing that has ended is counted."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from background.indexing import rebuild
from models.decisions.kinds import PenaltyKind
from models.decisions.operations import enter
from models.decisions.publication import withdraw
from models.decisions.tables import Decision
from models.kinds import RightType
from models.people.actors import COMMAND
from models.people.roles import Role
from models.people.tables import Account
from tests.factories import NOW, StaffFactory
from tests.pages import Pages
from tests.support.decisions import a_content
from tests.support.published import published


@pytest.fixture(autouse=True)
def _in_march_2026() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def three(app: Flask, session: Session) -> list[Decision]:
    """Two about trademarks and one about a patent, in two months."""
    reviewer: Account = StaffFactory(role=Role.REVIEWER)
    unit = reviewer.assignments[0].unit
    rights = (RightType.TRADEMARK, RightType.TRADEMARK, RightType.PATENT_PASSING_OFF)
    days = (dt.date(2026, 1, 5), dt.date(2026, 2, 9), dt.date(2026, 2, 10))
    made = [
        published(
            session,
            unit,
            reviewer,
            document_number=f"示市监处罚〔2026〕{n}号",
            right_type=right,
            decided_on=day,
        )
        for n, (right, day) in enumerate(zip(rights, days, strict=True))
    ]
    with app.app_context():
        rebuild()
    return made


def test_every_number_is_the_hits_of_its_address(client: FlaskClient, three: list[Decision]) -> None:
    found = client.get("/statistics/decisions.json").json
    assert found["total"] == 3
    assert [(row["value"], row["count"]) for row in found["tables"]["month"]["rows"]] == [
        ("2026-02", 2),
        ("2026-01", 1),
    ]
    for table in found["tables"].values():
        assert not table["adds_up"] or sum(row["count"] for row in table["rows"]) == 3
        for row in table["rows"]:
            path = row["url"].removeprefix("http://localhost").replace("/decisions?", "/decisions.json?")
            assert client.get(path).json["total"] == row["count"]
    assert client.get("/api/v1/statistics/decisions").json["tables"] == found["tables"]


def test_a_question_is_counted_by_itself(client: FlaskClient, three: list[Decision]) -> None:
    found = client.get("/statistics/decisions.json?right_type=trademark&q=水杯").json
    assert found["total"] == 2
    assert [(row["value"], row["count"]) for row in found["tables"]["right_type"]["rows"]] == [
        ("trademark", 2)
    ]
    for table in found["tables"].values():
        assert not table["adds_up"] or sum(row["count"] for row in table["rows"]) == 2
        for row in table["rows"]:
            path = row["url"].removeprefix("http://localhost").replace("/decisions?", "/decisions.json?")
            assert client.get(path).json["total"] == row["count"]
    assert (
        client.get("/api/v1/statistics/decisions?right_type=trademark&q=水杯").json["tables"]
        == found["tables"]
    )
    assert client.get("/statistics/decisions.json?not_right_type=trademark").json["total"] == 1
    page = Pages(client).get("/statistics/decisions?right_type=trademark&q=水杯")
    assert page.select_one(".chips a") is not None
    assert "水杯" in page.select_one("main [role=status]").text
    led = Pages(client).get("/decisions?q=水杯").select_one('a[href^="/statistics/decisions?q="]')
    assert led is not None


@pytest.mark.parametrize("question", ["q=金额:多少", "nothing=1"])
def test_a_question_that_cannot_be_asked_is_told(
    client: FlaskClient, three: list[Decision], question: str
) -> None:
    for path in ("/statistics/decisions.json", "/statistics/decisions.csv", "/api/v1/statistics/decisions"):
        answer = client.get(f"{path}?{question}")
        assert (answer.status_code, answer.content_type) == (400, "application/problem+json")
    page = client.get(f"/statistics/decisions?{question}")
    assert page.status_code == (200 if question == "nothing=1" else 303)


def test_what_has_ended_is_not_counted(client: FlaskClient, session: Session, three: list[Decision]) -> None:
    withdraw(session, three[2], reason="决定已经变更。", actor=COMMAND, now=NOW)
    session.commit()
    rows = list(
        csv.DictReader(io.StringIO(client.get("/statistics/decisions.csv").get_data(as_text=True)[1:]))
    )
    assert [(row["value"], row["count"]) for row in rows if row["table"] == "right_type"] == [
        ("trademark", "2")
    ]


@pytest.mark.parametrize("language", ["", "/en", "/zh-hant"])
def test_the_page_draws_and_tells(client: FlaskClient, three: list[Decision], language: str) -> None:
    page = Pages(client).get(f"{language}/statistics/decisions")
    assert len(page.select("svg .chart__column")) == 36
    assert "chosen" not in page.get_text()
    assert (
        page.select_one('a[href$="/decisions?month=2026-02"]').find_parent("tr").select_one("td.number").text
        == "2"
    )


@pytest.mark.parametrize("language", ["", "/en"])
def test_coverage_tells_grounds_and_withholds_small_numbers(
    client: FlaskClient, session: Session, three: list[Decision], language: str
) -> None:
    for number in range(6):
        content = a_content(
            document_number=f"示市监处罚〔2025〕{number}号",
            decided_on=dt.date(2025, 12, 1),
            penalty_kinds=(PenaltyKind.WARNING,),
            fine_fen=None,
        )
        enter(session, content=content, unit=three[0].unit, actor=COMMAND, now=NOW, source_sha256="0" * 64)
    withdraw(session, three[2], reason="决定已经变更。", actor=COMMAND, now=NOW)
    session.commit()
    this_year, last_year = client.get("/statistics/coverage.json").json["years"]
    assert (last_year["year"], last_year["made"], last_year["warning_only"]) == (2025, 6, 6)
    assert (this_year["public"], this_year["withdrawn"], this_year["made"]) == (2, None, None)
    table = client.get("/statistics/coverage.csv").get_data(as_text=True).lstrip("\ufeff")
    rows = list(csv.DictReader(io.StringIO(table)))
    names = ["year", "made", *this_year.keys() - {"year", "made"}]
    expected = [
        [str(one[name] if one[name] is not None else "") for name in names] for one in (this_year, last_year)
    ]
    assert [[row[name] for name in names] for row in rows] == expected, "what is withheld is an empty cell"
    page = Pages(client).get(f"{language}/statistics/coverage")
    assert [cell.text for cell in page.select("tbody tr")[0].select("td")][:3] == ["2026", "–", "2"]


def test_lists_and_companies_answer_in_the_api(client: FlaskClient, three: list[Decision]) -> None:
    code = three[0].party_uscc
    by_page, by_api = client.get(f"/companies/{code}.json").json, client.get(f"/api/v1/companies/{code}").json
    assert by_page["decisions"] == by_api["decisions"]
    assert client.get("/api/v1/lists/serious").json["total"] == 0
    assert client.get("/api/v1/companies/91410400MA0000000X").status_code == 404
