"""Referrals through the pages: reported, approved, packed by the worker, handed over, answered; and the procuratorate's link."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from background.referrals import make_packs
from background.work import Work
from models.cases.tables import Case
from models.cases.terms import State
from models.kinds import Track
from models.ledger import LedgerEvent
from models.people.tables import Account
from models.referrals.tables import Referral
from models.referrals.terms import Standing
from tests.pages import Pages
from tests.support.cases import Office, a_case_in
from tests.support.evidence import filed
from tests.support.papers import confirm_prefix
from tests.support.referrals import CRIME, FACTS, SUSPICION, a_colleague, the_procuratorate

Browser = Callable[[Account], FlaskClient]
LANGUAGES = ["", "/en"]


@pytest.fixture
def case(session: Session, office: Office) -> Case:
    confirm_prefix(session, office.head)
    made = a_case_in(session, office, State.INVESTIGATING, Track.REPORT)
    a_colleague(office)
    the_procuratorate(office)
    session.commit()
    return made


def _url(case: Case, rest: str = "") -> str:
    return f"/casework/cases/{case.shown_reference}/referral{rest}"


def _report(session: Session, office: Office, **changed: str) -> dict[str, str]:
    given = {
        "crime": CRIME,
        "facts": FACTS,
        "suspicion": SUSPICION,
        "first": str(office.intake.id),
        "second": str(a_colleague(office).id),
        "police": str(office.police.id),
        "procuratorate": str(the_procuratorate(office).id),
    }
    return {**given, **changed}


def _referral(session: Session) -> Referral:
    session.expire_all()
    return session.scalars(select(Referral).order_by(Referral.id.desc())).one()


def _handed_over(app: Flask, session: Session, office: Office, browser: Browser, case: Case) -> Referral:
    intake, head = browser(office.intake), browser(office.head)
    assert intake.post(_url(case, "/new"), data=_report(session, office)).status_code == 303
    assert head.post(_url(case, "/approve"), data={}).status_code == 303
    assert intake.post(_url(case, "/pack")).status_code == 303
    with app.app_context():
        make_packs([Work("referral-pack", "x", {"referral_id": _referral(session).id})] * 2)
    step = {"at": "2026-11-20 10:00", "document": "平市监罪移字〔2026〕1号", "words": "当面移送"}
    assert intake.post(_url(case, "/steps/hand-over"), data=step).status_code == 303
    return _referral(session)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_way_of_a_referral(
    app: Flask, session: Session, office: Office, case: Case, browser: Browser, language: str
) -> None:
    with app.app_context():
        filed(session, case, b"\xff\xd8\xff photo", "image/jpeg", "某某拍的.jpg")
    intake, head = browser(office.intake), browser(office.head)
    assert _url(case, "/new") in Pages(intake).get(f"/casework/cases/{case.shown_reference}").decode()
    Pages(intake).get(language + _url(case))
    needs = Pages(intake).get(language + _url(case, "/new")).select_one("section[aria-labelledby=needs]")
    assert needs is not None
    assert len(needs.select("li")) == 6, "what 移送规定 Art 3 and 6 ask for"
    assert not needs.select("li .tag--late"), "the papers come after the head's word"
    wrong = Pages(intake).post(
        language + _url(case, "/new"), _report(session, office, second=str(office.intake.id))
    )
    assert wrong.select_one("[role=alert] a[href='#second']") is not None
    assert intake.post(_url(case, "/new"), data=_report(session, office)).status_code == 303
    assert intake.post(_url(case, "/approve")).status_code == 403
    for act in ("/approve", "/decline"):
        Pages(head).get(language + _url(case, act))
    Pages(head).post(language + _url(case, "/decline"), {"reasons": ""})
    assert head.post(_url(case, "/approve"), data={}).status_code == 303
    assert "移送书" in Pages(intake).get(_url(case)).text
    assert intake.get(_url(case, "/steps/receipt")).status_code == 409
    assert intake.get(_url(case, "/steps/nonsense")).status_code == 404
    assert intake.post(_url(case, "/pack")).status_code == 303
    with app.app_context():
        make_packs([Work("referral-pack", "x", {"referral_id": _referral(session).id})])
    assert _referral(session).pack_sha256
    Pages(intake).get(language + _url(case, "/steps/hand-over"))
    late = {"at": "2026-11-29 10:00", "document": "1号", "words": "x"}
    Pages(intake).post(language + _url(case, "/steps/hand-over"), late)
    step = {"at": "2026-11-20 10:00", "document": "平市监罪移字〔2026〕1号", "words": "当面移送"}
    assert intake.post(_url(case, "/steps/hand-over"), data=step).status_code == 303
    for name in ("receipt", "refuse", "ask-again", "uphold", "ask-supervision", "file", "hand-over-goods"):
        Pages(intake).get(language + _url(case, f"/steps/{name}"))
        assert intake.post(_url(case, f"/steps/{name}"), data=step).status_code == 303, name
        Pages(intake).get(language + _url(case))
    assert _referral(session).standing is Standing.CONCLUDED
    assert _referral(session).case.state is State.POLICE_FILED
    Pages(intake).get(f"{language}/casework/cases/{case.shown_reference}")


def test_the_pack_is_handed_out_on_record(
    app: Flask, session: Session, office: Office, case: Case, browser: Browser
) -> None:
    with app.app_context():
        filed(session, case, b"\xff\xd8\xff photo", "image/jpeg", "某某拍的.jpg")
    referral = _handed_over(app, session, office, browser, case)
    taken = browser(office.intake).post(_url(case, "/pack/download"), buffered=True)
    assert zipfile.ZipFile(io.BytesIO(taken.data)).testzip() is None
    assert "sandbox" in taken.headers["Content-Security-Policy"]
    assert browser(office.county_handler).post(_url(case, "/pack/download"), buffered=True).status_code in (
        403,
        404,
    )
    acts = session.scalars(select(LedgerEvent.act).where(LedgerEvent.subject_id == str(referral.id))).all()
    assert "referral.pack_read" in acts


def test_a_procuratorate_sees_its_referrals_by_a_link_and_nothing_else(
    app: Flask, session: Session, office: Office, case: Case, browser: Browser
) -> None:
    referral = _handed_over(app, session, office, browser, case)
    head, stranger = browser(office.head), app.test_client()
    assert browser(office.intake).get("/casework/referral-watches").status_code == 403
    unit = str(the_procuratorate(office).id)
    page = Pages(head).post("/casework/referral-watches", {"unit": unit, "days": "30"}, status=200)
    found = re.search(r"/oversight/([a-z0-9-]+)", page.text + str(page))
    assert found
    address = f"/oversight/{found[1]}"
    for language in LANGUAGES:
        shown = Pages(stranger).get(language + address)
        assert CRIME in shown.text
        assert "当面移送" not in shown.text, "what officers write down is for staff"
    assert stranger.post(f"{address}/packs/{referral.id}", buffered=True).data[:2] == b"PK"
    assert stranger.post(f"{address}/packs/{referral.id + 1}").status_code == 404
    forged = address[:-1] + ("a" if address[-1] != "a" else "b")
    assert stranger.get(forged).status_code == 404
    actors = session.scalars(select(LedgerEvent.actor).where(LedgerEvent.act == "referral.pack_read")).all()
    assert f"outside:{unit}" in actors
    assert head.post("/casework/referral-watches/1/revoke").status_code == 303
    assert stranger.get(address).status_code == 410
    assert stranger.post(f"{address}/packs/{referral.id}").status_code == 404
