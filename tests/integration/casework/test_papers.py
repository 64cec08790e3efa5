"""Papers through the pages: drafted, approved by another, issued, fetched by the filer, out of everybody else's sight."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from background.papers import print_papers
from background.work import Work
from models.cases.tables import Case
from models.cases.terms import State
from models.kinds import Track
from models.ledger import LedgerEvent
from models.papers.tables import Paper
from models.papers.terms import PaperState, Way
from models.people.tables import Account
from shared.formats import in_fours
from tests.pages import Pages
from tests.support.cases import OPENED, Office, a_case_in
from tests.support.papers import confirm_prefix

Browser = Callable[[Account], FlaskClient]
LANGUAGES = ["", "/en", "/zh-hant"]


@pytest.fixture
def case(session: Session, office: Office) -> Case:
    made = a_case_in(session, office, State.INVESTIGATING, Track.REPORT)
    confirm_prefix(session, office.head)
    session.commit()
    return made


def _url(case: Case, rest: str = "") -> str:
    return f"/casework/cases/{case.shown_reference}/papers{rest}"


def _drafted(session: Session, browser: FlaskClient, case: Case, kind: str, **fields: str) -> Paper:
    assert browser.post(_url(case, f"/new/{kind}"), data=fields).status_code == 303
    session.expire_all()
    return session.scalars(select(Paper).order_by(Paper.id.desc())).first()  # type: ignore[return-value]


def _issued(session: Session, office: Office, browser: Browser, case: Case) -> Paper:
    intake, head = browser(office.intake), browser(office.head)
    paper = _drafted(session, intake, case, "report_result", 处理结果="罚款三千元。")
    assert intake.post(_url(case, f"/{paper.id}/submit")).status_code == 303
    assert head.post(_url(case, f"/{paper.id}/approve")).status_code == 303
    assert intake.post(_url(case, f"/{paper.id}/issue")).status_code == 303
    session.expire_all()
    return paper


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_way_of_a_paper(
    session: Session, office: Office, case: Case, browser: Browser, language: str
) -> None:
    intake, head = browser(office.intake), browser(office.head)
    Pages(intake).get(language + _url(case))
    Pages(intake).get(language + _url(case, "/new/report_result"))
    wrong = Pages(intake).post(language + _url(case, "/new/report_result"), {"处理结果": ""})
    assert wrong.select_one(".error-summary, [role=alert]") is not None
    paper = _drafted(session, intake, case, "report_result", 处理结果="罚款三千元。")
    here = _url(case, f"/{paper.id}")
    Pages(intake).get(language + here)
    assert intake.get(here + "/preview").data[:2] == b"PK"
    assert intake.post(here + "/issue").status_code == 409
    assert intake.post(here + "/submit").status_code == 303
    assert intake.post(here + "/approve").status_code == 403
    assert "举报处理结果告知书" in Pages(head).get("/casework/papers").text
    Pages(head).get(language + here + "/send-back")
    assert head.post(here + "/send-back", data={"reasons": "写明条款"}).status_code == 303
    assert "写明条款" in Pages(intake).get(here).text
    Pages(intake).get(language + here + "/revise")
    assert intake.post(here + "/revise", data={"处理结果": "依第五十七条罚款。"}).status_code == 303
    intake.post(here + "/submit")
    head.post(here + "/approve")
    assert intake.post(here + "/issue").status_code == 303
    session.expire_all()
    issued = Pages(intake).get(language + here).text
    assert "平市监举告字〔2026〕1号" in issued
    assert " ".join(in_fours(paper.docx_sha256 or "")) in issued
    Pages(intake).get(language + here + "/deliver")
    data = {"recipient": "filer", "way": "post", "on": "2026-11-20", "proof": "单号 9"}
    assert intake.post(here + "/deliver", data=data).status_code == 303
    Pages(intake).get(language + here + "/void")
    assert intake.post(here + "/void", data={"reasons": "条款有误"}).status_code == 303
    again = Pages(intake).get(language + here)
    assert again.select_one(f'a[href$="replaces={paper.id}"]') is not None


def test_a_paper_is_printed_once_after_the_commit(
    app: Flask, session: Session, office: Office, case: Case, browser: Browser
) -> None:
    paper = _issued(session, office, browser, case)
    work = Work("print-paper", "x", {"paper_id": paper.id})
    with app.app_context():
        print_papers([work, work])
    session.expire_all()
    intake = browser(office.intake)
    answer = intake.post(_url(case, f"/{paper.id}/download/docx"))
    assert answer.data[:2] == b"PK"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    printed = intake.post(_url(case, f"/{paper.id}/download/pdf"))
    assert printed.status_code == (200 if paper.pdf_key else 404)
    assert not paper.pdf_key or printed.data[:5] == b"%PDF-"
    acts = session.scalars(select(LedgerEvent.act)).all()
    assert "paper.read" in acts


def test_the_filer_fetches_what_is_addressed_to_them(
    app: Flask, session: Session, office: Office, case: Case, browser: Browser
) -> None:
    paper = _issued(session, office, browser, case)
    filer, stranger = app.test_client(), app.test_client()
    address = f"/track/{case.reference}/papers/{paper.id}"
    assert stranger.post(address).status_code in (302, 303, 403, 404)
    _open(filer, case)
    for language in LANGUAGES:
        page = Pages(filer).get(f"{language}/track/{case.reference}")
        assert page.select_one(f'form[action$="{address}"]') is not None
    assert filer.post(address).data[:2] in (b"PK", b"%P")
    assert filer.post(address).status_code == 200
    session.expire_all()
    assert [one.way for one in paper.deliveries] == [Way.ONLINE]
    intake = browser(office.intake)
    intake.post(_url(case, f"/{paper.id}/void"), data={"reasons": "作废"})
    assert filer.post(address).status_code == 404


def test_drafts_and_letters_to_others_are_none_of_the_filers(
    session: Session, office: Office, case: Case, browser: Browser, app: Flask
) -> None:
    intake, head, filer = browser(office.intake), browser(office.head), app.test_client()
    letter = _drafted(
        session, intake, case, "cooperation_letter", to_unit=str(office.police.id), 协助事项="核实登记信息"
    )
    _open(filer, case)
    assert filer.post(f"/track/{case.reference}/papers/{letter.id}").status_code == 404
    intake.post(_url(case, f"/{letter.id}/submit"))
    head.post(_url(case, f"/{letter.id}/approve"))
    intake.post(_url(case, f"/{letter.id}/issue"))
    session.expire_all()
    assert letter.state is PaperState.ISSUED
    assert filer.post(f"/track/{case.reference}/papers/{letter.id}").status_code == 404


def test_other_units_and_those_kept_out_see_nothing(
    session: Session, office: Office, case: Case, browser: Browser
) -> None:
    paper = _issued(session, office, browser, case)
    other = browser(office.sibling_handler)
    for rest in ("", f"/{paper.id}"):
        assert other.get(_url(case, rest)).status_code == 404
    assert other.post(_url(case, f"/{paper.id}/download/docx")).status_code == 404
    supervisor = browser(office.supervisor)
    assert supervisor.get(_url(case, f"/{paper.id}")).status_code == 200
    assert supervisor.post(_url(case, f"/{paper.id}/void"), data={"reasons": "x"}).status_code == 403


def test_a_paper_that_names_the_filer_is_for_those_who_may_know(
    session: Session, office: Office, browser: Browser
) -> None:
    complaint = a_case_in(session, office, State.ACCEPTED, Track.COMPLAINT)
    confirm_prefix(session, office.head)
    session.commit()
    intake = browser(office.intake)
    paper = _drafted(session, intake, complaint, "acceptance")
    assert browser(office.head).post(_url(complaint, f"/{paper.id}/issue")).status_code == 403
    assert intake.post(_url(complaint, f"/{paper.id}/issue")).status_code == 303
    assert browser(office.head).post(_url(complaint, f"/{paper.id}/download/docx")).status_code == 403
    assert intake.post(_url(complaint, f"/{paper.id}/download/docx")).status_code == 200


def _open(client: FlaskClient, case: Case) -> None:
    """As if the browser had given reference and code."""
    with client.session_transaction() as cookie:
        cookie["filings"] = {case.reference: OPENED.timestamp()}
