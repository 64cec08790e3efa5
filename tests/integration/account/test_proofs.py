"""Proofs are examined as evidence is: staff look at the copy, malware is a label, the original is an act of its own."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.filings.evidence import DELETE_FILE
from models.filings.keeping import check_evidence
from models.filings.kinds import CopyState, ScanState
from models.holders.tables import Proof
from models.ledger.queries import events_of
from models.outbox import OutboxRow
from models.people.tables import Account
from models.ports import ScanVerdict
from models.types import now_utc
from shared.services import Services, services
from tests.pages import Pages
from tests.support.cases import OPENED, Office, an_office
from tests.support.documents import SECRET, a_photo
from tests.support.evidence import examine_queued
from tests.support.holders import a_holder
from tests.support.visitors import sign_in


class _Finding:
    """A scanner that finds malware in everything."""

    def scan(self, _stream: BinaryIO) -> ScanVerdict:
        return ScanVerdict(ScanState.INFECTED, "Eicar-Test")

    def is_healthy(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _at_opening() -> Iterator[None]:
    with time_machine.travel(OPENED, tick=False):
        yield


@pytest.fixture
def office(session: Session) -> Office:
    return an_office(session)


@pytest.fixture
def holder(session: Session, office: Office) -> Account:
    return a_holder(session, office.intake, now=now_utc())


@pytest.fixture
def browser(app: Flask, session: Session, holder: Account) -> FlaskClient:
    """The holder's, with a right stored under a proof."""
    session.commit()
    client = sign_in(app.test_client(), holder)
    told = {"right_type": "trademark", "title": "护水", "number": "12345678", "nice_class": "21"}
    files = {"files": (io.BytesIO(a_photo()), "注册证.jpg")}
    assert client.post("/account/rights/new", data={**told, **files}).status_code == 303
    return client


@pytest.fixture
def desk(app: Flask, office: Office, browser: FlaskClient) -> FlaskClient:
    return sign_in(app.test_client(), office.intake)


def _proof(session: Session) -> Proof:
    session.expire_all()
    return session.scalars(select(Proof)).one()


def test_staff_look_at_the_copy_and_take_the_original_by_an_act(
    app: Flask, session: Session, desk: FlaskClient
) -> None:
    proof = _proof(session)
    at = f"/casework/holders/proofs/{proof.id}"
    assert desk.post(at).status_code == 409, "there is no copy yet"
    with app.app_context():
        examine_queued(session)
        assert [one.damage for one in check_evidence(session, services().files)] == [None, None]
    proof = _proof(session)
    assert (proof.copy_state, proof.scan_state) == (CopyState.MADE, ScanState.NOT_SCANNED)
    page = Pages(desk).get(f"/en/casework/holders/rights/{proof.right_id}")
    assert "Not scanned" in page.text
    with desk.post(at) as copy:
        assert SECRET not in copy.data
        assert copy.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    Pages(desk).get(f"/en{at}/original")
    with desk.post(f"{at}/original") as original:
        assert original.data == a_photo()
    acts = [one.act for one in events_of(session, subject_kind="proofs", subject_id=str(proof.id))]
    assert acts == ["copy_evidence", "download_evidence_copy", "download_evidence"]


def test_malware_in_a_proof_is_told_to_both_sides(
    app: Flask, session: Session, browser: FlaskClient, desk: FlaskClient
) -> None:
    kept: Services = app.extensions["huhang_services"]
    app.extensions["huhang_services"] = replace(kept, scanner=_Finding())
    with app.app_context():
        examine_queued(session)
    proof = _proof(session)
    at = f"/casework/holders/proofs/{proof.id}"
    assert (proof.scan_finding, proof.copy_key) == ("Eicar-Test", None)
    assert "发现病毒" in Pages(desk).get(f"/casework/holders/rights/{proof.right_id}").text
    assert desk.post(f"{at}/original").status_code == 422, "only to somebody who says to know it"
    with desk.post(f"{at}/original", data={"knows_of_malware": "y"}) as original:
        assert original.data == a_photo()
    assert "查出病毒，请换一份重新上传" in Pages(browser).get(f"/account/rights/{proof.right_id}").text


def test_what_is_taken_off_goes_with_its_copy(app: Flask, session: Session, browser: FlaskClient) -> None:
    with app.app_context():
        examine_queued(session)
    proof = _proof(session)
    keys = {proof.store_key, proof.copy_key}
    browser.post(f"/account/rights/{proof.right_id}/proofs/{proof.id}/remove")
    rows = session.scalars(select(OutboxRow).where(OutboxRow.kind == DELETE_FILE)).all()
    assert {row.payload["store_key"] for row in rows} == keys
