"""Who runs a sole trader is a natural person: no public byte names them, while everything about the trader is public."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from background.indexing import rebuild
from models.decisions.kinds import PartyKind
from models.decisions.tables import Decision
from models.people.roles import Role
from tests.factories import NOW, StaffFactory
from tests.integration.public.test_end_of_publication import addresses
from tests.support.decisions import invented_uscc
from tests.support.published import published

TRADER, OPERATOR, LETTERS = "青禾蓝鹭茶叶店", "丙大壮", "bingdazhuang"
CODE = invented_uscc(78, prefix="92410400")
QUESTIONS = (OPERATOR, OPERATOR[:2], OPERATOR[1:], LETTERS, "bdz", TRADER)


@pytest.fixture
def trader(app: Flask, session: Session) -> Iterator[Decision]:
    with time_machine.travel(NOW, tick=False):
        reviewer = StaffFactory(role=Role.REVIEWER)
        made = published(
            session, reviewer.assignments[0].unit, reviewer, party_name=f"{TRADER}（{OPERATOR}）",
            party_kind=PartyKind.SOLE_TRADER, uscc=CODE, legal_representative=OPERATOR,
            party_text=f"当事人：{TRADER}，经营者：{OPERATOR}。",
            facts=f"经营者{OPERATOR}在茶叶包装上标注已经失效的专利号。{OPERATOR}陈述属实。",
            full_text=f"当事人：{TRADER}，经营者：{OPERATOR}。经查，丙 大 壮在茶叶包装上标注已经失效的专利号。",
        )  # fmt: skip
        with app.app_context():
            rebuild()
        yield made


def test_the_operator_stands_nowhere_and_cannot_be_searched_for(
    app: Flask, client: FlaskClient, trader: Decision
) -> None:
    shown = client.get(f"/decisions/{trader.public_id}").get_data(as_text=True)
    assert TRADER in shown, "else the sweep would prove nothing"
    for address in addresses(app, trader):
        for prefix in ("", "/en"):
            answer = client.get(prefix + address)
            assert OPERATOR.encode() not in answer.data, address
            assert "丙 大 壮".encode() not in answer.data, address
    for question in QUESTIONS[:-1]:
        found = client.get("/decisions.json", query_string={"q": f'"{question}"'})
        assert found.json is not None
        assert found.json["total"] == 0, question
        told = client.get("/decisions/suggest.json", query_string={"q": question, "prefix": question})
        assert TRADER not in told.get_data(as_text=True), question
    checked = client.post("/check", data={"companies": OPERATOR, "format": "csv"}).get_data(as_text=True)
    assert CODE not in checked
    assert TRADER not in checked
