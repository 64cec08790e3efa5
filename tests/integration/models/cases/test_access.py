"""Who may look and who may act, by role and by what their unit has to do with the case."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.cases.aftermath.operations import dispute
from models.cases.counting import counts
from models.cases.decisions import outcomes_for
from models.cases.grounds import grounds_for
from models.cases.operations import accept, answer, close, refuse
from models.cases.possible import Obstacle, possible_acts
from models.cases.queue import Wanted, queue, sight_of
from models.cases.recusal.operations import keep_out_whom_it_is_about
from models.cases.sight import View
from models.cases.tables import Case
from models.cases.terms import Act, State
from models.cases.transfers import acknowledge, return_transfer, transfer
from models.people.permissions import Permission, can
from models.people.roles import Role
from models.people.tables import Account
from tests.factories import StaffFactory
from tests.support.cases import OPENED, Office, a_case_in, handed_on, in_the_county, led_to

# In the county after a transfer from the bureau: who sees it, and which acts are open to them.
IN_THE_COUNTY = [
    ("bureau", Role.INTAKE, True, {Act.RECUSE}),
    ("bureau", Role.HANDLER, True, {Act.RECUSE}),
    (
        "bureau",
        Role.HEAD,
        True,
        {
            *(Act.ASSIGN, Act.TRANSFER, Act.ESCALATE, Act.FILE, Act.NOT_FILE),
            *(Act.ASK_OUTSIDE, Act.MERGE, Act.MESSAGE, Act.RECUSE, Act.SORT),
        },
    ),
    ("bureau", Role.SUPERVISOR, True, {Act.RECUSE}),
    ("bureau", Role.PUBLISHER, False, set()),
    ("bureau", Role.ADMINISTRATOR, False, set()),
    (
        "county",
        Role.INTAKE,
        True,
        {
            *(Act.ASSIGN, Act.TRANSFER, Act.ESCALATE, Act.ASK_OUTSIDE),
            *(Act.MERGE, Act.MESSAGE, Act.RECUSE, Act.SORT),
        },
    ),
    ("county", Role.HANDLER, True, {Act.TRANSFER, Act.ESCALATE, Act.ASK_OUTSIDE, Act.MESSAGE, Act.RECUSE}),
    ("county", Role.SUPERVISOR, True, {Act.RECUSE}),
    ("sibling", Role.INTAKE, False, set()),
    ("sibling", Role.HEAD, False, set()),
    ("province", Role.INTAKE, False, set()),
    ("province", Role.SUPERVISOR, True, {Act.RECUSE}),
]


def _open_acts(case: Case, officer: Account) -> set[Act]:
    return {one.act for one in possible_acts(case, officer) if one.is_open}


@pytest.mark.parametrize(("unit", "role", "sees", "acts"), IN_THE_COUNTY)
def test_a_case_in_the_county(
    session: Session, office: Office, unit: str, role: Role, sees: bool, acts: set[Act]
) -> None:
    case = in_the_county(session, office)
    officer = StaffFactory(role=role, unit=getattr(office, unit))
    assert can(officer, Permission.CASE_VIEW, case) is sees
    assert _open_acts(case, officer) == acts


# Taken in by the province, handed on by the county to the bureau above it.
HANDED_ON = [
    ("province", Role.INTAKE, True),
    ("county", Role.INTAKE, True),
    ("county", Role.HANDLER, True),
    ("county", Role.HEAD, True),
    ("county", Role.SUPERVISOR, True),
    ("county", Role.PUBLISHER, False),
    ("sibling", Role.INTAKE, False),
    ("sibling", Role.HEAD, False),
]


@pytest.mark.parametrize(("unit", "role", "sees"), HANDED_ON)
def test_who_handed_a_case_on_reads_it_and_does_nothing(
    session: Session, office: Office, unit: str, role: Role, sees: bool
) -> None:
    case = handed_on(session, office)
    officer = StaffFactory(role=role, unit=getattr(office, unit))
    assert can(officer, Permission.CASE_VIEW, case) is sees
    assert _open_acts(case, officer) == ({Act.RECUSE} if sees else set())
    assert not can(officer, Permission.CASE_SUPERVISE, case)
    assert _in(session, officer, View.FOLLOWED) == (1 if sees else 0)


def test_who_handed_a_case_on_sees_it_until_the_filer_has_the_result(
    session: Session, office: Office
) -> None:
    case = handed_on(session, office)
    accept(session, case=case, actor=office.intake, now=OPENED)
    led_to(session, office, case, State.MEDIATED)
    answer(session, case=case, body="答复内容", actor=office.intake, now=OPENED)
    assert can(office.county_intake, Permission.CASE_VIEW, case)
    told = {"outcome": outcomes_for(case)[0], "reasons": "理由", "actor": office.intake, "now": OPENED}
    close(session, case=case, **told)  # type: ignore[arg-type]
    assert not can(office.county_intake, Permission.CASE_VIEW, case)
    assert can(office.province_head, Permission.CASE_VIEW, case), "the first unit keeps it"
    dispute(session, case=case, grounds="没有到现场核查。", now=OPENED)
    assert can(office.county_intake, Permission.CASE_VIEW, case), "it is owed once more"


def test_who_gave_a_case_back_has_not_handed_it_on(session: Session, office: Office) -> None:
    case = a_case_in(session, office, State.FORWARDED)
    assert can(office.county_intake, Permission.CASE_VIEW, case)
    return_transfer(session, case=case, reasons="不归本局管", actor=office.county_handler, now=OPENED)
    assert not can(office.county_intake, Permission.CASE_VIEW, case)


def test_a_unit_that_the_case_is_about_does_not_see_what_it_handed_on(
    session: Session, office: Office
) -> None:
    case = handed_on(session, office)
    keep_out_whom_it_is_about(session, case=case, named=[office.county], now=OPENED)
    assert not can(office.county_intake, Permission.CASE_VIEW, case)
    assert _in(session, office.county_intake, View.OPEN) == 0


def test_while_it_waits_the_receiver_may_only_take_it_or_give_it_back(
    session: Session, office: Office
) -> None:
    case = a_case_in(session, office, State.TRANSFERRED)
    assert _open_acts(case, office.county_handler) == {Act.ACKNOWLEDGE, Act.RETURN, Act.RECUSE}
    assert _open_acts(case, office.intake) == {Act.RECALL, Act.MESSAGE, Act.RECUSE}
    assert _open_acts(case, office.sibling_handler) == set()


def test_for_an_outside_body_the_sender_notes_what_it_answers(session: Session, office: Office) -> None:
    case = a_case_in(session, office, State.ACCEPTED)
    transfer(session, case=case, to_unit=office.police, reasons="涉嫌犯罪", actor=office.intake, now=OPENED)
    assert _open_acts(case, office.intake) >= {Act.ACKNOWLEDGE, Act.RETURN, Act.RECALL}
    acknowledge(session, case=case, actor=office.intake, now=OPENED)
    assert Act.MEDIATE in _open_acts(case, office.intake)


def test_what_is_closed_says_what_would_have_to_change(session: Session, office: Office) -> None:
    case = in_the_county(session, office)
    closed = {one.act: one for one in possible_acts(case, office.intake)}
    assert closed[Act.CLOSE].states == (State.ANSWERED,)
    assert closed[Act.ASSIGN].units == (office.county,)
    assert {one.obstacle for one in possible_acts(case, office.supervisor)} == {
        Obstacle.ROLE,
        Obstacle.STATE,
        None,
    }
    ended = a_case_in(session, office, State.CLOSED)
    assert {one.obstacle for one in possible_acts(ended, office.intake)} == {Obstacle.OVER}


def test_nobody_who_is_switched_off_sees_anything(session: Session, office: Office) -> None:
    case = a_case_in(session, office, State.RECEIVED)
    office.intake.active = False
    assert not can(office.intake, Permission.CASE_VIEW, case)


def _in(session: Session, officer: Account, view: View) -> int:
    """How many the page of the view has, which asks case by case."""
    return len(queue(session, sight_of(session, officer, OPENED.date()), Wanted(view)).rows)


def test_the_queue_shows_exactly_what_may_be_seen(session: Session, office: Office) -> None:
    for state in State:
        a_case_in(session, office, state)
    outside = a_case_in(session, office, State.ACCEPTED)
    transfer(
        session, case=outside, to_unit=office.police, reasons="涉嫌犯罪", actor=office.intake, now=OPENED
    )
    acknowledge(session, case=outside, actor=office.intake, now=OPENED)
    in_the_county(session, office)
    handed_on(session, office)
    closed = handed_on(session, office)
    refuse(
        session,
        case=closed,
        ground=next(iter(grounds_for(closed.track, OPENED.date()))),
        reasons="理由",
        actor=office.intake,
        now=OPENED,
    )
    for receiver in (office.sibling, office.police):  # it waits there, and is handed on from there
        case = handed_on(session, office)
        accept(session, case=case, actor=office.intake, now=OPENED)
        transfer(session, case=case, to_unit=receiver, reasons="属地", actor=office.intake, now=OPENED)
    acknowledge(session, case=case, actor=office.intake, now=OPENED)
    units = [office.province, office.bureau, office.county, office.sibling]
    officers = [StaffFactory(role=role, unit=unit) for role in Role for unit in units]
    cases = session.scalars(select(Case)).all()
    for officer in officers:
        allowed = {case.id for case in cases if can(officer, Permission.CASE_VIEW, case)}
        shown = {
            row.case.id
            for view in (View.OPEN, View.DONE)
            for row in queue(session, sight_of(session, officer, OPENED.date()), Wanted(view)).rows
        }
        assert shown == allowed, officer.assignments[0].role
        open_ones = {case.id for case in cases if not case.has_ended}
        found = counts(session, sight_of(session, officer, OPENED.date()))
        assert found[View.OPEN] == len(allowed & open_ones)
        assert found == {view: _in(session, officer, view) for view in found}
