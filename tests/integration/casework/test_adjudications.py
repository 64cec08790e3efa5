"""An adjudication, which is no penalty: entered from its text, published, told as data, sent on in a table of its own."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from background.indexing import rebuild
from models.clocks.loading import load_calendar, load_rules
from models.clocks.tables import Deadline
from models.decisions.kinds import DecisionKind, PenaltyKind
from models.decisions.operations import amend, approve
from models.decisions.publication import publish
from models.decisions.redaction.operations import mask_all_blocking
from models.decisions.redaction.queries import marks_of
from models.decisions.tables import Decision
from models.errors import Invalid
from models.people.actors import COMMAND
from models.people.roles import Role
from models.people.tables import Account
from tests.factories import NOW, StaffFactory, UnitFactory
from tests.integration.casework.test_served import READ, filled
from tests.pages import Pages
from tests.support.decisions import a_content
from tests.support.served import ADJUDICATION
from tests.support.visitors import sign_in

PERFORMANCE = "被请求人应当自收到本裁决书之日起15日内履行完毕。"
EXCHANGE = "/casework/decisions/exchange"


@pytest.fixture
def publisher(session: Session) -> Iterator[Account]:
    with time_machine.travel(NOW, tick=False):
        load_calendar(session, now=NOW)
        load_rules(session)
        yield StaffFactory(role=Role.PUBLISHER, unit=UnitFactory(code="desk"))


@pytest.fixture
def entered(app: Flask, session: Session, publisher: Account) -> tuple[Decision, FlaskClient]:
    """Read from its text, confirmed as the form stood, and handed to the reviewers."""
    session.commit()
    client = sign_in(app.test_client(), publisher)
    page = Pages(client).post(READ, {"text": ADJUDICATION}, status=200)
    answer = client.post(
        "/casework/decisions/new",
        data=filled(page) | {"unit": "desk", "then": "submit", "kind": "adjudication"},
    )
    assert answer.status_code == 303
    return session.scalars(select(Decision)).one(), client


def test_it_goes_from_its_text_to_the_public_page_and_to_its_own_table(
    app: Flask,
    session: Session,
    entered: tuple[Decision, FlaskClient],
    publisher: Account,
    client: FlaskClient,
) -> None:
    decision, desk = entered
    assert (decision.kind, decision.penalty_kinds, decision.fine_fen) == (DecisionKind.ADJUDICATION, [], None)
    assert decision.performance == PERFORMANCE
    owed = {
        one.rule_id for one in session.scalars(select(Deadline).where(Deadline.subject_id == decision.id))
    }
    assert owed == {"adjudication_publish"}, "the clocks of penalties do not run"

    mask_all_blocking(session, decision, actor=publisher, now=NOW)
    reviewer = StaffFactory(role=Role.REVIEWER, unit=decision.unit)
    approve(session, decision, revision=decision.revision, actor=reviewer, now=NOW)
    publish(session, decision, actor=COMMAND, now=NOW)
    session.commit()

    page = Pages(client).get(f"/decisions/{decision.public_id}").get_text()
    assert all(words in page for words in ("行政裁决", "决定内容", "查明的事实", "决定机关", PERFORMANCE))
    assert "处罚内容" not in page
    assert not any(name in page for name in ("孟长河", "周启明")), (
        "only the party's own representative is named"
    )
    told = client.get(f"/decisions/{decision.public_id}.json").json
    assert told is not None
    assert (told["kind"], told["penalty_kinds"], told["performance"]) == ("adjudication", [], PERFORMANCE)

    # The whole set, and what stands around one of it, never calls it a penalty.
    with app.app_context():
        rebuild()
    for address in (
        "/decisions?q=水泵",
        f"/decisions/{decision.public_id}",
        f"/companies/{decision.party_uscc}",
    ):
        shown = Pages(client).get(address)
        assert "行政裁决" in shown.select_one("main").get_text()  # type: ignore[union-attr]
        assert "处罚内容" not in shown.get_text()
    assert [
        one["zone"] for one in client.get("/decisions.json?q=QW型潜水泵具备").json["items"][0]["snippets"]
    ] == [  # type: ignore[index]
        "查明的事实"
    ]
    assert "行政处罚信息公示规定" not in Pages(client).get(f"/decisions/{decision.public_id}").get_text()

    rows = {name: table(desk, name) for name in ("double-publicity", "gsxt", "adjudications")}
    assert (rows["double-publicity"], rows["gsxt"]) == ([], [])
    assert [row["CJ_WSH"] for row in rows["adjudications"]] == ["平知法裁字〔2026〕3号"]
    assert Pages(desk).get(f"{EXCHANGE}?month=2026-02").get_text().count("平知法裁字") > 0, (
        "its lacks are told"
    )


def table(client: FlaskClient, name: str) -> list[dict[str, str]]:
    text = client.post(f"{EXCHANGE}/{name}.csv?month=2026-02").get_data(as_text=True)
    return list(csv.DictReader(io.StringIO(text)))


def test_the_form_refuses_penalties_in_what_is_none_and_a_penalty_without_any(
    entered: tuple[Decision, FlaskClient],
) -> None:
    decision, desk = entered
    address = f"/casework/decisions/{decision.id}/edit"
    sent = filled(Pages(desk).get(address)) | {"unit": "desk", "then": "keep"}
    page = Pages(desk).post(address, sent | {"penalty_kinds": ["罚款"], "fine_yuan": "100"}, status=422)
    assert "这不是行政处罚决定，不选处罚种类。" in page.get_text()
    assert "这不是行政处罚决定，没有罚款。" in page.get_text()
    page = Pages(desk).post(address, sent | {"kind": "penalty"}, status=422)
    assert "请至少选择一个处罚种类。" in page.get_text()


def test_the_verb_refuses_them_too(session: Session, entered: tuple[Decision, FlaskClient]) -> None:
    decision, _desk = entered
    wrong = a_content(kind=DecisionKind.OTHER, penalty_kinds=(PenaltyKind.FINE,))
    with pytest.raises(Invalid) as refused:
        amend(session, decision, content=wrong, actor=COMMAND, now=NOW)
    assert set(refused.value.errors) == {"penalty_kinds", "fine_fen"}


def test_how_to_perform_it_is_redacted_like_the_rest(
    session: Session, entered: tuple[Decision, FlaskClient]
) -> None:
    decision, _desk = entered
    words = "缴至户名钱小满，账号6222020200112233445的账户，电话13800138000。"
    amend(session, decision, content=a_content(performance=words), actor=COMMAND, now=NOW)
    found = {
        words[one.begin_char : one.end_char]
        for one in marks_of(session, decision)
        if one.field == "performance"
    }
    assert {"6222020200112233445", "13800138000"} <= found
