"""A work station's officer: takes in and passes on, follows what was passed on, and sees nothing of anybody else's."""

from __future__ import annotations

from sqlalchemy.orm import Session

from models.cases.operations import accept, open_case
from models.cases.possible import possible_acts
from models.cases.queue import Wanted, queue, sight_of
from models.cases.sight import View
from models.cases.tables import Case
from models.cases.terms import Act
from models.cases.transfers import acknowledge, transfer
from models.kinds import Track
from models.people.permissions import Permission, can
from models.people.roles import Role, UnitKind
from models.people.tables import Account
from tests.factories import StaffFactory, UnitFactory
from tests.support.cases import OPENED, Office, a_case, a_filing


def _seen(session: Session, officer: Account, view: View = View.OPEN) -> list[Case]:
    page = queue(session, sight_of(session, officer, OPENED.date()), Wanted(view))
    return [row.case for row in page.rows]


def _open_acts(case: Case, officer: Account) -> set[Act]:
    return {one.act for one in possible_acts(case, officer) if one.is_open}


def test_a_station_works_on_its_own_cases_and_follows_what_it_passed_on(
    session: Session, office: Office
) -> None:
    station, other = (UnitFactory(kind=UnitKind.WORK_STATION, parent=office.bureau) for _ in range(2))
    officer, neighbour = (StaffFactory(role=Role.INTAKE, unit=unit) for unit in (station, other))
    own = open_case(session, filing=a_filing(session, Track.AID), actor=officer, now=OPENED, unit=station)
    elsewhere = a_case(session, Track.AID)
    assert _seen(session, officer) == [own]
    assert _seen(session, neighbour) == []
    assert {Act.ACCEPT, Act.TRANSFER} <= _open_acts(own, officer)
    for officer_of_another, case in ((neighbour, own), (officer, elsewhere)):
        assert _open_acts(case, officer_of_another) == set()
        assert not can(officer_of_another, Permission.CASE_VIEW, case)
        assert not can(officer_of_another, Permission.CASE_IDENTIFY, case)
    accept(session, case=own, actor=officer, now=OPENED)
    assert Act.DECIDE_AID not in _open_acts(own, officer)
    assert Act.DECIDE_AID in _open_acts(own, office.head)
    transfer(session, case=own, to_unit=office.bureau, reasons="请审批", actor=officer, now=OPENED)
    acknowledge(session, case=own, actor=office.intake, now=OPENED)
    assert _seen(session, officer, View.FOLLOWED) == [own]
    assert _open_acts(own, officer) <= {Act.RECUSE}
