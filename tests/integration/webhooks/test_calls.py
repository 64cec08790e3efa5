"""Webhooks against a real HTTP server: signed, tried again, never twice for one act, switched off with a mail."""

from __future__ import annotations

import datetime as dt
import json
import runpy
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from adapters.webhooks import CallRefused, call, is_public, public_addresses
from background.filings import notify_filers
from background.webhooks import call_webhooks
from background.work import Work
from journey.keys import keyring
from models.cases.operations import accept
from models.cases.tables import Case, CaseAct
from models.holders.tables import HeldFiling
from models.outbox import OutboxRow
from models.people.tables import Account
from models.types import now_utc
from models.webhooks.operations import (
    CALL,
    WAITS,
    add_webhook,
    good_secrets,
    queue_calls,
    rotate_secret,
    why_not_address,
)
from models.webhooks.tables import Webhook, WebhookCall
from tests.support.cases import Office, a_case, an_office
from tests.support.holders import a_holder, organisation_id
from tests.support.receiver import Receiver, receiving

SCRIPT = Path(__file__).parents[3] / "docs" / "verify_webhook.py"


@pytest.fixture
def office(session: Session) -> Office:
    return an_office(session)


@pytest.fixture
def holder(session: Session, office: Office) -> Account:
    return a_holder(session, office.intake, now=now_utc())


@pytest.fixture
def context(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


def _held(session: Session, office: Office, holder: Account) -> Case:
    case = a_case(session)
    session.add(HeldFiling(filing_id=case.filing_id, organisation_id=organisation_id(session, holder)))
    session.flush()
    return case


def _hook(session: Session, holder: Account, address: str) -> tuple[Webhook, str]:
    made = add_webhook(
        session, account=holder, address=address, is_strict=False, keys=keyring(), now=now_utc()
    )
    session.commit()
    return made


def _accept(session: Session, office: Office, case: Case) -> CaseAct:
    accept(session, case=case, actor=office.intake, now=now_utc())
    session.commit()
    return session.scalars(select(CaseAct).order_by(CaseAct.id.desc())).first()  # type: ignore[return-value]


def _run(session: Session) -> int:
    """Every call that lies in the outbox, whenever it is due; returns how many."""
    session.expire_all()
    rows = session.scalars(select(OutboxRow).where(OutboxRow.kind == CALL, OutboxRow.done_at.is_(None))).all()
    for row in rows:
        call_webhooks([Work(row.kind, row.key, row.payload)])
        row.done_at = now_utc()
    session.commit()
    session.expire_all()
    return len(rows)


def _verified(receiver: Receiver, secret: str, *, later: float = 0) -> int:
    headers, body = receiver.got[-1]
    command = [sys.executable, str(SCRIPT), "--secret", secret, "--signature", headers["Huhang-Signature"]]
    if later:
        command += ["--now", str(time.time() + later)]
    return subprocess.run(command, input=body, check=False, stdout=subprocess.DEVNULL).returncode


@pytest.mark.usefixtures("context")
def test_an_act_calls_signed_and_says_nothing_of_persons(
    session: Session, office: Office, holder: Account
) -> None:
    with receiving() as receiver:
        _webhook, secret = _hook(session, holder, receiver.address + "/in?x=1")
        case = _held(session, office, holder)
        entry = _accept(session, office, case)
        work = Work("notify-filer", f"notify-filer:{entry.id}", {"case_id": case.id, "act_id": entry.id})
        notify_filers([work])
        notify_filers([work])
        assert _run(session) == 1, "the same act is queued once"
        assert _run(session) == 0
        headers, body = receiver.got[-1]
        told = json.loads(body)
        assert told == {
            "id": f"act_{entry.id}",
            "type": "filing.updated",
            "at": entry.at.isoformat(),
            "reference": case.shown_reference,
            "act": "accept",
            "state": "accepted",
        }
        assert headers["Huhang-Event"] == told["id"]
        assert _verified(receiver, secret) == 0
        assert _verified(receiver, "whsec_another") == 1
        assert _verified(receiver, secret, later=600) == 1, "an old call is a replay"


@pytest.mark.usefixtures("context")
def test_what_fails_hangs_or_leads_elsewhere_is_tried_again(
    session: Session, office: Office, holder: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.webhooks.call.__kwdefaults__", {"seconds": 1.0})
    with receiving(500, 302, 0, 204) as receiver:
        _hook(session, holder, receiver.address)
        _accept(session, office, case := _held(session, office, holder))
        entry = session.scalars(
            select(CaseAct).where(CaseAct.case_id == case.id, CaseAct.act == "accept")
        ).one()
        queue_calls(session, entry=entry, now=now_utc())
        session.commit()
        results = []
        for _try in range(4):
            began = time.monotonic()
            assert _run(session) == 1
            assert time.monotonic() - began < 5, "nobody holds the worker up"
            results.append(session.scalars(select(WebhookCall)).one().last_result)
        assert results[0] == "500"
        assert results[1] == "302", "a redirect is a failure, and is not followed"
        assert results[3] == "204"
        done = session.scalars(select(WebhookCall)).one()
        assert (done.tries, done.delivered_at is not None) == (4, True)
        assert len({headers["Huhang-Event"] for headers, _body in receiver.got}) == 1
        assert len(receiver.got) == 4
        assert _run(session) == 0


@pytest.mark.usefixtures("context")
def test_two_days_of_failure_switch_it_off_with_a_mail(
    session: Session, office: Office, holder: Account
) -> None:
    with receiving(503) as receiver:
        webhook, _secret = _hook(session, holder, receiver.address)
        entry = _accept(session, office, _held(session, office, holder))
        queue_calls(session, entry=entry, now=now_utc())
        session.commit()
        for _try in range(len(WAITS)):
            assert _run(session) == 1
            assert webhook.is_on
        waits = session.scalars(
            select(OutboxRow.due_at).where(OutboxRow.kind == CALL).order_by(OutboxRow.id)
        ).all()
        assert waits == sorted(waits), "each wait is longer"
        assert sum(WAITS, dt.timedelta()) > dt.timedelta(hours=40)
        assert _run(session) == 1
        assert not webhook.is_on
        mail = session.scalars(select(OutboxRow).where(OutboxRow.kind == "mail")).all()[-1]
        assert receiver.address in mail.payload["body"]
        assert len(receiver.got) == len(WAITS) + 1
        assert queue_calls(session, entry=entry, now=now_utc()) == 0


@pytest.mark.usefixtures("context")
def test_a_new_secret_and_the_former_one_both_sign_for_a_day(
    session: Session, office: Office, holder: Account
) -> None:
    with receiving() as receiver:
        webhook, old = _hook(session, holder, receiver.address)
        new = rotate_secret(session, webhook=webhook, actor=holder, keys=keyring(), now=now_utc())
        entry = _accept(session, office, _held(session, office, holder))
        queue_calls(session, entry=entry, now=now_utc())
        session.commit()
        _run(session)
        assert (_verified(receiver, old), _verified(receiver, new)) == (0, 0)
        tomorrow = now_utc() + dt.timedelta(days=1, seconds=1)
        assert good_secrets(webhook, keyring(), tomorrow) == [new.encode()]


def test_another_holder_is_not_called(app: Flask, session: Session, office: Office, holder: Account) -> None:
    other = a_holder(session, office.intake, now=now_utc(), name="别的公司")
    with app.app_context():
        _hook(session, other, "http://127.0.0.1:9/")
    entry = _accept(session, office, _held(session, office, holder))
    assert queue_calls(session, entry=entry, now=now_utc()) == 0


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.8", "224.0.0.1",
     "::1", "fe80::1%eth0", "fd00::1", "::ffff:127.0.0.1", "2002:7f00:1::", "64:ff9b::a01:203", "::", "not-one"],
)  # fmt: skip
def test_addresses_of_our_own_network_are_no_public_ones(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "2606:4700:4700::1111", "::ffff:8.8.8.8"])
def test_public_addresses_are(address: str) -> None:
    assert is_public(address)


