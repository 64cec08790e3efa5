"""公示管理 in the browser's eyes: enter, review, return, approve, publish, withdraw; who may do what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.decisions.operations import enter, submit_for_review
from models.decisions.publication import publish
from models.decisions.states import State
from models.decisions.tables import Decision
from models.people.actors import WORKER
from models.people.roles import Role
from models.people.tables import Account, Unit
from tests.factories import NOW, StaffFactory, UnitFactory
from tests.pages import Pages
from tests.support.decisions import a_content, invented_uscc
from tests.support.visitors import sign_in


@pytest.fixture(autouse=True)
def _in_march_2026() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def unit(session: Session) -> Unit:
    made: Unit = UnitFactory(code="desk")
    return made


@pytest.fixture
def maker(session: Session, unit: Unit) -> Account:
    made: Account = StaffFactory(role=Role.PUBLISHER, unit=unit, display_name="公示员甲")
    session.commit()
    return made


@pytest.fixture
def reviewer(session: Session, unit: Unit) -> Account:
    made: Account = StaffFactory(role=Role.REVIEWER, unit=unit, display_name="审核员乙")
    session.commit()
    return made


@pytest.fixture
def waiting(session: Session, unit: Unit, maker: Account) -> Decision:
    decision = enter(session, content=a_content(), unit=unit, actor=maker, now=NOW)
    submit_for_review(session, decision, actor=maker, now=NOW)
    session.commit()
    return decision


def visit(app: Flask, account: Account) -> FlaskClient:
    return sign_in(app.test_client(), account)


def typed(**changes: Any) -> dict[str, Any]:
    """What a publisher types."""
    good = {
        "unit": "desk",
        "document_number": "测市监处罚〔2026〕009号",
        "authority_name": "测试市市场监督管理局",
        "decided_on": "2026-02-26",
        "party_kind": "organisation",
        "party_name": "护航示例商贸有限公司",
        "uscc": invented_uscc(1).lower(),
        "cause_name": "侵犯注册商标专用权（同一种商品上使用相同商标）",
        "penalty_kinds": ["罚款", "没收非法财物"],
        "fine_yuan": "12,345.50",
        "facts": "当事人在店内销售侵犯注册商标专用权的白酒。",
        "basis": "《中华人民共和国商标法》第六十条第二款",
        "penalty": "没收白酒12瓶；罚款12345.50元。",
        "then": "submit",
    }
    return {**good, **changes}


def one(session: Session) -> Decision:
    session.expire_all()
    return session.scalars(select(Decision)).one()


def text_of(page: bytes) -> str:
    return " ".join(BeautifulSoup(page, "html.parser").get_text(" ").split())


def test_from_entry_to_the_public_page_and_off_it_again(
    app: Flask, session: Session, client: FlaskClient, maker: Account, reviewer: Account
) -> None:
    entering, reviewing = visit(app, maker), visit(app, reviewer)
    saved = entering.post("/casework/decisions/new", data=typed())
    assert saved.status_code == 303, text_of(saved.data)
    decision = one(session)
    assert (decision.state, decision.fine_fen, decision.maker_id) == (State.IN_REVIEW, 1_234_550, maker.id)
    page = f"/casework/decisions/{decision.id}"
    assert "侵犯注册商标专用权的白酒" in text_of(reviewing.get(page).data)
    assert reviewing.post(f"{page}/approve", data={"revision": "1"}).status_code == 303
    assert one(session).state is State.APPROVED
    publish(session, one(session), actor=WORKER, now=NOW)
    session.commit()
    assert client.get(f"/decisions/{decision.public_id}").status_code == 200
    assert entering.post(f"{page}/withdraw", data={"reason": "复议决定撤销了原处罚决定"}).status_code == 303
    assert client.get(f"/decisions/{decision.public_id}").status_code == 410


def test_a_draft_waits_until_it_is_submitted(app: Flask, session: Session, maker: Account) -> None:
    entering = visit(app, maker)
    entering.post("/casework/decisions/new", data=typed(then="keep"))
    decision = one(session)
    assert decision.state is State.DRAFT
    entering.post(f"/casework/decisions/{decision.id}/submit")
    assert one(session).state is State.IN_REVIEW


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"document_number": ""}, "请填写决定书文号"),
        ({"uscc": "914104000000000000"}, "校验位不对"),
        ({"uscc": ""}, "必须填写统一社会信用代码"),
        ({"decided_on": "2026-03-09"}, "不能晚于今天"),
        ({"penalty_kinds": []}, "请至少选择一个处罚种类"),
        ({"fine_yuan": "-5"}, "不能是负数"),
        ({"fine_yuan": "1.234"}, "最多两位小数"),
        ({"fine_yuan": "很多"}, "请填写金额"),
        ({"cause_name": "闹着玩"}, "请从所列的选项中选择"),
        ({"facts": "长" * 20_001}, "请删去"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    app: Flask, session: Session, maker: Account, changes: dict[str, Any], words: str
) -> None:
    answer = visit(app, maker).post("/casework/decisions/new", data=typed(**changes))
    assert answer.status_code == 422
    page = text_of(answer.data)
    assert words in page
    assert "没收白酒12瓶" in page
    assert session.scalars(select(Decision)).all() == []


def test_a_number_that_is_there_already_is_told_at_its_field(
    app: Flask, waiting: Decision, maker: Account
) -> None:
    answer = visit(app, maker).post(
        "/casework/decisions/new", data=typed(document_number="测市监处罚[2026]001号")
    )
    assert answer.status_code == 422
    assert "已经录入过" in text_of(answer.data)
    assert f'href="/casework/decisions/{waiting.id}"' in answer.text


def test_a_decision_out_of_reach_is_not_shown_the_way_to(
    app: Flask, session: Session, waiting: Decision, maker: Account
) -> None:
    waiting.unit = UnitFactory(code="elsewhere")
    session.commit()
    asked = typed(document_number=waiting.document_number)
    answer = visit(app, maker).post("/casework/decisions/new", data=asked)
    assert answer.status_code == 422
    assert "已经录入过" in text_of(answer.data)
    assert f"/casework/decisions/{waiting.id}" not in answer.text


def test_a_served_text_with_a_number_that_is_there_already_leads_to_it(
    app: Flask, waiting: Decision, maker: Account
) -> None:
    text = f"{waiting.authority_name}\n行政处罚决定书\n{waiting.document_number}\n当事人：测试商行\n"
    answer = visit(app, maker).post("/casework/decisions/new/from-text", data={"text": text})
    assert answer.status_code == 200
    assert "这个文号已经录入过" in text_of(answer.data)
    assert f'href="/casework/decisions/{waiting.id}"' in answer.text


def test_numbers_of_persons_are_shown_and_block(
    app: Flask, session: Session, maker: Account, reviewer: Account
) -> None:
    visit(app, maker).post("/casework/decisions/new", data=typed(facts="当事人电话13800138000，售假。"))
    decision = one(session)
    page = BeautifulSoup(visit(app, reviewer).get(f"/casework/decisions/{decision.id}").data, "html.parser")
    assert [mark.get_text() for mark in page.select("mark")] == ["13800138000"]
    assert page.select_one("form[action$='/approve']") is None
    forced = visit(app, reviewer).post(f"/casework/decisions/{decision.id}/approve", data={"revision": "1"})
    assert forced.status_code == 409
    assert one(session).state is State.IN_REVIEW


def test_it_goes_back_with_a_reason_and_comes_again(
    app: Flask, session: Session, waiting: Decision, maker: Account, reviewer: Account
) -> None:
    page, reviewing = f"/casework/decisions/{waiting.id}", visit(app, reviewer)
    assert reviewing.post(f"{page}/return", data={"reason": ""}).status_code == 422
    reviewing.post(f"{page}/return", data={"reason": "金额与正文不符"})
    entering = visit(app, maker)
    assert "金额与正文不符" in text_of(entering.get(f"{page}/edit").data)
    entering.post(f"{page}/edit", data=typed(document_number="测市监处罚〔2026〕001号", fine_yuan="2000"))
    decision = one(session)
    assert (decision.state, decision.revision, decision.fine_fen) == (State.IN_REVIEW, 2, 200_000)
    assert reviewing.post(f"{page}/approve", data={"revision": "1"}).status_code == 409
    assert reviewing.post(f"{page}/approve", data={"revision": "2"}).status_code == 303


def test_the_edit_form_holds_what_is_there(app: Flask, waiting: Decision, maker: Account) -> None:
    page = BeautifulSoup(visit(app, maker).get(f"/casework/decisions/{waiting.id}/edit").data, "html.parser")
    number, fine = page.select_one("#document_number"), page.select_one("#fine_yuan")
    assert number is not None
    assert fine is not None
    assert (number["value"], fine["value"]) == ("测市监处罚〔2026〕001号", "2000.00")


def test_a_reason_that_names_the_party_is_refused(
    app: Flask, session: Session, waiting: Decision, reviewer: Account
) -> None:
    reviewing, page = visit(app, reviewer), f"/casework/decisions/{waiting.id}"
    reviewing.post(f"{page}/approve", data={"revision": "1"})
    publish(session, one(session), actor=WORKER, now=NOW)
    session.commit()
    answer = reviewing.post(f"{page}/withdraw", data={"reason": "护航示例商贸有限公司申请"})
    assert answer.status_code == 422
    assert one(session).state is State.PUBLISHED


@pytest.mark.parametrize("role", [Role.INTAKE, Role.HANDLER, Role.ADMINISTRATOR])
def test_others_stay_outside(app: Flask, waiting: Decision, unit: Unit, session: Session, role: Role) -> None:
    stranger = StaffFactory(role=role, unit=unit)
    session.commit()
    visiting = visit(app, stranger)
    assert visiting.get("/casework/decisions").status_code == 403
    assert visiting.get(f"/casework/decisions/{waiting.id}").status_code == 403


def test_another_unit_does_not_see_it(app: Flask, waiting: Decision, session: Session) -> None:
    stranger = StaffFactory(role=Role.REVIEWER)
    session.commit()
    visiting = visit(app, stranger)
    assert visiting.get(f"/casework/decisions/{waiting.id}").status_code == 404
    assert (
        visiting.post(f"/casework/decisions/{waiting.id}/approve", data={"revision": "1"}).status_code == 404
    )
    assert waiting.document_number not in text_of(visiting.get("/casework/decisions?state=in_review").data)


def test_a_publisher_cannot_approve_and_a_reviewer_cannot_enter(
    app: Flask, waiting: Decision, maker: Account, reviewer: Account
) -> None:
    page = f"/casework/decisions/{waiting.id}"
    assert visit(app, maker).post(f"{page}/approve", data={"revision": "1"}).status_code == 403
    assert visit(app, reviewer).get("/casework/decisions/new").status_code == 403
    assert visit(app, reviewer).post(f"{page}/edit", data=typed()).status_code == 403


def test_lists_by_state_page_by_page(app: Flask, session: Session, unit: Unit, maker: Account) -> None:
    for number in range(65):
        content = a_content(document_number=f"测市监处罚〔2026〕{number:03d}号")
        enter(session, content=content, unit=unit, actor=maker, now=NOW + dt.timedelta(seconds=number // 10))
    session.commit()
    visiting, seen, address = visit(app, maker), list[str](), "/casework/decisions?state=draft"
    while address:
        page = BeautifulSoup(visiting.get(address).data, "html.parser")
        seen += [link.get_text() for link in page.select("tbody a")]
        following = page.select_one("nav.next .button")
        address = str(following["href"]) if following else ""
    assert len(seen) == len(set(seen)) == 65


def test_few_queries_on_list_and_page(
    app: Flask,
    waiting: Decision,
    reviewer: Account,
    count_queries: Callable[[], AbstractContextManager[list[str]]],
) -> None:
    visiting = visit(app, reviewer)
    for path in ("/casework/decisions?state=in_review", f"/casework/decisions/{waiting.id}"):
        with count_queries() as statements:
            assert visiting.get(path).status_code == 200
        assert len(statements) <= 12, statements


def test_the_list_shows_by_when_each_is_to_be_public_in_as_many_queries(
    app: Flask,
    session: Session,
    waiting: Decision,
    unit: Unit,
    maker: Account,
    reviewer: Account,
    count_queries: Callable[[], AbstractContextManager[list[str]]],
) -> None:
    visiting, lengths = visit(app, reviewer), []
    for number in range(3):
        with count_queries() as statements:
            page = BeautifulSoup(visiting.get("/casework/decisions?state=in_review").data, "html.parser")
        lengths.append(len(statements))
        cells = [cell.get_text(" ", strip=True) for cell in page.select("td[data-head='时限']")]
        assert len(cells) == number + 1
        assert all("信用信息“双公示”" in cell and "个工作日" in cell for cell in cells), cells
        content = a_content(document_number=f"测市监处罚〔2026〕11{number}号")
        submit_for_review(
            session,
            enter(session, content=content, unit=unit, actor=maker, now=NOW),
            actor=maker,
            now=NOW,
        )
        session.commit()
    assert lengths[1] == lengths[2]


def test_what_is_public_owes_no_day_any_more(
    app: Flask, session: Session, waiting: Decision, reviewer: Account
) -> None:
    visit(app, reviewer).post(f"/casework/decisions/{waiting.id}/approve", data={"revision": "1"})
    publish(session, one(session), actor=WORKER, now=NOW + dt.timedelta(days=1))
    session.commit()
    page = BeautifulSoup(visit(app, reviewer).get("/casework/decisions?state=published").data, "html.parser")
    assert [cell.get_text(strip=True) for cell in page.select("td[data-head='时限']")] == [""]


@pytest.mark.parametrize("prefix", ["", "/en", "/zh-hant"])
def test_pages_keep_the_house_style(
    app: Flask, waiting: Decision, maker: Account, reviewer: Account, prefix: str
) -> None:
    shown = ("/new", f"/{waiting.id}", f"/{waiting.id}/edit", "", "?state=in_review")
    for path in shown:
        Pages(visit(app, maker)).get(f"{prefix}/casework/decisions{path}")
    Pages(visit(app, reviewer)).get(f"{prefix}/casework/decisions/{waiting.id}")
    Pages(visit(app, maker)).post(f"{prefix}/casework/decisions/new", typed(facts=""))
