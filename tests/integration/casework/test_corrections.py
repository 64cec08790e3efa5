"""Correcting a published decision: two people, a history that readers see, and nothing of what had to be hidden in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.data.queries import ended_publications, how_many_ended
from models.decisions.corrections.kinds import CorrectionGround
from models.decisions.corrections.operations import confirm_correction, propose_correction
from models.decisions.corrections.tables import Correction
from models.decisions.kinds import PartyKind
from models.decisions.operations import enter
from models.decisions.publication import publish_standing, withdraw
from models.decisions.tables import Decision
from models.errors import Invalid
from models.people.actors import WORKER
from models.people.roles import Role
from models.people.tables import Account, Unit
from results.bulk import EVERYTHING
from tests.factories import NOW, StaffFactory, UnitFactory
from tests.pages import Pages
from tests.support.decisions import a_content
from tests.support.visitors import sign_in

FACTS = "当事人销售标有“护航”商标的水壶 300 只，货值 5 万元，顾客是住在桥头的老赵。"


@pytest.fixture(autouse=True)
def _in_march_2026() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def unit(session: Session) -> Unit:
    made: Unit = UnitFactory(code="desk")
    return made


@pytest.fixture
def reviewer(unit: Unit) -> Account:
    made: Account = StaffFactory(role=Role.REVIEWER, unit=unit)
    return made


@pytest.fixture
def publisher(unit: Unit) -> Account:
    made: Account = StaffFactory(role=Role.PUBLISHER, unit=unit)
    return made


@pytest.fixture
def decision(session: Session, unit: Unit, reviewer: Account, publisher: Account) -> Decision:
    """Public for a month."""
    then = NOW - dt.timedelta(days=30)
    content = a_content(decided_on=then.date(), facts=FACTS, full_text=FACTS)
    made = enter(session, content=content, unit=unit, actor=WORKER, now=then, source_sha256="0" * 64)
    publish_standing(session, made, reviewer=reviewer, actor=WORKER, now=then)
    session.commit()
    return made


def visit(app: Flask, account: Account) -> FlaskClient:
    return sign_in(app.test_client(), account)


def written(**changes: str) -> dict[str, str]:
    data = {
        "ground": "inaccurate",
        "old_words": "300 只",
        "new_words": "30 只",
        "reason": "录入时多写了一个零。",
    }
    return {f"correction-{name}": value for name, value in (data | changes).items()}


def the_correction(session: Session) -> Correction:
    session.expire_all()
    return session.scalars(select(Correction)).one()


def test_what_was_wrong_and_what_is_right_stand_beside_the_record(
    app: Flask,
    client: FlaskClient,
    session: Session,
    decision: Decision,
    publisher: Account,
    reviewer: Account,
) -> None:
    address, page = f"/decisions/{decision.public_id}", f"/casework/decisions/{decision.id}/corrections"
    staff, other = visit(app, publisher), visit(app, reviewer)
    assert staff.post(page, data=written(reason="")).status_code == 422
    assert staff.post(page, data=written(old_words="400 只")).status_code == 422, "it doesn't stand there"
    assert staff.post(page, data=written(fine_fen="12.50")).status_code == 303
    assert "300 只" in Pages(client).get(address).get_text(), "only proposed"
    confirm = f"{page}/{the_correction(session).id}/confirm"
    assert staff.post(confirm).status_code == 403
    assert other.post(confirm).status_code == 303
    shown = Pages(client).get(address)
    assert next(one.get_text() for one in shown.select("del")).endswith("300 只")
    assert "30 只，货值" in shown.select_one("article.document").get_text()
    assert "300 只" not in shown.select_one("article.document").get_text(), "in the whole text as well"
    told = client.get(f"{address}.json").get_json()
    assert told["fine_yuan"] == 12.5
    assert told["corrections"] == [
        {
            "corrected_on": NOW.date().isoformat(),
            "ground": "inaccurate",
            "changes": [
                {"field": "facts", "before": "300 只", "after": "30 只"},
                {"field": "full_text", "before": "300 只", "after": "30 只"},
                {
                    "field": "fine_yuan",
                    "before": told["corrections"][0]["changes"][2]["before"],
                    "after": 12.5,
                },
            ],
            "reason": "录入时多写了一个零。",
        }
    ]
    assert other.post(confirm).status_code == 404, "once"


def test_what_had_to_be_hidden_is_forgotten(
    app: Flask,
    client: FlaskClient,
    session: Session,
    decision: Decision,
    publisher: Account,
    reviewer: Account,
) -> None:
    address, page = f"/decisions/{decision.public_id}", f"/casework/decisions/{decision.id}/corrections"
    words = {
        "ground": "hidden",
        "old_words": "住在桥头的老赵",
        "new_words": "",
        "reason": "遮去第三人的信息。",
    }
    assert visit(app, publisher).post(page, data=written(**words)).status_code == 303
    files_before = how_many_ended(session, EVERYTHING)
    proposed = Pages(visit(app, reviewer)).get(f"/casework/decisions/{decision.id}")
    assert "住在桥头的老赵" in proposed.select_one("del").get_text(), "who confirms sees what"
    assert visit(app, reviewer).post(f"{page}/{the_correction(session).id}/confirm").status_code == 303
    for ending in ("", ".json"):
        body = client.get(address + ending).get_data(as_text=True)
        assert "老赵" not in body
        assert "遮去第三人的信息" in body
    assert "顾客是××。" in Pages(client).get(address).get_text()
    correction = the_correction(session)
    assert correction.old_words is None
    assert client.get(f"{address}.json").get_json()["corrections"][0]["changes"][0]["before"] is None
    assert how_many_ended(session, EVERYTHING) == files_before + 1, "files with it are not given out any more"
    assert len(ended_publications(session)) == files_before + 1


def test_nothing_of_the_history_outlives_publication(
    client: FlaskClient, session: Session, decision: Decision, publisher: Account, reviewer: Account
) -> None:
    made = propose_correction(
        session, decision, ground=CorrectionGround.INACCURATE, reason="数量有误。", old_words="300 只",
        new_words="30 只", actor=publisher, now=NOW,
    )  # fmt: skip
    confirm_correction(session, made, actor=reviewer, now=NOW)
    withdraw(session, decision, reason="处罚决定被依法撤销。", actor=reviewer, now=NOW)
    session.commit()
    for ending in ("", ".json"):
        answer = client.get(f"/decisions/{decision.public_id}{ending}")
        assert answer.status_code == 410
        assert "30 只" not in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"new_words": "电话 13800138000"}, "new_words"),
        ({"reason": "顾客的身份证号是 11010519491231002X。"}, "reason"),
        ({"old_words": "300 只", "new_words": "300 只"}, "new_words"),
        ({"old_words": "壶"}, "old_words"),
        ({"old_words": "", "new_words": ""}, "old_words"),
        ({"ground": CorrectionGround.HIDDEN, "old_words": "老赵", "reason": "遮去老赵。"}, "reason"),
        ({"amounts": {"fine_fen": -1}}, "fine_fen"),
    ],
)
def test_a_correction_brings_in_nothing_that_may_not_be_public(
    session: Session, decision: Decision, publisher: Account, given: dict[str, object], field: str
) -> None:
    asked: dict[str, object] = {
        "ground": CorrectionGround.INACCURATE, "reason": "有误。", "old_words": "300 只", "new_words": "30 只", **given,
    }  # fmt: skip
    with pytest.raises(Invalid) as refused:
        propose_correction(session, decision, actor=publisher, now=NOW, **asked)  # type: ignore[arg-type]
    assert set(refused.value.errors) == {field}


def test_a_lower_fine_can_shorten_the_term_and_a_higher_one_never_lengthens_it(
    session: Session, unit: Unit, publisher: Account, reviewer: Account
) -> None:
    then = NOW - dt.timedelta(days=30)
    content = a_content(
        decided_on=then.date(), fine_fen=50_000_000, confiscated_fen=None, party_kind=PartyKind.ORGANISATION
    )
    made = enter(session, content=content, unit=unit, actor=WORKER, now=then, source_sha256="0" * 64)
    publish_standing(session, made, reviewer=reviewer, actor=WORKER, now=then)
    ends = [made.ends_on]
    for fen in (10_000, 90_000_000):
        proposed = propose_correction(
            session, made, ground=CorrectionGround.INACCURATE, reason="金额有误。", amounts={"fine_fen": fen},
            actor=publisher, now=NOW,
        )  # fmt: skip
        confirm_correction(session, proposed, actor=reviewer, now=NOW)
        ends.append(made.ends_on)
    assert ends[1] is not None
    assert ends[0] is not None
    assert ends[1] <= ends[0]
    assert ends[2] == ends[1]
