"""并案 and 分案: decided together, owed one by one."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from models.cases.decisions import file_case, outcomes_for
from models.cases.merge_acts import MERGED, merge, split
from models.cases.operations import answer, assign, close
from models.cases.queries import filers_timeline
from models.cases.recusal.operations import recuse
from models.cases.recusal.terms import RecusalReason
from models.cases.tables import Case
from models.cases.terms import Act, State
from models.cases.transfers import transfer
from models.clocks.queries import deadlines_of
from models.errors import ActRefused, Invalid
from models.kinds import Track
from models.people.tables import Account
from tests.support.cases import OPENED, Office, a_case_in, in_the_county


def _report(session: Session, office: Office, state: State = State.HANDLING) -> Case:
    return a_case_in(session, office, state, Track.REPORT)


def _merged(session: Session, office: Office) -> tuple[Case, Case]:
    lead, member = _report(session, office), _report(session, office, State.ACCEPTED)
    merge(session, case=member, lead=lead, reasons="同一店铺", actor=office.intake, now=OPENED)
    return lead, member


def _running(session: Session, case: Case) -> set[str]:
    return {one.rule_id for one in deadlines_of(session, [case])[case.id] if one.is_open}


def test_what_is_decided_for_the_lead_is_decided_for_the_other_with_its_own_clocks(
    session: Session, office: Office
) -> None:
    lead, member = _merged(session, office)
    assert member.handler == lead.handler == office.intake
    assert "report_verify" in _running(session, member), "each filer's limit goes on"
    file_case(session, case=lead, reasons="符合条件", actor=office.head, now=OPENED)
    assert (lead.state, member.state) == (State.INVESTIGATING, State.INVESTIGATING)
    assert {"case_decision"} == _running(session, member)
    assert member.acts[-1].act is Act.FILE
    answer(session, case=lead, body="已立案，感谢您。", actor=office.intake, now=OPENED)
    assert member.state is State.INVESTIGATING, "answers are each filer's own"
    answer(session, case=member, body="已立案。", actor=office.intake, now=OPENED)
    outcome = outcomes_for(member)[0]
    close(session, case=member, outcome=outcome, reasons="已立案", actor=office.intake, now=OPENED)
    assert (lead.state, member.state) == (State.ANSWERED, State.CLOSED)


def test_filers_read_the_same_words_and_nothing_of_each_other(session: Session, office: Office) -> None:
    lead, member = _merged(session, office)
    for one, other in ((lead, member), (member, lead)):
        entry = filers_timeline(session, one)[-1]
        assert entry.public_note == MERGED
        assert other.shown_reference in (entry.internal_note or "")
        assert all(other.reference not in (act.public_note or "") for act in filers_timeline(session, one))


def test_what_the_lead_decides_is_refused_to_the_others_until_they_are_split(
    session: Session, office: Office
) -> None:
    lead, member = _merged(session, office)
    for refused in (
        lambda: assign(session, case=member, handler=office.intake, actor=office.intake, now=OPENED),
        lambda: file_case(session, case=member, reasons="x", actor=office.head, now=OPENED),
        lambda: transfer(
            session, case=lead, to_unit=office.county, reasons="属地", actor=office.intake, now=OPENED
        ),
    ):
        with pytest.raises(ActRefused, match="分案"), session.begin_nested():
            refused()
    session.expire_all()
    split(session, case=member, reasons="事实不同", actor=office.intake, now=OPENED)
    assert [one.acts[-1].act for one in (lead, member)] == [Act.SPLIT, Act.SPLIT]
    assert [act.act for act in member.acts].count(Act.MERGE) == 1, "the history stays"
    file_case(session, case=lead, reasons="符合条件", actor=office.head, now=OPENED)
    assert member.state is State.ACCEPTED
    assert "report_verify" in _running(session, member)


def test_only_reports_in_hand_of_one_unit_are_merged_and_only_one_deep(
    session: Session, office: Office
) -> None:
    lead, member = _merged(session, office)
    third, elsewhere = _report(session, office), in_the_county(session, office)
    complaint = a_case_in(session, office, State.HANDLING, Track.COMPLAINT)

    def tried(case: Case, into: Case, actor: Account = office.intake) -> None:
        merge(session, case=case, lead=into, reasons="x", actor=actor, now=OPENED)

    for case, into in ((third, third), (third, member), (lead, third), (member, third), (third, elsewhere)):
        with pytest.raises(Invalid):
            tried(case, into)
    with pytest.raises(ActRefused):
        tried(complaint, third)
    with pytest.raises(ActRefused):
        tried(third, complaint)
    with pytest.raises(Invalid):
        tried(third, lead, office.county_intake)


def test_a_leads_handler_who_keeps_out_of_the_other_does_not_get_it(session: Session, office: Office) -> None:
    lead, member = _report(session, office), _report(session, office, State.ACCEPTED)
    common = {"account": office.intake, "reason": RecusalReason.RELATIVE, "words": "亲属"}
    recuse(session, case=member, actor=office.head, now=OPENED, **common)  # type: ignore[arg-type]
    merge(session, case=member, lead=lead, reasons="同一店铺", actor=office.head, now=OPENED)
    assert (lead.handler, member.handler) == (office.intake, None)
