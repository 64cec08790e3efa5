"""The life of a case: from filing to closing, over a transfer and back."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models.cases.decisions import file_case
from models.cases.designation import bounces, escalate
from models.cases.grounds import Ground
from models.cases.operations import (
    accept,
    add_supplement,
    answer,
    assign,
    close,
    refuse,
    send_message,
    withdraw,
)
from models.cases.queries import filers_timeline
from models.cases.tables import Case
from models.cases.terms import Act, Outcome, State
from models.cases.transfers import (
    OBJECTED,
    Way,
    acknowledge,
    recall,
    return_transfer,
    transfer,
    transfer_targets,
)
from models.clocks.queries import deadlines_of
from models.clocks.tables import Deadline
from models.errors import Invalid
from models.kinds import Track
from models.ledger.queries import events_of, verify
from models.outbox import OutboxRow
from models.people.roles import UnitKind
from tests.factories import UnitFactory
from tests.support.cases import OPENED, Office, a_case, a_case_in, decided, in_the_county

DAY = dt.timedelta(days=1)


def _running(session: Session, case: object) -> dict[str, Deadline]:
    return {one.rule_id: one for one in deadlines_of(session, [case])[case.id] if not one.met_at}  # type: ignore[attr-defined,list-item]


def test_a_report_goes_to_the_county_and_comes_to_its_end(session: Session, office: Office) -> None:
    case = a_case(session)
    accept(session, case=case, actor=office.intake, now=OPENED)
    transfer(session, case=case, to_unit=office.county, reasons="属地管辖", actor=office.intake, now=OPENED)
    assert case.unit is office.bureau  # nobody has acknowledged it
    acknowledge(session, case=case, actor=office.county_handler, now=OPENED + DAY)
    assert (case.unit, case.handler, case.origin_unit) == (
        office.county,
        office.county_handler,
        office.bureau,
    )
    file_case(session, case=case, reasons="符合第19条", actor=office.head, now=OPENED + DAY)
    answer(session, case=case, body="已立案。", actor=office.county_handler, now=OPENED + 2 * DAY)
    close(
        session,
        case=case,
        outcome=Outcome.FILED,
        reasons="符合立案条件。",
        actor=office.county_handler,
        now=OPENED + 3 * DAY,
    )
    session.commit()
    assert (case.state, case.closed_at) == (State.CLOSED, OPENED + 3 * DAY)
    acts = [entry.act for entry in filers_timeline(session, case)]
    assert acts == [
        Act.RECEIVE,
        Act.ACCEPT,
        Act.TRANSFER,
        Act.ACKNOWLEDGE,
        Act.FILE,
        Act.ANSWER,
        Act.CLOSE,
    ]
    events = events_of(session, subject_kind="cases", subject_id=str(case.id))
    assert [event.act for event in events] == [f"case.{act}" for act in acts]
    assert not list(verify(session))


def test_the_filer_is_told_of_every_step_once(session: Session, office: Office) -> None:
    case = in_the_county(session, office)
    told = session.scalars(select(OutboxRow).where(OutboxRow.kind == "notify-filer")).all()
    assert [row.payload["act_id"] for row in told] == [entry.id for entry in case.acts]


def test_a_complaint_has_its_legal_clock_from_the_moment_of_filing(session: Session, office: Office) -> None:
    case = a_case(session, Track.COMPLAINT)
    clock = _running(session, case)["complaint_accept"]
    assert clock.legal_end == dt.date(2026, 12, 1)  # seven working days after Friday 20 November
    accept(session, case=case, actor=office.intake, now=OPENED + DAY)
    assert list(_running(session, case)) == ["mediation_limit"]


def test_a_report_is_to_be_verified_in_fifteen_working_days(session: Session, office: Office) -> None:
    case = a_case(session)
    assert _running(session, case)["report_verify"].legal_end == dt.date(2026, 12, 11)
    in_county = in_the_county(session, office)
    assert list(_running(session, in_county)) == ["report_verify"]  # a transfer resets nothing


def test_closing_keeps_the_promise_of_feedback_in_the_same_act(session: Session, office: Office) -> None:
    case = a_case_in(session, office, State.CLOSED)
    kept = {one.rule_id: one for one in deadlines_of(session, [case])[case.id]}
    assert not _running(session, case)
    assert kept["local_feedback"].met_at == case.closed_at


def test_withdrawing_cancels_what_was_owed_and_takes_a_transfer_back(
    session: Session, office: Office
) -> None:
    case = a_case_in(session, office, State.FORWARDED)
    withdraw(session, case=case, now=OPENED)
    assert (case.state, case.open_transfer, _running(session, case)) == (State.WITHDRAWN, None, {})


def test_a_returned_case_is_back_with_its_sender_and_counted(session: Session, office: Office) -> None:
    case = a_case_in(session, office, State.TRANSFERRED)
    return_transfer(session, case=case, reasons="不在本县", actor=office.county_handler, now=OPENED)
    assert (case.state, case.unit, bounces(case)) == (State.ACCEPTED, office.bureau, 1)
    entry = case.acts[-1]
    assert (entry.unit, entry.other_unit, entry.public_note) == (office.county, office.bureau, None)
    transfer(session, case=case, to_unit=office.sibling, reasons="改送", actor=office.intake, now=OPENED)
    acknowledge(session, case=case, actor=office.sibling_handler, now=OPENED)
    assert case.unit is office.sibling


def test_before_acceptance_the_receiver_decides_on_acceptance(session: Session, office: Office) -> None:
    case = a_case_in(session, office, State.FORWARDED)
    acknowledge(session, case=case, actor=office.county_intake, now=OPENED)
    assert (case.state, case.unit, case.handler) == (State.RECEIVED, office.county, None)
    refuse(
        session, case=case, ground=Ground.TOO_LATE, reasons="已过三年", actor=office.county_intake, now=OPENED
    )
    assert (case.state, case.ground) == (State.REFUSED, Ground.TOO_LATE)


def test_a_transfer_can_be_recalled_until_it_is_acknowledged(session: Session, office: Office) -> None:
    case = a_case_in(session, office, State.TRANSFERRED)
    recall(session, case=case, reasons="误送", actor=office.intake, now=OPENED)
    assert (case.state, case.open_transfer) == (State.ACCEPTED, None)


def _filed_in_the_county(session: Session, office: Office) -> Case:
    case = in_the_county(session, office)
    return file_case(session, case=case, reasons="符合条件", actor=office.county_handler, now=OPENED)


def test_a_filed_case_goes_across_to_the_competent_bureau_and_no_further(
    session: Session, office: Office
) -> None:
    station = UnitFactory(code="station", kind=UnitKind.WORK_STATION, parent=office.bureau)
    case = _filed_in_the_county(session, office)
    ways = transfer_targets(session, case)
    assert (Way.SIDEWAYS, office.sibling) in ways
    assert station not in [unit for _way, unit in ways], "no bureau: it has no jurisdiction"
    common = {"session": session, "case": case, "now": OPENED}
    transfer(to_unit=office.sibling, reasons="违法行为地", actor=office.county_handler, **common)  # type: ignore[arg-type]
    assert "程序规定 第14" in case.transfers[-1].basis
    acknowledge(actor=office.sibling_handler, **common)  # type: ignore[arg-type]
    assert (case.unit, case.handler) == (office.sibling, office.sibling_handler)
    with pytest.raises(Invalid, match="第14条"):
        transfer(to_unit=office.bureau, reasons="交上去", actor=office.sibling_handler, **common)  # type: ignore[arg-type]
    assert {way for way, _unit in transfer_targets(session, case)} == {Way.OUTSIDE}
    escalate(reasons="对管辖权有异议", actor=office.sibling_handler, **common)  # type: ignore[arg-type]
    assert case.designator_unit == office.bureau


def test_who_objects_to_a_filed_case_sent_across_has_asked_the_common_superior(
    session: Session, office: Office
) -> None:
    case = _filed_in_the_county(session, office)
    common = {"session": session, "case": case, "now": OPENED}
    transfer(to_unit=office.sibling, reasons="违法行为地", actor=office.county_handler, **common)  # type: ignore[arg-type]
    return_transfer(reasons="不在本县", actor=office.sibling_handler, **common)  # type: ignore[arg-type]
    assert (case.state, case.designator_unit) == (State.CONTESTED_ACCEPTED, office.bureau)
    assert case.acts[-1].internal_note == OBJECTED


def test_what_is_not_filed_never_goes_sideways(session: Session, office: Office) -> None:
    case = in_the_county(session, office)
    with pytest.raises(Invalid, match="第41条"):
        transfer(
            session,
            case=case,
            to_unit=office.sibling,
            reasons="给邻县",
            actor=office.county_handler,
            now=OPENED,
        )
    transfer(
        session, case=case, to_unit=office.bureau, reasons="交回", actor=office.county_handler, now=OPENED
    )
    assert case.state is State.TRANSFERRED


def test_while_an_outside_body_has_it_the_first_unit_acts(session: Session, office: Office) -> None:
    case = a_case_in(session, office, State.ACCEPTED)
    transfer(session, case=case, to_unit=office.police, reasons="涉嫌犯罪", actor=office.intake, now=OPENED)
    acknowledge(session, case=case, actor=office.intake, now=OPENED)
    assert (case.unit, case.acting_unit) == (office.police, office.bureau)
    decided(session, office, case)
    answer(session, case=case, body="已移送公安机关。", actor=office.intake, now=OPENED)
    assert case.state is State.ANSWERED


def test_only_people_on_duty_in_the_unit_can_be_given_a_case(session: Session, office: Office) -> None:
    case = a_case_in(session, office, State.ACCEPTED)
    with pytest.raises(Invalid, match="在岗"):
        assign(session, case=case, handler=office.county_handler, actor=office.head, now=OPENED)


def test_a_ground_of_another_track_is_refused(session: Session, office: Office) -> None:
    case = a_case(session, Track.REPORT)
    with pytest.raises(Invalid):
        refuse(session, case=case, ground=Ground.TOO_LATE, reasons="理由", actor=office.intake, now=OPENED)


def test_an_outcome_of_another_track_is_refused(session: Session, office: Office) -> None:
    case = a_case_in(session, office, State.ANSWERED, Track.REPORT)
    with pytest.raises(Invalid):
        close(session, case=case, outcome=Outcome.MEDIATED, reasons="理由", actor=office.intake, now=OPENED)


def test_messages_go_both_ways_and_stop_no_clock(session: Session, office: Office) -> None:
    case = a_case(session, Track.COMPLAINT)
    before = set(_running(session, case))
    send_message(session, case=case, body="请补充购物小票。", actor=office.intake, now=OPENED)
    add_supplement(session, case=case, body="已上传。", now=OPENED)
    assert [message.author_id for message in case.messages] == [office.intake.id, None]
    assert set(_running(session, case)) == before


@pytest.mark.parametrize("words", ["", "   ", None])
def test_an_answer_has_words(session: Session, office: Office, words: str) -> None:
    case = a_case_in(session, office, State.MEDIATED)
    with pytest.raises(Invalid) as refused:
        answer(session, case=case, body=words, actor=office.intake, now=OPENED)
    assert "body" in refused.value.errors


def test_the_database_itself_refuses_a_closing_without_outcome(session: Session, office: Office) -> None:
    case = a_case_in(session, office, State.ANSWERED)
    case.state, case.closed_at = State.CLOSED, OPENED
    with pytest.raises(IntegrityError, match="closed_has_outcome"):
        session.flush()
