"""脱敏 in the browser's eyes, without JavaScript: see both texts, decide each mark, then approve."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from journey.keys import keyring
from models.cases.intake import receive
from models.decisions.operations import enter, submit_for_review
from models.decisions.redaction.kinds import Choice
from models.decisions.redaction.queries import marks_of
from models.decisions.states import State
from models.decisions.tables import Decision
from models.filings.tables import IdentityOpening
from models.kinds import Track
from models.people.actors import FILER
from models.people.roles import Role
from models.people.tables import Account
from tests.factories import NOW, StaffFactory
from tests.pages import Pages
from tests.support.cases import Office, an_office
from tests.support.decisions import a_content
from tests.support.filings import PERSON, a_submission
from tests.support.visitors import sign_in

FACTS = "证人陈伟国称，其电话13800138000。另有钱小满的货。"


@pytest.fixture(autouse=True)
def _in_march_2026() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def office(session: Session) -> Office:
    return an_office(session)


@pytest.fixture
def maker(session: Session, office: Office) -> Account:
    made: Account = StaffFactory(role=Role.PUBLISHER, unit=office.intake.assignments[0].unit)
    session.commit()
    return made


@pytest.fixture
def waiting(session: Session, maker: Account) -> Decision:
    unit = maker.assignments[0].unit
    decision = enter(session, content=a_content(facts=FACTS), unit=unit, actor=maker, now=NOW)
    submit_for_review(session, decision, actor=maker, now=NOW)
    session.commit()
    return decision


@pytest.fixture
def entering(app: Flask, maker: Account) -> FlaskClient:
    return sign_in(app.test_client(), maker)


def path(decision: Decision, rest: str = "") -> str:
    return f"/casework/decisions/{decision.id}/redaction{rest}"


def test_both_texts_stand_side_by_side_and_the_first_open_mark_is_in_hand(
    entering: FlaskClient, waiting: Decision
) -> None:
    soup = Pages(entering).get(path(waiting))
    original, public = soup.select(".redaction__pair p")[:2]
    assert "陈伟国" in original.text
    assert "13800138000" in public.text
    assert soup.select_one(".redaction-bar--late") is not None
    assert "陈伟国" in soup.select_one("#mark").text


def test_each_mark_is_decided_and_then_nothing_blocks(
    entering: FlaskClient, session: Session, waiting: Decision
) -> None:
    name, phone = marks_of(session, waiting)
    assert entering.post(path(waiting, f"/{name.id}/mask")).status_code == 303
    kept = {"ground": "not_such", "words": "单据编号，不是电话"}
    assert entering.post(path(waiting, f"/{phone.id}/keep"), data=kept).status_code == 303
    session.expire_all()
    assert [one.choice for one in marks_of(session, waiting)] == [Choice.MASKED, Choice.KEPT]
    assert waiting.facts == "证人某某称，其电话13800138000。另有钱小满的货。"
    assert Pages(entering).get(path(waiting)).select_one(".redaction-bar--late") is None


def test_keeping_without_a_reason_is_asked_for(
    entering: FlaskClient, session: Session, waiting: Decision
) -> None:
    mark = marks_of(session, waiting)[0]
    soup = Pages(entering).post(path(waiting, f"/{mark.id}/keep"), {"ground": "not_such"}, status=422)
    assert "请写明为什么可以保留" in soup.text
    assert soup.select_one("details#keep[open]") is not None


def test_all_at_once_and_by_hand(entering: FlaskClient, session: Session, waiting: Decision) -> None:
    entering.post(path(waiting, "/mask-all"))
    entering.post(path(waiting, "/marks"), data={"stretch": "钱小满", "kind": "person_name"})
    session.expire_all()
    assert waiting.facts == "证人某某称，其电话***。另有某某的货。"
    missing = {"stretch": "没有的字", "kind": "other"}
    assert "原文里没有这段文字" in Pages(entering).post(path(waiting, "/marks"), missing, status=422).text


def test_the_filer_is_looked_for_and_never_shown(
    entering: FlaskClient, app: Flask, session: Session, waiting: Decision
) -> None:
    with app.app_context():
        keys = keyring()
    submission = a_submission(
        Track.COMPLAINT, person=dataclasses.replace(PERSON, name="钱小满", phone="13700137000")
    )
    filing = receive(session, submission=submission, actor=FILER, now=NOW, keys=keys).filing
    session.commit()
    unknown = Pages(entering).post(path(waiting, "/filings"), {"reference": "AAAA-AAAA"}, status=422)
    assert "没有这个登记编号" in unknown.text
    answer = entering.post(path(waiting, "/filings"), data={"reference": filing.shown_reference})
    assert answer.status_code == 303
    session.expire_all()
    assert [one.kind.value for one in marks_of(session, waiting)] == ["person_name", "mobile_phone", "filer"]
    opening = session.scalars(select(IdentityOpening)).one()
    assert waiting.public_id in opening.words
    assert "13700137000" not in entering.get(path(waiting)).text


def test_a_reviewer_reads_and_does_not_choose(
    app: Flask, session: Session, waiting: Decision, maker: Account
) -> None:
    reviewer = StaffFactory(role=Role.REVIEWER, unit=maker.assignments[0].unit)
    session.commit()
    reviewing = sign_in(app.test_client(), reviewer)
    assert Pages(reviewing).get(path(waiting)).select_one("form[action*=mask]") is None
    mark = marks_of(session, waiting)[0]
    assert reviewing.post(path(waiting, f"/{mark.id}/mask")).status_code == 403
    approved = reviewing.post(f"/casework/decisions/{waiting.id}/approve", data={"revision": "1"})
    assert approved.status_code == 409
    session.expire_all()
    assert waiting.state is State.IN_REVIEW


def test_a_mark_of_another_decision_is_unknown(entering: FlaskClient, waiting: Decision) -> None:
    assert entering.post(path(waiting, "/999999/mask")).status_code == 404
    assert entering.post(path(waiting, f"/{10**30}/mask")).status_code == 404
    assert entering.get(path(waiting, "?mark=x")).status_code == 200


@pytest.mark.parametrize("prefix", ["", "/en", "/zh-hant"])
def test_the_page_keeps_the_house_style(entering: FlaskClient, waiting: Decision, prefix: str) -> None:
    Pages(entering).get(prefix + path(waiting))


def test_the_page_needs_few_queries(
    entering: FlaskClient,
    waiting: Decision,
    count_queries: Callable[[], AbstractContextManager[list[str]]],
) -> None:
    entering.get(path(waiting))
    with count_queries() as statements:
        entering.get(path(waiting))
    assert len(statements) <= 12, statements
