"""Mediation and filing: consent, grounds, clocks, and outcomes that go with how a case was decided."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models.cases.decisions import file_case, not_file, outcomes_for
from models.cases.grounds import Ground, grounds_for
from models.cases.mediation.operations import end_mediation
from models.cases.operations import answer, close
from models.cases.tables import Case
from models.cases.terms import Act, Outcome, State
from models.clocks.queries import deadlines_of
from models.errors import Invalid
from models.kinds import Track
from models.people.permissions import Permission, can
from tests.support.cases import OPENED, Office, a_case_in, in_the_county, led_to

DAY = dt.timedelta(days=1)


def _running(session: Session, case: Case) -> set[str]:
    return {one.rule_id for one in deadlines_of(session, [case])[case.id] if not one.met_at}


def test_the_end_of_a_mediation_is_told_in_seven_working_days(session: Session, office: Office) -> None:
    case = a_case_in(session, office, State.MEDIATING)
    assert _running(session, case) == {"mediation_limit"}
    end_mediation(
        session,
        case=case,
        ground=Ground.MEDIATION_NO_AGREEMENT,
        reasons="分歧太大",
        actor=office.intake,
        now=OPENED + DAY,
    )
    assert _running(session, case) == {"mediation_end_notice"}
    assert outcomes_for(case) == (Outcome.MEDIATION_ENDED, Outcome.REFERRED)
    answer(session, case=case, body="调解终止，可以起诉。", actor=office.intake, now=OPENED + 2 * DAY)
    assert not _running(session, case)


def test_the_eight_grounds_of_article_23_and_those_of_not_filing() -> None:
    day = OPENED.date()
    ending = grounds_for(Track.COMPLAINT, day, Act.END_MEDIATION)
    assert list(ending.values()) == [f"121号 第23条第1款第{number}项" for number in range(1, 9)]
    assert list(grounds_for(Track.REPORT, day, Act.NOT_FILE).values()) == [
        "程序规定 第19条",
        *(f"程序规定 第20条第{number}项" for number in range(1, 5)),
    ]
    assert not set(grounds_for(Track.COMPLAINT, day)) & set(ending)
    assert not grounds_for(Track.AID, day, Act.NOT_FILE)


def test_filing_ends_verification_and_starts_the_ninety_days(session: Session, office: Office) -> None:
    case = in_the_county(session, office)
    assert _running(session, case) == {"report_verify"}
    file_case(session, case=case, reasons="有初步证据", actor=office.head, now=OPENED)
    assert (case.state, _running(session, case)) == (State.INVESTIGATING, {"case_decision"})
    assert outcomes_for(case) == (Outcome.FILED, Outcome.REFERRED)


def test_a_head_decides_on_filing_and_nobody_else(session: Session, office: Office) -> None:
    case = in_the_county(session, office)
    assert can(office.head, Permission.CASE_FILE, case)
    for officer in (office.county_handler, office.county_intake, office.intake, office.supervisor):
        assert not can(officer, Permission.CASE_FILE, case)


def test_a_ground_of_another_decision_is_refused(session: Session, office: Office) -> None:
    case = in_the_county(session, office)
    for ground in (Ground.REPORT_NO_CLUE, Ground.MEDIATION_DECLINED):
        with pytest.raises(Invalid):
            not_file(session, case=case, ground=ground, reasons="理由", actor=office.head, now=OPENED)


def test_what_was_not_filed_cannot_be_closed_as_filed(session: Session, office: Office) -> None:
    case = led_to(session, office, in_the_county(session, office), State.NOT_FILED)
    answer(session, case=case, body="不予立案。", actor=office.county_handler, now=OPENED)
    with pytest.raises(Invalid, match="办理过程不符"):
        close(
            session,
            case=case,
            outcome=Outcome.FILED,
            reasons="理由",
            actor=office.county_handler,
            now=OPENED,
        )
    assert outcomes_for(case) == (Outcome.NOT_FILED, Outcome.UNFOUNDED, Outcome.REFERRED)


def test_the_database_wants_a_ground_too(session: Session, office: Office) -> None:
    case = led_to(session, office, in_the_county(session, office), State.NOT_FILED)
    session.expire(case, ["acts"])
    entry = next(one for one in case.acts if one.act is Act.NOT_FILE)
    with session.begin_nested() as attempt:
        entry.ground = None
        with pytest.raises(IntegrityError):
            session.flush()
        attempt.rollback()
