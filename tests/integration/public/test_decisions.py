from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
import time_machine
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from background.indexing import rebuild
from config import Config
from models import outbox
from models.decisions.kinds import PartyKind
from models.decisions.publication import withdraw
from models.decisions.tables import Decision
from models.kinds import RightType
from models.people.roles import Role
from models.people.tables import Account
from tests.factories import NOW, StaffFactory
from tests.pages import Pages
from tests.support.decisions import invented_uscc
from tests.support.published import published

PARTY = "护航示例商贸有限公司"


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


@pytest.fixture
def trademark(session: Session, reviewer: Account, patent: Decision) -> Decision:
    return published(
        session,
        reviewer.assignments[0].unit,
        reviewer,
        document_number="测市监处罚〔2026〕002号",
        party_name="护航样品百货店",
        party_kind=PartyKind.SOLE_TRADER,
        uscc=invented_uscc(2, prefix="92410400"),
        cause_name="侵犯注册商标专用权",
        right_type=RightType.TRADEMARK,
        facts="当事人在店内销售侵犯注册商标专用权的白酒十二瓶。\n货值金额三千元。",
        fine_fen=1_234_550,
        confiscated_fen=32_050,
    )


@pytest.fixture
def indexed(app: Flask, trademark: Decision) -> None:
    with app.app_context():
        rebuild()


def text_of(page: bytes) -> str:
    return " ".join(BeautifulSoup(page, "html.parser").get_text(" ").split())


@pytest.mark.usefixtures("indexed")
class TestSearch:
    @pytest.mark.parametrize(
        "words", ["白酒", "十二", "样品", "002号", "监处罚[2026]002号", "護航樣品", "百货 白酒"]
    )
    def test_any_two_characters_find_it(self, client: FlaskClient, words: str) -> None:
        page = client.get("/decisions", query_string={"q": words})
        assert page.status_code == 200
        found = BeautifulSoup(page.data, "html.parser").select(".hits h2")
        assert [heading.get_text() for heading in found] == ["护航样品百货店"]

    def test_the_place_is_shown_and_marked(self, client: FlaskClient) -> None:
        page = BeautifulSoup(client.get("/decisions?q=白酒").data, "html.parser")
        snippet = page.select_one(".hits__snippet")
        assert snippet is not None
        assert "违法事实" in snippet.get_text()
        assert [mark.get_text() for mark in snippet.select("mark")] == ["白酒"]

    def test_the_question_is_told_as_understood(self, client: FlaskClient) -> None:
        assert "含“白酒”，并且含“百货”" in text_of(client.get("/decisions?q=白酒+百货").data)

    def test_without_words_all_are_listed(self, client: FlaskClient) -> None:
        assert "共 2 份决定书" in text_of(client.get("/decisions").data)

    def test_a_facet_narrows_and_leads_back(self, client: FlaskClient) -> None:
        page = BeautifulSoup(client.get("/decisions").data, "html.parser")
        link = next(one for one in page.select(".facet a") if "商标" in one.get_text())
        narrowed = client.get(str(link["href"]))
        assert "共 1 份决定书" in text_of(narrowed.data)
        chip = BeautifulSoup(narrowed.data, "html.parser").select_one(".chip[href='/decisions']")
        assert chip is not None

    def test_nothing_found_says_what_it_does_not_mean(self, client: FlaskClient) -> None:
        assert "没有找到不等于没有受过处罚" in text_of(client.get("/decisions?q=从未出现过").data)

    @pytest.mark.parametrize("words", ["***", "长" * 501])
    def test_a_question_that_cannot_be_asked_gets_a_sentence(self, client: FlaskClient, words: str) -> None:
        page = client.get("/decisions", query_string={"q": words})
        assert page.status_code == 200
        assert "这样检索不了" in text_of(page.data)

    def test_what_a_page_does_not_know_is_forgiven(self, client: FlaskClient) -> None:
        assert client.get("/decisions?utm_source=x&size=9999&sort=best").status_code == 200

    def test_few_queries(
        self, client: FlaskClient, count_queries: Callable[[], AbstractContextManager[list[str]]]
    ) -> None:
        with count_queries() as statements:
            client.get("/decisions?q=当事人")
        assert len(statements) <= 4

    def test_markup_in_the_question_stays_text(self, client: FlaskClient) -> None:
        page = client.get("/decisions", query_string={"q": '"><script>alert(1)</script>'})
        assert b"<script>alert" not in page.data

    @pytest.mark.parametrize("prefix", ["", "/en", "/zh-hant"])
    def test_the_house_style(self, client: FlaskClient, trademark: Decision, prefix: str) -> None:
        pages = Pages(client)
        for path in (
            "",
            "?q=白酒",
            "?q=从未出现过",
            "?q=***",
            "?year=2026",
            f"/{trademark.public_id}?q=白酒",
        ):
            pages.get(f"{prefix}/decisions{path}")


