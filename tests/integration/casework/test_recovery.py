"""A lost query code is replaced at the desk, after the envelope was opened for that reason; never for somebody unnamed."""

from __future__ import annotations

import time

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.filings.tables import Filing
from models.ledger.tables import LedgerEvent
from tests.pages import Pages
from tests.support.cases import Office, an_office
from tests.support.filings import FACTS, Walker, codes_on

NAMED = {
    "name": "测试甲某某",
    "phone": "13800001234",
    "address": "演示路 987 号",
    "email": "",
    "capacity": "self",
}


@pytest.fixture
def office(session: Session) -> Office:
    office = an_office(session)
    session.commit()
    return office


@pytest.fixture
def desk(app: Flask, office: Office) -> FlaskClient:
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"] = office.intake.fs_uniquifier, True
        cookie["fs_paa"] = time.time()
    return client


def _both(app: Flask) -> tuple[str, str]:
    walker = Walker(app.test_client())
    walker.send("refund", situation="both")
    walker.send("kind", right_type="trademark")
    walker.send("facts", **FACTS)
    walker.send("contact", **NAMED)
    return codes_on(Pages(walker.client).get(walker.submit().location))


def _opens(app: Flask, reference: str, code: str) -> bool:
    data = {"reference": reference, "code": code}
    return app.test_client().post("/track", data=data).status_code == 303


def test_a_new_code_opens_both_halves_and_the_old_one_nothing(
    app: Flask, desk: FlaskClient, session: Session
) -> None:
    reference, old = _both(app)
    other = session.scalars(select(Filing.reference).where(Filing.reference != reference)).one()
    opened = Pages(desk).post(
        f"/casework/cases/{reference}/identity",
        {"reason": "recovery", "words": "本人持身份证到窗口"},
        status=200,
    )
    assert opened.select_one("form[action$='/identity/code']")
    page = Pages(desk).post(f"/casework/cases/{reference}/identity/code", {}, status=200)
    _reference, code = codes_on(page)
    assert code != old
    for one in (reference, other):
        assert _opens(app, one, code)
        assert not _opens(app, one, old)
    acts = [event.act for event in session.scalars(select(LedgerEvent))]
    assert acts.count("renew_code") == 2
    assert code not in str([event.data for event in session.scalars(select(LedgerEvent))])


def test_the_envelope_is_opened_for_that_reason_first(app: Flask, desk: FlaskClient) -> None:
    reference, old = _both(app)
    desk.post(f"/casework/cases/{reference}/identity", data={"reason": "contact", "words": "联系核实"})
    assert desk.post(f"/casework/cases/{reference}/identity/code").status_code == 409
    assert _opens(app, reference, old)


def test_an_anonymous_filer_has_no_way_back(app: Flask, desk: FlaskClient) -> None:
    walker = Walker(app.test_client())
    walker.to_check()
    reference, old = codes_on(Pages(walker.client).get(walker.submit().location))
    assert desk.post(f"/casework/cases/{reference}/identity/code").status_code == 409
    assert _opens(app, reference, old)


def test_who_may_not_open_envelopes_makes_no_codes(app: Flask, office: Office) -> None:
    reference, _old = _both(app)
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"], cookie["fs_paa"] = office.head.fs_uniquifier, True, time.time()
    assert client.post(f"/casework/cases/{reference}/identity/code").status_code == 403
