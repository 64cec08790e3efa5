"""A letter that came in: registered with its clock, answered, issued by another person, delivered; frozen from then on."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Callable

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from background.papers import print_replies
from background.work import Work
from models.clocks.queries import deadlines_of
from models.clocks.subjects import ref
from models.ledger import LedgerEvent
from models.letters.tables import IncomingLetter
from models.outbox import OutboxRow
from models.people.tables import Account
from models.supervision.recipients import hands_of
from tests.pages import Pages
from tests.support.cases import OPENED, Office
from tests.support.documents import SECRET, a_photo
from tests.support.evidence import examine_queued
from tests.support.papers import confirm_prefix, text_of

Browser = Callable[[Account], FlaskClient]


@pytest.fixture(autouse=True)
def _prefix(session: Session, office: Office) -> None:
    confirm_prefix(session, office.head)
    session.commit()


def _letter(session: Session, office: Office, desk: FlaskClient, **changes: object) -> IncomingLetter:
    data = {
        "sender": office.police.id,
        "unit": office.bureau.id,
        "kind": "assistance",
        "their_number": "平公协〔2026〕3号",
        "received_on": "2026-11-19",
        "words": "请核实演示店的登记情况。",
    }
    made = desk.post("/casework/letters/new", data={**data, **changes})
    assert made.status_code == 303, made.text
    return session.scalars(select(IncomingLetter).order_by(IncomingLetter.id.desc())).first()  # type: ignore[return-value]


def _draft(head: FlaskClient, path: str) -> dict[str, str]:
    """The mark of the draft, as it stands on the page that the head reads."""
    field = Pages(head).get(path).select_one("form[action$='/issue'] input[name=draft]")
    return {"draft": str(field["value"])} if field else {}


def _issue(head: FlaskClient, path: str) -> int:
    return head.post(f"{path}/issue", data=_draft(head, path)).status_code


def test_the_whole_way_of_a_letter(session: Session, office: Office, browser: Browser) -> None:
    desk, head = browser(office.intake), browser(office.head)
    letter = _letter(session, office, desk)
    (clock,) = deadlines_of(session, [letter])[letter.id]
    assert (clock.rule_id, clock.legal_end) == ("assistance_reply", dt.date(2026, 12, 10)), "15 working days"
    assert hands_of(session, [ref(letter)])[ref(letter)].account_id == office.intake.id, "who is reminded"
    assert "平公协〔2026〕3号" in Pages(desk).get("/casework/letters").text
    path = f"/casework/letters/{letter.id}"
    Pages(desk).post(f"{path}/reply", {"words": ""})
    assert desk.post(f"{path}/reply", data={"words": "经查，登记属实。"}).status_code == 303
    assert desk.post(f"{path}/issue").status_code == 403
    assert head.post(f"{path}/send-back", data={"reasons": "写明登记日期"}).status_code == 303
    assert head.post(f"{path}/issue").status_code == 409
    assert "写明登记日期" in Pages(desk).get(path).text
    desk.post(f"{path}/reply", data={"words": "经查，2020年3月1日登记，属实。"})
    assert "批准并签发" in Pages(head).get(path).text
    read = _draft(head, path)
    assert "平公协〔2026〕3号" in Pages(head).get("/casework/papers").text, "among what waits for the head"
    assert "复函待批" in Pages(desk).get("/casework/letters").text
    desk.post(f"{path}/reply", data={"words": "经查，不属实。"})
    assert head.post(f"{path}/issue", data=read).status_code == 409, "not what was read"
    desk.post(f"{path}/reply", data={"words": "经查，2020年3月1日登记，属实。"})
    assert head.post(f"{path}/issue", data=read).status_code == 303
    assert head.post(f"{path}/issue", data=read).status_code == 409, "two clicks are one reply"
    assert "平公协〔2026〕3号" not in Pages(head).get("/casework/papers").text
    session.expire_all()
    assert (letter.document_number, clock.met_at is not None) == ("平市监协复字〔2026〕1号", True)
    told = text_of(desk.post(f"{path}/reply/docx").data)
    assert all(one in told for one in ("平公协〔2026〕3号", "2020年3月1日登记", office.police.name))
    Pages(desk).post(f"{path}/delivery", {"way": "post", "on": "2026-11-01", "proof": "EX1"})
    sent = desk.post(f"{path}/delivery", data={"way": "post", "on": "2026-11-20", "proof": "EX1"})
    assert sent.status_code == 303
    assert "EX1" in Pages(desk).get(path).text


def test_a_letter_is_registered_once_and_not_before_it_came(
    session: Session, office: Office, browser: Browser
) -> None:
    desk = browser(office.intake)
    letter = _letter(session, office, desk, kind="local")
    (clock,) = deadlines_of(session, [letter])[letter.id]
    assert (clock.rule_id, clock.legal_end) == ("local_cooperation", dt.date(2026, 11, 26))
    data = {"sender": office.police.id, "unit": office.bureau.id, "kind": "local", "words": "请协助。"}
    twice = {**data, "their_number": letter.their_number, "received_on": "2026-11-19"}
    assert "已经登记过" in Pages(desk).post("/casework/letters/new", twice).text
    early = {**data, "their_number": "另一号", "received_on": "2026-11-21"}
    assert "不能晚于今天" in Pages(desk).post("/casework/letters/new", early).text
    assert session.scalar(select(func.count(IncomingLetter.id))) == 1


def test_an_answered_letter_never_changes(session: Session, office: Office, browser: Browser) -> None:
    letter = _letter(session, office, browser(office.intake))
    path = f"/casework/letters/{letter.id}"
    browser(office.intake).post(f"{path}/reply", data={"words": "属实。"})
    assert _issue(browser(office.head), path) == 303
    for change in ("reply = 'x'", "docx_sha256 = 'x'", "issued_at = NULL"):
        with pytest.raises(DBAPIError, match="never changes"), session.begin_nested():
            session.execute(text(f"UPDATE incoming_letters SET {change}"))  # noqa: S608 - words of the test


def test_files_of_a_letter_are_examined_and_seen_by_who_answers(
    app: Flask, session: Session, office: Office, browser: Browser
) -> None:
    desk = browser(office.intake)
    scan = (io.BytesIO(a_photo()), "来函.jpg")
    letter = _letter(session, office, desk, files=scan)
    path = f"/casework/letters/{letter.id}"
    refused = {"files": (io.BytesIO(b""), "空的.pdf")}
    assert desk.post(f"{path}/files", data=refused).status_code == 422
    more = {"files": (io.BytesIO(a_photo()), "附件.jpg")}
    assert desk.post(f"{path}/files", data=more).status_code == 303
    with app.app_context():
        assert examine_queued(session) == 2
    first, second = letter.files
    assert (first.file_name, second.file_name) == ("来函.jpg", "附件.jpg")
    Pages(desk).get(f"/en{path}")
    taken = desk.post(f"{path}/files/{first.id}", buffered=True)
    assert (taken.status_code, SECRET in taken.data) == (200, False), "the sanitised copy"
    Pages(desk).get(f"{path}/files/{first.id}/original")
    assert SECRET in desk.post(f"{path}/files/{first.id}/original", buffered=True).data
    assert browser(office.county_intake).post(f"{path}/files/{first.id}").status_code == 404
    desk.post(f"{path}/reply", data={"words": "属实。"})
    _issue(browser(office.head), path)
    late = {"files": (io.BytesIO(a_photo()), "迟到.jpg")}
    assert desk.post(f"{path}/files", data=late).status_code == 409


def test_the_other_authority_takes_the_reply_by_its_link(
    app: Flask, session: Session, office: Office, browser: Browser
) -> None:
    desk, police = browser(office.intake), app.test_client()
    letter = _letter(session, office, desk)
    path = f"/casework/letters/{letter.id}"
    assert desk.post(f"{path}/link", data={"days": "7"}).status_code == 409, "nothing is issued yet"
    desk.post(f"{path}/reply", data={"words": "经查，登记属实。"})
    _issue(browser(office.head), path)
    with app.app_context():
        print_replies([Work("print-reply", "x", {"letter_id": letter.id})] * 2)
    session.expire_all()
    assert "/outside/" not in Pages(desk).get(path).text, "no page shows a link again"
    old, new = (_link(desk, path, **more) for more in ({}, {"address": "liaison@police.example"}))
    assert police.get(old).status_code == 404, "the one sent anew ended it"
    for language in ("", "/en", "/zh-hant"):
        assert letter.document_number in Pages(police).get(language + new).text
    session.expire_all()
    assert letter.delivered_on is None, "looking is not taking"
    form = b"%PDF-" if letter.pdf_key else b"PK"
    assert police.post(new).data.startswith(form)
    assert police.post(new).status_code == 200
    session.expire_all()
    assert (letter.delivery_way, letter.delivered_on) == ("online", dt.date(2026, 11, 20))
    assert "网上领取" in Pages(desk).get(path).text
    acts = session.execute(select(LedgerEvent.act, LedgerEvent.actor).order_by(LedgerEvent.id)).all()
    assert acts[-2:] == [(act, f"outside:{office.police.id}") for act in ("letter.deliver", "letter.fetch")]
    mail = session.scalars(select(OutboxRow).where(OutboxRow.kind == "mail")).one()
    assert new in mail.payload["body"]
    with time_machine.travel(OPENED + dt.timedelta(days=8), tick=False):
        assert police.post(new).status_code == 410


def test_a_link_of_a_reply_is_revoked_and_sent_anew(
    session: Session, office: Office, browser: Browser, client: FlaskClient
) -> None:
    desk = browser(office.intake)
    path = f"/casework/letters/{_letter(session, office, desk).id}"
    desk.post(f"{path}/reply", data={"words": "经查，登记属实。"})
    _issue(browser(office.head), path)
    old = _link(desk, path)
    revoke = f'form[action$="{path}/link/revoke"]'
    assert Pages(desk).get(path).select_one(revoke) is not None
    assert browser(office.county_intake).post(f"{path}/link/revoke").status_code == 404
    assert client.get(old).status_code == 200
    for _twice in range(2):
        assert desk.post(f"{path}/link/revoke").status_code == 303
    assert (client.get(old).status_code, client.post(old).status_code) == (410, 410)
    page = Pages(desk).get(path)
    assert (page.select_one(revoke), "已经停用或者过期" in page.text) == (None, True)
    acts = session.scalars(select(LedgerEvent.act)).all()
    assert acts.count("letter.revoke_link") == 1
    new = _link(desk, path)
    assert [client.get(one).status_code for one in (old, new)] == [404, 200]


def _link(desk: FlaskClient, path: str, **more: str) -> str:
    page = desk.post(f"{path}/link", data={"days": "7", **more})
    found = re.search(r"/outside/replies/[0-9a-f]{16}-[a-z2-7]{32}", page.text)
    assert found, page.text
    return found[0]


def test_other_units_see_nothing_of_it(session: Session, office: Office, browser: Browser) -> None:
    letter = _letter(session, office, browser(office.intake))
    for who in (office.county_intake, office.county_handler):
        assert browser(who).get(f"/casework/letters/{letter.id}").status_code == 404
        assert letter.their_number not in browser(who).get("/casework/letters").text
    assert browser(office.supervisor).get("/casework/letters").status_code == 403


@pytest.mark.parametrize("language", ["/en", "/zh-hant"])
def test_the_pages_are_whole_in_other_languages(
    session: Session, office: Office, browser: Browser, language: str
) -> None:
    desk = browser(office.intake)
    letter = _letter(session, office, desk)
    for path in ("", "/new", f"/{letter.id}", f"/{letter.id}/reply", f"/{letter.id}/files"):
        Pages(desk).get(f"{language}/casework/letters{path}")
