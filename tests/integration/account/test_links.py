"""Three hundred links in one filing: each is told by its row, the good ones go, staff see them by shop."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import openpyxl
import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.cases.tables import Case
from models.cases.terms import Act, Outcome, State
from models.commerce.operations import drop_unsent_links
from models.commerce.tables import FilingLink
from models.commerce.terms import Verdict
from models.filings.tables import Filing
from models.holders.operations import claim_organisation, confirm_member, membership_of
from models.people.tables import Account
from tests.factories import AccountFactory
from tests.pages import Pages
from tests.support.cases import OPENED, Office, an_office
from tests.support.filings import FACTS, Walker
from tests.support.holders import a_holder
from tests.support.visitors import sign_in

Counter = Callable[[], AbstractContextManager[list[str]]]


@pytest.fixture(autouse=True)
def _at_opening() -> Iterator[None]:
    with time_machine.travel(OPENED, tick=False):
        yield


@pytest.fixture
def office(session: Session) -> Office:
    return an_office(session)


@pytest.fixture
def holder(session: Session, office: Office) -> Account:
    return a_holder(session, office.intake, now=OPENED)


def _item(number: int) -> str:
    return f"https://item.taobao.com/item.htm?spm=a230r&id={610_000_000_000 + number}"


def _client(app: Flask, session: Session, account: Account) -> FlaskClient:
    session.commit()
    return sign_in(app.test_client(), account)


def _to_links(client: FlaskClient) -> Walker:
    walker = Walker(client, "/account/file")
    walker.send("", right_type="trademark")
    walker.send("facts", **{**FACTS, "respondent_uscc": "", "has_links": "y"})
    return walker


def _file(client: FlaskClient, lines: list[str], **more: str) -> Walker:
    walker = _to_links(client)
    walker.send("links", links="\n".join(lines), act="add", **more)
    walker.send("links", act="continue", **more)
    walker.send("contact", name="测试乙", phone="13800001234", email="")
    walker.submit()
    return walker


def _verdicts(session: Session) -> dict[Verdict, int]:
    rows = session.scalars(select(FilingLink.verdict).where(FilingLink.submission_token.is_not(None))).all()
    return {verdict: rows.count(verdict) for verdict in Verdict}


def _close(session: Session, filing: Filing) -> None:
    case = session.scalars(select(Case).where(Case.filing_id == filing.id)).one()
    case.state, case.outcome, case.reasons = State.CLOSED, next(iter(Outcome)), "已处理"
    case.accepted_at = case.answered_at = case.closed_at = OPENED
    case.last_act = Act.CLOSE
    session.commit()


def test_three_hundred_links_each_told_by_its_row(
    app: Flask, session: Session, office: Office, holder: Account, count_queries: Counter
) -> None:
    client = _client(app, session, holder)
    _file(client, [_item(number) for number in range(5)])
    decided = session.scalars(select(Filing)).one()
    _close(session, decided)
    lines = [
        *(_item(number) for number in range(5)),  # decided before
        *(_item(number) for number in range(100, 360)),
        *(f"h5.m.taobao.com/awp/core/detail.htm?id={610_000_000_000 + number}" for number in range(100, 115)),
        *(f"没有链接 {number}" for number in range(20)),
    ]
    assert len(lines) == 300
    walker = _to_links(client)
    with count_queries() as statements:
        assert walker.send("links", links="\n".join(lines), act="add").status_code == 303
    assert len(statements) < 40
    assert _verdicts(session) == {
        Verdict.GOOD: 260,
        Verdict.BAD: 20,
        Verdict.TWICE: 15,
        Verdict.FILED: 0,
        Verdict.DECIDED: 5,
    }
    with count_queries() as statements:
        page = Pages(client).get("/account/file/links")
    assert len(statements) <= 12
    assert page.text.count("不是网址，请更正") == 20
    assert page.text.count("以前提交过，已经办结") == 5
    assert decided.shown_reference in page.text
    walker.send("links", act="continue")
    walker.send("contact", name="测试乙", phone="13800001234", email="")
    assert "260 个" in Pages(client).get("/account/file/check").text
    walker.submit()
    filing = session.scalars(select(Filing).where(Filing.id != decided.id)).one()
    sent = session.scalars(select(FilingLink).where(FilingLink.filing_id == filing.id)).all()
    assert len(sent) == filing.data["links"]["count"] == 260
    assert session.scalars(select(FilingLink).where(FilingLink.submission_token.is_not(None))).first() is None
    desk = _client(app, session, office.intake)
    with count_queries() as statements:
        shown = Pages(desk).get(f"/casework/cases/{filing.reference}/links")
    assert len(statements) <= 12
    assert "淘宝" in shown.text
    Pages(desk).get(f"/en/casework/cases/{filing.reference}/links")


def test_what_is_corrected_takes_the_place_of_what_was_wrong(
    app: Flask, session: Session, office: Office, holder: Account
) -> None:
    client = _client(app, session, holder)
    walker = _to_links(client)
    walker.send("links", links=f"{_item(1)}\n写错了", act="add")
    walker.send("links", links=_item(2), act="add")
    rows = session.scalars(select(FilingLink).order_by(FilingLink.place)).all()
    assert [(row.place, row.verdict, row.item) for row in rows] == [
        (1, Verdict.GOOD, "610000000001"),
        (2, Verdict.GOOD, "610000000002"),
    ]
    walker.send("links", remove=str(rows[0].id))
    assert session.scalars(select(FilingLink.item)).all() == ["610000000002"]
    walker.send("links", act="clear")
    assert "还没有可以提交的链接" in Pages(client).post("/account/file/links", {"act": "continue"}).text


def test_what_was_filed_before_goes_again_only_when_its_filer_says_so(
    app: Flask, session: Session, office: Office, holder: Account
) -> None:
    client = _client(app, session, holder)
    _file(client, [_item(1)])
    _file(client, [_item(1), _item(2)])
    _file(client, [_item(1), _item(3)], again="y")
    sent = session.execute(select(FilingLink.filing_id, FilingLink.item, FilingLink.verdict)).all()
    first, second, third = sorted({row[0] for row in sent})
    assert sorted((row[0], row[1][-1], row[2]) for row in sent) == [
        (first, "1", Verdict.GOOD),
        (second, "2", Verdict.GOOD),
        (third, "1", Verdict.FILED),
        (third, "3", Verdict.GOOD),
    ]


def test_another_holders_links_are_nobodys_business_but_staffs(
    app: Flask, session: Session, office: Office, holder: Account
) -> None:
    _file(_client(app, session, holder), [_item(1)])
    stranger = a_holder(session, office.intake, now=OPENED, name="演示茶杯有限公司")
    _file(_client(app, session, stranger), [_item(1), _item(2)])
    theirs = session.scalars(select(FilingLink).order_by(FilingLink.id)).all()
    assert [row.verdict for row in theirs] == [Verdict.GOOD] * 3
    first, second = session.scalars(select(Filing).order_by(Filing.id)).all()
    path = f"/casework/cases/{second.reference}/links"
    assert first.shown_reference in Pages(_client(app, session, office.intake)).get(path).text
    assert _client(app, session, office.county_handler).get(path).status_code == 404


def test_a_spreadsheet_tells_when_a_page_was_recorded(
    app: Flask, session: Session, office: Office, holder: Account
) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["备注", "链接", "取证时间", "截图文件名"])
    book.active.append(["杯", _item(1), "2026-11-19 10:30", "截图1.png"])
    content = io.BytesIO()
    book.save(content)
    client = _client(app, session, holder)
    walker = _to_links(client)
    walker.send("links", act="add", file=(io.BytesIO(content.getvalue()), "链接.xlsx"))
    row = session.scalars(select(FilingLink)).one()
    assert (row.item, row.screenshot, row.remark) == ("610000000001", "截图1.png", "杯")
    assert row.captured_at is not None
    assert row.captured_at.isoformat() == "2026-11-19T02:30:00+00:00"
    walker.send("links", act="add", file=(io.BytesIO(f"链接\r\n{_item(2)}\r\n".encode("gb18030")), "a.csv"))
    assert session.scalars(select(FilingLink.item).order_by(FilingLink.place)).all()[1:] == ["610000000002"]
    spoiled = client.post(
        "/account/file/links", data={"act": "add", "file": (io.BytesIO(b"PK\x03\x04no"), "b.xlsx")}
    )
    assert spoiled.status_code == 422


def test_three_hundred_and_one_are_too_many(
    app: Flask, session: Session, office: Office, holder: Account
) -> None:
    client = _client(app, session, holder)
    _to_links(client)
    page = Pages(client).post(
        "/account/file/links", {"act": "add", "links": "\n".join(_item(number) for number in range(301))}
    )
    assert "最多 300 个" in page.text
    assert session.scalars(select(FilingLink)).first() is None


def test_rows_of_a_draft_that_ended_are_forgotten(
    app: Flask, session: Session, office: Office, holder: Account
) -> None:
    client = _client(app, session, holder)
    walker = _to_links(client)
    walker.send("links", links=_item(1), act="add")
    assert drop_unsent_links(session, OPENED) == 0
    client.post("/account/file/restart")
    assert drop_unsent_links(session, OPENED) == 1


def test_the_dashboard_is_the_organisations_and_can_be_narrowed(
    app: Flask, session: Session, office: Office, holder: Account, count_queries: Counter
) -> None:
    client = _client(app, session, holder)
    _file(client, [_item(1)])
    filing = session.scalars(select(Filing)).one()
    mine = membership_of(session, holder)
    assert mine is not None
    colleague = AccountFactory(confirmed_at=OPENED)
    claim = claim_organisation(session, account=colleague, name="甲", uscc=mine.organisation.uscc, now=OPENED)
    theirs = _client(app, session, colleague)
    assert filing.shown_reference not in Pages(theirs).get("/account/").text
    confirm_member(session, membership=claim, actor=holder, now=OPENED)
    session.commit()
    with count_queries() as statements:
        page = Pages(theirs).get("/account/")
    assert len(statements) <= 12
    row = page.select_one("tbody tr")
    assert row is not None
    assert filing.shown_reference in row.text
    assert "侵权证据" in row.text
    for narrowed, is_there in (
        ("?show=open", True),
        ("?show=ended", False),
        ("?show=late", False),
        (f"?q={filing.shown_reference}", True),
        (f"?q={FACTS['respondent_name'][:3]}", True),
        ("?q=没有这样的店", False),
        ("?show=nonsense&before=999999999999999999999", True),
    ):
        assert (filing.shown_reference in Pages(theirs).get("/en/account/" + narrowed).text) is is_there


@pytest.mark.parametrize("number", ["²", "9" * 30, "-1", "一", "0"])
def test_a_row_that_cannot_be_is_removed_by_nobody(
    app: Flask, session: Session, office: Office, holder: Account, number: str
) -> None:
    walker = _to_links(_client(app, session, holder))
    walker.send("links", links=_item(1), act="add")
    assert walker.send("links", remove=number).status_code == 303
    assert _verdicts(session)[Verdict.GOOD] == 1
