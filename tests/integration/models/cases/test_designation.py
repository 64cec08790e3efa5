"""Units that disagree: the third return goes to the common superior, who designates, and that binds."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.cases.designation import bounces, designate, designees, escalate, superior_for
from models.cases.possible import Obstacle, possible_acts
from models.cases.tables import Case
from models.cases.terms import Act, State
from models.cases.transfers import acknowledge, return_transfer, transfer
from models.clocks.queries import deadlines_of
from models.errors import ActRefused, Invalid
from models.kinds import Track
from models.people.permissions import Permission, can
from models.people.tables import Unit
from tests.support.cases import OPENED, Office, a_case, a_case_in, in_the_county

DAY = dt.timedelta(days=1)


def _bounce(session: Session, office: Office, case: Case, *units: Unit) -> Case:
    for number, unit in enumerate(units):
        at = OPENED + number * DAY
        transfer(session, case=case, to_unit=unit, reasons="属地", actor=office.intake, now=at)
        return_transfer(session, case=case, reasons="不归本局管", actor=office.county_handler, now=at)
    return case


def _running(session: Session, case: Case) -> set[str]:
    return {one.rule_id for one in deadlines_of(session, [case])[case.id] if not one.met_at}


def test_returned_twice_it_stays_with_the_sender(session: Session, office: Office) -> None:
    case = _bounce(session, office, a_case(session), office.county, office.sibling)
    assert (case.state, bounces(case), case.designator_unit) == (State.RECEIVED, 2, None)
    assert "jurisdiction_dispute" in _running(session, case)


def test_the_third_return_goes_to_the_common_superior_by_itself(session: Session, office: Office) -> None:
    case = _bounce(session, office, a_case(session), office.county, office.sibling, office.county)
    assert (case.state, case.designator_unit) == (State.CONTESTED, office.bureau)
    assert [entry.act for entry in case.acts][-2:] == [Act.RETURN, Act.ESCALATE]
    assert case.acts[-1].actor_name == "system:routing"
    running = _running(session, case)
    assert "jurisdiction_designate" in running
    assert "jurisdiction_dispute" not in running
    assert "report_verify" in running  # the filer's limit goes on
    assert can(office.head, Permission.CASE_DESIGNATE, case)
    assert not can(office.intake, Permission.CASE_DESIGNATE, case)


def test_what_was_accepted_before_is_handled_after_the_designation(session: Session, office: Office) -> None:
    case = a_case_in(session, office, State.ACCEPTED)
    _bounce(session, office, case, office.county, office.county, office.county)
    assert case.state is State.CONTESTED_ACCEPTED
    designate(
        session,
        case=case,
        to_unit=office.county,
        reasons="行为发生地",
        actor=office.head,
        now=OPENED + 4 * DAY,
    )
    assert (case.state, case.unit, case.handler) == (State.HANDLING, office.county, None)
    assert case.designator_unit is None
    assert {one.unit_id for one in deadlines_of(session, [case])[case.id] if not one.met_at} == {
        office.county.id
    }


def test_the_designated_unit_may_not_send_it_on_but_ask_again(session: Session, office: Office) -> None:
    case = _bounce(session, office, a_case(session), office.county, office.sibling, office.county)
    designate(session, case=case, to_unit=office.county, reasons="行为发生地", actor=office.head, now=OPENED)
    assert (case.state, case.unit, bounces(case)) == (State.RECEIVED, office.county, 0)
    with pytest.raises(ActRefused, match="不得再自行移送"):
        transfer(
            session, case=case, to_unit=office.bureau, reasons="不服", actor=office.county_intake, now=OPENED
        )
    closed = {one.act: one.obstacle for one in possible_acts(case, office.county_intake)}
    assert closed[Act.TRANSFER] is Obstacle.DESIGNATED
    assert closed[Act.ESCALATE] is None
    escalate(session, case=case, reasons="仍有异议", actor=office.county_intake, now=OPENED)
    assert case.designator_unit is office.bureau


def test_a_county_that_the_city_sends_back_goes_to_the_province(session: Session, office: Office) -> None:
    case = in_the_county(session, office)
    for _ in range(3):
        transfer(
            session, case=case, to_unit=office.bureau, reasons="重大", actor=office.county_intake, now=OPENED
        )
        return_transfer(session, case=case, reasons="属地", actor=office.intake, now=OPENED)
    assert case.designator_unit is office.province
    assert designees(session, case) == [office.province, office.bureau, office.county, office.sibling]


def test_where_nobody_above_can_designate_the_case_stays_and_says_so(
    session: Session, office: Office
) -> None:
    office.province_head.active = office.head.active = False
    case = _bounce(session, office, a_case(session), office.county, office.county, office.county)
    assert case.state is State.RECEIVED
    assert superior_for(session, case) is None
    with pytest.raises(ActRefused, match="设置负责人"):
        escalate(session, case=case, reasons="有争议", actor=office.intake, now=OPENED)


@pytest.mark.parametrize("name", ["police", "province"])
def test_only_a_unit_under_the_superior_can_be_designated(
    session: Session, office: Office, name: str
) -> None:
    case = _bounce(session, office, a_case(session), office.county, office.sibling, office.county)
    with pytest.raises(Invalid) as refusal:
        designate(
            session,
            case=case,
            to_unit=getattr(office, name),
            reasons="由其管辖",
            actor=office.head,
            now=OPENED,
        )
    assert "unit" in refusal.value.errors


def test_acknowledging_is_the_receivers_clock(session: Session, office: Office) -> None:
    case = a_case_in(session, office, State.FORWARDED, Track.COMPLAINT)
    clocks = {one.rule_id: one for one in deadlines_of(session, [case])[case.id]}
    assert clocks["local_acknowledge"].unit_id == office.county.id
    assert clocks["complaint_accept"].unit_id == office.bureau.id  # the promise to the filer goes on
    acknowledge(session, case=case, actor=office.county_intake, now=OPENED)
    assert "local_acknowledge" not in _running(session, case)


def test_a_transfer_is_known_as_designation_in_the_story(session: Session, office: Office) -> None:
    case = _bounce(session, office, a_case(session), office.county, office.sibling, office.county)
    designate(session, case=case, to_unit=office.bureau, reasons="本局办理", actor=office.head, now=OPENED)
    session.commit()
    again = session.scalars(select(Case).where(Case.id == case.id)).one()
    assert [one.is_designation for one in again.transfers] == [False, False, False, True]
    assert again.is_designated
