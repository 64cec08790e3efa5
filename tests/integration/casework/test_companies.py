"""Companies on the pages of staff, and what the public sees of a merger."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.companies.queries import company_by_uscc
from models.companies.tables import Company
from models.decisions.kinds import PartyKind
from models.decisions.publication import withdraw
from models.decisions.tables import Decision
from models.people.roles import Role
from models.people.tables import Account
from tests.factories import NOW, StaffFactory, UnitFactory
from tests.pages import Pages
from tests.support.decisions import invented_uscc
from tests.support.published import published
from tests.support.visitors import sign_in

OLD, NEW, BRANCH = (invented_uscc(number) for number in (1, 2, 3))
DESK = "/casework/companies"


@pytest.fixture(autouse=True)
def _in_march_2026() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def reviewer(session: Session) -> Account:
    made: Account = StaffFactory(role=Role.REVIEWER, unit=UnitFactory(region_code="410400"))
    return made


@pytest.fixture
def desk(app: Flask, reviewer: Account) -> FlaskClient:
    return sign_in(app.test_client(), reviewer)


@pytest.fixture(autouse=True)
def known(session: Session, reviewer: Account) -> dict[str, Company]:
    """Two companies and a branch, each with one public decision."""
    unit = reviewer.assignments[0].unit
    names = {
        OLD: "平顶山市卓远商贸有限公司",
        NEW: "河南鸿达实业有限公司",
        BRANCH: "河南鸿达实业有限公司平顶山分公司",
    }
    for number, (code, name) in enumerate(names.items()):
        published(
            session,
            unit,
            reviewer,
            document_number=f"测市监处罚〔2026〕{number}号",
            uscc=code,
            party_name=name,
        )
    found = {code: company_by_uscc(session, code) for code in names}
    return {code: company for code, company in found.items() if company}


def merge(desk: FlaskClient, company: Company, code: str = NEW, on: str = "2026-02-01") -> int:
    form = {"successor": code, "on": on, "basis": "登记机关变更登记"}
    return desk.post(f"{DESK}/{company.id}/merge", data=form).status_code


@pytest.mark.parametrize("language", ["", "/en"])
def test_the_pages_keep_the_house_style(
    app: Flask,
    desk: FlaskClient,
    reviewer: Account,
    known: dict[str, Company],
    session: Session,
    language: str,
) -> None:
    published(
        session, reviewer.assignments[0].unit, reviewer, document_number="测市监处罚〔2026〕77号",
        uscc=None, party_kind=PartyKind.SOLE_TRADER, party_name="卓远商贸店",
    )  # fmt: skip
    assert merge(desk, known[OLD]) == 303
    pages = Pages(desk)
    for path in ("", "?q=卓远", f"?q={OLD}", f"/{known[OLD].id}", f"/{known[NEW].id}", "/parties"):
        pages.get(language + DESK + path)


def test_only_who_publishes_decisions_manages_companies(app: Flask, known: dict[str, Company]) -> None:
    handler = sign_in(app.test_client(), StaffFactory(role=Role.HANDLER))
    assert handler.get(DESK).status_code == 403
    assert merge(handler, known[OLD]) == 403


def test_an_old_code_leads_to_the_company_that_stands(
    desk: FlaskClient, client: FlaskClient, known: dict[str, Company]
) -> None:
    assert merge(desk, known[OLD]) == 303
    for address in ("/companies/{}", "/companies/{}.json", "/api/v1/companies/{}"):
        moved = client.get(address.format(OLD))
        assert (moved.status_code, moved.location) == (301, address.format(NEW))
        page = client.get(moved.location)
        assert OLD in page.text
        assert "〔2026〕0号" in page.text
        assert "〔2026〕1号" in page.text
    assert client.get(f"/companies/{NEW}.json").json["former_codes"] == [OLD]
    answer = client.post("/check", data={"companies": OLD}).text
    assert NEW in answer


def test_what_is_no_longer_public_leads_nowhere(
    desk: FlaskClient, client: FlaskClient, session: Session, reviewer: Account, known: dict[str, Company]
) -> None:
    assert merge(desk, known[BRANCH], OLD) == 303
    for number in (0, 2):
        decision = published_number(session, number)
        withdraw(session, decision, reason="决定被撤销。", actor=reviewer, now=NOW)
    session.commit()
    assert client.get(f"/companies/{BRANCH}").status_code == 404
    assert client.get(f"/api/v1/companies/{BRANCH}").status_code == 404


def published_number(session: Session, number: int) -> Decision:
    wanted = select(Decision).where(Decision.document_number == f"测市监处罚〔2026〕{number}号")
    return session.scalars(wanted).one()


def test_a_branch_and_its_head_office_name_each_other(
    desk: FlaskClient, client: FlaskClient, known: dict[str, Company]
) -> None:
    done = desk.post(f"{DESK}/{known[BRANCH].id}/head-office", data={"head_office": NEW})
    assert done.status_code == 303
    assert f"/companies/{BRANCH}" in client.get(f"/companies/{NEW}").text
    assert client.get(f"/companies/{BRANCH}.json").json["head_office"]["uscc"] == NEW


@pytest.mark.parametrize(
    ("code", "on"),
    [("91410400TE5T00009X", "2026-02-01"), (NEW, ""), (NEW, "2099-01-01"), (OLD, "2026-02-01")],
)
def test_mistakes_are_told_at_their_field(
    desk: FlaskClient, known: dict[str, Company], code: str, on: str
) -> None:
    assert merge(desk, known[OLD], code, on) == 422


def test_a_party_without_a_code_gets_the_one_that_a_person_confirms(
    desk: FlaskClient, client: FlaskClient, session: Session, reviewer: Account, known: dict[str, Company]
) -> None:
    decision = published(
        session, reviewer.assignments[0].unit, reviewer, document_number="测市监处罚〔2026〕88号",
        uscc=None, party_kind=PartyKind.SOLE_TRADER, party_name="平顶山卓远商贸商行",
        decided_on=dt.date(2026, 2, 1),
    )  # fmt: skip
    page = desk.get(f"{DESK}/parties").text
    assert "字号：相同（卓远）" in page
    assert known[OLD].uscc in page
    assert known[NEW].uscc not in page
    done = desk.post(f"{DESK}/parties/{decision.id}/confirm", data={"company": known[OLD].id})
    assert done.status_code == 303
    assert "〔2026〕88号" in client.get(f"/companies/{OLD}").text
    assert "平顶山卓远商贸商行" not in desk.get(f"{DESK}/parties").text
    assert desk.post(f"{DESK}/parties/{decision.id}/confirm", data={"company": 0}).status_code == 404
