"""The filing journey: an anonymous report to its receipt, and nothing lost on the way."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from structlog.testing import capture_logs

from app import create_app
from config import Config, Uploads
from models.cases.tables import Case
from models.filings.tables import Draft, Evidence, Filing, HeldCode
from models.kinds import Track
from tests.pages import Pages
from tests.support.cases import Office, an_office
from tests.support.databases import SharedDatabase
from tests.support.filings import FACTS, HTML, JPEG, Walker, codes_on

STEPS = ["", "/kind", "/facts", "/evidence", "/contact", "/check"]
PROGRAM = b"MZ\x90\x00" + b"\x00" * 200
Counter = Callable[[], AbstractContextManager[list[str]]]


@pytest.fixture(autouse=True)
def office(session: Session) -> Office:
    office = an_office(session)
    session.commit()
    return office


@pytest.fixture
def walker(client: FlaskClient) -> Walker:
    return Walker(client)


def _count(session: Session, table: type) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def test_an_anonymous_report_with_a_photo_gets_a_receipt(walker: Walker, session: Session) -> None:
    walker.to_check()
    walker.upload((JPEG, "照片.jpg"))
    sent = walker.submit()
    assert sent.status_code == 303
    filing = session.scalars(select(Filing)).one()
    assert sent.location == f"/receipt/{filing.reference}"
    assert (filing.track, filing.is_anonymous, filing.identity) == (Track.REPORT, True, None)
    assert [file.file_name for file in filing.evidence] == ["照片.jpg"]
    assert session.scalars(select(Case)).one().filing_id == filing.id
    reference, code = codes_on(Pages(walker.client).get(sent.location))
    assert reference == filing.reference
    assert len(code) == 16
    assert _count(session, Draft) == 0


@pytest.mark.parametrize("step", STEPS)
def test_every_page_keeps_the_house_style(walker: Walker, step: str) -> None:
    walker.to_check()
    walker.upload((JPEG, "照片.jpg"))
    Pages(walker.client).get("/file" + step)


@pytest.mark.parametrize("step", ["", "/refund", "/kind", "/facts", "/contact"])
def test_an_empty_answer_is_told_beside_the_field(walker: Walker, step: str) -> None:
    walker.to_check()
    nothing = dict.fromkeys(["situation", "right_type", "how", *FACTS], "")
    soup = Pages(walker.client).post("/file" + step, nothing)
    assert soup.select(".problems a[href^='#']")
    assert soup.select(".field__error")


def test_a_step_out_of_turn_leads_to_the_first_that_is_missing(walker: Walker) -> None:
    assert walker.client.get("/file/check").location == "/file"
    walker.send("", situation="report")
    assert walker.client.get("/file/check").location == "/file/kind"
    assert walker.client.post("/file/facts", data=FACTS).location == "/file/kind"


def test_answers_come_back_when_one_goes_back(walker: Walker) -> None:
    walker.to_check(how="named", name="测试甲某某", phone="13800001234", email="")
    facts = walker.client.get("/file/facts").text
    contact = walker.client.get("/file/contact").text
    assert FACTS["facts"] in facts
    assert FACTS["respondent_name"] in facts
    assert "测试甲某某" in contact
    assert "13800001234" in contact


def test_a_wrong_answer_keeps_what_was_typed(walker: Walker) -> None:
    walker.to_check(how="named", name="", phone="电话", email="a@b")
    page = walker.client.post(
        "/file/contact", data={"how": "named", "name": "", "phone": "电话甲", "email": "不是邮箱"}
    )
    assert page.status_code == 422
    assert "电话甲" in page.text
    assert "不是邮箱" in page.text


def test_from_the_check_one_answer_is_changed_and_the_check_comes_back(walker: Walker) -> None:
    walker.to_check()
    changed = walker.client.post("/file/facts?then=check", data={**FACTS, "facts": "改过的事实经过。"})
    assert changed.location == "/file/check"
    assert "改过的事实经过。" in walker.client.get("/file/check").text


def test_refused_files_are_told_by_name_and_the_others_are_kept(walker: Walker, session: Session) -> None:
    walker.to_check()
    page = walker.upload(
        (JPEG, "一.jpg"), (HTML, "网页.html"), (PROGRAM, "照片.jpg"), (JPEG, "二.jpg"), act="continue"
    )
    assert page.status_code == 422
    assert "网页.html" in page.text
    assert "程序文件" in page.text
    session.expire_all()
    kept = session.scalars(select(Evidence.file_name).order_by(Evidence.id)).all()
    assert kept == ["一.jpg", "二.jpg"]
    assert FACTS["facts"] in walker.client.get("/file/facts").text
    walker.submit()
    assert len(session.scalars(select(Filing)).one().evidence) == 2


def test_a_file_over_the_limit_is_refused_by_name(
    config: Config, database: SharedDatabase, session: Session
) -> None:
    tight = create_app(
        replace(config, uploads=Uploads(file_bytes=1000, filing_bytes=1500, files=20)), database
    )
    tight.config["WTF_CSRF_ENABLED"] = False
    walker = Walker(tight.test_client())
    walker.to_check()
    page = walker.upload((JPEG + b"\x00" * 1000, "大照片.jpg"), (JPEG, "小照片.jpg"))
    assert page.status_code == 422
    assert "大照片.jpg" in page.text
    assert session.scalars(select(Evidence.file_name)).all() == ["小照片.jpg"]
    too_much = walker.upload(*((JPEG + b"\x00" * 700, f"{number}.jpg") for number in range(2)))
    assert "合计不能超过" in too_much.text


def test_the_twenty_first_file_is_refused(walker: Walker, session: Session) -> None:
    walker.to_check()
    page = walker.upload(*((JPEG, f"{number}.jpg") for number in range(21)))
    assert page.status_code == 422
    assert "最多可以上传 20 个文件" in page.text
    assert _count(session, Evidence) == 20


def test_a_file_is_taken_off_by_the_one_who_attached_it_only(
    app: Flask, walker: Walker, session: Session
) -> None:
    walker.to_check()
    walker.upload((JPEG, "一.jpg"))
    file = session.scalars(select(Evidence)).one()
    stranger = Walker(app.test_client())
    stranger.to_check()
    assert stranger.client.post(f"/file/evidence/{file.id}/remove").status_code == 404
    assert walker.client.post(f"/file/evidence/{file.id}/remove").status_code == 303
    assert _count(session, Evidence) == 0


def test_sent_twice_it_is_one_filing_and_one_receipt(walker: Walker, session: Session) -> None:
    walker.to_check()
    token = walker.token()
    first = walker.send("check", token=token)
    second = walker.send("check", token=token)
    assert first.location == second.location
    assert _count(session, Filing) == _count(session, Case) == 1
    reference, code = codes_on(Pages(walker.client).get(second.location))
    assert reference
    assert code


def test_a_page_of_an_older_draft_sends_nothing(walker: Walker, session: Session) -> None:
    walker.to_check()
    token = walker.token()
    walker.client.post("/file/restart")
    walker.to_check()
    assert walker.send("check", token=token).location == "/file/check"
    assert _count(session, Filing) == 0


def test_starting_over_forgets_answers_and_files(walker: Walker, session: Session) -> None:
    walker.to_check()
    walker.upload((JPEG, "一.jpg"))
    walker.client.post("/file/restart")
    assert _count(session, Draft) == _count(session, Evidence) == 0


def test_a_program_that_fills_in_everything_is_asked_again(walker: Walker, session: Session) -> None:
    walker.to_check()
    page = walker.send("check", token=walker.token(), website="https://spam.example")
    assert page.status_code == 422
    assert _count(session, Filing) == 0


def test_a_complaint_is_never_anonymous(walker: Walker, session: Session) -> None:
    assert walker.send("", situation="refund").location == "/file/refund"
    Pages(walker.client).get("/file/refund")
    walker.send("refund", situation="complaint")
    walker.send("kind", right_type="trademark")
    walker.send("facts", **FACTS)
    assert walker.send("contact", how="anonymous").status_code == 422
    assert walker.send("contact", name="测试甲某某", phone="13800001234").status_code == 422
    whole = {"name": "测试甲某某", "phone": "13800001234", "address": "演示路 987 号"}
    assert walker.send("contact", **whole).status_code == 303
    walker.submit()
    filing = session.scalars(select(Filing)).one()
    assert (filing.track, filing.is_anonymous) == (Track.COMPLAINT, False)
    assert filing.identity is not None


def test_a_report_that_becomes_a_complaint_asks_who_it_is(walker: Walker) -> None:
    walker.to_check()
    walker.send("refund", situation="complaint")
    assert walker.client.get("/file/check").location == "/file/contact"
    whole = {"name": "测试甲某某", "phone": "13800001234", "address": "演示路 987 号"}
    assert walker.send("contact", **whole).location == "/file/check"


def test_a_complaint_says_what_is_wanted_and_of_whom(walker: Walker) -> None:
    walker.send("refund", situation="complaint")
    walker.send("kind", right_type="trademark")
    soup = Pages(walker.client).post("/file/facts", {**FACTS, "request": "", "respondent_address": ""})
    assert {link["href"] for link in soup.select(".problems a")} == {"#request", "#respondent_address"}
    online = {**FACTS, "respondent_address": "", "platform_link": "https://shop.example/1"}
    assert walker.send("facts", **online).status_code == 303


def test_what_an_anonymous_filer_typed_before_is_not_kept(walker: Walker) -> None:
    walker.to_check(how="named", name="测试甲某某", phone="13800001234", email="")
    walker.send("contact", how="anonymous", name="测试甲某某", phone="13800001234")
    assert "测试甲某某" not in walker.client.get("/file/contact").text


def test_a_request_that_is_too_large_loses_nothing(
    config: Config, database: SharedDatabase, session: Session
) -> None:
    tight = create_app(config, database)
    tight.config.update(WTF_CSRF_ENABLED=False, MAX_CONTENT_LENGTH=10_000)
    walker = Walker(tight.test_client())
    walker.to_check()
    walker.upload((JPEG, "一.jpg"))
    assert walker.upload((JPEG + b"\x00" * 20_000, "二.jpg")).location == "/file/evidence"
    assert "内容太大" in walker.client.get("/file/evidence").text
    assert walker.send("facts", **{**FACTS, "facts": "长" * 20_000}).location == "/file/facts"
    assert FACTS["facts"] in walker.client.get("/file/facts").text
    assert _count(session, Evidence) == 1


def test_another_authority_is_named_before_the_facts_are_asked(walker: Walker) -> None:
    walker.send("", situation="report")
    walker.send("kind", right_type="copyright")
    assert walker.client.get("/file/facts").location == "/file/competent"
    assert "平顶山市文化广电和旅游局（版权）" in walker.client.get("/file/competent").text


def test_what_a_draft_says_is_sealed(walker: Walker, session: Session) -> None:
    walker.to_check(how="named", name="测试甲某某", phone="13800001234", email="")
    draft = session.scalars(select(Draft)).one()
    assert b"13800001234" not in draft.ciphertext
    assert "测试甲某某".encode() not in draft.ciphertext


def test_the_log_names_nobody_and_nothing_that_was_filed(walker: Walker) -> None:
    with capture_logs() as events:
        walker.to_check(how="named", name="测试甲某某", phone="13800001234", email="")
        walker.upload((JPEG, "照片甲.jpg"))
        address = walker.submit().location
        reference, code = codes_on(Pages(walker.client).get(address))
        walker.client.post("/track", data={"reference": reference, "code": code})
    assert "/file/contact" in [event.get("route") for event in events]
    secrets = ["测试甲某某", "13800001234", "照片甲", FACTS["respondent_name"], reference, code]
    assert not [secret for secret in secrets if secret in str(events)]


def test_the_receipt_is_for_the_one_who_filed(app: Flask, walker: Walker, session: Session) -> None:
    walker.to_check()
    address = walker.submit().location
    stranger = app.test_client()
    theirs, nobodys = stranger.get(address), stranger.get("/receipt/K7QM2XHD")
    assert theirs.status_code == nobodys.status_code == 404
    assert _plain(theirs.text, address) == _plain(nobodys.text, "/receipt/K7QM2XHD")


def _plain(page: str, address: str) -> str:
    """The page without what differs on every request: nonces, and its own address in the language links."""
    return re.sub(r'nonce="[^"]+"', "", page).replace(address, "")


def test_a_noted_code_is_shown_no_more(walker: Walker, session: Session) -> None:
    walker.to_check()
    address = walker.submit().location
    reference, code = codes_on(Pages(walker.client).get(address))
    assert walker.client.post(f"{address}/noted").location == address
    assert codes_on(Pages(walker.client).get(address)) == (reference, "")
    assert _count(session, HeldCode) == 0
    assert walker.client.post("/track", data={"reference": reference, "code": code}).status_code == 303


def test_after_an_hour_the_receipt_is_closed(walker: Walker) -> None:
    walker.to_check()
    address = walker.submit().location
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(minutes=61)):
        assert walker.client.get(address).status_code == 404


@pytest.mark.parametrize("step", [*STEPS, "receipt"])
def test_a_page_asks_the_database_little(walker: Walker, count_queries: Counter, step: str) -> None:
    walker.to_check()
    walker.upload(*((JPEG, f"{number}.jpg") for number in range(8)))
    path = walker.submit().location if step == "receipt" else f"/file{step}"
    with count_queries() as statements:
        assert walker.client.get(path).status_code == 200
    assert len(statements) <= 12, statements


def test_the_store_holds_what_was_sent(walker: Walker, session: Session, tmp_path: Path) -> None:
    walker.to_check()
    walker.upload((JPEG, "一.jpg"))
    file = session.scalars(select(Evidence)).one()
    stored = tmp_path / "data" / "files" / file.store_key[:2] / file.store_key
    assert stored.read_bytes() == JPEG
    assert (file.size, file.media_type) == (len(JPEG), "image/jpeg")
