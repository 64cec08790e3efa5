"""Nobody is charged with the time of another: a limit stays with the unit, and the hands, in which it ran out."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.cases.aftermath.operations import dispute, uphold
from models.cases.operations import accept, assign
from models.cases.recusal.operations import recuse
from models.cases.recusal.terms import RecusalReason
from models.cases.tables import Case
from models.cases.terms import State
from models.cases.transfers import acknowledge, transfer
from models.clocks.operations import start_deadlines
from models.clocks.tables import Deadline, SubjectKind
from models.kinds import Track
from models.people.roles import Role
from models.people.tables import Account, Unit
from models.supervision.limits import Figure, Limit, limits
from models.supervision.rates import Rate, monthly_rates, months_before
from models.types import beijing_date
from tests.factories import StaffFactory
from tests.support.cases import OPENED, Office, a_case, a_case_in, an_office

DAY = dt.timedelta(days=1)
LATER = OPENED + 120 * DAY


@pytest.fixture
def office(session: Session) -> Office:
    """Who works here."""
    return an_office(session)


@pytest.fixture
def case(session: Session, office: Office) -> Case:
    """Accepted by the bureau, with a limit set by law that runs."""
    return a_case_in(session, office, State.ACCEPTED)


def test_a_unit_that_handed_on_in_time_is_not_charged(session: Session, office: Office, case: Case) -> None:
    limit = _limit(session, case)
    _hand_to_county(session, office, case, limit.due_at - DAY)
    assert _rate(session, office.bureau, limit) == Rate()
    assert _rate(session, office.county, limit) == Rate(1, 0)


def test_a_unit_is_not_charged_with_what_ran_out_before_it_had_the_case(
    session: Session, office: Office, case: Case
) -> None:
    limit = _limit(session, case)
    before = _rate(session, office.bureau, limit)
    _hand_to_county(session, office, case, limit.due_at + DAY)
    assert before == _rate(session, office.bureau, limit) == Rate(1, 0), "past figures don't change"
    assert _rate(session, office.county, limit) == Rate()
    assert limit.unit_id == office.county.id, "the county has to do it all the same"


def test_what_ran_out_while_a_transfer_waited_is_the_senders(
    session: Session, office: Office, case: Case
) -> None:
    limit = _limit(session, case)
    _send(session, office, case, limit.due_at - DAY)
    acknowledge(session, case=case, actor=office.county_intake, now=limit.due_at)
    assert _rate(session, office.bureau, limit) == Rate(1, 0)
    assert _rate(session, office.county, limit) == Rate()


def test_of_three_units_the_one_in_whose_hands_it_ran_out_is_charged(
    session: Session, office: Office, case: Case
) -> None:
    limit = _limit(session, case)
    _hand_to_county(session, office, case, limit.due_at - DAY)
    transfer(
        session,
        case=case,
        to_unit=office.bureau,
        reasons="上级办理",
        actor=office.county_intake,
        now=limit.due_at + DAY,
    )
    acknowledge(session, case=case, actor=office.intake, now=limit.due_at + 2 * DAY)
    assert _rate(session, office.bureau, limit) == Rate()
    assert _rate(session, office.county, limit) == Rate(1, 0)


def test_what_is_met_in_time_is_counted_for_who_met_it(session: Session, office: Office, case: Case) -> None:
    limit = _limit(session, case)
    _hand_to_county(session, office, case, limit.due_at - 2 * DAY)
    limit.met_at = limit.due_at - DAY
    assert _rate(session, office.county, limit) == Rate(1, 1)
    assert _rate(session, office.bureau, limit) == Rate()


def test_a_unit_that_met_it_late_stays_charged_when_the_case_goes_on(
    session: Session, office: Office, case: Case
) -> None:
    limit = _limit(session, case)
    limit.met_at = limit.due_at + DAY
    _hand_to_county(session, office, case, limit.due_at + 2 * DAY)
    assert _rate(session, office.bureau, limit) == Rate(1, 0)


@pytest.mark.parametrize("when", [-1, 1])
def test_an_upheld_dispute_that_moves_the_case_leaves_the_charge_where_it_ran_out(
    session: Session, office: Office, when: int
) -> None:
    case = a_case_in(session, office, State.CLOSED, Track.REPORT)
    start_deadlines(session, units={"reward_tell": office.bureau.id}, subject=case, started_at=OPENED)
    limit = session.scalars(select(Deadline).where(Deadline.rule_id == "reward_tell")).one()
    dispute(session, case=case, grounds="没有查清", now=OPENED + DAY)
    uphold(
        session,
        case=case,
        handler=StaffFactory(role=Role.HANDLER, unit=office.province),
        unit=office.province,
        reasons="重新核查",
        actor=office.supervisor,
        now=limit.due_at + when * DAY,
    )
    assert limit.unit_id == office.province.id, "the province has to do it all the same"
    charged, spared = (office.province, office.bureau)[::-when]
    assert _rate(session, charged, limit) == Rate(1, 0)
    assert _rate(session, spared, limit) == Rate()


def test_the_list_of_the_missed_is_that_of_the_figure(session: Session, office: Office, case: Case) -> None:
    limit = _limit(session, case)
    _hand_to_county(session, office, case, limit.due_at + DAY)
    ours, theirs = (_missed(session, office, unit, limit) for unit in (office.bureau, office.county))
    assert [(one.reference, one.unit_id, one.has_moved) for one in ours] == [
        (case.reference, office.bureau.id, True)
    ]
    assert theirs == []


@pytest.mark.parametrize("when", [-1, 1])
def test_a_colleague_of_someone_recused_answers_for_what_he_had(
    session: Session, office: Office, when: int
) -> None:
    case = a_case(session)
    accept(session, case=case, actor=office.intake, now=OPENED)
    first, second = (
        StaffFactory(role=Role.HANDLER, unit=office.bureau, display_name=name) for name in "甲乙"
    )
    assign(session, case=case, handler=first, actor=office.head, now=OPENED)
    limit = _limit(session, case)
    assert [one.handler for one in _missed(session, office, office.bureau, limit)] == ["甲"]
    _replace(session, office, case, first, second, limit.due_at + when * DAY)
    (missed,) = _missed(session, office, office.bureau, limit)
    assert (missed.handler, missed.has_moved) == (("乙", False) if when < 0 else ("", True))


def _replace(
    session: Session, office: Office, case: Case, first: Account, second: Account, now: dt.datetime
) -> None:
    recuse(
        session,
        case=case,
        account=first,
        reason=RecusalReason.RELATIVE,
        words="近亲属",
        actor=first,
        now=now,
    )
    assign(session, case=case, handler=second, actor=office.head, now=now)


def _limit(session: Session, case: Case) -> Deadline:
    """The limit set by law that runs out first."""
    running = (Deadline.subject_kind == SubjectKind.CASE, Deadline.subject_id == case.id)
    by_law = Deadline.rule_id.not_like("local%")
    found = session.scalars(
        select(Deadline).where(*running, by_law, Deadline.met_at.is_(None)).order_by(Deadline.due_at)
    )
    return found.first() or pytest.fail("no limit runs")


def _send(session: Session, office: Office, case: Case, now: dt.datetime) -> None:
    transfer(session, case=case, to_unit=office.county, reasons="属地管辖", actor=office.intake, now=now)


def _hand_to_county(session: Session, office: Office, case: Case, now: dt.datetime) -> None:
    _send(session, office, case, now)
    acknowledge(session, case=case, actor=office.county_intake, now=now)


def _rate(session: Session, unit: Unit, limit: Deadline) -> Rate:
    session.flush()
    months = months_before(beijing_date(LATER), 6)
    cells = monthly_rates(session, months=months, now=LATER, units=[unit.id])
    return sum((cell.rate for cell in cells if cell.rule_id == limit.rule_id), Rate())


def _missed(session: Session, office: Office, unit: Unit, limit: Deadline) -> list[Limit]:
    session.flush()
    found = limits(
        session,
        officer=office.supervisor,
        units=[unit.id],
        figure=Figure.MISSED,
        now=LATER,
        since=OPENED,
    )
    return [one for one in found if one.rule.id == limit.rule_id]
