"""Anyone can count a deadline, by page and by program; the answer is that of the command."""

from __future__ import annotations

import json

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.pages import Pages

API = "/api/v1/deadlines/"


@pytest.mark.parametrize("language", ["", "/en", "/zh-hant"])
@pytest.mark.parametrize("track", ["complaint", "report", "adjudication", "aid"])
def test_each_track_has_its_limits_in_each_language(client: FlaskClient, language: str, track: str) -> None:
    page = Pages(client).get(f"{language}/deadlines?track={track}&start=2026-08-04")
    assert page.select(".deadline .days li")


def test_the_page_counts_day_by_day_without_a_script(client: FlaskClient) -> None:
    page = Pages(client).get("/deadlines?rule=complaint_accept&start=2026-02-13")
    (limit,) = page.select(".deadline")
    counted = [day for day in limit.select(".days li") if "is-uncounted" not in day.get("class", [])]
    assert len(counted) == 7
    assert limit.select_one(".deadline__due time")["datetime"] == "2026-03-02"
    assert "法定节假日：春节" in limit.get_text()
    assert "20号" in limit.get_text(), "what started before Order 121 stays under Order 20"


def test_a_provisional_day_says_so_and_why(client: FlaskClient) -> None:
    page = Pages(client).get("/deadlines?rule=report_verify&start=2026-12-15")
    text = page.select_one(".deadline").get_text()
    assert "暂定" in text
    assert "放假安排尚未公布" in text


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("start=2026-02-30", "请填写日期"),
        ("rule=report_verify&start=2010-01-01", "第一个版本自 2019-04-01 起施行"),
        ("rule=nothing&start=2026-01-05", "没有编号为“nothing”的时限规则"),
        ("start=9999-12-31", "工作日历"),
    ],
)
def test_what_cannot_be_counted_is_answered_with_a_sentence(
    client: FlaskClient, query: str, sentence: str
) -> None:
    assert sentence in Pages(client).get(f"/deadlines?{query}", status=422).get_text()


@pytest.mark.parametrize(
    ("query", "arguments"),
    [
        ("report_verify?start=2026-09-18", ["report_verify", "--start", "2026-09-18"]),
        ("case_decision?start=2026-11-22", ["case_decision", "--start", "2026-11-22"]),
        (
            "report_verify?start=2026-09-18&suspend=2026-09-20:2026-09-25:appraisal&extend=1",
            [
                *("report_verify", "--start", "2026-09-18"),
                *("--suspend", "2026-09-20:2026-09-25:appraisal", "--extend"),
            ],
        ),
        (
            "crime_transfer?start=2026-09-18T23:30:00%2B08:00",
            ["crime_transfer", "--start", "2026-09-18T23:30:00+08:00"],
        ),
    ],
)
def test_the_interface_answers_as_the_command_does(
    app: Flask, client: FlaskClient, query: str, arguments: list[str]
) -> None:
    answer = client.get(API + query)
    printed = app.test_cli_runner().invoke(args=["clocks", "due", *arguments, "--json"])
    assert answer.status_code == 200
    assert answer.json == json.loads(printed.stdout)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("nothing?start=2026-09-18", 404),
        ("report_verify", 400),
        ("report_verify?start=yesterday", 400),
        ("report_verify?start=2026-09-18&days=3", 400),
        ("report_verify?start=2026-09-18&suspend=2026-09-20", 400),
        ("report_verify?start=2026-09-18&extend=x", 400),
        ("report_verify?start=2010-01-01", 422),
        ("report_verify?start=2026-09-18&extend=2", 422),
        ("complaint_accept?start=2026-09-18&suspend=2026-09-20:2026-09-25:testing", 422),
    ],
)
def test_a_refusal_is_a_problem_document(client: FlaskClient, query: str, status: int) -> None:
    answer = client.get(API + query)
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json")
    assert answer.json["status"] == status
    assert answer.json["detail"]


def test_the_stored_ends_can_be_checked_by_a_command(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["clocks", "rebuild", "--check", "--json"])
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {"wrong": [], "written": False, "ok": True}


@pytest.mark.parametrize(
    ("language", "why"),
    [
        ("", "法定节假日：国庆节（国办发明电〔2025〕7号）"),
        ("/zh-hant", "法定節假日：國慶節（國辦發明電〔2025〕7號）"),
        ("/en", "Public holiday: National Day (State Council General Office notice 7 of 2025)"),
    ],
)
def test_the_document_of_the_api_speaks_the_language_of_its_address(
    client: FlaskClient, language: str, why: str
) -> None:
    document = client.get(f"{language}/api/v1/deadlines/complaint_accept?start=2026-09-28").get_json()
    assert {day["date"]: day["why"] for day in document["days"]}["2026-10-01"] == why


def test_a_refusal_speaks_the_language_of_its_address(client: FlaskClient) -> None:
    address = "/api/v1/deadlines/mediation_limit?start=2026-09-18&suspend=2026-09-20:2026-09-22:hearing"
    assert "不因“听证”中止" in client.get(address).get_json()["detail"]
    english = client.get(f"/en{address}").get_json()["detail"]
    assert english.startswith("This limit (")
    assert "“hearing”" in english.lower()
    assert not any("\u4e00" <= sign <= "\u9fff" for sign in english)
