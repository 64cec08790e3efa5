"""Where the day of each role begins: the cases that the queue shows when nothing is asked for, in their order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from models.cases.operations import accept, assign, open_case
from models.cases.tables import Case
from models.cases.transfers import acknowledge, transfer
from models.clocks.queries import deadlines_of
from models.kinds import Track
from models.people.roles import Role, UnitKind
from models.people.tables import Account, Unit
from models.supervision.extensions import ask_extension
from tests.factories import StaffFactory, UnitFactory
from tests.pages import Pages
from tests.support.cases import OPENED, Office, a_case, a_filing

Browser = Callable[[Account], FlaskClient]

# role (and kind of unit) → view → which of the cases below, the most urgent first
BEGINS = [
    (Role.INTAKE, UnitKind.CITY, "待受理", ["passed on", "new"]),
    (Role.HANDLER, UnitKind.CITY, "我承办的", ["mine, asked", "mine, newer"]),
    (Role.HEAD, UnitKind.CITY, "待我批准", ["mine, asked"]),
    (Role.SUPERVISOR, UnitKind.CITY, "已逾期", ["late"]),
    (Role.INTAKE, UnitKind.AID_CENTRE, "待签收", ["sent"]),
    (Role.INTAKE, UnitKind.WORK_STATION, "移交后跟踪", ["passed on"]),
]


def _staff(office: Office) -> dict[tuple[Role, UnitKind], Account]:
    units: dict[UnitKind, Unit] = {
        kind: UnitFactory(kind=kind, parent=office.bureau)
        for kind in (UnitKind.AID_CENTRE, UnitKind.WORK_STATION)
    } | {UnitKind.CITY: office.bureau}
    return {(role, kind): StaffFactory(role=role, unit=units[kind]) for role, kind, *_ in BEGINS}


def _cases(session: Session, staff: dict[tuple[Role, UnitKind], Account]) -> dict[str, Case]:
    """One case for each beginning, and what must not stand there."""
    desk, handler = staff[Role.INTAKE, UnitKind.CITY], staff[Role.HANDLER, UnitKind.CITY]
    aid, station = (staff[Role.INTAKE, kind] for kind in (UnitKind.AID_CENTRE, UnitKind.WORK_STATION))

    def filed(days_ago: int, track: Track = Track.REPORT) -> Case:
        return a_case(session, track, now=OPENED - dt.timedelta(days=days_ago))

    def taken(days_ago: int) -> Case:
        case = filed(days_ago)
        return accept(session, case=case, actor=desk, now=case.filing.submitted_at)

    older, newer, late = taken(7), taken(1), taken(60)
    for case in (newer, older):
        assign(session, case=case, handler=handler, actor=desk, now=OPENED)
    (limit,) = (one for one in deadlines_of(session, [older])[older.id] if one.rule_id == "report_verify")
    ask_extension(session, case=older, deadline=limit, reason="案情复杂，需要外调", actor=handler, now=OPENED)
    sent = filed(0, Track.AID)
    transfer(
        session, case=sent, to_unit=aid.assignments[0].unit, reasons="由中心办理", actor=desk, now=OPENED
    )
    own_unit = station.assignments[0].unit
    passed = open_case(
        session,
        filing=a_filing(session, now=OPENED - dt.timedelta(days=3)),
        actor=station,
        now=OPENED,
        unit=own_unit,
    )
    transfer(
        session, case=passed, to_unit=desk.assignments[0].unit, reasons="请办理", actor=station, now=OPENED
    )
    acknowledge(session, case=passed, actor=desk, now=OPENED)
    return {
        "new": filed(0),
        "passed on": passed,
        "mine, asked": older,
        "mine, newer": newer,
        "late": late,
        "sent": sent,
    }


def test_each_role_begins_with_what_waits_for_it(session: Session, office: Office, browser: Browser) -> None:
    staff = _staff(office)
    names = {case.shown_reference: name for name, case in _cases(session, staff).items()}
    session.commit()
    begun = []
    for role, kind, *_ in BEGINS:
        page = Pages(browser(staff[role, kind])).get("/casework/")
        chosen = page.select_one(".views [aria-current] span")
        shown = [names[one.get_text()] for one in page.select("a.queue__open")]
        begun.append((role, kind, chosen and chosen.get_text(), shown))
    assert begun == BEGINS
