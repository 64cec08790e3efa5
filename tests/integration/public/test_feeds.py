"""Feeds as readers read them: parsed by feedparser without complaint, and what RFC 4287 asks beyond that."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import feedparser
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

FEEDS = (
    "/decisions.atom",
    "/decisions.atom?q=专利&size=1",
    "/en/decisions.atom?q=专利",
    "/decisions/removals.atom",
)


@pytest.fixture(autouse=True)
def _in_march_2026() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def reviewer(session: Session) -> Account:
    made: Account = StaffFactory(role=Role.REVIEWER)
    return made


@pytest.fixture(autouse=True)
def decisions(app: Flask, session: Session, reviewer: Account) -> list[Decision]:
    made = [
        published(
            session,
            reviewer.assignments[0].unit,
            reviewer,
            document_number=f"测市监处罚〔2026〕{number:03}号",
            uscc=invented_uscc(number),
            facts="当事人销售“<假冒>专利”的水杯 & 杯盖。\x0b",
        )
        for number in (1, 2, 3)
    ]
    withdraw(session, made[2], reason="复议决定撤销了原处罚决定", actor=reviewer, now=NOW)
    session.commit()
    with app.app_context():
        rebuild()
    return made


@pytest.mark.parametrize("address", FEEDS)
def test_a_reader_takes_it_without_complaint(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    feed = feedparser.parse(answer.data, response_headers={"content-type": answer.content_type})
    assert not feed.bozo, feed.get("bozo_exception")
    assert feed.version == "atom10"
    assert feed.feed.title
    assert feed.feed.author
    assert feed.feed.updated_parsed
    (own,) = [link.href for link in feed.feed.links if link.rel == "self"]
    assert urlsplit(own).path == urlsplit(address).path
    ids = [entry.id for entry in feed.entries]
    assert len(set(ids)) == len(ids)
    for entry in feed.entries:
        assert entry.title
        assert entry.updated_parsed
        assert entry.published_parsed
        assert entry.updated_parsed <= feed.feed.updated_parsed
        assert [link.href for link in entry.links if link.type == "text/html"] == [entry.id]


def test_markup_in_a_text_is_text(client: FlaskClient) -> None:
    feed = feedparser.parse(client.get("/decisions.atom").data, sanitize_html=False)
    assert len(feed.entries) == 2
    assert "“<假冒>专利”的水杯 & 杯盖" in feed.entries[0].summary


def test_pages_lead_to_the_end_and_hold_everything_once(
    client: FlaskClient, decisions: list[Decision]
) -> None:
    found, address = [], "/decisions.atom?q=专利&size=1"
    while address:
        feed = feedparser.parse(client.get(address).data)
        found += [entry.id.rsplit("/", 1)[1] for entry in feed.entries]
        address = next((link.href for link in feed.feed.links if link.rel == "next"), "")
        address = address.removeprefix("http://localhost")
    assert sorted(found) == sorted(one.public_id for one in decisions[:2])
