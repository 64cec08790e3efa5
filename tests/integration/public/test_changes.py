"""Following changes: `since` and `sort=changed` at every ending, page by page to the end, with ties, in the words of a mirror."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator
from urllib.parse import urlencode
from xml.etree import ElementTree as ET

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from background.indexing import rebuild
from models.decisions.publication import withdraw
from models.decisions.tables import Decision
from models.people.roles import Role
from models.people.tables import Account
from tests.factories import NOW, StaffFactory
from tests.support.decisions import invented_uscc
from tests.support.published import published

ATOM = "{http://www.w3.org/2005/Atom}"
DAY = dt.timedelta(days=1)
LATER = NOW + 10 * DAY


@pytest.fixture
def reviewer(session: Session) -> Account:
    made: Account = StaffFactory(role=Role.REVIEWER)
    return made


@pytest.fixture
def decisions(app: Flask, session: Session, reviewer: Account) -> Iterator[list[Decision]]:
    """Nine, three a day; ten days later the second, the fifth and the sixth are changed, all on one day."""
    unit, made = reviewer.assignments[0].unit, []
    for number in range(9):
        day = NOW + (number // 3) * DAY
        with time_machine.travel(day, tick=False):
            made.append(
                published(
                    session,
                    unit,
                    reviewer,
                    now=day,
                    document_number=f"测市监处罚〔2026〕{number:03}号",
                    uscc=invented_uscc(number),
                    party_name=f"护航样品{number}有限公司",
                )
            )
    for number in (1, 4, 5):
        made[number].updated_at = LATER
    session.commit()
    with time_machine.travel(LATER, tick=False):
        with app.app_context():
            rebuild()
        yield made


def order(decisions: list[Decision]) -> list[str]:
    """The last changed first; within a day the newer record first."""
    ranks = {1: 10, 4: 10, 5: 10}
    places = sorted(range(9), key=lambda n: (ranks.get(n, n // 3), decisions[n].id), reverse=True)
    return [decisions[n].public_id for n in places]


def paged(client: FlaskClient, address: str | None) -> list[str]:
    seen: list[str] = []
    while address:
        page = client.get(address).get_json()
        seen += [one["id"] for one in page["items"]]
        address = page["next"]
    return seen


@pytest.mark.parametrize("size", [1, 2, 3, 4, 100])
def test_pages_lead_through_all_changes_with_ties(
    client: FlaskClient, decisions: list[Decision], size: int
) -> None:
    for path in ("/decisions.json", "/api/v1/decisions"):
        assert paged(client, f"{path}?sort=changed&size={size}") == order(decisions)
        assert paged(client, f"{path}?q=当事人&sort=changed&size={size}") == order(decisions)


@pytest.mark.parametrize(
    ("since", "count"),
    [
        ("2026-03-02", 9),
        ("2026-03-03", 7),  # three and three, and the second of the first day
        ("2026-03-05", 3),
        ("2026-03-12", 3),
        ("2026-03-13", 0),
        ("2026-03-04T15:59:59Z", 6),  # the instant still lies in the fourth of March in Beijing
        ("2026-03-04T16:00:00Z", 3),
        ("2026-03-05T00:30:00+08:00", 3),
    ],
)
def test_since_counts_by_the_day_of_the_change(
    client: FlaskClient, decisions: list[Decision], since: str, count: int
) -> None:
    query = {"since": since, "sort": "changed", "size": "2"}
    expected = order(decisions)[:count]
    assert client.get("/decisions.json", query_string=query).get_json()["total"] == count
    assert paged(client, f"/decisions.json?{urlencode(query)}") == expected
    table = client.get("/decisions.csv", query_string={"since": since, "sort": "changed"})
    rows = list(csv.DictReader(io.StringIO(table.get_data(as_text=True).lstrip("\ufeff"))))
    assert [row["id"] for row in rows] == expected
    feed = ET.fromstring(client.get("/decisions.atom", query_string={**query, "size": "100"}).data)  # noqa: S314
    names = [one.text or "" for one in feed.iter(f"{ATOM}id")][1:]
    assert [name.rpartition("/")[2] for name in names] == expected


@pytest.mark.parametrize("since", ["yesterday", "2026-02-30", "2026-03-02Tnoon", "0001-01-01T00:00:00+14:00"])
def test_a_day_that_is_none_is_a_problem(client: FlaskClient, since: str) -> None:
    for path in (
        "/decisions.json",
        "/decisions.csv",
        "/decisions.xlsx",
        "/decisions.atom",
        "/api/v1/decisions",
    ):
        answer = client.get(path, query_string={"since": since})
        assert (answer.status_code, answer.content_type) == (400, "application/problem+json")


def test_the_page_says_since_when_and_lets_it_go(client: FlaskClient, decisions: list[Decision]) -> None:
    page = client.get("/decisions?since=2026-03-12&sort=changed").get_data(as_text=True)
    assert "2026年3月12日以来公示或者变动" in page
    assert decisions[4].party_name in page
    assert decisions[0].party_name not in page


def test_a_change_between_two_pages_hides_nothing_that_was_to_come(
    app: Flask, client: FlaskClient, session: Session, decisions: list[Decision]
) -> None:
    """What is changed meanwhile moves to the front; who goes on sees all others, and the next round sees that one."""
    first = client.get("/decisions.json?sort=changed&size=4").get_json()
    moved = decisions[0]
    assert moved.public_id not in {one["id"] for one in first["items"]}
    moved.updated_at = LATER + DAY
    session.commit()
    with time_machine.travel(LATER + DAY, tick=False):
        with app.app_context():
            rebuild()
        seen = [one["id"] for one in first["items"]] + paged(client, first["next"])
        assert sorted(seen) == sorted(name for name in order(decisions) if name != moved.public_id)
        assert paged(client, "/decisions.json?since=2026-03-13&sort=changed") == [moved.public_id]


def test_what_ended_in_the_night_is_told_since_the_day(
    client: FlaskClient, session: Session, reviewer: Account, decisions: list[Decision]
) -> None:
    """A day begins in Beijing: an end at five past midnight is one of that day, not of the day before."""
    midnight = dt.datetime(2026, 3, 12, 0, 5, tzinfo=dt.timezone(dt.timedelta(hours=8)))
    withdraw(
        session,
        decisions[0],
        reason="复议决定撤销了原处罚决定",
        actor=reviewer,
        now=midnight.astimezone(dt.UTC),
    )
    session.commit()
    ended = client.get("/decisions.json?since=2026-03-12").get_json()["_meta"]["ended"]
    assert [one["id"] for one in client.get(ended).get_json()["items"]] == [decisions[0].public_id]
    assert client.get("/decisions/removals.json?since=2026-03-13").get_json()["items"] == []
