"""Evidence for staff: the copy by default, the original by an act of its own, malware only to who says to know it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from background.evidence import examine
from background.work import Work
from models.cases.tables import Case
from models.filings.kinds import CopyObstacle, CopyState, ScanState
from models.filings.tables import Evidence
from models.ledger.queries import events_of
from models.people.tables import Account
from tests.pages import Pages
from tests.support.cases import Office, a_case
from tests.support.documents import SECRET, a_photo
from tests.support.evidence import filed

Browser = Callable[[Account], FlaskClient]


@pytest.fixture
def case(session: Session, office: Office) -> Case:
    made: Case = a_case(session)
    session.commit()
    return made


@pytest.fixture
def photo(app: Flask, session: Session, case: Case) -> Evidence:
    with app.app_context():
        made = filed(session, case, a_photo(), "image/jpeg")
        examine([Work("examine-evidence", "1", {"evidence_id": made.id})])
    session.refresh(made)
    return made


def _url(case: Case, file: Evidence, rest: str = "") -> str:
    return f"/casework/cases/{case.shown_reference}/evidence/{file.id}{rest}"


def _acts(session: Session, case: Case) -> list[str]:
    return [event.act for event in events_of(session, subject_kind="filings", subject_id=str(case.filing_id))]


def test_a_click_gives_the_copy(
    session: Session, office: Office, browser: Browser, case: Case, photo: Evidence
) -> None:
    client = browser(office.intake)
    page = Pages(client).get(f"/casework/cases/{case.shown_reference}")
    assert "有净化副本" in page.get_text()
    with client.post(_url(case, photo)) as response:
        assert SECRET not in response.data
        assert response.mimetype == "image/jpeg"
        assert response.headers["Content-Disposition"].startswith("attachment")
        assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert _acts(session, case) == ["copy_evidence", "download_evidence_copy"]


def test_the_original_is_an_act_of_its_own(
    session: Session, office: Office, browser: Browser, case: Case, photo: Evidence
) -> None:
    client = browser(office.intake)
    page = Pages(client).get(_url(case, photo, "/original"))
    assert "原件没有经过处理" in page.get_text()
    assert "download_evidence" not in _acts(session, case), "looking at the page is no act"
    with client.post(_url(case, photo, "/original")) as response:
        assert response.data == a_photo()
        assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    event = events_of(session, subject_kind="filings", subject_id=str(case.filing_id))[-1]
    assert (event.act, event.actor) == ("download_evidence", office.intake.ledger_name)


@pytest.mark.parametrize("rest", ["", "/original"])
def test_files_go_with_their_own_case_and_its_people(
    session: Session, office: Office, browser: Browser, case: Case, photo: Evidence, rest: str
) -> None:
    other = a_case(session)
    session.commit()
    assert browser(office.intake).post(_url(other, photo, rest)).status_code == 404
    assert browser(office.sibling_handler).post(_url(case, photo, rest)).status_code == 404
    assert _acts(session, case) == ["copy_evidence"]


def test_where_there_is_no_copy_the_page_says_why(
    app: Flask, session: Session, office: Office, browser: Browser, case: Case
) -> None:
    with app.app_context():
        film = filed(session, case, b"film", "video/mp4", "经过.mp4")
    waiting = browser(office.intake).post(_url(case, film))
    with app.app_context():
        examine([Work("examine-evidence", "1", {"evidence_id": film.id})])
    session.refresh(film)
    assert (film.copy_state, film.copy_obstacle) == (CopyState.IMPOSSIBLE, CopyObstacle.SOUND_OR_FILM)
    client = browser(office.intake)
    assert "录音录像不另做副本" in Pages(client).get(_url(case, film, "/original")).get_text()
    refused = client.post(_url(case, film))
    assert (waiting.status_code, refused.status_code) == (409, 409)
    assert "没有净化副本" in refused.get_data(as_text=True)


def test_malware_is_handed_out_only_to_who_says_to_know_it(
    session: Session, office: Office, browser: Browser, case: Case, photo: Evidence
) -> None:
    photo.scan_state, photo.scan_finding = ScanState.INFECTED, "Test.Eicar"
    photo.copy_state, photo.copy_obstacle = CopyState.IMPOSSIBLE, CopyObstacle.INFECTED
    photo.copy_key = photo.copy_media_type = photo.copy_size = photo.copy_sha256 = None
    session.commit()
    client = browser(office.intake)
    assert "发现病毒" in Pages(client).get(f"/casework/cases/{case.shown_reference}").get_text()
    page = Pages(client).get(_url(case, photo, "/original"))
    assert "Test.Eicar" in page.get_text()
    refused = Pages(client).post(_url(case, photo, "/original"), {})
    assert "请先勾选确认" in refused.get_text()
    assert client.post(_url(case, photo)).status_code == 409
    assert "download_evidence" not in _acts(session, case)
    with client.post(_url(case, photo, "/original"), data={"knows_of_malware": "y"}) as response:
        assert response.status_code == 200
    event = events_of(session, subject_kind="filings", subject_id=str(case.filing_id))[-1]
    assert event.act == "download_evidence"
    assert '"infected":true' in event.data.replace(" ", "")
