"""Other programs: the description of the interface, reconciliation, checking a list, suggestions, sitemaps."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import Workbook
from sqlalchemy.orm import Session

from background.indexing import rebuild
from config import Config
from models.decisions.publication import withdraw
from models.decisions.tables import Decision
from models.people.roles import Role
from models.people.tables import Account
from tests.factories import NOW, StaffFactory
from tests.pages import Pages
from tests.support.decisions import invented_uscc
from tests.support.published import published

FIRM, SHOP = "护航示例商贸有限公司", "护航样品百货店"


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
    other = {"document_number": "测市监处罚〔2026〕002号", "uscc": invented_uscc(2), "party_name": SHOP}
    made = [published(session, unit, reviewer), published(session, unit, reviewer, **other)]
    with app.app_context():
        rebuild()
    return made


class TestDescription:
    def test_it_names_every_public_data_address(self, client: FlaskClient, app: Flask) -> None:
        told = client.get("/api/v1/openapi.json").get_json()
        assert told["openapi"] == "3.1.0"
        for path in (
            "/api/v1/decisions",
            "/decisions.csv",
            "/decisions/{public_id}.json",
            "/companies/{uscc}.json",
        ):
            assert path in told["paths"]
        operations = [one for operations in told["paths"].values() for one in operations.values()]
        assert all(one["summary"] for one in operations)
        assert len({one["operationId"] for one in operations}) == len(operations)

    def test_answers_have_the_shapes_that_it_promises(self, client: FlaskClient) -> None:
        schemas = client.get("/api/v1/openapi.json").get_json()["components"]["schemas"]
        found = client.get("/api/v1/decisions").get_json()
        assert set(found) == set(schemas["Collection"]["required"])
        for item in found["items"]:
            assert set(item) == set(schemas["Decision"]["required"])
        problem = client.get("/api/v1/decisions?colour=red").get_json()
        assert set(schemas["Problem"]["required"]) <= set(problem)

    def test_every_parameter_that_it_names_is_taken(self, client: FlaskClient) -> None:
        told = client.get("/api/v1/openapi.json").get_json()["paths"]["/api/v1/decisions"]["get"][
            "parameters"
        ]
        for one in told:
            schema = one["schema"]
            value = schema.get("enum", ["2026-01-01" if schema.get("format") == "date" else "1"])[0]
            if one["name"] != "after":
                assert (
                    client.get("/api/v1/decisions", query_string={one["name"]: value}).status_code == 200
                ), one

    def test_the_page(self, client: FlaskClient) -> None:
        for prefix in ("", "/en"):
            Pages(client).get(f"{prefix}/api/docs")

    def test_who_has_it_already_gets_a_304(self, client: FlaskClient, decisions: list[Decision]) -> None:
        """At every ending, also a little later; a HEAD says the same as the GET."""
        one, code = decisions[0].public_id, decisions[0].party_uscc
        paths = [
            *(f"/decisions{ending}?q=当事人" for ending in (".json", ".csv", ".xlsx", ".atom")),
            *(f"/decisions/{name}" for name in (f"{one}.json", "removals.json", "removals.atom")),
            *(f"/api/v1/{name}" for name in ("decisions", f"companies/{code}", "statistics/decisions")),
            *(f"/companies/{code}{ending}" for ending in (".json", ".csv")),
            "/statistics/decisions.json",
        ]
        for path in paths:
            first = client.get(path)
            assert first.headers["Access-Control-Allow-Origin"] == "*"
            with time_machine.travel(NOW + dt.timedelta(seconds=20), tick=False):
                again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
                assert (again.status_code, again.data) == (304, b""), path
                other = client.get(path, headers={"If-None-Match": '"another"'})
                assert (other.status_code, other.headers["ETag"]) == (200, first.headers["ETag"]), path
            head = client.head(path)
            assert (head.status_code, head.data, head.headers["ETag"]) == (200, b"", first.headers["ETag"])

    @pytest.mark.parametrize(
        "path", ["/api/v1/decisions", "/decisions.csv", "/data/heads.json", "/lists/serious.json"]
    )
    def test_a_page_of_another_site_may_ask_whether_it_is_new(self, client: FlaskClient, path: str) -> None:
        asked = {"Origin": "https://example.org", "Access-Control-Request-Method": "GET"}
        answer = client.options(path, headers={**asked, "Access-Control-Request-Headers": "if-none-match"})
        assert answer.status_code == 200
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "If-None-Match" in answer.headers["Access-Control-Allow-Headers"]
        assert "POST" not in answer.headers["Access-Control-Allow-Methods"]
        assert "ETag" in client.get(path).headers["Access-Control-Expose-Headers"]


class TestReconciling:
    def ask(self, client: FlaskClient, **queries: Any) -> dict[str, Any]:
        answer = client.post("/reconcile", data={"queries": json.dumps(queries)})
        assert answer.status_code == 200
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        found: dict[str, Any] = answer.get_json()
        return found

    def test_the_manifest(self, client: FlaskClient) -> None:
        manifest = client.get("/reconcile").get_json()
        assert "0.2" in manifest["versions"]
        assert {"name", "identifierSpace", "schemaSpace", "view", "preview", "suggest"} <= set(manifest)
        assert manifest["view"]["url"] == "http://localhost/companies/{{id}}"

    def test_a_code_matches_and_a_name_only_proposes(
        self, client: FlaskClient, decisions: list[Decision]
    ) -> None:
        code = decisions[1].party_uscc
        found = self.ask(
            client,
            q0={"query": code},
            q1={"query": SHOP},
            q2={"query": "护航样本百货"},
            q3={"query": "毫不相干"},
        )
        (exact,) = found["q0"]["result"]
        assert (exact["id"], exact["name"], exact["match"], exact["score"]) == (code, SHOP, True, 100)
        best = found["q1"]["result"][0]
        assert (best["id"], best["match"], best["score"]) == (code, False, 100)
        assert found["q2"]["result"][0]["id"] == code
        assert 20 <= found["q2"]["result"][0]["score"] < 100
        assert found["q3"]["result"] == []

    @pytest.mark.parametrize(
        "queries", ["x", "[]", "1", '{"q0": 1}', '{"q0": {"query": null, "limit": "x"}}']
    )
    def test_what_is_malformed_is_no_fault(self, client: FlaskClient, queries: str) -> None:
        assert client.post("/reconcile", data={"queries": queries}).status_code in (200, 400)

    @pytest.mark.parametrize(
        "extend",
        ["[]", "{}", '{"ids": null, "properties": []}', '{"ids": [], "properties": 1}', "x",
         json.dumps({"ids": ["x"] * 101, "properties": []})],
    )  # fmt: skip
    def test_an_extension_that_is_none_is_told(self, client: FlaskClient, extend: str) -> None:
        answer = client.post("/reconcile", data={"extend": extend})
        assert (answer.status_code, answer.content_type) == (400, "application/problem+json")

    def test_odd_parts_of_an_extension_are_left_out(self, client: FlaskClient) -> None:
        odd = {"ids": [1, None, {}], "properties": [{"id": []}, 7, {"id": "name"}]}
        answer = client.post("/reconcile", data={"extend": json.dumps(odd)})
        assert answer.status_code == 200
        assert set(answer.get_json()["rows"]) == {"1", "None", "{}"}

    def test_without_an_index_it_says_later(self, client: FlaskClient, config: Config) -> None:
        for generation in config.index_dir.glob("v*"):
            shutil.rmtree(generation)
        calls = [
            client.post("/reconcile", data={"queries": json.dumps({"a": {"query": SHOP}})}),
            client.post(
                "/reconcile", data={"extend": json.dumps({"ids": [invented_uscc(2)], "properties": []})}
            ),
            client.get("/reconcile/suggest/entity", query_string={"prefix": SHOP}),
        ]
        assert [(one.status_code, one.headers["Retry-After"]) for one in calls] == [(503, "60")] * 3

    def test_old_clients_may_have_a_call(self, client: FlaskClient) -> None:
        answer = client.get("/reconcile?callback=jsonp123")
        assert answer.get_data(as_text=True).startswith("/**/jsonp123({")
        assert client.get("/reconcile?callback=alert(1)").content_type == "application/json"

    def test_suggest_preview_and_extend(self, client: FlaskClient, decisions: list[Decision]) -> None:
        code = decisions[1].party_uscc or ""
        suggested = client.get("/reconcile/suggest/entity?prefix=样品").get_json()["result"]
        assert [one["id"] for one in suggested] == [code]
        assert SHOP in client.get(f"/reconcile/preview?id={code}").get_data(as_text=True)
        wanted = json.dumps({"ids": [code, "x"], "properties": [{"id": "name"}, {"id": "decisions"}]})
        rows = client.post("/reconcile", data={"extend": wanted}).get_json()["rows"]
        assert rows == {
            code: {"name": [{"str": SHOP}], "decisions": [{"int": 1}]},
            "x": {"name": [], "decisions": []},
        }


class TestChecking:
    def check(self, client: FlaskClient, text: str) -> list[dict[str, str]]:
        answer = client.post("/check", data={"companies": text, "format": "csv"})
        assert answer.status_code == 200
        return list(csv.DictReader(io.StringIO(answer.get_data(as_text=True).lstrip("\ufeff"))))

    def test_each_line_gets_an_answer(self, client: FlaskClient, decisions: list[Decision]) -> None:
        code = decisions[1].party_uscc or ""
        typo = code[:-1] + ("0" if code[-1] != "0" else "1")
        rows = self.check(client, "\n".join([code, typo, code[:9], SHOP, "毫不相干", invented_uscc(77)]))
        assert {row["answer"] for row in rows} == {"not_listed", "cannot_tell"}
        assert [row["published_decisions"] for row in rows] == ["1", "", "", "", "", "0"]
        assert "校验位" in rows[1]["why"]
        assert "18 位" in rows[2]["why"]
        assert rows[3]["uscc"] == code

    def test_a_file_of_a_spreadsheet(self, client: FlaskClient, decisions: list[Decision]) -> None:
        file = (io.BytesIO(f"{decisions[1].party_uscc},备注\n".encode("gb18030")), "list.csv")
        page = client.post("/check", data={"companies": "", "file": file}, content_type="multipart/form-data")
        assert SHOP in page.get_data(as_text=True)

    def test_a_workbook_can_be_uploaded(self, client: FlaskClient, decisions: list[Decision]) -> None:
        book, file = Workbook(), io.BytesIO()
        for row in ((decisions[1].party_uscc, "备注"), (None, "空"), (FIRM,)):
            book.worksheets[0].append(row)
        book.save(file)
        sent = {"companies": "", "file": (io.BytesIO(file.getvalue()), "list.xlsx")}
        page = client.post("/check", data=sent, content_type="multipart/form-data").get_data(as_text=True)
        assert SHOP in page
        assert FIRM in page
        for broken in (file.getvalue()[:300], b"PK\x03\x04", b"\xff\xfe\x00\xd8"):
            sent = {"companies": "", "file": (io.BytesIO(broken), "list.xlsx")}
            answer = client.post("/check", data=sent, content_type="multipart/form-data")
            assert answer.status_code == 422

    def test_a_workbook_that_unpacks_without_end_is_refused(self, client: FlaskClient) -> None:
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/sharedStrings.xml", b"\0" * (64 << 20))
        sent = {"companies": "", "file": (io.BytesIO(file.getvalue()), "list.xlsx")}
        assert client.post("/check", data=sent, content_type="multipart/form-data").status_code == 422

    def test_the_pages(self, client: FlaskClient) -> None:
        for prefix in ("", "/en", "/zh-hant"):
            Pages(client).get(f"{prefix}/check")
            Pages(client).post(f"{prefix}/check", {"companies": ""})
            Pages(client).post(f"{prefix}/check", {"companies": f"{SHOP}\n{invented_uscc(2)}"}, status=200)
        assert client.post("/check", data={"companies": "\n".join(map(str, range(5001)))}).status_code == 422


def test_suggestions_while_typing(client: FlaskClient) -> None:
    def told(q: str) -> list[tuple[str, str]]:
        items = client.get("/decisions/suggest.json", query_string={"q": q}).get_json()["items"]
        return [(item["kind"], item["text"]) for item in items]

    assert ("company", SHOP) in told("样品")
    assert ("company", SHOP) in told("hhyp")
    assert ("authority", "测试市市场监督管理局") in told("测试市")
    assert ("cause", "假冒专利") in told("假冒")
    assert told("护") == []


def test_sitemaps_lead_to_what_is_public_and_to_what_has_ended(
    client: FlaskClient, session: Session, decisions: list[Decision], reviewer: Account
) -> None:
    withdraw(session, decisions[0], reason="复议决定撤销了原处罚决定", actor=reviewer, now=NOW)
    session.commit()
    index = re.findall("<loc>(.*?)</loc>", client.get("/sitemap.xml").get_data(as_text=True))
    assert "http://localhost/sitemap-decisions/1.xml" in index
    listed = client.get("/sitemap-decisions/1.xml").get_data(as_text=True)
    assert decisions[1].public_id in listed
    assert decisions[0].public_id not in listed
    assert decisions[0].public_id in client.get("/sitemap-ended.xml").get_data(as_text=True)
    assert client.get("/sitemap-decisions/9.xml").status_code == 404
    assert client.get("/sitemap-pages.xml").status_code == 200


def test_nothing_shows_what_has_ended(
    client: FlaskClient, session: Session, decisions: list[Decision], reviewer: Account
) -> None:
    code = decisions[0].party_uscc or ""
    withdraw(session, decisions[0], reason="复议决定撤销了原处罚决定", actor=reviewer, now=NOW)
    session.commit()
    addresses = [
        "/decisions", "/decisions.json", "/decisions.csv", "/decisions.atom", f"/decisions?q={FIRM}", "/sitemap.xml",
        f"/decisions/suggest.json?q={FIRM}", f"/companies/{code}", f"/companies/{code}.json",
        "/reconcile?" + f'queries={{"q0":{{"query":"{code}"}}}}', f"/reconcile/suggest/entity?prefix={FIRM}",
        "/decisions.json?q=hhslsm", "/sitemap-decisions/1.xml", f"/decisions/{decisions[0].public_id}",
    ]  # fmt: skip
    for address in addresses:
        text = client.get(address).get_data(as_text=True).replace(f'value="{FIRM}"', "")
        text = (
            text if f"q={FIRM}" not in address else re.sub(r"<title>.*?</title>|“[^”]*”|q=[^\"]*", "", text)
        )
        assert FIRM not in text, address
        assert decisions[0].document_number not in text, address