@pytest.mark.usefixtures("indexed")
class TestData:
    def test_the_shape_of_a_collection(self, client: FlaskClient, trademark: Decision) -> None:
        answer = client.get("/decisions.json?q=白酒")
        assert answer.content_type == "application/json"
        found = answer.get_json()
        assert set(found) == {"total", "items", "next", "facets", "_meta"}
        assert found["_meta"]["stale"] is False
        assert found["_meta"]["updated_at"]
        assert found["_meta"]["ended"] == "http://localhost/decisions/removals.json"
        assert found["_meta"]["terms"] == "http://localhost/data#reuse"
        assert (found["total"], found["next"]) == (1, None)
        (item,) = found["items"]
        assert item == {
            "id": trademark.public_id,
            "url": f"http://localhost/decisions/{trademark.public_id}",
            "document_number": "测市监处罚〔2026〕002号",
            "party": "护航样品百货店",
            "uscc": trademark.party_uscc,
            "cause": "侵犯注册商标专用权",
            "right_type": "trademark",
            "facts": trademark.facts,
            "basis": "《中华人民共和国专利法》第六十八条",
            "penalty_kinds": ["罚款", "没收违法所得"],
            "penalty": trademark.penalty,
            "fine_yuan": 12345.5,
            "decided_on": "2026-02-20",
            "published_on": "2026-03-02",
            "ends_on": "2027-02-20",
            "authority": "测试市市场监督管理局",
            "kind": "penalty",
            "confiscated_yuan": 320.5,
            "snippets": item["snippets"],
        }
        snippet = item["snippets"][0]
        assert [snippet["text"][start:end] for start, end in snippet["hits"]] == ["白酒"]

    def test_an_index_that_is_behind_says_so(self, client: FlaskClient, session: Session) -> None:
        before = NOW - dt.timedelta(minutes=1)
        outbox.put(session, kind="search-index", key="waiting", payload={"id": 1}, now=before)
        session.commit()
        assert client.get("/decisions.json").get_json()["_meta"]["stale"] is True

    def test_the_memory_of_arrays_is_told(self, client: FlaskClient) -> None:
        client.get("/decisions.json?q=水")
        assert b"huhang_search_cache_bytes " in client.get("/metrics").data

    def test_since_also_says_what_has_ended_since(self, client: FlaskClient) -> None:
        told = client.get("/decisions.json?since=2026-03-01").get_json()["_meta"]["ended"]
        assert told == "http://localhost/decisions/removals.json?since=2026-03-01"
        assert client.get(told.removeprefix("http://localhost")).status_code == 200

    def test_the_api_answers_alike(self, client: FlaskClient) -> None:
        page, api = (
            client.get(f"{path}?q=白酒").get_json() for path in ("/decisions.json", "/api/v1/decisions")
        )
        assert page == api

    def test_pages_lead_to_the_end_without_gap_or_repeat(self, client: FlaskClient) -> None:
        seen, address = [], "/decisions.json?q=当事人&size=1"
        while address:
            page = client.get(address).get_json()
            seen += [item["id"] for item in page["items"]]
            address = page["next"]
        assert len(seen) == len(set(seen)) == 2

    def test_facets_add_up(self, client: FlaskClient) -> None:
        facets = client.get("/decisions.json").get_json()["facets"]
        assert {value["label"]: value["count"] for value in facets["right_type"]} == {
            "假冒专利": 1,
            "商标": 1,
        }

    @pytest.mark.parametrize(
        "query",
        [
            "colour=red",
            "size=0",
            "size=101",
            "size=x",
            "sort=best",
            "after=nonsense",
            "since=yesterday",
            "q=***",
            "q=a&q=b",
        ],
    )
    def test_what_is_not_known_is_a_problem(self, client: FlaskClient, query: str) -> None:
        for path in ("/decisions.json", "/api/v1/decisions"):
            answer = client.get(f"{path}?{query}")
            assert answer.status_code == 400
            assert answer.content_type == "application/problem+json"
            assert answer.get_json()["detail"]

    def test_since_a_day(self, client: FlaskClient) -> None:
        assert client.get("/decisions.json?since=2026-03-02").get_json()["total"] == 2
        assert client.get("/decisions.json?since=2026-03-03").get_json()["total"] == 0

    def test_since_a_day_also_finds_what_was_changed_since(
        self, app: Flask, client: FlaskClient, session: Session, trademark: Decision
    ) -> None:
        later = NOW + dt.timedelta(days=40)
        trademark.updated_at = later
        session.commit()
        with time_machine.travel(later, tick=False), app.app_context():
            rebuild()
        found = client.get("/decisions.json?since=2026-03-03").get_json()
        assert [one["id"] for one in found["items"]] == [trademark.public_id]
        assert found["items"][0]["published_on"] == "2026-03-02", "before that day: it is a change"
        assert client.get("/decisions.json?q=变动日期:2026-03-02").get_json()["total"] == 1

    def test_industries_are_counted_and_filtered_by(
        self, app: Flask, client: FlaskClient, session: Session, trademark: Decision
    ) -> None:
        trademark.industry = "F5226"
        session.commit()
        with app.app_context():
            rebuild()
        found = client.get("/decisions.json").get_json()
        counted = [(one["value"], one["label"], one["count"]) for one in found["facets"]["industry"]]
        assert counted == [("", "未注明", 1), ("F", "批发和零售业", 1)]
        for narrowed in ("industry=F", "q=行业:零售"):
            items = client.get(f"/decisions.json?{narrowed}").get_json()["items"]
            assert [one["id"] for one in items] == [trademark.public_id]
        assert client.get(f"/decisions/{trademark.public_id}.json").get_json()["industry"] == "F5226"
        assert "批发和零售业 F5226" in text_of(client.get(f"/decisions/{trademark.public_id}").data)

    def test_a_decision_by_itself(self, client: FlaskClient, trademark: Decision) -> None:
        for path in ("/decisions/{}.json", "/api/v1/decisions/{}"):
            answer = client.get(path.format(trademark.public_id))
            assert answer.get_json()["party"] == "护航样品百货店"
            assert "unavailable_after: 2027-02-20" in answer.headers["X-Robots-Tag"]


