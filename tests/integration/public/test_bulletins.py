"""Typical cases and notices: from a draft to the page, and off it again, also with the decision behind it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from background.handlers import HANDLERS
from background.worker import Worker
from models.bulletins.kinds import BulletinKind, BulletinState, BulletinText
from models.bulletins.operations import amend, draft, publish, send_back, submit, withdraw
from models.bulletins.tables import Bulletin
from models.decisions.publication import withdraw as withdraw_decision
from models.decisions.tables import Decision
from models.errors import ActRefused, Invalid
from models.filings.examination import EXAMINE
from models.ledger.queries import verify
from models.people.roles import Role
from models.people.tables import Account
from shared.database import database
from tests.factories import NOW, StaffFactory
from tests.pages import Pages
from tests.support.documents import a_pdf, a_photo
from tests.support.published import published
from tests.support.visitors import sign_in

CASE = BulletinText(
    "假冒专利案", "标注失效专利号，处罚款。", "案情经过。\n处理结果。", "权利到期即更换包装。"
)
ENGLISH = BulletinText("Passing off", "A lapsed patent was marked.", "What happened.", "Why it matters.")
NOTHING = BulletinText("", "", "")


@pytest.fixture(autouse=True)
def _in_march_2026() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def reviewer(session: Session) -> Account:
    made: Account = StaffFactory(role=Role.REVIEWER)
    return made


@pytest.fixture
def writer(session: Session, reviewer: Account) -> Account:
    made: Account = StaffFactory(role=Role.PUBLISHER, unit=reviewer.assignments[0].unit)
    return made


@pytest.fixture
def decision(session: Session, reviewer: Account) -> Decision:
    return published(session, reviewer.assignments[0].unit, reviewer)


def written(session: Session, writer: Account, numbers: list[str], **changes: Any) -> Bulletin:
    given: dict[str, Any] = {
        "kind": BulletinKind.TYPICAL_CASE,
        "chinese": CASE,
        "english": NOTHING,
        "decision_numbers": numbers,
        "unit": writer.assignments[0].unit,
        "actor": writer,
        "now": NOW,
    }
    return draft(session, **(given | changes))


@pytest.fixture
def case(session: Session, writer: Account, reviewer: Account, decision: Decision) -> Bulletin:
    made = written(session, writer, [decision.document_number], english=ENGLISH)
    submit(session, made, actor=writer, now=NOW)
    publish(session, made, actor=reviewer, now=NOW)
    session.commit()
    return made


class TestReading:
    def test_a_case_is_listed_and_leads_to_its_decision(
        self, client: FlaskClient, case: Bulletin, decision: Decision
    ) -> None:
        assert "假冒专利案" in client.get("/cases").text
        page = client.get(f"/cases/{case.public_id}").text
        assert "权利到期即更换包装。" in page
        assert f"/decisions/{decision.public_id}" in page
        assert "假冒专利案" not in client.get("/notices").text
        assert client.get(f"/notices/{case.public_id}").status_code == 404

    def test_english_readers_get_english_where_there_is_some(
        self, session: Session, client: FlaskClient, case: Bulletin, writer: Account, reviewer: Account
    ) -> None:
        assert "A lapsed patent was marked." in client.get(f"/en/cases/{case.public_id}").text
        notice = written(session, writer, [], kind=BulletinKind.NOTICE)
        submit(session, notice, actor=writer, now=NOW)
        publish(session, notice, actor=reviewer, now=NOW)
        session.commit()
        page = client.get(f"/en/notices/{notice.public_id}").text
        assert "案情经过。" in page
        assert "There is no English version of this one yet" in page

    @pytest.mark.parametrize(
        ("question", "is_found"),
        [
            ("假冒專利", True),
            ("案情經過 NOT 白酒", True),
            ("当事人:护航", True),
            ("公示日期:2026-03", True),
            ("lapsed patent", True),
            ("白酒", False),
        ],
    )
    def test_it_is_found_in_the_language_of_decisions(
        self, client: FlaskClient, case: Bulletin, question: str, is_found: bool
    ) -> None:
        page = Pages(client).get("/cases?" + urlencode({"q": question}))
        assert ("假冒专利案" in page.get_text()) is is_found

    def test_a_question_that_cannot_be_asked_is_explained(self, client: FlaskClient, case: Bulletin) -> None:
        page = Pages(client).get("/en/cases?q=%E4%B8%93%E5%88%A9+AND")
        assert page.select_one("mark") is not None
        assert "Passing off" in page.get_text()
        assert client.get("/warnings.atom?q=%E4%B8%93%E5%88%A9+AND").status_code == 400

    @pytest.mark.parametrize("prefix", ["", "/en", "/zh-hant"])
    def test_the_house_style(self, client: FlaskClient, case: Bulletin, prefix: str) -> None:
        pages = Pages(client)
        for path in ("/cases", "/notices", f"/cases/{case.public_id}"):
            pages.get(prefix + path)

    def test_an_unpublished_one_has_no_address(
        self, session: Session, client: FlaskClient, writer: Account, decision: Decision
    ) -> None:
        made = written(session, writer, [decision.document_number])
        session.commit()
        assert client.get(f"/cases/{made.public_id}").status_code == 404

    def test_pages_lead_to_the_end(
        self, session: Session, client: FlaskClient, writer: Account, reviewer: Account
    ) -> None:
        for number in range(23):
            made = written(
                session,
                writer,
                [],
                kind=BulletinKind.NOTICE,
                chinese=BulletinText(f"公告{number:02}号", "摘要", "正文"),
            )
            submit(session, made, actor=writer, now=NOW)
            publish(session, made, actor=reviewer, now=NOW)
        session.commit()
        first = client.get("/notices").text
        assert "公告22号" in first
        assert "公告02号" not in first
        last = client.get(f"/notices?before={made.id - 19}").text
        assert "公告02号" in last
        assert "公告03号" not in last

    @pytest.mark.parametrize("before", ["9" * 30, "-" + "9" * 30, "x", ""])
    def test_a_place_that_cannot_be_leads_to_the_first_page(
        self, client: FlaskClient, case: Bulletin, before: str
    ) -> None:
        page = client.get(f"/cases?before={before}")
        assert page.status_code == 200
        assert "假冒专利案" in page.text


class TestEnding:
    def test_a_case_goes_with_its_decision(
        self, session: Session, client: FlaskClient, case: Bulletin, decision: Decision, reviewer: Account
    ) -> None:
        withdraw_decision(session, decision, reason="复议决定撤销。", actor=reviewer, now=NOW)
        session.commit()
        gone = client.get(f"/cases/{case.public_id}")
        assert gone.status_code == 410
        for page in (gone.text, client.get("/cases").text, client.get("/en/cases").text):
            assert "假冒专利案" not in page
            assert decision.party_name not in page

    def test_what_is_taken_down_shows_the_reason_only(
        self, session: Session, client: FlaskClient, case: Bulletin, reviewer: Account
    ) -> None:
        withdraw(session, case, reason="内容有误。", actor=reviewer, now=NOW)
        session.commit()
        gone = client.get(f"/cases/{case.public_id}")
        assert gone.status_code == 410
        assert "内容有误。" in gone.text
        assert "假冒专利案" not in gone.text

    def test_the_reason_names_no_party(
        self, session: Session, case: Bulletin, decision: Decision, reviewer: Account
    ) -> None:
        with pytest.raises(Invalid):
            withdraw(session, case, reason=f"{decision.party_name}有异议。", actor=reviewer, now=NOW)
        assert case.state is BulletinState.PUBLISHED


class TestRules:
    def test_two_people(
        self, session: Session, writer: Account, reviewer: Account, decision: Decision
    ) -> None:
        made = written(session, writer, [decision.document_number])
        submit(session, made, actor=writer, now=NOW)
        with pytest.raises(ActRefused):
            publish(session, made, actor=writer, now=NOW)
        send_back(session, made, reason="标题太长。", actor=reviewer, now=NOW)
        content: dict[str, Any] = {"chinese": CASE, "english": NOTHING}
        amend(session, made, **content, decision_numbers=[decision.document_number], actor=reviewer, now=NOW)
        submit(session, made, actor=reviewer, now=NOW)
        with pytest.raises(ActRefused):  # who amended it has become its maker
            publish(session, made, actor=reviewer, now=NOW)
        session.commit()
        assert not list(verify(session))

    def test_a_case_needs_public_decisions_and_a_meaning(
        self, session: Session, writer: Account, decision: Decision
    ) -> None:
        for numbers, text, field in (
            ([], CASE, "decisions"),
            (["测市监处罚〔2026〕999号"], CASE, "decisions"),
            ([decision.document_number], BulletinText("题", "摘要", "正文"), "commentary"),
        ):
            with pytest.raises(Invalid) as refused:
                written(session, writer, numbers, chinese=text)
            assert field in refused.value.errors

    def test_nothing_private_is_published(
        self, session: Session, writer: Account, reviewer: Account, decision: Decision
    ) -> None:
        text = BulletinText("题", "摘要", "电话13912345678。", "意义")
        made = written(session, writer, [decision.document_number], chinese=text)
        submit(session, made, actor=writer, now=NOW)
        with pytest.raises(ActRefused, match="13912345678"):
            publish(session, made, actor=reviewer, now=NOW)


class TestDesk:
    def test_from_draft_to_page_and_down(
        self, app: Flask, session: Session, writer: Account, reviewer: Account, decision: Decision
    ) -> None:
        session.commit()
        desk, review = (sign_in(app.test_client(), one) for one in (writer, reviewer))
        answers = {
            "kind": "typical_case",
            "unit": writer.assignments[0].unit.code,
            "title": "案例一",
            "summary": "摘要一。",
            "body": "正文一。",
            "then": "submit",
        }
        wrong = desk.post("/casework/bulletins/new", data=answers)
        assert wrong.status_code == 422
        assert "摘要一。" in wrong.text
        right = answers | {"commentary": "意义。", "decisions": decision.document_number}
        made = desk.post("/casework/bulletins/new", data=right)
        assert made.status_code == 303
        page = made.headers["Location"]
        assert review.post(f"{page}/return", data={"reason": "改标题。"}).status_code == 303
        assert "改标题。" in desk.get(f"{page}/edit").text
        again = right | {"title": "案例二"}
        assert desk.post(f"{page}/edit", data=again).status_code == 303
        assert desk.post(f"{page}/publish").status_code == 403
        assert review.post(f"{page}/publish").status_code == 303
        assert "案例二" in app.test_client().get("/cases").text
        assert review.post(f"{page}/withdraw", data={"reason": ""}).status_code == 422
        assert review.post(f"{page}/withdraw", data={"reason": "重复。"}).status_code == 303
        assert "案例二" not in app.test_client().get("/cases").text

    def test_the_house_style(
        self, app: Flask, session: Session, case: Bulletin, writer: Account, reviewer: Account
    ) -> None:
        pages = Pages(sign_in(app.test_client(), writer))
        for path in ("", "?state=published", f"/{case.id}", "/new"):
            pages.get(f"/casework/bulletins{path}")
            pages.get(f"/en/casework/bulletins{path}")


def test_a_picture_is_shown_as_its_copy_once_it_was_examined(
    app: Flask, client: FlaskClient, session: Session, writer: Account, reviewer: Account, decision: Decision
) -> None:
    bulletin = written(session, writer, [decision.document_number])
    session.commit()
    desk, page = f"/casework/bulletins/{bulletin.id}", f"/cases/{bulletin.public_id}"
    writing = sign_in(app.test_client(), writer)
    told = {"words": "标注失效专利号的水杯", "files": (io.BytesIO(a_photo()), "水杯.jpg")}
    assert writing.post(f"{desk}/pictures", data={"words": told["words"]}).status_code == 422
    assert writing.post(f"{desk}/pictures", data=told).status_code == 303
    paper = {"words": "不是图片", "files": (io.BytesIO(a_pdf()), "a.pdf")}
    assert "这个文件不是图片" in Pages(writing).post(f"{desk}/pictures", paper, status=422).text
    session.refresh(bulletin)
    (picture,) = bulletin.pictures
    submit(session, bulletin, actor=writer, now=NOW)
    with pytest.raises(ActRefused, match="副本"):
        publish(session, bulletin, actor=reviewer, now=NOW)
    session.commit()
    with app.app_context():
        Worker(database(), {EXAMINE: HANDLERS[EXAMINE]}).run(until_idle=True)
    session.expire_all()
    address = f"{page}/pictures/{picture.id}"
    assert client.get(address).status_code == 404, "not public yet"
    publish(session, bulletin, actor=reviewer, now=NOW)
    session.commit()
    image = Pages(client).get(page).select_one("figure img")
    assert (image["alt"], image["src"]) == ("标注失效专利号的水杯", address)
    with client.get(address) as shown:
        assert (shown.status_code, shown.content_type.split("/")[0]) == (200, "image")
        assert b"Exif" not in shown.data
    withdraw_decision(session, decision, reason="复议决定撤销了原处罚决定", actor=reviewer, now=NOW)
    session.commit()
    assert client.get(address).status_code == 410
