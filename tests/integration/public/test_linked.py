"""What pages tell machines: one canonical address each, and schema.org's words for what they show."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
import time_machine
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from background.indexing import rebuild
from models.decisions.tables import Decision
from models.people.roles import Role
from tests.factories import NOW, StaffFactory
from tests.pages import Pages
from tests.support.published import published

EVIL = "</script><!-- 护航示例有限公司"


@pytest.fixture(autouse=True)
def _in_march_2026() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def decision(app: Flask, session: Session) -> Decision:
    reviewer = StaffFactory(role=Role.REVIEWER)
    made = published(session, reviewer.assignments[0].unit, reviewer)
    with app.app_context():
        rebuild()
    return made


def told(page: BeautifulSoup) -> dict[str, object]:
    (script,) = page.select('script[type="application/ld+json"]')
    found: dict[str, object] = json.loads(script.string or "")
    assert found["@context"] == "https://schema.org"
    return found


def canonical(page: BeautifulSoup) -> str:
    (link,) = page.select("link[rel=canonical]")
    return str(link["href"]).removeprefix("http://localhost")


def test_a_decision_says_what_it_is(client: FlaskClient, decision: Decision) -> None:
    page = Pages(client).get(f"/decisions/{decision.public_id}?q=水杯")
    found = told(page)
    assert found["@type"] == "DigitalDocument"
    assert found["identifier"] == decision.document_number
    assert found["datePublished"] == "2026-03-02"
    assert canonical(page) == f"/decisions/{decision.public_id}"


def test_no_name_breaks_out_of_it(client: FlaskClient, session: Session, decision: Decision) -> None:
    decision.party_name = EVIL
    session.commit()
    page = BeautifulSoup(client.get(f"/decisions/{decision.public_id}").data, "html.parser")
    assert told(page)["name"] == f"{EVIL} {decision.document_number}"


def test_the_site_can_be_searched_and_the_data_found(
    client: FlaskClient, session: Session, decision: Decision
) -> None:
    session.commit()
    site = told(Pages(client).get("/"))
    assert site["potentialAction"]["target"]["urlTemplate"].endswith("/decisions?q={words}")  # type: ignore[index]
    assert told(Pages(client).get("/data"))["@type"] == "Dataset"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/en/decisions?q=水杯&sort=oldest&size=5&year=2026", "/en/decisions?q=%E6%B0%B4%E6%9D%AF&year=2026"),
        ("/decisions", "/decisions"),
        ("/statistics/decisions?q=水杯", "/statistics/decisions"),
        ("/data", "/data"),
        ("/lists/serious", "/lists/serious"),
    ],
)
def test_a_page_has_one_canonical_address(
    client: FlaskClient, decision: Decision, address: str, expected: str
) -> None:
    assert canonical(Pages(client).get(address)) == expected
