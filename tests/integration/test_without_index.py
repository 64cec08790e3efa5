"""With the index gone or broken, filing, case work and publishing go on, and search says that it is being rebuilt."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from background import indexing
from config import Config
from models.cases.tables import Case
from models.cases.terms import State
from models.people.roles import Role
from models.types import now_utc
from tests.factories import StaffFactory
from tests.pages import Pages
from tests.support.cases import OPENED, Office, an_office
from tests.support.filings import Walker
from tests.support.published import published
from tests.support.visitors import sign_in


def _remove(folder: Path) -> None:
    shutil.rmtree(folder)


def _overwrite(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file():
            path.write_bytes(b"this is no index")


def _cut(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


@pytest.fixture(autouse=True)
def _friday_morning() -> Iterator[None]:
    with time_machine.travel(OPENED, tick=False):
        yield


@pytest.fixture
def office(app: Flask, session: Session) -> Office:
    made = an_office(session)
    _publish(session, made, 1)
    with app.app_context():
        indexing.rebuild()
    return made


@pytest.fixture(params=[_remove, _overwrite, _cut])
def broken(request: pytest.FixtureRequest, office: Office, config: Config) -> None:
    harm: Callable[[Path], None] = request.param
    harm(config.index_dir)


def _publish(session: Session, office: Office, number: int) -> str:
    reviewer = StaffFactory(role=Role.REVIEWER, unit=office.bureau)
    decision = published(
        session, office.bureau, reviewer, document_number=f"测〔2026〕{number}号", now=now_utc()
    )
    return str(decision.public_id)


@pytest.mark.usefixtures("broken")
def test_filing_case_work_and_publishing_go_on(app: Flask, session: Session, office: Office) -> None:
    walker = Walker(app.test_client())
    walker.to_check()
    assert walker.submit().status_code == 303
    case = session.scalars(select(Case)).one()
    officer = sign_in(app.test_client(), office.intake)
    assert officer.get("/casework/?q=演示").status_code == 200
    answers = {"version": case.version, "departure": "先核实情况"}
    officer.post(f"/casework/cases/{case.reference}/accept", data=answers)
    session.refresh(case)
    assert case.state is State.ACCEPTED
    address = _publish(session, office, 2)
    assert app.test_client().get(f"/decisions/{address}").status_code == 200


@pytest.mark.usefixtures("broken")
def test_search_says_that_it_is_being_rebuilt_and_shows_the_newest(client: FlaskClient) -> None:
    for path, status in (("/decisions", 200), ("/decisions?q=专利", 503)):
        page = Pages(client).get(path, status=status)
        assert "检索正在重建" in page.text
        assert "测〔2026〕1号" in page.text
    answer = client.get("/decisions.json?q=专利")
    assert (answer.status_code, answer.content_type) == (503, "application/problem+json")
    assert int(answer.headers["Retry-After"]) > 0
    assert client.get("/readyz").json["degraded"][0] == "search"  # type: ignore[index]


@pytest.mark.usefixtures("broken")
def test_the_worker_makes_it_anew(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        indexing.rebuild_if_lost([])
    assert client.get("/decisions.json?q=专利").json["total"] == 1  # type: ignore[index]
    assert "search" not in client.get("/readyz").json["degraded"]  # type: ignore[index]


@pytest.mark.parametrize("harm", [_remove, _overwrite])
def test_lost_while_it_is_in_use_it_is_no_fault(
    client: FlaskClient, config: Config, office: Office, harm: Callable[[Path], None]
) -> None:
    assert client.get("/decisions?q=专利").status_code == 200
    harm(config.index_dir)
    for words in ("专利", "水杯", "当事人"):
        assert client.get(f"/decisions?q={words}").status_code in (200, 503)