def test_strictly_nothing_private_and_nothing_without_tls_is_called() -> None:
    with receiving() as receiver:
        with pytest.raises(CallRefused):
            call(receiver.address, b"{}", {}, is_strict=True)
        with pytest.raises(CallRefused):
            call(receiver.address.replace("http://", "https://"), b"{}", {}, is_strict=True)
        with pytest.raises(CallRefused):
            public_addresses("localhost", 443)
        assert receiver.got == []


def test_a_name_cannot_change_its_mind_between_the_look_and_the_call(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    called: list[str] = []

    def rebinding(host: str, port: int, **_more: object) -> list[tuple[object, ...]]:
        asked.append(host)
        address = "93.184.215.14" if len(asked) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    def connecting(address: tuple[str, int], **_more: object) -> socket.socket:
        called.append(address[0])
        raise ConnectionRefusedError

    monkeypatch.setattr("adapters.webhooks.socket.getaddrinfo", rebinding)
    monkeypatch.setattr("adapters.webhooks.socket.create_connection", connecting)
    with pytest.raises(ConnectionRefusedError):
        call("https://rebind.example/in", b"{}", {}, is_strict=True)
    assert (asked, called) == (["rebind.example"], ["93.184.215.14"]), "looked up once, called where looked"
    with pytest.raises(CallRefused):
        call("https://rebind.example/in", b"{}", {}, is_strict=True)
    assert len(called) == 1


@pytest.mark.usefixtures("context")
def test_a_stranger_with_the_script_acts_once_on_what_is_repeated(
    session: Session, office: Office, holder: Account
) -> None:
    problem = runpy.run_path(str(SCRIPT))["problem"]
    with receiving(500, 200) as receiver:  # it took the first, and its answer got lost
        _webhook, secret = _hook(session, holder, receiver.address)
        entry = _accept(session, office, _held(session, office, holder))
        queue_calls(session, entry=entry, now=now_utc())
        session.commit()
        assert (_run(session), _run(session), _run(session)) == (1, 1, 0)
        acted = set()
        for headers, body in receiver.got:
            assert problem(body, headers["Huhang-Signature"], secret) == ""
            assert problem(body + b" ", headers["Huhang-Signature"], secret), "altered"
            assert problem(body, headers["Huhang-Signature"].partition(",")[0], secret), "unsigned"
            acted.add(json.loads(body)["id"])
        assert (len(receiver.got), acted) == (2, {f"act_{entry.id}"})


@pytest.mark.parametrize(
    ("address", "is_good"),
    [
        ("https://example.com/in", True),
        ("http://example.com/in", False),
        ("https://user:pass@example.com/", False),
        ("ftp://example.com/", False),
        ("https://", False),
        ("https://example.com:99999/", False),
        ("https://example.com/#x", False),
    ],
)
def test_which_addresses_can_be_set(address: str, is_good: bool) -> None:
    assert (why_not_address(address, is_strict=True) == "") is is_good
