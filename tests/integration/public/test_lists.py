"""The lists as the public sees them, in every form; and their rules recomputed from the exports alone."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import feedparser
import pytest
import time_machine
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from background.indexing import rebuild
from models.decisions.publication import withdraw
from models.decisions.tables import Decision
from models.kinds import RightType
from models.lists import leaving, operations
from models.lists.kinds import Hearing, ListKind
from models.lists.rules import laws
from models.lists.tables import Entry
from models.people.roles import Role
from models.people.tables import Account
from models.types import beijing_date
from tests.factories import NOW, StaffFactory, UnitFactory
from tests.pages import Pages
from tests.support.decisions import invented_uscc
from tests.support.published import published
from tests.support.sources import ROOT

TODAY = beijing_date(NOW)
CODE, NAME = invented_uscc(1), "=护航示例商贸有限公司"  # a name that a spreadsheet would take for a formula
GOOD = invented_uscc(9)
KINDS = [kind.value for kind in ListKind]


@pytest.fixture(autouse=True)
def _in_march_2026() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def people(session: Session) -> tuple[Account, Account]:
    unit = UnitFactory(region_code="410400")
    return StaffFactory(role=Role.PUBLISHER, unit=unit), StaffFactory(role=Role.REVIEWER, unit=unit)


@pytest.fixture
def bases(session: Session, people: tuple[Account, Account]) -> list[Decision]:
    _, decider = people
    found = []
    for number, decided_on in (("101", dt.date(2025, 8, 1)), ("102", dt.date(2026, 2, 20))):
        one = published(
            session, decider.assignments[0].unit, decider, document_number=f"测市监处罚〔2026〕{number}号",
            decided_on=decided_on, right_type=RightType.TRADEMARK, cause_name="侵犯注册商标专用权", uscc=CODE,
        )  # fmt: skip
        one.final_on = TODAY
        found.append(one)
    return found


@pytest.fixture
def lists(
    app: Flask, session: Session, people: tuple[Account, Account], bases: list[Decision]
) -> dict[ListKind, Entry]:
    """One entry on each list; the company with penalties is on two of them."""
    maker, decider = people
    made = {}
    for kind, code, name, rests_on in (
        (ListKind.SERIOUS, CODE, NAME, bases[:1]),
        (ListKind.INFRINGERS, CODE, NAME, bases),
        (ListKind.COMMENDED, GOOD, "护航守信有限公司", []),
    ):
        entry = operations.propose(
            session, kind=kind, uscc=code, name=name, reason="多次侵权" if rests_on else "连续五年守信",
            decisions=rests_on, unit=decider.assignments[0].unit, actor=maker, now=NOW,
        )  # fmt: skip
        operations.notify(session, entry, on=dt.date(2026, 2, 10), actor=maker, now=NOW)
        if kind is ListKind.SERIOUS:
            operations.hear(session, entry, hearing=Hearing.WAIVED, on=TODAY, actor=maker, now=NOW)
            operations.consent(session, entry, authority="省局", number="1", on=TODAY, actor=maker, now=NOW)
        operations.decide(session, entry, number="测列〔2026〕1号", on=TODAY, actor=decider, now=NOW)
        operations.publish(session, entry, actor=decider, now=NOW)
        made[kind] = entry
    session.commit()
    with app.app_context():
        rebuild()
    return made


def words(page: bytes) -> str:
    return " ".join(BeautifulSoup(page, "html.parser").get_text(" ").split())


@pytest.mark.parametrize("kind", KINDS)
def test_each_list_in_every_form(client: FlaskClient, lists: dict[ListKind, Entry], kind: str) -> None:
    entry = lists[ListKind(kind)]
    assert entry.name in words(client.get(f"/lists/{kind}").data)
    found = client.get(f"/lists/{kind}.json").get_json()
    assert (found["total"], found["items"][0]["uscc"], found["items"][0]["rule"]) == (
        1,
        entry.uscc,
        entry.rule,
    )
    assert found["_meta"]["basis"] == laws()[ListKind(kind)].basis
    answer = client.get(f"/lists/{kind}.csv")
    assert answer.headers["X-Row-Count"] == "1"
    (row,) = csv.DictReader(io.StringIO(answer.get_data(as_text=True).lstrip("\ufeff")))
    assert row["uscc"] == entry.uscc
    assert not row["name"].startswith("=")
    book = load_workbook(io.BytesIO(client.get(f"/lists/{kind}.xlsx").data))
    cells = {head.value: cell for head, cell in zip(*book.worksheets[0].iter_rows(), strict=True)}
    assert (cells["统一社会信用代码"].value, cells["名称"].value) == (entry.uscc, entry.name)
    assert "f" not in {cell.data_type for cell in cells.values()}
    feed = feedparser.parse(client.get(f"/lists/{kind}.atom").data)
    assert [one.title for one in feed.entries] == [entry.name]


def test_no_list_shows_what_is_on_another(client: FlaskClient, lists: dict[ListKind, Entry]) -> None:
    assert NAME not in words(client.get("/lists/commended").data)
    assert "护航守信" not in words(client.get("/lists/serious").data) + words(
        client.get("/lists/infringers").data
    )
    told = [law.effect for law in laws().values()]
    assert len(set(told)) == 3
    page = words(client.get("/lists").data)
    assert all(effect in page for effect in told)


def test_anyone_can_recompute_the_rules_from_the_exports(
    client: FlaskClient, lists: dict[ListKind, Entry], tmp_path: Path
) -> None:
    """Nothing but what is downloaded, and a script that knows nothing of this project."""
    downloads = {
        "decisions.csv": "/decisions.csv?bom=0",
        **{f"{kind}.json": f"/lists/{kind}.json" for kind in KINDS},
    }
    for name, address in downloads.items():
        (tmp_path / name).write_bytes(client.get(address).data)
    whole = recomputed(tmp_path)
    assert (whole.returncode, sorted(line.split("\t")[0] for line in whole.stdout.splitlines())) == (
        0,
        ["ok"] * 3,
    )

    rows = (tmp_path / "decisions.csv").read_text().splitlines(keepends=True)
    (tmp_path / "decisions.csv").write_text(rows[0].replace("\r\n", "") + "\r\n" + rows[1])
    assert "unseen\tinfringers" in recomputed(tmp_path).stdout

    (tmp_path / "decisions.csv").write_text("".join(rows))
    for change, told in (
        ({"decisions": lists[ListKind.INFRINGERS].bases[0].public_id}, "the rule asks for 2"),
        ({"uscc": GOOD}, "about somebody else"),
        ({"final_on": ""}, "not final"),
        ({"ends_on": "2099-01-01"}, "longer than a decision"),
    ):
        found = json.loads(client.get("/lists/infringers.json").data)
        for field, value in change.items():
            found["items"][0][field] = [value] if field in ("decisions", "final_on") else value
        (tmp_path / "infringers.json").write_text(json.dumps(found))
        answer = recomputed(tmp_path)
        assert (answer.returncode, told in answer.stdout) == (1, True), answer.stdout


def recomputed(folder: Path) -> subprocess.CompletedProcess[str]:
    script = ROOT / "docs" / "examples" / "recompute_lists.py"
    files = ["decisions.csv", *(f"{kind}.json" for kind in KINDS)]
    return subprocess.run(
        [sys.executable, "-I", script, *files], cwd=folder, capture_output=True, text=True, check=False
    )


def test_check_and_company_tell_the_lists(client: FlaskClient, lists: dict[ListKind, Entry]) -> None:
    unknown = invented_uscc(33)
    answer = client.post("/check", data={"companies": f"{CODE}\n{GOOD}\n{unknown}", "format": "csv"})
    rows = list(csv.DictReader(io.StringIO(answer.get_data(as_text=True).lstrip("\ufeff"))))
    assert [(row["answer"], row["lists"]) for row in rows] == [
        ("listed", "serious;infringers"), ("not_listed", "commended"), ("not_listed", ""),
    ]  # fmt: skip
    company = client.get(f"/companies/{CODE}.json").get_json()
    assert [one["list"] for one in company["lists"]] == ["serious", "infringers"]
    assert "严重违法失信名单" in words(client.get(f"/companies/{CODE}").data)
    assert client.get(f"/companies/{GOOD}").status_code == 200


def test_an_open_objection_is_said_everywhere(
    client: FlaskClient, session: Session, lists: dict[ListKind, Entry], people: tuple[Account, Account]
) -> None:
    leaving.object_to(session, lists[ListKind.SERIOUS], on=TODAY, actor=people[0], now=NOW)
    session.commit()
    assert "异议处理中" in words(client.get("/lists/serious").data)
    assert "异议处理中" not in words(client.get("/lists/infringers").data)
    assert client.get("/lists/serious.json").get_json()["items"][0]["objection_since"] == "2026-03-02"
    assert "异议处理中" in client.get("/lists/serious.atom").get_data(as_text=True)
    assert "异议处理中" in words(client.get(f"/companies/{CODE}").data)
    assert "异议处理中" in client.post("/check", data={"companies": CODE, "format": "csv"}).get_data(
        as_text=True
    )


def test_with_its_basis_an_entry_is_gone_from_every_form_at_once(
    client: FlaskClient, session: Session, lists: dict[ListKind, Entry], bases: list[Decision],
    people: tuple[Account, Account],
) -> None:  # fmt: skip
    for one in bases:
        withdraw(session, one, reason="复议决定撤销了原处罚决定", actor=people[1], now=NOW)
    session.commit()
    for kind in KINDS[:2]:
        for form in ("", ".json", ".csv", ".atom"):
            assert CODE.encode() not in client.get(f"/lists/{kind}{form}").data
        assert load_workbook(io.BytesIO(client.get(f"/lists/{kind}.xlsx").data)).worksheets[0].max_row == 1
    assert client.get(f"/companies/{CODE}").status_code == 404
    checked = client.post("/check", data={"companies": CODE, "format": "csv"}).get_data(as_text=True)
    assert "not_listed" in checked
    assert NAME not in checked


def test_words_find_names_and_codes(client: FlaskClient, lists: dict[ListKind, Entry]) -> None:
    assert NAME in words(client.get("/lists/serious?q=示例").data)
    assert NAME in words(client.get(f"/lists/serious?q={CODE.lower()}").data)
    assert NAME not in words(client.get("/lists/serious?q=%25").data)
    assert client.get("/lists/blacklist").status_code == 404


@pytest.mark.parametrize(
    ("question", "is_found"),
    [
        ("護航 商貿", True),
        ("ＨＵＨＡＮＧ", True),
        ("拼音:hhslsm", True),
        ("当事人:示例 NOT 百货", True),
        ("违法事实:多次侵权", True),
        ("公示日期:2026-03", True),
        ("日期<2026-01", False),
        ("示例 商贸 罚款", False),
    ],
)
def test_a_list_is_asked_in_the_language_of_decisions(
    client: FlaskClient, lists: dict[ListKind, Entry], question: str, is_found: bool
) -> None:
    for ending in ("", ".json", ".csv", ".atom"):
        answer = client.get(f"/lists/serious{ending}", query_string={"q": question})
        assert (CODE in answer.get_data(as_text=True) or NAME in answer.get_data(as_text=True)) is is_found


def test_a_question_that_no_list_can_be_asked(client: FlaskClient, lists: dict[ListKind, Entry]) -> None:
    page = Pages(client).get("/lists/serious?q=示例+AND")
    assert NAME in page.get_text()
    assert page.select_one("mark, .complaint, [role=alert]") is not None
    for path in ("/lists/serious.json", "/lists/serious.csv", "/api/v1/lists/serious"):
        problem = client.get(path, query_string={"q": "示例 AND"})
        assert problem.content_type == "application/problem+json"
        assert (problem.status_code, problem.get_json()["code"]) == (400, "dangling")
    for query in ("colour=red", "size=0", "size=101", "after=x", "after=eA"):
        for path in ("/lists/serious.json", "/api/v1/lists/serious"):
            assert client.get(f"{path}?{query}").status_code == 400, query


def test_a_list_in_pages(
    session: Session, client: FlaskClient, people: tuple[Account, Account], lists: dict[ListKind, Entry]
) -> None:
    """Five entries of one instant: the last page comes by key, whole and without repeats."""
    maker, decider = people
    for number in range(4):
        entry = operations.propose(
            session, kind=ListKind.COMMENDED, uscc=invented_uscc(20 + number), name=f"守信样品{number}厂",
            reason="连续五年守信", decisions=[], unit=decider.assignments[0].unit, actor=maker, now=NOW,
        )  # fmt: skip
        operations.notify(session, entry, on=dt.date(2026, 2, 10), actor=maker, now=NOW)
        operations.decide(
            session, entry, number=f"测列〔2026〕{number + 2}号", on=TODAY, actor=decider, now=NOW
        )
        operations.publish(session, entry, actor=decider, now=NOW)
    session.commit()
    whole = client.get("/lists/commended.json").get_json()
    assert (whole["total"], len(whole["items"]), whole["next"]) == (5, 5, None)
    seen, address, pages = [], "/api/v1/lists/commended?q=守信&size=2", 0
    while address:
        page = client.get(address).get_json()
        assert page["total"] == 5
        seen, address, pages = seen + [one["id"] for one in page["items"]], page["next"], pages + 1
    assert (sorted(seen), pages) == (sorted(one["id"] for one in whole["items"]), 3)
    first = client.get("/api/v1/lists/commended")
    again = client.get("/api/v1/lists/commended", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("prefix", ["", "/en", "/zh-hant"])
def test_the_house_style(client: FlaskClient, lists: dict[ListKind, Entry], prefix: str) -> None:
    for path in ("", "/serious", "/infringers", "/commended", "/serious?q=无"):
        Pages(client).get(f"{prefix}/lists{path}")
    Pages(client).get(f"{prefix}/companies/{CODE}")
