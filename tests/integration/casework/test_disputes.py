"""A closing rated and disputed at /track, decided by supervision, counted on the board and for the public."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from models.cases.recusal.operations import recuse
from models.cases.recusal.terms import RecusalReason
from models.cases.tables import Case
from models.cases.terms import State
from models.people.roles import Role
from models.people.tables import Account
from tests.factories import StaffFactory
from tests.pages import Pages
from tests.support.cases import OPENED, Office, a_case_in

Browser = Callable[[Account], FlaskClient]
LANGUAGES = pytest.mark.parametrize("language", ["", "/en"])


@pytest.fixture
def case(session: Session, office: Office) -> Case:
    made = a_case_in(session, office, State.CLOSED)
    session.commit()
    return made


@pytest.fixture
def filer(app: Flask, case: Case) -> FlaskClient:
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["filings"] = {case.reference: dt.datetime.now(dt.UTC).timestamp()}
    return client


@LANGUAGES
def test_the_filers_pages_after_a_closing_are_whole(case: Case, filer: FlaskClient, language: str) -> None:
    page = Pages(filer).get(f"{language}/track/{case.reference}")
    assert page.select_one(f"a[href$='/track/{case.reference}/rate']")
    assert page.select_one(f"a[href$='/track/{case.reference}/dispute']")
    Pages(filer).get(f"{language}/track/{case.reference}/rate")
    Pages(filer).get(f"{language}/track/{case.reference}/dispute")
    Pages(filer).post(f"{language}/track/{case.reference}/dispute", {"grounds": ""})


def test_a_rating_is_given_once(session: Session, case: Case, filer: FlaskClient) -> None:
    address = f"/track/{case.reference}/rate"
    assert filer.post(address, data={"score": "2", "words": "慢"}).status_code == 303
    assert filer.post(address, data={"score": "5"}).status_code == 409
    assert not Pages(filer).get(f"/track/{case.reference}").select_one(f"a[href$='{address}']")


def test_a_dispute_is_upheld_and_somebody_else_takes_it_on(
    session: Session, office: Office, case: Case, filer: FlaskClient, browser: Browser
) -> None:
    track, staff = f"/track/{case.reference}/dispute", f"/casework/cases/{case.shown_reference}"
    reasons = case.reasons
    assert reasons
    assert Pages(filer).get(f"/track/{case.reference}").text.count(reasons) == 1
    assert filer.post(track, data={"grounds": "没有到现场核查。"}).status_code == 303
    waits = Pages(filer).get(f"/track/{case.reference}")
    assert "由督办人员处理" in waits.text
    assert f"现在由{office.bureau.name}办理" not in waits.text, "the dispute isn't for who closed it"
    assert waits.text.count(reasons) == 1, "what is disputed can be read on"
    assert waits.select_one("#answer").text == "答复"  # type: ignore[union-attr]
    assert filer.post(track, data={"grounds": "再说一次"}).status_code == 409
    supervisor, intake = browser(office.supervisor), browser(office.intake)
    assert intake.get(f"{staff}/uphold").status_code == 403
    page = Pages(supervisor).get(f"{staff}/uphold")
    assert "没有到现场核查。" in page.text
    session.expire_all()
    data = {
        "version": str(case.version),
        "handler": f"{office.head.id}-{office.bureau.id}",
        "reasons": "属实",
    }
    assert supervisor.post(f"{staff}/uphold", data=data).status_code == 303
    session.expire_all()
    assert (case.state, case.handler) == (State.HANDLING, office.head)
    again = Pages(filer).get(f"/track/{case.reference}")
    assert again.select_one("#answer").text == "原来的答复（申诉成立，正在重新办理）"  # type: ignore[union-attr]
    assert f"现在由{office.bureau.name}办理" in again.text
    board = Pages(supervisor).get("/casework/supervision").select_one("section#verdicts")
    assert board is not None
    assert "100.0%" in board.text
    for fate, seen in (("closed", True), ("disputed", True), ("upheld", True), ("rejected", False)):
        address = f"/casework/supervision/closings/{office.bureau.id}/{fate}"
        assert bool(board.select_one(f"a[href$='{address}']")) is seen, fate
        assert (case.shown_reference in Pages(supervisor).get(address).text) is seen, fate
    upheld = f"/casework/supervision/closings/{office.bureau.id}/upheld"
    assert intake.get(upheld).status_code == 404, "the board of another's units"
    for officer in (office.supervisor, office.head):
        taken = browser(officer).post("/casework/supervision/closings.csv")
        assert taken.text.splitlines()[1].split(",") == [
            *(office.bureau.code, office.bureau.name),
            *("1", "0", "", "1", "1.0", "1", "1.0", "0", "0"),
        ]
    assert browser(office.supervisor).post("/casework/supervision/closings.xlsx").status_code == 200
    assert intake.post("/casework/supervision/closings.csv").status_code == 403
    order = {"account": office.supervisor, "reason": RecusalReason.RELATIVE, "words": "亲属"}
    recuse(session, case=case, actor=office.head, now=OPENED, **order)  # type: ignore[arg-type]
    session.commit()
    assert case.shown_reference not in Pages(supervisor).get(upheld).text


@LANGUAGES
def test_a_dispute_that_is_rejected_is_told_with_its_reasons_and_what_stays_open(
    session: Session,
    office: Office,
    case: Case,
    filer: FlaskClient,
    browser: Browser,
    language: str,
) -> None:
    city = StaffFactory(role=Role.SUPERVISOR, unit=office.province, display_name="上级督办员")
    session.commit()
    track, staff = f"{language}/track/{case.reference}", f"/casework/cases/{case.shown_reference}"
    assert Pages(filer).get(track).select_one("#rejection") is None
    assert filer.post(f"{track}/dispute", data={"grounds": "没有到现场核查。"}).status_code == 303
    again = Pages(filer).get(f"{track}/dispute", status=409)
    assert again.select_one("main .buttons a")["href"] == track, "who clicks twice comes back to the case"
    session.expire_all()
    data = {"version": str(case.version), "reasons": "现场核查过两次。"}
    assert browser(city).post(f"{staff}/reject", data=data).status_code == 303
    session.expire_all()
    page = Pages(filer).get(track)
    told = page.select_one("section[aria-labelledby=rejection]")
    assert told is not None
    assert page.text.count("现场核查过两次。") == 1, "what holds stands above the history, once"
    assert office.province.name in told.get_text(), "who decided, not who closed it"
    assert office.bureau.name not in told.get_text()
    assert {"": "行政复议", "/en": "administrative review"}[language] in told.get_text()
    last = page.select(".timeline li")[-1].get_text()
    assert office.province.name in last
    Pages(filer).get(f"{track}/dispute", status=409)
    history = Pages(browser(office.intake)).get(staff).text
    assert f"{office.province.name} · 上级督办员" in history


@LANGUAGES
def test_the_forms_of_supervision_and_the_figures_are_whole(
    session: Session, office: Office, browser: Browser, language: str
) -> None:
    case = a_case_in(session, office, State.DISPUTED)
    session.commit()
    client = browser(office.supervisor)
    for act in ("", "/uphold", "/reject"):
        Pages(client).get(f"{language}/casework/cases/{case.shown_reference}{act}")
    Pages(client).get(f"{language}/casework/supervision")
    Pages(client).get(f"{language}/casework/supervision/closings/{office.bureau.id}/waiting")
    Pages(client).get(f"{language}/statistics")
    closings = client.get("/statistics.json").get_json()["closings"]
    assert closings == [
        {
            "unit": office.bureau.name,
            **dict.fromkeys(("closed", "disputed", "upheld", "rejected", "satisfaction")),
        }
    ]  # one closing is too few to publish
