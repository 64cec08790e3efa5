"""Outside bodies through the pages: an officer makes the link, the body takes, returns and replies without an account."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pytest
import structlog
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from background.evidence import examine
from background.work import Work
from journey.papers import office as issuing_office
from models.cases.outside.tables import OutsideLink, OutsideReply
from models.cases.tables import Case
from models.cases.terms import Act, State
from models.cases.transfers import transfer
from models.filings.tables import Evidence
from models.outbox import OutboxRow
from models.papers.issuing import issue
from models.papers.kinds import paper_kind
from models.papers.operations import approve, draft, submit
from models.papers.terms import Recipient, Way
from models.people.roles import UnitKind
from models.people.tables import Account
from tests.factories import UnitFactory
from tests.pages import Pages
from tests.support.cases import OPENED, Office, a_case_in
from tests.support.documents import SECRET, a_photo
from tests.support.evidence import filed
from tests.support.papers import confirm_prefix

Browser = Callable[[Account], FlaskClient]
WORDS = "请核实该店的货源，并告知是否受案。"


@pytest.fixture
def case(app: Flask, session: Session, office: Office) -> Case:
    """Accepted, with a photo of which there is a copy, and on its way to the police."""
    made = a_case_in(session, office, State.HANDLING)
    with app.app_context():
        photo = filed(session, made, a_photo(), "image/jpeg")
        examine([Work("examine-evidence", "1", {"evidence_id": photo.id})])
    session.expire_all()
    transfer(session, case=made, to_unit=office.police, reasons="涉嫌犯罪", actor=office.intake, now=OPENED)
    session.commit()
    return made


def _url(case: Case, rest: str = "") -> str:
    return f"/casework/cases/{case.shown_reference}/outside{rest}"


def _made(page: str) -> str:
    """The path of the link on the page that shows it once."""
    found = re.search(r"/outside/[0-9a-f]{16}-[a-z2-7]{32}", page)
    assert found, page
    return found[0]


def _link(session: Session, client: FlaskClient, case: Case, **data: object) -> str:
    session.expire_all()
    file = case.filing.evidence[0]
    answer = client.post(
        _url(case, "/transfer"),
        data={"version": case.version, "words": WORDS, "files": [file.id], "days": "30", **data},
    )
    assert answer.status_code == 200, answer.text
    return _made(answer.text)


def test_a_transfer_is_acknowledged_and_answered_with_papers(
    app: Flask, session: Session, office: Office, browser: Browser, case: Case
) -> None:
    desk, police = browser(office.intake), app.test_client()
    assert "还没有链接" in Pages(desk).get(_url(case)).text
    path = _link(session, desk, case)
    page = Pages(police).get(path)
    assert WORDS in page.text
    assert case.shown_reference not in page.text, "the number opens the filer's page with a code"
    assert case.filing.respondent_name not in page.text, "nothing but what the officer wrote"
    with police.post(f"{path}/files/{case.filing.evidence[0].id}") as copy:
        assert copy.mimetype == "image/jpeg"
        assert SECRET not in copy.data
    assert police.post(f"{path}/acknowledge").status_code == 303
    session.expire_all()
    assert (case.unit, case.state) == (office.police, State.HANDLING)
    paper = (io.BytesIO(a_photo()), "受案回执.jpg")
    sent = police.post(
        f"{path}/reply", data={"signed": "市公安局 张警官", "body": "已经受案", "papers": paper}
    )
    assert sent.status_code == 303, sent.text
    assert "再次回复" in Pages(police).get(path).text
    session.expire_all()
    reply = session.scalars(select(OutsideReply)).one()
    assert [one.file_name for one in reply.papers] == ["受案回执.jpg"]
    assert len(case.filing.evidence) == 1, "the filer's evidence stays what it was"
    assert case.acts[-1].act is Act.HEAR_OUTSIDE
    shown = Pages(desk).get(_url(case))
    assert [one.text for one in shown.select("article h2 .tag")] == ["已回复"]
    assert "市公安局 张警官" in shown.text
    assert "受案回执.jpg" in shown.text
    original = f"/casework/cases/{case.shown_reference}/evidence/{reply.papers[0].id}/original"
    with desk.post(original) as response:
        assert response.data == a_photo()


def test_a_link_that_was_revoked_after_an_answer_still_shows_that_it_was_answered(
    app: Flask, session: Session, office: Office, browser: Browser, case: Case
) -> None:
    desk, police = browser(office.intake), app.test_client()
    path = _link(session, desk, case)
    assert police.post(f"{path}/reply", data={"signed": "公安局", "body": "已经受案"}).status_code == 303
    number = session.scalars(select(OutsideLink.id)).one()
    assert desk.post(_url(case, f"/{number}/revoke")).status_code == 303
    page = Pages(desk).get(_url(case))
    assert [one.text for one in page.select("article h2 .tag")] == ["链接已停用", "已回复"]
    assert "前有效" not in page.text, "it opens nothing any more"


def test_a_refused_file_keeps_the_words_and_nothing_is_sent(
    app: Flask, session: Session, office: Office, browser: Browser, case: Case
) -> None:
    path, police = _link(session, browser(office.intake), case), app.test_client()
    data = {
        "signed": "公安局",
        "body": "见附件",
        "papers": (io.BytesIO(b"MZ\x90\x00" + b"0" * 99), "回执.exe"),
    }
    answer = police.post(f"{path}/reply", data=data)
    assert answer.status_code == 422
    assert "回执.exe" in answer.text
    assert "见附件" in answer.text
    assert not session.scalars(select(OutsideReply)).all()
    assert not session.scalars(select(Evidence).where(Evidence.submission_token.is_not(None))).all()


def test_a_return_asks_why_and_ends_the_link(
    app: Flask, session: Session, office: Office, browser: Browser, case: Case
) -> None:
    path, police = _link(session, browser(office.intake), case), Pages(app.test_client())
    police.get(f"{path}/return")
    police.post(f"{path}/return", {"reasons": ""})
    assert police.client.post(f"{path}/return", data={"reasons": "不够立案标准"}).status_code == 303
    assert "已退回" in police.get(path, status=410).text
    session.expire_all()
    assert (case.state, case.acts[-1].internal_note) == (State.ACCEPTED, "不够立案标准")
    assert police.client.post(f"{path}/acknowledge").status_code == 409


def test_sent_anew_or_revoked_the_old_link_says_what_to_do(
    app: Flask, session: Session, office: Office, browser: Browser, case: Case
) -> None:
    desk, police = browser(office.intake), Pages(app.test_client())
    old = _link(session, desk, case)
    number = session.scalars(select(OutsideLink.id)).one()
    Pages(desk).get(_url(case, f"/{number}/resend"))
    new = _made(desk.post(_url(case, f"/{number}/resend"), data={"days": "7"}).text)
    assert "只有最新的链接有效" in police.get(old, status=404).text
    police.get(new)
    assert desk.post(_url(case, f"/{number}/revoke")).status_code == 303
    assert "已经停用" in police.get(new, status=410).text
    with police.client.post(f"{new}/files/{case.filing.evidence[0].id}") as refused:
        assert refused.status_code == 404


def test_a_letter_asks_without_sending_the_case_away(
    app: Flask, session: Session, office: Office, browser: Browser
) -> None:
    case = a_case_in(session, office, State.HANDLING)
    session.commit()
    desk = browser(office.intake)
    Pages(desk).get(_url(case, "/letter"))
    data = {"version": case.version, "unit": office.police.id, "words": WORDS, "days": "15"}
    Pages(desk).post(_url(case, "/letter"), {**data, "address": "not an address"})
    sent = desk.post(_url(case, "/letter"), data={**data, "address": "desk@police.example"})
    assert sent.status_code == 200, sent.text
    assert desk.post(_url(case, "/letter"), data=data).status_code == 409, (
        "a second click writes no second letter"
    )
    session.expire_all()
    assert (case.unit, case.acts[-1].act) == (office.bureau, Act.ASK_OUTSIDE)
    mail = session.scalars(select(OutboxRow).where(OutboxRow.kind == "mail")).one()
    assert mail.payload["to"] == "desk@police.example"
    Pages(app.test_client()).get(_made(mail.payload["body"]))


def test_an_issued_paper_goes_with_the_letter_and_is_delivered_when_the_body_takes_it(
    app: Flask, session: Session, office: Office, browser: Browser
) -> None:
    case = a_case_in(session, office, State.HANDLING)
    customs = UnitFactory(
        code="customs", name="示例海关", kind=UnitKind.OUTSIDE, outside_kind="customs", parent=office.bureau
    )
    with app.app_context():
        common = {"actor": office.intake, "now": OPENED}
        kind, words = paper_kind("cooperation_letter"), {"协助事项": "查明货源"}
        drafted = draft(session, case=case, kind=kind, fields=words, to_unit=office.police, **common)  # type: ignore[arg-type]
        submit(session, paper=drafted, **common)  # type: ignore[arg-type]
        approve(session, paper=drafted, actor=office.head, now=OPENED)
        session.commit()
        confirm_prefix(session, office.head)
        issue(session, paper=drafted, office=issuing_office(), **common)  # type: ignore[arg-type]
        session.commit()
    desk, police = browser(office.intake), app.test_client()
    data = {"version": case.version, "words": WORDS, "days": "15", "papers": [str(drafted.id)]}
    wrong = Pages(desk).post(_url(case, "/letter"), {**data, "unit": str(customs.id)})
    assert wrong.select_one("[role=alert] a[href='#papers-0']") is not None
    assert session.scalar(select(OutsideLink.id)) is None
    path = _made(desk.post(_url(case, "/letter"), data={**data, "unit": office.police.id}).text)
    assert drafted.document_number in Pages(police).get(path).text
    Pages(police).get("/en" + path)
    for _ in range(2):
        taken = police.post(f"{path}/papers/{drafted.id}", buffered=True)
        assert taken.data[:2] == b"PK"
    assert police.post(f"{path}/papers/{drafted.id + 1}").status_code == 404
    session.expire_all()
    (noted,) = drafted.deliveries
    assert (noted.way, noted.recipient) == (Way.ONLINE, Recipient.OUTSIDE)
    assert noted.noted_by == f"outside:{office.police.id}"
    assert drafted.document_number in Pages(desk).get(_url(case)).text


def test_the_link_is_written_into_no_log_and_is_nobodys_to_keep(
    app: Flask, session: Session, office: Office, browser: Browser, case: Case
) -> None:
    path = _link(session, browser(office.intake), case)
    with structlog.testing.capture_logs() as lines:
        answer = app.test_client().get(path)
    assert lines
    assert path.removeprefix("/outside/") not in str(lines)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex"


def test_who_may_not_send_the_case_on_makes_no_link(
    session: Session, office: Office, browser: Browser, case: Case
) -> None:
    assert browser(office.supervisor).get(_url(case)).status_code == 200
    assert browser(office.supervisor).get(_url(case, "/transfer")).status_code == 403
    assert browser(office.sibling_handler).get(_url(case, "/transfer")).status_code == 404


@pytest.mark.parametrize("language", ["/en", "/zh-hant"])
def test_the_pages_are_whole_in_other_languages(
    app: Flask, session: Session, office: Office, browser: Browser, case: Case, language: str
) -> None:
    desk = browser(office.intake)
    Pages(desk).get(language + _url(case, "/transfer"))
    path = _link(session, desk, case)
    Pages(desk).get(language + _url(case))
    for rest in ("", "/return"):
        Pages(app.test_client()).get(language + path + rest)
