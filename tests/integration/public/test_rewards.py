"""A reward from the desk to the anonymous reporter, who claims it by reference and query code."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from journey.keys import keyring
from models.cases.intake import receive
from models.cases.operations import accept, answer, close
from models.cases.terms import Outcome
from models.kinds import Track
from models.people.actors import FILER
from tests.pages import Pages
from tests.support.cases import OPENED, Office, an_office, decided
from tests.support.filings import a_submission
from tests.support.visitors import sign_in


@pytest.fixture(autouse=True)
def _at_opening() -> Iterator[None]:
    with time_machine.travel(OPENED, tick=False):
        yield


@pytest.fixture
def office(session: Session) -> Office:
    return an_office(session)


@pytest.mark.parametrize("language", ["", "/en"])
def test_an_anonymous_reporter_claims_by_the_query_code(
    app: Flask, client: FlaskClient, session: Session, office: Office, language: str
) -> None:
    with app.app_context():
        keys = keyring()
    made = receive(session, submission=a_submission(Track.REPORT), actor=FILER, now=OPENED, keys=keys)
    accept(session, case=made.case, actor=office.intake, now=OPENED)
    decided(session, office, made.case)
    answer(session, case=made.case, body="已立案查处。", actor=office.intake, now=OPENED)
    close(session, case=made.case, outcome=Outcome.FILED, reasons="属实", actor=office.intake, now=OPENED)
    session.commit()
    reference = made.filing.reference
    desk = f"/casework/cases/{reference}/reward"
    intake, head = (sign_in(app.test_client(), one) for one in (office.intake, office.head))
    Pages(client).get(f"{language}/guides/rewards")
    client.post("/track", data={"reference": reference, "code": made.code})
    assert client.get(f"/track/{reference}/reward").status_code == 404
    Pages(intake).get(language + desk)
    Pages(intake).get(f"{language}{desk}/new")
    Pages(intake).post(f"{desk}/new", {})
    proposal = {
        "level": "1",
        "decision_number": "示例〔2026〕5号",
        "fined": "10000",
        "concluded_on": "2026-11-20",
        "is_eligible": "y",
        "reasons": "相符",
    }
    assert intake.post(f"{desk}/new", data=proposal).status_code == 303
    assert reference[:4] in Pages(head).get(f"{language}/casework/rewards").text
    Pages(head).post(f"{desk}/decide", {})
    assert head.post(f"{desk}/decide", data={"decision": "grant"}).status_code == 303
    assert f"/track/{reference}/reward" in str(Pages(client).get(f"{language}/track/{reference}"))
    page = Pages(client).get(f"{language}/track/{reference}/reward")
    assert "5,000" in page.text
    Pages(client).post(f"/track/{reference}/reward", {"way": "transfer"})
    assert client.post(f"/track/{reference}/reward", data={"way": "counter"}).status_code == 303
    assert "V-1" not in Pages(head).get(f"{language}/casework/rewards/register").text
    assert intake.post(f"{desk}/pay", data={"voucher": "V-1"}).status_code == 303
    assert "V-1" in Pages(head).get(f"{language}/casework/rewards/register").text
    assert "V-1" in Pages(intake).get(language + desk).text
    assert "V-1" not in Pages(client).get(f"{language}/track/{reference}/reward").text
    for ending in ("csv", "xlsx"):
        assert head.post(f"{language}/casework/rewards/register.{ending}").status_code == 200
    table = head.post("/casework/rewards/register.csv").text.splitlines()
    assert [cell for cell in table[1].split(",") if cell in ("V-1", "5000.0", "已支付")] == [
        "5000.0",
        "已支付",
        "V-1",
    ]
    stranger = app.test_client()
    assert stranger.post("/casework/rewards/register.csv").status_code == 401
    assert stranger.get(f"/track/{reference}/reward").status_code == 404
