"""The same question as CSV, XLSX and Atom: whole, counted, safe for spreadsheets; and what has ended, by ids."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit
from xml.etree import ElementTree as ET

import feedparser
import pytest
import time_machine
from flask import Flask, Response
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.http import parse_options_header

from background.indexing import rebuild
from models.decisions.publication import withdraw
from models.decisions.tables import Decision
from models.people.roles import Role
from models.people.tables import Account
from results.exports import COLUMNS, Export, file_answer, row_of
from tests.factories import NOW, StaffFactory
from tests.pages import Pages
from tests.support.decisions import invented_uscc
from tests.support.published import published


def parse_link_header(written: str) -> list[dict[str, str]]:
    """Addresses with their relations."""
    return [{"url": url, "rel": rel} for url, rel in re.findall(r'<([^>]*)>; rel="(\w+)"', written)]


ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def _in_march_2026() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def reviewer(session: Session) -> Account:
    made: Account = StaffFactory(role=Role.REVIEWER)
    return made


@pytest.fixture(autouse=True)
def decisions(app: Flask, session: Session, reviewer: Account) -> list[Decision]:
    unit = reviewer.assignments[0].unit
    made = [
        published(session, unit, reviewer),
        published(
            session,
            unit,
            reviewer,
            document_number="测市监处罚〔2026〕002号",
            uscc=invented_uscc(2),
            party_name="=护航,“样品”店",
            facts='=cmd|"/c calc"!A1\n销售白酒。\n\t第二段',
            penalty="-罚款",
        ),
    ]
    with app.app_context():
        rebuild()
    return made


def table(client: FlaskClient, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(address).get_data(as_text=True).lstrip("\ufeff"))))


def test_a_csv_says_how_many_rows_it_has_and_what_its_digest_is(client: FlaskClient) -> None:
    answer = client.get("/decisions.csv?q=罚款")
    assert answer.content_type == "text/csv; charset=utf-8"
    assert answer.headers["X-Row-Count"] == "2"
    assert answer.headers["X-Content-SHA256"] == hashlib.sha256(answer.data).hexdigest()
    assert int(answer.headers["Content-Length"]) == len(answer.data)
    assert "attachment" in answer.headers["Content-Disposition"]
    assert answer.data.startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_file_says_what_was_asked_in_its_name_and_beside_it(client: FlaskClient, ending: str) -> None:
    question = "q=罚款+商标/专利&year=2026&not_year=2025&sort=changed"
    answer = client.get(f"/decisions.{ending}?{question}")
    kind, options = parse_options_header(answer.headers["Content-Disposition"])
    assert (kind, options["filename"]) == (
        "attachment",
        f"decisions-{NOW.date()}-罚款_商标_专利-2026-not_2025.{ending}",
    )
    assert f"filename=decisions-{NOW.date()}-2026-not_2025.{ending};" in answer.headers["Content-Disposition"]
    links = parse_link_header(answer.headers["Link"])
    asked = {link["rel"]: MultiDict(parse_qsl(urlsplit(link["url"]).query)) for link in links}
    assert asked["alternate"] == asked["describedby"] == MultiDict(parse_qsl(question))
    told = client.get(next(link["url"] for link in links if link["rel"] == "describedby")).get_json()
    assert [told["total"], told["_meta"]["q"]] == [int(answer.headers["X-Row-Count"]), "罚款 商标/专利"]
    assert [link["url"] for link in links if link["rel"] == "alternate"] == [told["_meta"]["question"]]
    assert client.get(f"/decisions.{ending}?q={'长' * 200}").headers["Content-Disposition"].count("%E9") <= 80


def test_a_file_for_no_question_is_named_by_its_day(client: FlaskClient) -> None:
    answer = client.get("/decisions.csv?bom=0")
    assert answer.headers["Content-Disposition"] == f"attachment; filename=decisions-{NOW.date()}.csv"


def test_without_the_mark_for_excel(client: FlaskClient, decisions: list[Decision]) -> None:
    assert client.get("/decisions.csv?bom=0").data.startswith(b"id,url,")
    assert {row["uscc"] for row in table(client, "/decisions.csv?bom=0")} == {
        one.party_uscc for one in decisions
    }
    assert client.get("/decisions.csv?bom=2").status_code == 400


def test_all_endings_tell_the_same(client: FlaskClient) -> None:
    for query in ("", "?q=白酒", "?q=违法事实:白酒 OR 水杯&sort=oldest", "?q=从未出现过", "?year=2026"):
        items = client.get(f"/decisions.json{query}").get_json()["items"]
        rows = table(client, f"/decisions.csv{query}")
        assert [row["id"] for row in rows] == [item["id"] for item in items]
        feed = ET.fromstring(client.get(f"/decisions.atom{query}").data)  # noqa: S314 - our own
        assert {name.text.rsplit("/", 1)[1] for name in feed.iterfind(f"{ATOM}entry/{ATOM}id")} == {
            item["id"] for item in items
        }
        book = load_workbook(io.BytesIO(client.get(f"/decisions.xlsx{query}").data))
        assert [row[0].value for row in book.worksheets[0].iter_rows(min_row=2)] == [
            item["id"] for item in items
        ]


def test_nothing_becomes_a_formula(client: FlaskClient) -> None:
    row = next(row for row in table(client, "/decisions.csv") if "样品" in row["party"])
    assert row["party"].startswith("'=")
    assert row["facts"].startswith("'=cmd")
    assert row["penalty"] == "'-罚款"
    sheet = load_workbook(io.BytesIO(client.get("/decisions.xlsx?q=白酒").data)).worksheets[0]
    assert [cell.value for cell in sheet[1]] == list(COLUMNS.values())
    cells = {cell.value: cell for cell in sheet[2]}
    assert cells["=护航,“样品”店"].data_type == "s"


@pytest.mark.parametrize("ending", ["csv", "xlsx", "atom"])
@pytest.mark.parametrize("query", ["q=白酒 AND", "colour=red", "since=x"])
def test_what_cannot_be_asked_is_a_problem(client: FlaskClient, ending: str, query: str) -> None:
    answer = client.get(f"/decisions.{ending}?{query}")
    assert answer.status_code == 400
    assert answer.content_type == "application/problem+json"


def test_a_feed_has_what_readers_need(client: FlaskClient) -> None:
    feed = ET.fromstring(client.get("/decisions.atom?q=白酒&size=1").data)  # noqa: S314 - our own
    for name in ("id", "title", "updated", "author", "link"):
        assert feed.find(f"{ATOM}{name}") is not None, name
    links = {link.get("rel"): link.get("href") for link in feed.iterfind(f"{ATOM}link")}
    assert links["alternate"] == "http://localhost/decisions?q=%E7%99%BD%E9%85%92&sort=published&size=1"
    entry = feed.find(f"{ATOM}entry")
    assert entry is not None
    assert entry.findtext(f"{ATOM}published") == "2026-03-02T01:00:00Z"


def test_what_has_ended_is_told_by_ids_alone(
    client: FlaskClient, session: Session, decisions: list[Decision], reviewer: Account
) -> None:
    party = decisions[0].party_name
    withdraw(session, decisions[0], reason="复议决定撤销了原处罚决定", actor=reviewer, now=NOW)
    session.commit()
    told = client.get("/decisions/removals.json").get_json()
    assert [item["id"] for item in told["items"]] == [decisions[0].public_id]
    feed = client.get("/decisions/removals.atom").get_data(as_text=True)
    assert f'ref="http://localhost/decisions/{decisions[0].public_id}"' in feed
    for address in (
        "/decisions/removals.json",
        "/decisions/removals.atom",
        "/decisions.csv",
        "/decisions.atom",
    ):
        assert party not in client.get(address).get_data(as_text=True)
    assert client.get("/decisions/removals.json?since=2026-03-03").get_json()["items"] == []
    assert client.get("/decisions/removals.json?since=x").status_code == 400


def test_ends_are_told_page_by_page(
    client: FlaskClient,
    session: Session,
    decisions: list[Decision],
    reviewer: Account,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for one in decisions:
        withdraw(session, one, reason="复议决定撤销了原处罚决定", actor=reviewer, now=NOW)
    session.commit()
    monkeypatch.setattr("public.exports.MOST_REMOVALS", 1)
    address, told = "/decisions/removals.json?since=2026-03-01", []
    while address:
        page = client.get(address).get_json()
        told += [item["id"] for item in page["items"]]
        address = page["next"]
    assert sorted(told) == sorted(one.public_id for one in decisions)
    feed = feedparser.parse(client.get("/decisions/removals.atom").data)
    assert [link.rel for link in feed.feed.links] == ["self", "next"]


def test_hits_lead_to_each_other_and_paragraphs_have_addresses(
    client: FlaskClient, decisions: list[Decision]
) -> None:
    page = Pages(client).get(f"/decisions/{decisions[0].public_id}?q=当事人")
    hits = page.select("a.hit")
    assert [hit["id"] for hit in hits] == [f"hit-{n}" for n in range(1, len(hits) + 1)]
    assert hits[-1]["href"] == "#hit-1"
    assert page.select_one("#p1") is not None
    cited = page.select_one(".cite")
    assert cited is not None
    assert "[EB/OL]. V1. 2026-" in cited.get_text()
    Pages(client).get(f"/en/decisions/{decisions[0].public_id}?q=当事人")


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_file_that_cannot_be_finished_is_not_begun(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    asked = []

    def breaking(decision: Decision) -> dict[str, object]:
        asked.append(decision)
        if len(asked) == 2:
            raise RuntimeError("the second row cannot be made")
        return row_of(decision)

    monkeypatch.setattr("results.exports.row_of", breaking)
    answer = client.get(f"/decisions.{ending}")
    assert (answer.status_code, answer.content_type) == (500, "application/problem+json")
    assert "X-Row-Count" not in answer.headers


def test_who_leaves_half_way_leaves_no_file(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Export] = []

    def keeping(export: Export, **words: str) -> Response:
        made.append(export)
        return file_answer(export, **words)

    monkeypatch.setattr("public.exports.file_answer", keeping)
    answer = client.get("/decisions.csv", buffered=False)
    answer.close()
    assert made[0].file.closed
