"""A party of another province: its register is told in ten working days; what others push here is published in ten."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from models.clocks.queries import deadlines_of
from models.decisions.operations import approve, enter, submit_for_review
from models.decisions.publication import publish
from models.decisions.tables import Decision
from models.people.actors import WORKER
from models.people.roles import Role
from models.people.tables import Account, Unit
from tests.factories import NOW, StaffFactory, UnitFactory
from tests.pages import Pages
from tests.support.decisions import a_content, invented_uscc
from tests.support.visitors import sign_in

ELSEWHERE = invented_uscc(1, prefix="91330100")


@pytest.fixture(autouse=True)
def _in_march_2026() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def unit(session: Session) -> Unit:
    made: Unit = UnitFactory(region_code="410400")
    return made


@pytest.fixture
def maker(unit: Unit) -> Account:
    made: Account = StaffFactory(role=Role.PUBLISHER, unit=unit)
    return made


def entered(session: Session, unit: Unit, maker: Account, uscc: str) -> Decision:
    decision = enter(session, content=a_content(uscc=uscc), unit=unit, actor=maker, now=NOW)
    session.commit()
    return decision


def running(session: Session, decision: Decision) -> dict[str, dt.date]:
    """What is owed, by rule."""
    return {
        one.rule_id: one.legal_end for one in deadlines_of(session, [decision])[decision.id] if one.is_open
    }


def officer(app: Flask, account: Account) -> FlaskClient:
    return sign_in(app.test_client(), account)


def test_only_a_party_of_another_province_is_pushed(session: Session, unit: Unit, maker: Account) -> None:
    assert set(running(session, entered(session, unit, maker, invented_uscc(1)))) == {
        "credit_publish",
        "penalty_publish",
    }


def test_the_push_is_owed_until_it_is_done_even_after_publication(
    app: Flask, session: Session, unit: Unit, maker: Account
) -> None:
    decision = entered(session, unit, maker, ELSEWHERE)
    assert running(session, decision)["cross_push"] == dt.date(2026, 3, 6)
    reviewer = StaffFactory(role=Role.REVIEWER, unit=unit)
    submit_for_review(session, decision, actor=maker, now=NOW)
    approve(session, decision, revision=1, actor=reviewer, now=NOW)
    publish(session, decision, actor=WORKER, now=NOW)
    session.commit()
    assert set(running(session, decision)) == {"cross_push"}
    address = f"/casework/decisions/{decision.id}"
    page = BeautifulSoup(officer(app, maker).get(address).data, "html.parser")
    assert page.select_one("form[action$='/push']") is not None
    assert officer(app, maker).post(f"{address}/push").status_code == 303
    assert running(session, decision) == {}
    assert officer(app, maker).post(f"{address}/push").status_code == 409


def test_what_was_pushed_here_runs_from_the_push(
    app: Flask, session: Session, unit: Unit, maker: Account
) -> None:
    decision = entered(session, unit, maker, invented_uscc(1))
    address = f"/casework/decisions/{decision.id}/received"
    for day in ("", "2026-02-19", "2026-03-03"):
        assert officer(app, maker).post(address, data={"received_on": day}).status_code == 422
    assert officer(app, maker).post(address, data={"received_on": "2026-03-02"}).status_code == 303
    assert running(session, decision) == {"cross_publish": dt.date(2026, 3, 16)}


@pytest.mark.parametrize("prefix", ["", "/en", "/zh-hant"])
def test_the_house_style(app: Flask, session: Session, unit: Unit, maker: Account, prefix: str) -> None:
    decision = entered(session, unit, maker, ELSEWHERE)
    Pages(officer(app, maker)).get(f"{prefix}/casework/decisions/{decision.id}")
