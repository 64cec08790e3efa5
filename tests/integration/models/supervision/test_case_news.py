"""Who hears of what is done to a case: the receiver, the sender, the superior, and feedback up the whole chain."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.cases.operations import accept, add_supplement, answer, close, open_case
from models.cases.tables import Case, CaseAct
from models.cases.terms import Act, Outcome, State
from models.cases.transfers import acknowledge, return_transfer, transfer
from models.outbox import OutboxRow
from models.people.actors import FILER
from models.people.tables import Account
from models.supervision.case_news import tell_units
from models.supervision.tables import StaffNotice
from models.supervision.terms import NoticeKind
from tests.support.cases import OPENED, Office, a_case, a_case_in, a_filing, an_office, decided, in_the_county


@pytest.fixture
def office(session: Session) -> Office:
    return an_office(session)


def _last(session: Session, case: Case, act: Act) -> CaseAct:
    session.expire(case, ["acts"])
    return next(entry for entry in reversed(case.acts) if entry.act is act)


def _told(session: Session, case: Case, act: Act) -> set[int]:
    return set(tell_units(session, entry=_last(session, case, act), now=OPENED))


def _ids(*accounts: Account) -> set[int]:
    return {one.id for one in accounts}


def test_a_transfer_is_news_for_the_receiver_and_its_return_for_the_sender(
    session: Session, office: Office
) -> None:
    case = a_case_in(session, office, State.FORWARDED)
    assert _told(session, case, Act.TRANSFER) == _ids(office.county_intake)
    return_transfer(session, case=case, reasons="不归本局管", actor=office.county_handler, now=OPENED)
    assert _told(session, case, Act.RETURN) == _ids(office.intake)


def test_the_superior_is_asked_to_designate(session: Session, office: Office) -> None:
    case = a_case_in(session, office, State.CONTESTED)
    assert _told(session, case, Act.ESCALATE) == _ids(office.province_head)


def test_feedback_climbs_to_every_unit_that_passed_the_case_on(session: Session, office: Office) -> None:
    """County to city, city to the neighbouring county: both hear what came of it."""
    filing = a_filing(session)
    case = open_case(session, filing=filing, actor=FILER, now=OPENED, unit=office.county)
    transfer(
        session, case=case, to_unit=office.bureau, reasons="跨区", actor=office.county_intake, now=OPENED
    )
    acknowledge(session, case=case, actor=office.intake, now=OPENED)
    accept(session, case=case, actor=office.intake, now=OPENED)
    transfer(session, case=case, to_unit=office.sibling, reasons="发生地", actor=office.intake, now=OPENED)
    acknowledge(session, case=case, actor=office.sibling_handler, now=OPENED)
    decided(session, office, case)
    answer(session, case=case, body="已立案。", actor=office.sibling_handler, now=OPENED)
    close(
        session,
        case=case,
        outcome=Outcome.FILED,
        reasons="符合立案条件。",
        actor=office.sibling_handler,
        now=OPENED,
    )
    assert _told(session, case, Act.CLOSE) == _ids(office.intake, office.county_intake)
    told = session.scalars(select(StaffNotice).where(StaffNotice.account_id == office.intake.id)).all()
    assert told[-1].data["outcome"] == Outcome.FILED, "the city between the two sees no more of it"


def test_a_countys_lead_reaches_the_city_at_once(session: Session, office: Office) -> None:
    case = open_case(session, filing=a_filing(session), actor=FILER, now=OPENED, unit=office.county)
    assert _told(session, case, Act.RECEIVE) == _ids(office.head, office.supervisor)
    queued = session.scalars(select(OutboxRow.payload).where(OutboxRow.kind == "notify-units")).all()
    assert queued == [{"act_id": _last(session, case, Act.RECEIVE).id}]


def test_what_the_bureau_takes_in_itself_is_no_news(session: Session, office: Office) -> None:
    a_case(session)
    assert not session.scalars(select(OutboxRow).where(OutboxRow.kind == "notify-units")).all()


def test_a_supplement_reaches_the_handler(session: Session, office: Office) -> None:
    case = in_the_county(session, office)
    add_supplement(session, case=case, body="补充", now=OPENED)
    assert _told(session, case, Act.SUPPLEMENT) == _ids(office.county_handler)


def test_telling_twice_is_told_once(session: Session, office: Office) -> None:
    case = a_case_in(session, office, State.FORWARDED)
    for _ in range(2):
        _told(session, case, Act.TRANSFER)
    notices = session.scalars(select(StaffNotice)).all()
    assert [(one.kind, one.account_id, one.data["act"]) for one in notices] == [
        (NoticeKind.CASE, office.county_intake.id, "transfer")
    ]
