"""Asking: mistakes with a way out, looser questions, numbers that lead to their record, the builder."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from background.indexing import rebuild
from models.decisions.kinds import PartyKind
from models.decisions.tables import Decision
from models.kinds import RightType
from models.people.roles import Role
from models.people.tables import Account
from results.builder import Boxes, boxes_of, written
from tests.factories import NOW, StaffFactory
from tests.pages import Pages
from tests.support.decisions import invented_uscc
from tests.support.published import published


@pytest.fixture(autouse=True)
def _in_march_2026() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def reviewer(session: Session) -> Account:
    made: Account = StaffFactory(role=Role.REVIEWER)
    return made


@pytest.fixture
def patent(session: Session, reviewer: Account) -> Decision:
    return published(session, reviewer.assignments[0].unit, reviewer)


@pytest.fixture(autouse=True)
def trademark(app: Flask, session: Session, reviewer: Account, patent: Decision) -> Decision:
    decision = published(
        session,
        reviewer.assignments[0].unit,
        reviewer,
        document_number="测市监处罚〔2026〕002号",
        party_name="护航样品百货店",
        party_kind=PartyKind.SOLE_TRADER,
        uscc=invented_uscc(2, prefix="92410400"),
        cause_name="侵犯注册商标专用权",
        right_type=RightType.TRADEMARK,
        facts="当事人在店内销售侵犯第1234567号注册商标专用权的白酒十二瓶，货值金额三千元。",
        fine_fen=1_234_550,
    )
    with app.app_context():
        rebuild()
    return decision


def found(client: FlaskClient, q: str, **more: str) -> set[str]:
    answer = client.get("/decisions.json", query_string={"q": q, **more})
    assert answer.status_code == 200, answer.text
    return {item["party"] for item in answer.get_json()["items"]}


SHOP, FIRM = "护航样品百货店", "护航示例商贸有限公司"


@pytest.mark.parametrize(
    ("q", "parties"),
    [
        ("白酒 或 水杯", {SHOP, FIRM}),
        ("当事人 NOT 白酒", {FIRM}),
        ("案由:商标", {SHOP}),
        ("party:样品", {SHOP}),
        ("违法事实:白酒 fine:1万..2万", {SHOP}),
        ("金额:>=1.2万", {SHOP}),
        ("金额<1.2万", {FIRM}),
        ("日期:2026-02", {SHOP, FIRM}),
        ("年:2020", set()),
        ("文号:002号", {SHOP}),
        ('"销售 白酒"~30', {SHOP}),
        ('"销售 白酒"~3', set()),
        ("权利:商标", {SHOP}),
        ("huhangyangpin", {SHOP}),
        ("hhyp", {SHOP}),
        ("拼音:hhsl", {FIRM}),
    ],
)
def test_the_language_over_http(client: FlaskClient, q: str, parties: set[str]) -> None:
    assert found(client, q) == parties


def test_a_mistake_on_a_page_is_marked_with_a_way_out(client: FlaskClient) -> None:
    page = Pages(client).get("/decisions?q=白酒 AND")
    marked = page.select_one(".complaint__question mark")
    assert marked is not None
    assert marked.get_text() == "AND"
    link = page.find("a", string="白酒")
    assert link is not None
    assert "共 1 份" in client.get(str(link["href"])).get_data(as_text=True)
    Pages(client).get("/en/decisions?q=金额:很多")


def test_a_mistake_in_data_is_a_problem_document(client: FlaskClient) -> None:
    answer = client.get("/decisions.json", query_string={"q": "白酒 AND"})
    assert answer.status_code == 400
    problem = answer.get_json()
    assert (problem["code"], problem["at"], problem["stop"]) == ("dangling", 3, 6)
    assert problem["caret"] == "     ^^^"
    assert problem["suggestion"] == "白酒"


@pytest.mark.parametrize(
    ("q", "offered"),
    [
        ("白洒十二瓶", "白*十二瓶"),
        ("酒白", "白酒"),
        ("白酒 大象", "白酒"),
        ("救济:白酒", "白酒"),
        ("白酒十三瓶", "白酒十*瓶"),
    ],
)
def test_nothing_found_offers_questions_that_find_something(
    client: FlaskClient, q: str, offered: str
) -> None:
    page = Pages(client).get(f"/decisions?q={q}&sort=newest")
    offers = {link.get_text(): str(link["href"]) for link in page.select(".looser a")}
    assert offered in offers
    for url in offers.values():
        assert "共 0 份" not in client.get(url).get_data(as_text=True)


def test_filters_that_leave_nothing_can_be_dropped(client: FlaskClient) -> None:
    page = Pages(client).get("/en/decisions?q=白酒&right_type=patent_infringement")
    assert page.select(".looser a")[0].get_text() == "白酒"


@pytest.mark.parametrize(
    "typed", ["测市监处罚〔2026〕002号", "测市监处罚[2026] 002号", "第1234567号", "1234567"]
)
def test_a_number_goes_to_its_record(client: FlaskClient, trademark: Decision, typed: str) -> None:
    answer = client.get("/decisions", query_string={"q": typed})
    assert answer.status_code == 302
    assert answer.location == f"/decisions/{trademark.public_id}"
    assert found(client, typed) == {SHOP}, "programs and lists still search for it"
    assert client.get("/decisions", query_string={"q": typed, "sort": "newest"}).status_code == 200


def test_a_code_goes_to_its_company(client: FlaskClient, trademark: Decision) -> None:
    code = trademark.party_uscc or ""
    answer = client.get("/en/decisions", query_string={"q": code.lower()})
    assert answer.location == f"/en/companies/{code}"
    page = Pages(client).get(answer.location)
    assert SHOP in page.get_text()
    data = client.get(f"/companies/{code}.json").get_json()
    assert (data["name"], len(data["decisions"])) == (SHOP, 1)
    assert "industry" in [one["id"] for one in data["_meta"]["known_issues"]]
    table = client.get(f"/companies/{code}.csv")
    assert table.headers["X-Row-Count"] == str(len(data["decisions"]))
    rows = csv.DictReader(io.StringIO(table.get_data(as_text=True).lstrip("\ufeff")))
    assert [row["id"] for row in rows] == [one["id"] for one in data["decisions"]]
    assert client.get(f"/companies/{invented_uscc(9)}").status_code == 404


@pytest.mark.parametrize(
    ("boxes", "question"),
    [
        (Boxes(all="白酒 水杯"), "白酒 水杯"),
        (Boxes(phrase="iPhone 15", none="二手"), '"iphone 15" NOT 二手'),
        (Boxes(any="白酒 水杯", party="护航"), "(白酒 OR 水杯) 当事人:护航"),
        (Boxes(near="销售 白酒", distance="5"), '"销售 白酒"~5'),
        (
            Boxes(cause="商标", fine_from="1万", decided_to="2026-03"),
            "案由:商标 金额:1万.. 日期:..2026-03-31",
        ),
        (Boxes(all="AND (", rest="案由:专利 OR 罚款"), '"and" "(" (案由:专利 OR 罚款)'),
    ],
)
def test_the_builder_writes_what_it_reads(boxes: Boxes, question: str) -> None:
    assert written(boxes).replace('"and"', "and") == question.replace('"and"', "and")
    assert written(boxes_of(question)) == written(boxes)


def test_the_builder_as_a_page(client: FlaskClient) -> None:
    answer = client.get("/decisions/builder?all=白酒&fine_from=1万")
    assert answer.status_code == 303
    assert "共 1 份" in client.get(answer.location).get_data(as_text=True)
    for prefix in ("", "/en", "/zh-hant"):
        page = Pages(client).get(f"{prefix}/decisions/builder?q=白酒 案由:商标")
        assert [str(page.select_one(f"#{name}")["value"]) for name in ("all", "cause")] == ["白酒", "商标"]
        Pages(client).get(f"{prefix}/decisions/builder?fine_from=很多", status=422)
        Pages(client).get(f"{prefix}/decisions/language")
