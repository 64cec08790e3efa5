"""Proof of work: asked of visitors, bound to one draft, and nobody who cannot give one is turned away."""

from __future__ import annotations

import base64
import datetime as dt
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import altcha
import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.filings.references import grouped
from models.filings.tables import Filing
from tests.pages import Pages
from tests.support.cases import Office, an_office
from tests.support.filings import Walker
from tests.support.visitors import sign_in


@pytest.fixture
def office(session: Session) -> Office:
    made = an_office(session)
    session.commit()
    return made


@pytest.fixture(autouse=True)
def _little_work(app: Flask) -> None:
    kept = app.extensions["huhang_services"]
    config = replace(kept.config, proof_of_work=200)
    app.extensions["huhang_services"] = replace(kept, config=config)


def _challenge(client: FlaskClient) -> dict[str, Any]:
    page = BeautifulSoup(client.get("/file/check").get_data(as_text=True), "html.parser")
    field = page.select_one("input[name=proof]")
    assert field is not None
    found: dict[str, Any] = json.loads(str(field["data-challenge"]))
    return found


def _solved(given: dict[str, Any], **changes: Any) -> str:
    solution = altcha.solve_challenge_v1(
        given["challenge"], given["salt"], given["algorithm"], given["maxNumber"], 0
    )
    assert solution is not None
    names = ("algorithm", "challenge", "salt", "signature")
    payload = {**{name: given[name] for name in names}, "number": solution.number, **changes}
    return base64.b64encode(json.dumps(payload).encode()).decode()


def _at_check(app: Flask) -> Walker:
    walker = Walker(app.test_client())
    walker.to_check()
    return walker


def _is_marked(session: Session, reference: str) -> bool:
    wanted = select(Filing).where(Filing.reference == reference.rpartition("/")[2])
    filing = session.scalars(wanted).one()
    assert filing.is_unproven == bool(filing.data.get("unproven")), "what was signed, and what is looked for"
    return filing.is_unproven


def _sent(walker: Walker, **more: str) -> str:
    answer = walker.send("check", token=walker.token(), **more)
    assert answer.status_code == 303, "it is taken whatever the proof is"
    return str(answer.headers["Location"])


def test_who_did_the_work_is_not_marked(app: Flask, session: Session, office: Office) -> None:
    walker = _at_check(app)
    assert not _is_marked(session, _sent(walker, proof=_solved(_challenge(walker.client))))


def test_who_did_not_is_taken_and_marked_for_staff(app: Flask, session: Session, office: Office) -> None:
    walker = _at_check(app)
    place = _sent(walker)
    assert _is_marked(session, place)
    reference = place.rpartition("/")[2]
    officer = sign_in(app.test_client(), office.intake)
    page = Pages(officer).get(f"/casework/cases/{reference}").get_text()
    assert "请人工看一眼" in page


def test_staff_can_ask_for_those_that_did_not(app: Flask, session: Session, office: Office) -> None:
    proven, unproven = _at_check(app), _at_check(app)
    solved = _sent(proven, proof=_solved(_challenge(proven.client))).rpartition("/")[2]
    left = _sent(unproven).rpartition("/")[2]
    page = Pages(sign_in(app.test_client(), office.intake)).get("/casework/?view=open&proof=unproven")
    rows = page.select_one("table").get_text()  # type: ignore[union-attr]
    assert grouped(left) in rows
    assert grouped(solved) not in rows
    assert any("需要人工看一眼" in link.get_text() for link in page.select("a")), "it can be taken off"


Spoiled = Callable[[dict[str, Any]], str]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda given: _solved(given, number=-1),
        lambda given: _solved(given, signature="0" * 64),
        lambda given: _solved(given, salt=given["salt"].replace("draft=", "draft=x")),
        lambda given: _solved(given, salt=given["salt"].replace("expires=", "expires=9")),
        lambda given: _solved(given, algorithm="MD5"),
        lambda given: _solved(given, salt=7),
        lambda _given: base64.b64encode(b"[]").decode(),
        lambda _given: base64.b64encode(b"[" * 3000).decode(),
        lambda _given: "not base64 \x7f",
        lambda _given: "x" * 100_000,
    ],
)
def test_a_proof_that_is_none_is_as_good_as_none(
    app: Flask, session: Session, office: Office, spoil: Spoiled
) -> None:
    walker = _at_check(app)
    assert _is_marked(session, _sent(walker, proof=spoil(_challenge(walker.client))))


def test_a_proof_sends_its_own_draft_only(app: Flask, session: Session, office: Office) -> None:
    first, second = _at_check(app), _at_check(app)
    proof = _solved(_challenge(first.client))
    assert not _is_marked(session, _sent(first, proof=proof))
    assert _is_marked(session, _sent(second, proof=proof))


def test_a_proof_that_is_out_of_date_is_none(
    app: Flask, session: Session, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("journey.work_proof.VALID_FOR", dt.timedelta(seconds=-1))
    walker = _at_check(app)
    assert _is_marked(session, _sent(walker, proof=_solved(_challenge(walker.client))))


def test_where_it_is_switched_off_nothing_is_asked(app: Flask, session: Session, office: Office) -> None:
    kept = app.extensions["huhang_services"]
    app.extensions["huhang_services"] = replace(kept, config=replace(kept.config, proof_of_work=0))
    walker = _at_check(app)
    page = BeautifulSoup(walker.client.get("/file/check").get_data(as_text=True), "html.parser")
    assert page.select_one("input[name=proof]")["data-challenge"] == ""  # type: ignore[index]
    assert not _is_marked(session, _sent(walker))
