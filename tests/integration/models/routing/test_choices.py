"""Transfers against the proposal: followed, refined, or departed from with a reason on record."""

from __future__ import annotations

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models.cases.tables import Case, Transfer
from models.cases.terms import State
from models.errors import Invalid
from models.kinds import RightType
from models.ledger.queries import events_of
from models.people.profile_files import load_profile
from models.people.roles import UnitKind
from models.people.tables import Unit
from models.routing.operations import transfer_with_proposal
from models.routing.proposals import choices, propose
from models.routing.tables import RoutingChoice
from models.routing.terms import Conduct, Step, Venue
from tests.factories import UnitFactory
from tests.support.cases import OPENED, Office, a_case, an_office

PROFILE = load_profile("pingdingshan")


@pytest.fixture
def office(session: Session) -> Office:
    return an_office(session)


@pytest.fixture
def yexian(office: Office) -> Unit:
    return UnitFactory(code="yexian", name="叶县市场监督管理局", kind=UnitKind.COUNTY, parent=office.bureau)


def _case_at(session: Session, region: str, address: str | None = None) -> Case:
    case = a_case(session)
    case.filing.region_code, case.filing.respondent_address = region, address
    return case


def _send(session: Session, case: Case, office: Office, to_unit: Unit, departure: str = "") -> Transfer:
    return transfer_with_proposal(
        session,
        case=case,
        to_unit=to_unit,
        reasons="属地管辖",
        proposal=propose(PROFILE, case),
        departure=departure,
        actor=office.intake,
        now=OPENED,
    )


def test_following_the_proposal_needs_no_more_words(session: Session, office: Office, yexian: Unit) -> None:
    case = _case_at(session, "410422")
    _send(session, case, office, yexian)
    (choice,) = choices(session, case)
    assert (choice.follows, choice.proposed_unit, choice.rule_id) == (True, yexian, "trademark")


def test_another_unit_needs_a_reason_and_nothing_moves_without(
    session: Session, office: Office, yexian: Unit
) -> None:
    case = _case_at(session, "410422")
    with pytest.raises(Invalid) as refused:
        _send(session, case, office, office.county, "  ")
    assert set(refused.value.errors) == {"departure"}
    assert (case.state, case.transfers) == (State.RECEIVED, [])


def test_a_departure_stays_on_record_and_in_the_ledger_without_its_words(
    session: Session, office: Office, yexian: Unit
) -> None:
    case = _case_at(session, "410422")
    _send(session, case, office, office.county, "被举报人已经搬迁")
    (choice,) = choices(session, case)
    assert (choice.follows, choice.departure) == (False, "被举报人已经搬迁")
    session.commit()
    events = events_of(session, subject_kind="cases", subject_id=str(case.id))
    assert [event.act for event in events if event.act == "case.route"]
    assert not [event for event in events if "搬迁" in str(event.data)]


def test_where_the_place_is_not_known_any_unit_below_refines_the_proposal(
    session: Session, office: Office
) -> None:
    case = _case_at(session, "410400")
    assert propose(PROFILE, case).is_vague
    _send(session, case, office, office.county)
    assert [choice.follows for choice in choices(session, case)] == [True]


def test_where_the_place_is_not_known_the_unit_that_was_sent_the_case_keeps_it(
    session: Session, office: Office, yexian: Unit
) -> None:
    case = _case_at(session, "410400")
    case.unit = yexian
    found = propose(PROFILE, case)
    assert (found.step, found.is_vague) == (Step.HERE, False)
    assert found.route.lead is not None
    assert found.route.lead.code == "yexian"
    case.right_type = RightType.PATENT_INFRINGEMENT
    up = propose(PROFILE, case)
    assert up.next_unit is not None
    assert (up.step, up.next_unit.code) == (Step.SEND, "bureau")


def test_where_the_place_is_not_known_going_up_is_a_departure(session: Session, office: Office) -> None:
    with pytest.raises(Invalid):
        _send(session, _case_at(session, "410400"), office, office.province)


def test_a_link_makes_it_a_matter_of_a_shop_on_a_platform(session: Session, office: Office) -> None:
    case = _case_at(session, "410422")
    case.filing.platform_link = "https://shop.example/1"
    assert propose(PROFILE, case).venue is Venue.ONLINE_SELLER
    assert propose(PROFILE, case, venue=Venue.PLATFORM).venue is Venue.PLATFORM


def test_the_conduct_changes_the_proposal(session: Session, office: Office) -> None:
    found = propose(PROFILE, _case_at(session, "410422"), conduct=Conduct.BORDER)
    assert found.route.lead is not None
    assert (found.route.lead.code, found.step) == ("customs", Step.SEND)


def test_the_database_refuses_a_departure_without_a_reason(
    session: Session, office: Office, yexian: Unit
) -> None:
    case = _case_at(session, "410422")
    sent = _send(session, case, office, yexian)
    session.execute(RoutingChoice.__table__.delete())
    row = {
        "case_id": case.id,
        "transfer_id": sent.id,
        "rule_id": "trademark",
        "conduct": Conduct.INFRINGEMENT,
        "venue": Venue.SHOP,
        "proposed_unit_id": yexian.id,
        "chosen_unit_id": office.county.id,
        "chosen_by_id": office.intake.id,
        "chosen_at": OPENED,
    }
    with pytest.raises(IntegrityError, match="departure_has_reasons"):
        session.execute(insert(RoutingChoice).values(row))
