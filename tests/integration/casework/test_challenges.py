"""A review from its filing to the withdrawal, on the pages of staff and public."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from models.decisions.tables import Decision
from models.people.roles import Role
from models.people.tables import Account, Unit
from tests.factories import NOW, StaffFactory, UnitFactory
from tests.pages import Pages
from tests.support.published import published
from tests.support.visitors import sign_in

FILED = {"kind": "reconsideration", "authority_name": "测试市人民政府", "filed_on": "2026-02-26"}
ANNULLED = {"outcome": "annulled", "outcome_on": "2026-02-27", "outcome_served_on": "2026-03-02"}


@pytest.fixture(autouse=True)
def _in_march_2026() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def reviewer(session: Session) -> Account:
    unit: Unit = UnitFactory(code="desk")
    made: Account = StaffFactory(role=Role.REVIEWER, unit=unit)
    return made


@pytest.fixture
def decision(session: Session, reviewer: Account) -> Decision:
    return published(session, reviewer.assignments[0].unit, reviewer)


@pytest.fixture
def officer(app: Flask, decision: Decision, reviewer: Account) -> FlaskClient:
    return sign_in(app.test_client(), reviewer)


def words(page: bytes) -> str:
    return " ".join(BeautifulSoup(page, "html.parser").get_text(" ").split())


def test_from_the_filing_to_the_withdrawal(
    officer: FlaskClient, client: FlaskClient, decision: Decision
) -> None:
    staff, public = f"/casework/decisions/{decision.id}", f"/decisions/{decision.public_id}"
    assert "复议和诉讼" not in words(client.get(public).data)
    assert officer.post(f"{staff}/service", data={"served_on": "2026-02-24"}).status_code == 303
    assert "自 2026年8月25日 起终局" in words(officer.get(staff).data)
    assert officer.post(f"{staff}/challenge", data=FILED).status_code == 303
    assert "受理，还没有结果" in words(client.get(public).data)
    assert officer.post(f"{staff}/outcome", data=ANNULLED).status_code == 303
    page = BeautifulSoup(officer.get(staff).data, "html.parser")
    reason = page.select_one("form[action$='/withdraw'] textarea")
    assert reason is not None
    assert reason.get_text(strip=True) == "原决定已被依法撤销。"
    told = client.get(f"{public}.json").get_json()
    assert told["final_on"] is None
    assert told["challenges"] == [
        {
            "kind": "reconsideration",
            "filed_on": "2026-02-26",
            "outcome": "annulled",
            "outcome_on": "2026-02-27",
        }
    ]
    officer.post(f"{staff}/withdraw", data={"reason": "原处罚决定已被依法撤销。"})
    gone = client.get(public)
    assert gone.status_code == 410
    assert "已被依法撤销" in words(gone.data)


@pytest.mark.parametrize(
    ("act", "data", "told"),
    [
        ("service", {}, "请填写送达日期"),
        ("service", {"served_on": "2026-02-19"}, "不早于决定日期"),
        ("challenge", {**FILED, "filed_on": "2026-03-09"}, "不晚于今天"),
        ("challenge", {**FILED, "authority_name": ""}, "请填写复议机关"),
        ("challenge", {**FILED, "kind": "prayer"}, "请从所列的选项中选择"),
    ],
)
def test_what_is_wrong_is_said(
    officer: FlaskClient, decision: Decision, act: str, data: dict[str, str], told: str
) -> None:
    answer = officer.post(f"/casework/decisions/{decision.id}/{act}", data=data)
    assert answer.status_code == 422
    assert told in words(answer.data)


@pytest.mark.parametrize("prefix", ["", "/en", "/zh-hant"])
def test_the_house_style(officer: FlaskClient, client: FlaskClient, decision: Decision, prefix: str) -> None:
    staff = f"/casework/decisions/{decision.id}"
    officer.post(f"{staff}/challenge", data=FILED)
    Pages(officer).get(prefix + staff)
    Pages(officer).post(f"{prefix}{staff}/outcome", {"outcome": "upheld"})
    Pages(client).get(f"{prefix}/decisions/{decision.public_id}")
