"""Staff file for others: the same journey, with the channel, the hour, and the other system's number."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.cases.tables import CaseAct
from models.filings.tables import Filing
from models.kinds import Channel, Track
from models.people.tables import Account
from models.types import now_utc
from tests.pages import Pages
from tests.support.cases import Office, an_office
from tests.support.filings import FACTS, Walker, codes_on

WHOLE = {
    "name": "测试甲某某",
    "phone": "13800001234",
    "address": "演示路 987 号",
    "email": "",
    "capacity": "self",
}
CALLED = {"channel": "phone", "called_at": "2026-03-02 09:30", "outside_number": ""}


@pytest.fixture
def office(session: Session) -> Office:
    office = an_office(session)
    session.commit()
    return office


def _signed_in(app: Flask, account: Account) -> FlaskClient:
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"] = account.fs_uniquifier, True
    return client


@pytest.fixture
def walker(app: Flask, office: Office) -> Walker:
    return Walker(_signed_in(app, office.intake), "/casework/intake")


def test_a_report_by_telephone_gets_a_receipt_to_read_out(
    walker: Walker, session: Session, office: Office
) -> None:
    Pages(walker.client).get("/casework/intake")
    assert walker.send("", **CALLED).location == "/casework/intake/start"
    walker.send("start", situation="report")
    walker.send("kind", right_type="trademark")
    walker.send("facts", **FACTS)
    Pages(walker.client).get("/casework/intake/evidence")
    walker.send("contact", how="anonymous")
    Pages(walker.client).get("/casework/intake/check")
    address = walker.submit().location
    filing = session.scalars(select(Filing)).one()
    assert (filing.channel, filing.track, filing.account_id) == (Channel.PHONE, Track.REPORT, None)
    assert filing.data["called_at"] == "2026-03-02 09:30:00+08:00"
    act = session.scalars(select(CaseAct)).one()
    assert act.actor_id == office.intake.id
    reference, code = codes_on(Pages(walker.client).get(address))
    assert (reference, len(code)) == (filing.reference, 16)
    page = Pages(walker.client).get(f"/casework/cases/{reference}").text
    assert "电话" in page
    assert "2026年3月2日" in page


def test_what_12345_passes_on_keeps_its_number(walker: Walker, session: Session) -> None:
    empty = Pages(walker.client).post("/casework/intake", {**CALLED, "channel": "12345"})
    assert "工单编号" in empty.select_one(".problems").text
    walker.send("", **{**CALLED, "channel": "12345", "outside_number": "PD20260302001"})
    walker.send("refund", situation="both")
    walker.send("kind", right_type="trademark")
    walker.send("facts", **FACTS)
    walker.send("contact", **WHOLE)
    walker.submit()
    filings = session.scalars(select(Filing).order_by(Filing.id)).all()
    assert [(one.channel, one.data["outside_number"]) for one in filings] == [
        (Channel.LINE_12345, "PD20260302001")
    ] * 2


@pytest.mark.parametrize("called_at", ["", "昨天", "2026-13-40 09:30", "tomorrow"])
def test_the_hour_is_a_moment_that_is_over(walker: Walker, called_at: str) -> None:
    later = (now_utc() + dt.timedelta(days=2)).strftime("%Y-%m-%d %H:%M")
    typed = later if called_at == "tomorrow" else called_at
    assert Pages(walker.client).post("/casework/intake", {**CALLED, "called_at": typed}).select(".problems a")


def test_the_channel_comes_first(walker: Walker) -> None:
    for step in ("start", "refund", "kind", "check"):
        assert walker.client.get(f"/casework/intake/{step}").location == "/casework/intake"


@pytest.mark.parametrize("who", ["county_handler", "supervisor"])
def test_only_those_who_take_in_may_file_for_others(app: Flask, office: Office, who: str) -> None:
    client = _signed_in(app, getattr(office, who))
    assert client.get("/casework/intake").status_code == 403
    assert app.test_client().get("/casework/intake").status_code == 303


def test_a_drafts_code_of_the_desk_opens_nothing_for_the_public(app: Flask, walker: Walker) -> None:
    walker.send("", **CALLED)
    saved = Pages(walker.client).post("/casework/intake/save", {}, status=200)
    code = "".join(span.text for span in saved.select("#code span"))
    assert app.test_client().post("/file/resume", data={"code": code}).status_code == 422
    assert walker.send("resume", code=code).location == "/casework/intake/start"
