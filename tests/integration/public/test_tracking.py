"""Following a filing: what the filer sees at each step, and what a stranger does not."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import create_app
from config import Config
from journey.keys import keyring
from models.cases import operations, transfers
from models.cases.intake import Received, receive
from models.cases.tables import CaseMessage
from models.cases.terms import Outcome, State
from models.decisions.operations import enter
from models.decisions.publication import publish_standing
from models.decisions.redaction.operations import link_filing
from models.kinds import Track
from models.people.actors import FILER, WORKER
from models.people.roles import Role
from tests.factories import StaffFactory
from tests.pages import Pages
from tests.support.cases import Office, an_office, decided
from tests.support.databases import SharedDatabase
from tests.support.decisions import a_content
from tests.support.filings import PERSON, a_submission

NOW = dt.datetime(2026, 11, 20, 2, 0, tzinfo=dt.UTC)
WRONG = "A" * 16
UNKNOWN = "AAAAAAAA"
Counter = Callable[[], AbstractContextManager[list[str]]]


@pytest.fixture(autouse=True)
def office(session: Session) -> Office:
    return an_office(session)


@pytest.fixture
def received(app: Flask, session: Session) -> Received:
    return _receive(app, session, Track.REPORT)


def _receive(app: Flask, session: Session, track: Track) -> Received:
    with app.app_context():
        keys = keyring()
    submission = a_submission(track, person=PERSON if track is Track.COMPLAINT else None)
    received = receive(session, submission=submission, actor=FILER, now=NOW, keys=keys)
    session.commit()
    return received


def _open(client: FlaskClient, received: Received) -> str:
    answer = client.post("/track", data={"reference": received.filing.reference, "code": received.code})
    assert answer.status_code == 303
    return str(answer.location)


def _plain(page: str) -> str:
    """The page without nonces and without what was typed."""
    return re.sub(r'nonce="[^"]+"|value="[^"]*"', "", page)


def test_reference_and_code_open_the_case(client: FlaskClient, received: Received, office: Office) -> None:
    soup = Pages(client).get(_open(client, received))
    assert received.filing.shown_reference in soup.text
    assert office.bureau.name in soup.text
    assert "程序规定 第18条" in soup.text
    assert len(soup.select(".days li")) > 15, "the deadline opens day by day"


def test_a_wrong_code_and_an_unknown_reference_are_one_answer(
    client: FlaskClient, received: Received, count_queries: Counter
) -> None:
    answers = []
    for reference in (received.filing.reference, UNKNOWN, "不是编号", received.filing.reference[::-1]):
        with count_queries() as statements:
            answer = client.post("/track", data={"reference": reference, "code": WRONG})
        answers.append((answer.status_code, _plain(answer.text), len(statements)))
    assert answers[0][0] == 422
    assert len(set(answers)) == 1, "status, page and work are the same"


def test_a_stranger_is_sent_to_the_form_whether_or_not_there_is_such_a_filing(
    client: FlaskClient, received: Received, count_queries: Counter
) -> None:
    for reference in (received.filing.reference, UNKNOWN):
        with count_queries() as statements:
            assert client.get(f"/track/{reference}").location == f"/track?reference={reference}"
        assert not statements
        for path in ("supplement", "withdraw"):
            assert client.post(f"/track/{reference}/{path}", data={"body": "x"}).status_code == 404


def test_what_was_opened_closes_after_an_hour_and_on_leaving(client: FlaskClient, received: Received) -> None:
    address = _open(client, received)
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(minutes=61)):
        assert client.get(address).status_code == 303
    _open(client, received)
    client.post("/track/leave")
    assert client.get(address).status_code == 303


def test_the_filer_sees_each_step_with_its_date(
    client: FlaskClient, session: Session, received: Received, office: Office
) -> None:
    case, county = received.case, office.county
    day = dt.timedelta(days=1)
    operations.accept(session, case=case, actor=office.intake, now=NOW + day)
    transfers.transfer(
        session, case=case, to_unit=county, reasons="属地管辖", actor=office.intake, now=NOW + 2 * day
    )
    session.commit()
    address = _open(client, received)
    assert f"{county.name}（等待签收）" in Pages(client).get(address).text
    transfers.acknowledge(session, case=case, actor=office.county_handler, now=NOW + 3 * day)
    decided(session, office, case, now=NOW + 4 * day)
    operations.answer(
        session, case=case, body="现场检查发现二十只水杯。", actor=office.county_handler, now=NOW + 4 * day
    )
    operations.close(
        session,
        case=case,
        outcome=Outcome.FILED,
        reasons="已立案。",
        actor=office.county_handler,
        now=NOW + 5 * day,
    )
    session.commit()
    soup = Pages(client).get(address)
    done = [time["datetime"][:10] for time in soup.select(".timeline .is-done time")]
    days = (20, 21, 22, 23, 24, 24, 25)  # filed as a case and answered on the same day
    assert done == [f"2026-11-{day}" for day in days]
    assert "现场检查发现二十只水杯。" in soup.text
    assert "办理结果：已立案查处" in soup.text
    assert not soup.select(".timeline .is-now, .timeline .is-ahead")


def test_a_refusal_says_why_and_what_else_can_be_done(
    app: Flask, client: FlaskClient, session: Session, office: Office
) -> None:
    received = _receive(app, session, Track.COMPLAINT)
    operations.refuse(
        session,
        case=received.case,
        ground="too_late",
        reasons="购买于 2020 年。",
        actor=office.intake,
        now=NOW,
    )
    session.commit()
    soup = Pages(client).get(_open(client, received))
    assert "121号 第16条第4项" in soup.text
    assert "购买于 2020 年。" in soup.text
    assert "向人民法院起诉" in soup.text


def test_filer_and_officer_write_to_each_other(
    client: FlaskClient, session: Session, received: Received, office: Office
) -> None:
    operations.send_message(session, case=received.case, body="摊位在几号门？", actor=office.intake, now=NOW)
    session.commit()
    address = _open(client, received)
    assert client.post(f"{address}/supplement", data={"body": "在三号门。"}).location == address
    soup = Pages(client).get(address)
    assert [said.text for said in soup.select(".said__body")] == ["摊位在几号门？", "在三号门。"]
    assert session.scalars(select(CaseMessage.author_id).order_by(CaseMessage.id)).all() == [
        office.intake.id,
        None,
    ]


def test_a_supplement_that_is_too_long_is_kept_on_the_page(client: FlaskClient, received: Received) -> None:
    address = _open(client, received)
    soup = Pages(client).post(f"{address}/supplement", {"body": "长" * 3001})
    assert "长" * 3001 in soup.select_one("textarea").text
    assert "删去 1 个字" in soup.text


def test_a_report_is_withdrawn_before_acceptance_and_not_after(
    app: Flask, client: FlaskClient, session: Session, received: Received, office: Office
) -> None:
    address = _open(client, received)
    Pages(client).get(f"{address}/withdraw")
    assert client.post(f"{address}/withdraw", data={"reasons": ""}).location == address
    session.expire_all()
    assert received.case.state is State.WITHDRAWN
    Pages(client).get(address)
    other = _receive(app, session, Track.REPORT)
    operations.accept(session, case=other.case, actor=office.intake, now=NOW)
    session.commit()
    address = _open(client, other)
    assert "撤回这件提交" not in Pages(client).get(address).text
    assert client.post(f"{address}/withdraw", data={}).status_code == 409


def test_guesses_at_one_reference_are_slowed_but_never_lock_its_filer_out(
    config: Config, database: SharedDatabase, session: Session
) -> None:
    policies = {**config.rate_policies, "track": "1000 per minute", "track_reference": "3 per hour"}
    limited = create_app(replace(config, rate_limits=True, rate_policies=policies), database)
    limited.config["WTF_CSRF_ENABLED"] = False
    received = _receive(limited, session, Track.REPORT)
    client, reference = limited.test_client(), received.filing.reference
    for name in (reference, UNKNOWN):
        tried = [client.post("/track", data={"reference": name, "code": WRONG}).status_code for _ in range(4)]
        assert tried == [422, 422, 422, 429]
    assert client.post("/track", data={"reference": reference, "code": received.code}).status_code == 303


def test_one_address_guesses_so_often_only(config: Config, database: SharedDatabase) -> None:
    policies = {**config.rate_policies, "track": "2 per minute"}
    limited = create_app(replace(config, rate_limits=True, rate_policies=policies), database)
    limited.config["WTF_CSRF_ENABLED"] = False
    client = limited.test_client()
    tried = [client.post("/track", data={"reference": UNKNOWN, "code": WRONG}).status_code for _ in range(3)]
    assert tried == [422, 422, 429]


@pytest.mark.parametrize("path", ["/track", "/en/track", "/zh-hant/track", "/track?reference=K7QM2XHD"])
def test_the_form_keeps_the_house_style(client: FlaskClient, path: str) -> None:
    Pages(client).get(path)


def test_an_empty_form_names_both_numbers(client: FlaskClient) -> None:
    soup = Pages(client).post("/track", {"reference": "", "code": ""})
    assert len(soup.select(".problems a")) == 2


@pytest.mark.parametrize("acts", [1, 30])
def test_the_page_of_a_case_asks_the_database_little(
    client: FlaskClient, session: Session, received: Received, count_queries: Counter, acts: int
) -> None:
    for number in range(acts):
        operations.add_supplement(session, case=received.case, body=f"第 {number} 条", now=NOW)
    session.commit()
    address = _open(client, received)
    with count_queries() as statements:
        assert client.get(address).status_code == 200
    assert len(statements) <= 12, statements


def test_only_the_filer_sees_that_a_published_decision_came_of_the_report(
    client: FlaskClient, session: Session, received: Received, office: Office
) -> None:
    with time_machine.travel(NOW, tick=False):
        operations.accept(session, case=received.case, actor=office.intake, now=NOW)
        content = a_content(decided_on=NOW.date())
        decision = enter(
            session, content=content, unit=office.bureau, actor=WORKER, now=NOW, source_sha256="0" * 64
        )
        link_filing(session, decision, received.filing, actor=office.intake, now=NOW)
        session.commit()
        _open(client, received)
        page = f"/track/{received.filing.reference}"
        assert content.document_number not in Pages(client).get(page).text, "not public yet"
        reviewer = StaffFactory(role=Role.REVIEWER, unit=office.bureau)
        publish_standing(session, decision, reviewer=reviewer, actor=WORKER, now=NOW)
        session.commit()
        link = Pages(client).get(page).select_one("#published ~ ul a")
        assert link is not None
        assert link["href"] == f"/decisions/{decision.public_id}"
        assert received.filing.shown_reference not in Pages(client).get(str(link["href"])).text
