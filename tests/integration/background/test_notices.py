"""Filers who agreed are told that there is news, by a real mail server and a gateway; never what, and never in clear."""

from __future__ import annotations

import contextlib
import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from structlog.testing import capture_logs

from adapters.sms import ConsoleTexter, GatewayTexter, texter_for
from app import create_app
from background.handlers import HANDLERS
from background.worker import Worker
from config import Config, ConfigError
from models.cases.operations import accept
from models.cases.tables import Case
from models.filings.tables import Filing
from models.ledger.tables import LedgerEvent
from models.outbox import OutboxRow
from models.ports import Text
from models.types import now_utc
from shared.database import database
from tests.pages import Pages
from tests.support.cases import Office, an_office
from tests.support.databases import SharedDatabase
from tests.support.filings import FACTS, Walker
from tests.support.running import free_port

NAMED = {"how": "named", "name": "测试甲某某", "phone": "138 0000 1234", "email": "filer@example.org"}


class _Mailbox:
    """The folder where aiosmtpd lays what it takes in, and its port."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port

    @property
    def mails(self) -> list[EmailMessage]:
        return [
            message_from_bytes(path.read_bytes(), policy=policy.default)
            for path in sorted((self.folder / "new").glob("*"))
        ]

    def clear(self) -> None:
        """Throws away what has come so far."""
        for path in (self.folder / "new").glob("*"):
            path.unlink()


class _Gateway(BaseHTTPRequestHandler):
    """A gateway for text messages; refuses the first one when told to."""

    taken: list[tuple[str | None, dict[str, str]]]
    refuses = 0

    def do_POST(self) -> None:
        kind = type(self)
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if kind.refuses:
            kind.refuses -= 1
            self.send_response(503)
        else:
            kind.taken.append((self.headers["Authorization"], json.loads(body)))
            self.send_response(204)
        self.end_headers()

    def log_message(self, *_arguments: object) -> None:
        """Keeps quiet."""


@pytest.fixture
def mailbox(tmp_path: Path) -> Iterator[_Mailbox]:
    """A real mail server. It runs apart: a package that it needs has the name of our package `public`."""
    box = _Mailbox(tmp_path / "mail", free_port())
    asked = [
        "-m",
        "aiosmtpd",
        "-n",
        "-l",
        f"127.0.0.1:{box.port}",
        "-c",
        "aiosmtpd.handlers.Mailbox",
        str(box.folder),
    ]
    server = subprocess.Popen([sys.executable, "-I", *asked], cwd=tmp_path)
    try:
        _wait_for(box.port)
        yield box
    finally:
        server.terminate()
        server.wait()


def _wait_for(port: int) -> None:
    for _ in range(200):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise TimeoutError("the mail server did not start")


@pytest.fixture
def gateway() -> Iterator[tuple[type[_Gateway], str]]:
    kind = type("Gateway", (_Gateway,), {"taken": []})
    with ThreadingHTTPServer(("127.0.0.1", 0), kind) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield kind, f"http://127.0.0.1:{server.server_port}/send"
        server.shutdown()
        thread.join()


@pytest.fixture
def office(session: Session) -> Office:
    office = an_office(session)
    session.commit()
    return office


@pytest.fixture
def told(
    config: Config,
    database: SharedDatabase,
    office: Office,
    mailbox: _Mailbox,
    gateway: tuple[type[_Gateway], str],
) -> Flask:
    """The application with both servers."""
    mail = replace(config.mail, kind="smtp", host="127.0.0.1", port=mailbox.port)
    made = create_app(replace(config, mail=mail, sms_url=gateway[1], sms_token="secret"), database)
    made.config["WTF_CSRF_ENABLED"] = False
    return made


def _file(app: Flask, **contact: Any) -> Walker:
    walker = Walker(app.test_client())
    walker.to_check(**{**NAMED, **contact})
    walker.submit()
    return walker


def _work(app: Flask, session: Session) -> None:
    with app.app_context():
        Worker(database(), HANDLERS).run(until_idle=True)
    session.expire_all()


def _news(app: Flask, session: Session, office: Office) -> None:
    accept(session, case=session.scalars(select(Case)).one(), actor=office.intake, now=now_utc())
    session.commit()
    _work(app, session)


def test_both_ways_tell_that_there_is_news_and_not_what(
    told: Flask, session: Session, office: Office, mailbox: _Mailbox, gateway: Any
) -> None:
    walker = _file(told, notify=["email", "sms"])
    _work(told, session)
    mailbox.clear()
    gateway[0].taken.clear()
    _news(told, session, office)
    filing = session.scalars(select(Filing)).one()
    (mail,) = mailbox.mails
    ((authorisation, text),) = gateway[0].taken
    assert mail["To"] == "filer@example.org"
    assert filing.shown_reference in mail["Subject"]
    assert (authorisation, text["to"]) == ("Bearer secret", "13800001234")
    for words in (mail.get_content(), text["text"]):
        assert "/track" in words
        for secret in (FACTS["respondent_name"], FACTS["facts"][:6], "测试甲", "受理"):
            assert secret not in words
    assert walker.client


def test_no_address_lies_in_the_outbox_the_ledger_or_the_log(
    told: Flask, session: Session, office: Office
) -> None:
    with capture_logs() as events:
        _file(told, notify=["email", "sms"])
        rows = [str(row.payload) for row in session.scalars(select(OutboxRow))]
        _news(told, session, office)
    ledger = [str(event.data) for event in session.scalars(select(LedgerEvent))]
    acts = session.scalars(select(LedgerEvent.act)).all()
    assert "address_notice" in acts, "each look into the envelope is on record"
    for secret in ("filer@example.org", "13800001234", "138 0000 1234"):
        assert secret not in "".join(rows) + "".join(ledger) + str(events)


def test_who_did_not_agree_is_not_told(
    told: Flask, session: Session, office: Office, mailbox: _Mailbox
) -> None:
    _file(told)
    _news(told, session, office)
    assert mailbox.mails == []


def test_who_takes_it_back_is_told_no_more(
    told: Flask, session: Session, office: Office, mailbox: _Mailbox
) -> None:
    walker = _file(told, notify=["email"])
    _work(told, session)
    mailbox.clear()
    filing = session.scalars(select(Filing)).one()
    assert "不再发邮件" in Pages(walker.client).get(f"/track/{filing.reference}").text
    walker.client.post(f"/track/{filing.reference}/stop-notices")
    assert "不再发邮件" not in Pages(walker.client).get(f"/track/{filing.reference}").text
    _news(told, session, office)
    assert mailbox.mails == []


@pytest.mark.parametrize("languages", [("", "/en", ""), ("/en", "", "/zh-hant")])
def test_a_notice_is_in_the_language_of_the_filing(
    told: Flask, session: Session, office: Office, mailbox: _Mailbox, languages: tuple[str, ...]
) -> None:
    """Also after one in another language, by the same process."""
    words = {"": "新进展", "/en": "News", "/zh-hant": "新進展"}
    for prefix in languages:
        walker = Walker(told.test_client(), f"{prefix}/file")
        walker.to_check(**NAMED, notify="email")
        walker.client.post(f"{prefix}/file/check", data={"token": walker.token()})
        _work(told, session)
        (mail,) = mailbox.mails
        assert words[prefix].lower() in str(mail["Subject"]).lower()
        mailbox.clear()  # names in a mailbox are no order: two of one second can be the other way round


def test_a_gateway_that_fails_is_asked_again(
    told: Flask, session: Session, office: Office, gateway: Any
) -> None:
    gateway[0].refuses = 1
    _file(told, notify=["sms"])
    _work(told, session)
    assert gateway[0].taken == []
    (row,) = session.scalars(select(OutboxRow).where(OutboxRow.kind == "tell-filer"))
    assert row.attempts == 1
    assert row.done_at is None


def test_agreeing_needs_an_address(told: Flask) -> None:
    walker = Walker(told.test_client())
    walker.to_check()
    page = Pages(walker.client).post("/file/contact", {**NAMED, "email": "", "notify": ["email"]})
    assert "请填写电子邮箱" in page.select_one(".problems").text


def test_without_a_gateway_no_message_is_offered_and_in_production_none_is_printed(config: Config) -> None:
    assert texter_for("", "", may_print=False) is None
    assert isinstance(texter_for("", "", may_print=True), ConsoleTexter)
    assert isinstance(texter_for("https://sms.example/send", "", may_print=False), GatewayTexter)
    with capture_logs() as events:
        ConsoleTexter().send(Text("13800001234", "您的登记有新进展"))
    assert events[0]["event"] == "sms"
    with pytest.raises(ConfigError, match="HUHANG_SMS_URL"):
        Config.from_env({"HUHANG_SMS_URL": "ftp://sms.example", "HUHANG_DATA": str(config.data_dir)})