class TestOneDecision:
    def test_summary_and_zones_with_anchors(self, client: FlaskClient, trademark: Decision) -> None:
        page = BeautifulSoup(client.get(f"/decisions/{trademark.public_id}?q=白酒").data, "html.parser")
        text = page.get_text(" ")
        for words in ("测市监处罚〔2026〕002号", "护航样品百货店", "12,345.50", "2027年2月20日"):
            assert words in text
        paragraph = page.select_one("#facts-2")
        assert paragraph is not None
        assert paragraph.get_text() == "货值金额三千元。"
        assert [mark.get_text() for mark in page.select("mark")] == ["白酒"]

    def test_the_whole_text_is_folded_where_its_zones_have_been_read(
        self, client: FlaskClient, session: Session, trademark: Decision
    ) -> None:
        trademark.full_text = f"决定书\n{trademark.facts}\n印章"
        session.flush()
        page = BeautifulSoup(client.get(f"/decisions/{trademark.public_id}?q=白酒").text, "html5lib")
        marks = {mark.find_parent("section")["data-zone"] for mark in page.select(".document mark")}  # type: ignore[index]
        assert marks
        assert "full-text" not in marks
        assert page.select_one('[data-zone="full-text"] details:not([open])')

    def test_the_whole_text_is_open_where_only_it_has_the_words(
        self, client: FlaskClient, session: Session, trademark: Decision
    ) -> None:
        trademark.full_text = f"决定书\n{trademark.facts}\n印章"
        session.flush()
        page = BeautifulSoup(client.get(f"/decisions/{trademark.public_id}?q=印章").text, "html5lib")
        assert [mark.get_text() for mark in page.select('[data-zone="full-text"] mark')] == ["印章"]
        assert not page.select(".document details")

    def test_the_operator_of_a_sole_trader_is_not_shown(
        self, client: FlaskClient, trademark: Decision, patent: Decision
    ) -> None:
        assert "甲某某" not in text_of(client.get(f"/decisions/{trademark.public_id}").data)
        assert "甲某某" in text_of(client.get(f"/decisions/{patent.public_id}").data)

    def test_an_unknown_address(self, client: FlaskClient) -> None:
        assert client.get("/decisions/nonesuch22").status_code == 404
        assert client.get("/decisions/nonesuch22.json").status_code == 404


