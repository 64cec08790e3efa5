"""Alerts: asked for, confirmed, sent when there is news, stopped by one press; who has one stays unknown."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from background.alerts import queue_digests, send_digests
from background.indexing import rebuild
from background.work import Work
from models.alerts.operations import drop_unconfirmed
from models.alerts.tables import Alert
from models.decisions.publication import withdraw
from models.outbox import OutboxRow
from models.people.roles import Role
from models.people.tables import Account
from models.ports import Message
from shared.services import services
from tests.factories import NOW, StaffFactory
from tests.pages import Pages
from tests.support.decisions import invented_uscc
from tests.support.published import published

READER = "reader@example.org"
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def reviewer(app: Flask, session: Session) -> Account:
    """Who publishes; one decision is public and in the index."""
    made: Account = StaffFactory(role=Role.REVIEWER)
    published(session, made.assignments[0].unit, made)
    with app.app_context():
        rebuild()
    return made


@pytest.fixture
def sent(app: Flask, monkeypatch: pytest.MonkeyPatch) -> list[Message]:
    taken: list[Message] = []
    with app.app_context():
        monkeypatch.setattr(type(services().mailer), "send", lambda _mailer, message: taken.append(message))
    return taken


def ask(client: FlaskClient, address: str = READER, query: str = "q=专利", prefix: str = "") -> None:
    answer = client.post(f"{prefix}/alerts?{query}", data={"address": address, "rhythm": "daily"})
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"{prefix}/alerts/asked"


def confirmation(session: Session) -> str:
    """The path of the link in the confirmation that was queued last."""
    row = session.scalars(
        select(OutboxRow).where(OutboxRow.kind == "mail").order_by(OutboxRow.id.desc())
    ).first()
    assert row is not None
    assert row.payload["to"] == READER
    found = re.search(r"https?://[^/\s]+(/\S+)", row.payload["body"])
    assert found is not None
    return found[1]


def publish_another(app: Flask, session: Session, reviewer: Account, number: int = 2) -> str:
    decision = published(
        session,
        reviewer.assignments[0].unit,
        reviewer,
        now=dt.datetime.now(dt.UTC),
        document_number=f"测市监处罚〔2026〕{number:03}号",
        uscc=invented_uscc(number),
        party_name="蓝鹭水具有限公司",
    )
    with app.app_context():
        rebuild()
    return decision.public_id


def deliver(app: Flask, session: Session) -> None:
    """What the worker does when the time has come."""
    with app.app_context():
        queue_digests(session, dt.datetime.now(dt.UTC))
        session.commit()
        waiting = select(OutboxRow).where(OutboxRow.kind == "alert-digest", OutboxRow.done_at.is_(None))
        for row in session.scalars(waiting).all():
            send_digests([Work(row.kind, row.key, row.payload)])
            row.done_at = dt.datetime.now(dt.UTC)
        session.commit()


def test_the_page_says_what_to_expect(client: FlaskClient) -> None:
    for prefix in ("", "/en", "/zh-hant"):
        page = Pages(client).get(f"{prefix}/alerts?q=专利")
        assert page.select_one("a[href*='/decisions.atom?q=']") is not None
    assert "现在公示的有 1 份" in Pages(client).get("/alerts?q=专利").get_text()
    assert "现在公示的有 0 份" in Pages(client).get("/alerts?q=从未出现").get_text()
    Pages(client).get("/alerts?q=白酒 AND", status=422)
    Pages(client).get("/en/alerts/asked")


def test_an_address_that_cannot_be_one_is_told(client: FlaskClient) -> None:
    for address in ("", "reader", "reader@", "a b@example.org", "a@example.org\nBcc: b@example.org"):
        Pages(client).post("/alerts?q=专利", {"address": address, "rhythm": "daily"}, status=422)


def test_nothing_is_sent_before_it_is_confirmed(
    app: Flask,
    session: Session,
    client: FlaskClient,
    reviewer: Account,
    sent: list[Message],
    clock: time_machine.Traveller,
) -> None:
    ask(client)
    link = confirmation(session)
    clock.move_to(NOW + DAY)
    publish_another(app, session, reviewer)
    clock.move_to(NOW + 2 * DAY)
    deliver(app, session)
    assert sent == []
    assert client.post(f"{link}/confirm").status_code == 303
    Pages(client).get(link)
    Pages(client).get(f"/en{link}")
    deliver(app, session)
    assert sent == [], "what was published before it was confirmed is no news"


def test_news_come_once_in_the_readers_language_and_name_no_party(
    app: Flask,
    session: Session,
    client: FlaskClient,
    reviewer: Account,
    sent: list[Message],
    clock: time_machine.Traveller,
) -> None:
    ask(client, prefix="/en")
    link = confirmation(session)
    client.post(f"{link}/confirm")
    clock.move_to(NOW + DAY)
    new = publish_another(app, session, reviewer)
    clock.move_to(NOW + 2 * DAY)
    deliver(app, session)
    (mail,) = sent
    assert mail.to == READER
    assert f"/en/decisions/{new}" in mail.body
    assert "蓝鹭" not in mail.body + mail.subject
    assert "Unsubscribe" in mail.body
    stop = mail.headers["List-Unsubscribe"].strip("<>")
    assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    clock.move_to(NOW + 4 * DAY)
    deliver(app, session)
    assert len(sent) == 1, "no news, no mail"
    path = stop.partition("://")[2].partition("/")[2]
    app.config["WTF_CSRF_ENABLED"] = True  # a mail program knows no form token
    assert app.test_client().post(f"/{path}", data={"List-Unsubscribe": "One-Click"}).status_code == 200
    assert session.scalars(select(Alert)).all() == []


def test_what_has_ended_is_not_mailed(
    app: Flask,
    session: Session,
    client: FlaskClient,
    reviewer: Account,
    sent: list[Message],
    clock: time_machine.Traveller,
) -> None:
    ask(client)
    client.post(f"{confirmation(session)}/confirm")
    clock.move_to(NOW + DAY)
    decision = published(
        session,
        reviewer.assignments[0].unit,
        reviewer,
        now=NOW + DAY,
        document_number="测市监处罚〔2026〕009号",
    )
    with app.app_context():
        rebuild()
    withdraw(session, decision, reason="复议决定撤销了原处罚决定", actor=reviewer, now=NOW + DAY)
    session.commit()
    clock.move_to(NOW + 2 * DAY)
    deliver(app, session)
    assert sent == []


def test_looking_stops_nothing_and_a_forged_link_is_unknown(session: Session, client: FlaskClient) -> None:
    ask(client)
    link = confirmation(session)
    assert client.get(f"{link}/stop").status_code == 303
    assert len(session.scalars(select(Alert)).all()) == 1
    handle, _, mac = link.rpartition("/")[2].partition("-")
    for forged in (f"{handle}-{'a' * len(mac)}", f"{handle}", "x", f"{'0' * 16}-{mac}", "é-é"):
        assert client.get(f"/alerts/{forged}").status_code == 404
        assert client.post(f"/alerts/{forged}/stop").status_code == 404
    assert client.post(f"{link}/stop").status_code == 200
    assert client.get(link).status_code == 404


def test_every_address_gets_the_same_answer_and_no_mailbox_is_filled(
    session: Session, client: FlaskClient
) -> None:
    for number in range(6):
        ask(client, query=f"q=专利{number}")
        ask(client, query=f"q=专利{number}")
    assert len(session.scalars(select(Alert)).all()) == 3
    mails = session.scalars(select(OutboxRow).where(OutboxRow.kind == "mail")).all()
    assert len(mails) == 3


def test_the_database_tells_no_address(session: Session, client: FlaskClient) -> None:
    ask(client)
    (alert,) = session.scalars(select(Alert)).all()
    assert READER.encode() not in alert.sealed_address
    assert READER not in repr({column: getattr(alert, column) for column in ("address_digest", "question")})


def test_who_does_not_confirm_is_forgotten(session: Session, client: FlaskClient) -> None:
    ask(client)
    assert drop_unconfirmed(session, NOW + dt.timedelta(hours=47)) == 0
    assert drop_unconfirmed(session, NOW + dt.timedelta(hours=49)) == 1
    session.flush()
    assert session.scalars(select(Alert)).all() == []
