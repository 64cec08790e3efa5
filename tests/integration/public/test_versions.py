"""Which version of a decision one has read: its number, its day, and a code that its proof of publication bears out."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from journey.keys import keyring
from models.data.commitments import commit_public
from models.data.heads import sign_head
from models.decisions.corrections.kinds import CorrectionGround
from models.decisions.corrections.operations import confirm_correction, propose_correction
from models.decisions.publication import withdraw
from models.decisions.tables import Decision
from models.filings.signing import canonical
from models.people.actors import WORKER
from models.people.roles import Role
from models.people.tables import Account
from tests.factories import NOW, StaffFactory
from tests.pages import Pages
from tests.support.published import published

LATER = NOW + dt.timedelta(days=3)


@pytest.fixture
def reviewer(session: Session) -> Account:
    made: Account = StaffFactory(role=Role.REVIEWER)
    return made


@pytest.fixture
def decision(session: Session, reviewer: Account) -> Iterator[Decision]:
    with time_machine.travel(NOW, tick=False):
        yield published(session, reviewer.assignments[0].unit, reviewer, facts="当事人销售白酒 300 瓶。")


def snapshot(app: Flask, session: Session) -> None:
    commit_public(session, now=NOW, limit=10)
    with app.app_context():
        sign_head(session, bureau="测试局", keys=keyring(), actor=WORKER, now=NOW)
    session.commit()


def correct(session: Session, decision: Decision, reviewer: Account) -> None:
    maker: Account = StaffFactory(role=Role.PUBLISHER, unit=reviewer.assignments[0].unit)
    made = propose_correction(
        session, decision, ground=CorrectionGround.INACCURATE, reason="数量有误。", old_words="300 瓶",
        new_words="30 瓶", actor=maker, now=LATER,
    )  # fmt: skip
    confirm_correction(session, made, actor=reviewer, now=LATER)
    session.commit()


def version(client: FlaskClient, decision: Decision) -> dict[str, Any]:
    return dict(client.get(f"/decisions/{decision.public_id}.json").get_json()["version"])


def test_a_version_has_a_number_a_day_and_a_code_that_its_proof_bears_out(
    app: Flask, client: FlaskClient, session: Session, decision: Decision, reviewer: Account
) -> None:
    page = f"/decisions/{decision.public_id}"
    assert version(client, decision) == {"number": 1, "since": str(NOW.date()), "commitment": None}
    assert "校验码" not in Pages(client).get(page).get_text()
    snapshot(app, session)
    first = version(client, decision)
    proof = client.get(f"/data/proofs/{decision.public_id}.json").get_json()
    salted = bytes.fromhex(proof["salt"]) + canonical(proof["record"])
    assert first["commitment"] == hashlib.sha256(salted).hexdigest()
    cited = Pages(client).get(page)
    assert f"[EB/OL]. V1 ({first['commitment'][:16]}). " in cited.select_one(".cite").get_text()
    assert f"version = {{1 {NOW.date()} {first['commitment'][:16]}}}" in cited.get_text()

    correct(session, decision, reviewer)
    second = {"number": 2, "since": str(LATER.date()), "commitment": None}
    assert version(client, decision) == second, "the code of the first version is not that of the second"
    told = Pages(client).get(f"/en{page}").get_text()
    assert first["commitment"][:16] not in told
    snapshot(app, session)
    assert version(client, decision)["commitment"] not in (None, first["commitment"])
    Pages(client).get(f"/zh-hant{page}")


def test_no_version_is_told_of_what_has_ended(
    app: Flask, client: FlaskClient, session: Session, decision: Decision, reviewer: Account
) -> None:
    snapshot(app, session)
    code = version(client, decision)["commitment"]
    withdraw(session, decision, reason="复议决定撤销了原处罚决定", actor=reviewer, now=LATER)
    session.commit()
    for ending in ("", ".json"):
        answer = client.get(f"/decisions/{decision.public_id}{ending}")
        assert (answer.status_code, code[:16] in answer.get_data(as_text=True)) == (410, False)