class TestEnded:
    def assert_gone(self, client: FlaskClient, decision: Decision) -> None:
        page = client.get(f"/decisions/{decision.public_id}")
        data = client.get(f"/decisions/{decision.public_id}.json")
        for answer in (page, data):
            assert answer.status_code == 410
            assert answer.headers["X-Robots-Tag"].startswith("noindex")
            for word in (PARTY, decision.party_uscc, "水杯", decision.document_number):
                assert str(word) not in answer.get_data(as_text=True)

    @pytest.mark.usefixtures("indexed")
    def test_a_withdrawn_one_is_gone_from_the_moment_of_the_commit(
        self, client: FlaskClient, session: Session, patent: Decision, reviewer: Account
    ) -> None:
        assert client.get(f"/decisions.json?q={PARTY}").get_json()["total"] == 1
        withdraw(session, patent, reason="复议决定撤销了原处罚决定", actor=reviewer, now=NOW)
        session.commit()
        self.assert_gone(client, patent)
        found = client.get(f"/decisions.json?q={PARTY}").get_json()
        assert (found["total"], found["items"]) == (0, [])
        facets = client.get("/decisions.json").get_json()["facets"]
        assert [value["label"] for value in facets["right_type"]] == ["商标"]
        Pages(client).get(f"/decisions/{patent.public_id}", status=410)
        told = client.get(f"/decisions/{patent.public_id}.json").get_json()
        assert (told["end_kind"], told["ended_on"]) == ("withdrawn", "2026-03-02")
        assert told["reason"] == "复议决定撤销了原处罚决定"
        assert "第四十八条" in told["basis"]

    @pytest.mark.usefixtures("indexed")
    def test_after_its_last_day_it_is_gone_before_the_worker_comes(
        self, client: FlaskClient, patent: Decision
    ) -> None:
        with time_machine.travel(dt.datetime(2027, 2, 20, 15, 59, tzinfo=dt.UTC), tick=False):
            assert client.get(f"/decisions/{patent.public_id}").status_code == 200
        with time_machine.travel(dt.datetime(2027, 2, 20, 16, 0, tzinfo=dt.UTC), tick=False):
            self.assert_gone(client, patent)
            assert client.get("/decisions.json").get_json()["total"] == 0


@pytest.mark.usefixtures("trademark")
class TestWithoutIndex:
    def test_the_newest_are_listed_and_it_is_said(self, client: FlaskClient) -> None:
        page = client.get("/decisions")
        assert page.status_code == 200
        assert "检索正在重建" in text_of(page.data)
        assert "护航样品百货店" in text_of(page.data)

    def test_a_question_is_answered_honestly(self, client: FlaskClient) -> None:
        for path in ("/decisions?q=白酒", "/decisions.json?q=白酒", "/api/v1/decisions"):
            answer = client.get(path)
            assert answer.status_code == 503
            assert answer.headers["Retry-After"]

    def test_a_broken_index_is_no_error_page(
        self, client: FlaskClient, config: Config, indexed: None
    ) -> None:
        for generation in config.index_dir.glob("v*"):
            shutil.rmtree(generation)
        assert "检索正在重建" in text_of(client.get("/decisions").data)
