"""Companies that merge, branches, and parties without a code that a person assigns."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.companies.operations import Sighting, note_companies
from models.companies.queries import company_by_uscc, standing_codes
from models.companies.relations import merge, set_head_office, undo_merger
from models.companies.tables import Company
from models.decisions.kinds import PartyKind
from models.decisions.operations import enter
from models.decisions.parties.operations import (
    confirm_company,
    leave_without_company,
    waiting_for_a_company,
)
from models.decisions.tables import Decision
from models.errors import ActRefused, Invalid
from models.ledger.tables import LedgerEvent
from models.people.roles import Role
from models.people.tables import Account
from tests.factories import NOW, StaffFactory
from tests.support.decisions import a_content, invented_uscc

DAY = dt.date(2026, 1, 5)
CODES = [invented_uscc(number) for number in range(1, 5)]


@pytest.fixture
def publisher() -> Account:
    made: Account = StaffFactory(role=Role.PUBLISHER)
    return made


@pytest.fixture
def companies(session: Session) -> list[Company]:
    seen = [Sighting(code, f"护航示例{code[-2:]}商贸有限公司", DAY) for code in CODES]
    known = note_companies(session, seen, now=NOW)
    session.flush()
    return [known[code] for code in CODES]


def merged(session: Session, one: Company, into: Company, actor: Account, *, on: dt.date = DAY) -> None:
    merge(session, one, into=into, on=on, basis="登记机关变更登记", actor=actor, now=NOW)
    session.flush()


def nameless(session: Session, publisher: Account, **changes: object) -> Decision:
    content = a_content(uscc=None, party_kind=PartyKind.SOLE_TRADER, party_name="新华区老李五金店", **changes)
    unit = publisher.assignments[0].unit
    decision = enter(session, content=content, unit=unit, actor=publisher, now=NOW)
    session.commit()
    return decision


def test_old_codes_are_one_step_from_the_company_that_stands(
    session: Session, companies: list[Company], publisher: Account
) -> None:
    first, second, third, _ = companies
    merged(session, first, second, publisher)
    merged(session, second, third, publisher)
    session.expire_all()
    assert first.merged_into is third
    group = (third.uscc, *sorted([first.uscc, second.uscc], key=lambda code: CODES.index(code)))
    assert standing_codes(session, CODES[:3]) == dict.fromkeys(CODES[:3], group)
    assert standing_codes(session, CODES[3:]) == {}
    with pytest.raises(ActRefused):
        merged(session, first, third, publisher)
    with pytest.raises(ActRefused):
        merged(session, third, second, publisher)


def test_a_merger_noted_by_mistake_is_taken_back(
    session: Session, companies: list[Company], publisher: Account
) -> None:
    merged(session, companies[0], companies[1], publisher)
    undo_merger(session, companies[0], actor=publisher, now=NOW)
    session.commit()
    assert standing_codes(session, CODES) == {}
    acts = list(session.scalars(select(LedgerEvent.act).where(LedgerEvent.act.startswith("company."))))
    assert acts == ["company.merge", "company.unmerge"]


def test_nothing_is_merged_into_itself_or_tomorrow(
    session: Session, companies: list[Company], publisher: Account
) -> None:
    with pytest.raises(Invalid):
        merged(session, companies[0], companies[0], publisher)
    with pytest.raises(Invalid):
        merged(session, companies[0], companies[1], publisher, on=dt.date(2099, 1, 1))


def test_branches_go_with_their_head_office_and_have_none_themselves(
    session: Session, companies: list[Company], publisher: Account
) -> None:
    head, branch, other, _ = companies
    set_head_office(session, branch, head_office=head, actor=publisher, now=NOW)
    session.flush()
    with pytest.raises(Invalid):
        set_head_office(session, other, head_office=branch, actor=publisher, now=NOW)
    with pytest.raises(Invalid):
        set_head_office(session, head, head_office=other, actor=publisher, now=NOW)
    merged(session, head, other, publisher)
    session.expire_all()
    assert branch.head_office is other


def test_a_person_says_which_company_the_party_is(session: Session, publisher: Account) -> None:
    decision = nameless(session, publisher)
    company = note_companies(session, [Sighting(CODES[0], "新华区老李五金商店", DAY, True)], now=NOW)[
        CODES[0]
    ]
    session.flush()
    assert waiting_for_a_company(session, publisher, limit=5) == [decision]
    before = decision.content_sha256
    confirm_company(session, decision, company=company, score=91.5, actor=publisher, now=NOW)
    session.commit()
    assert (decision.party_uscc, decision.company) == (CODES[0], company)
    assert decision.content_sha256 == before, "the same spreadsheet again still finds nothing to change"
    assert waiting_for_a_company(session, publisher, limit=5) == []
    with pytest.raises(ActRefused):
        confirm_company(session, decision, company=company, score=91.5, actor=publisher, now=NOW)


def test_none_of_them_is_an_answer_too(session: Session, publisher: Account) -> None:
    decision = nameless(session, publisher)
    leave_without_company(session, decision, actor=publisher, now=NOW)
    session.commit()
    assert decision.party_uscc is None
    assert waiting_for_a_company(session, publisher, limit=5) == []


def test_a_natural_person_is_never_a_company(session: Session, publisher: Account) -> None:
    content = a_content(uscc=None, party_kind=PartyKind.PERSON, party_name="李建国")
    decision = enter(session, content=content, unit=publisher.assignments[0].unit, actor=publisher, now=NOW)
    company = note_companies(session, [Sighting(CODES[0], "李建国五金店", DAY, True)], now=NOW)[CODES[0]]
    session.commit()
    assert waiting_for_a_company(session, publisher, limit=5) == []
    with pytest.raises(ActRefused):
        confirm_company(session, decision, company=company, score=80, actor=publisher, now=NOW)
    assert company_by_uscc(session, CODES[0]) is company
