"""繁简分流: set by rule, changed by officers with a reason, shorter inside the bureau and the same for the law."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from models.cases.aftermath.operations import uphold
from models.cases.operations import accept
from models.cases.possible import Obstacle, possible_acts
from models.cases.queries import filers_timeline
from models.cases.queue import Wanted, queue, sight_of
from models.cases.sight import View
from models.cases.sorting.operations import sort_case, take_on
from models.cases.sorting.terms import Complexity
from models.cases.tables import Case
from models.cases.terms import Act, State
from models.clocks.queries import deadlines_of
from models.errors import ActRefused, Invalid, NotAllowed
from models.kinds import Track
from models.papers.kinds import paper_kind
from tests.support.cases import OPENED, Office, a_case, a_case_in

SIMPLE, COMPLEX = Complexity.SIMPLE, Complexity.COMPLEX


def _limits(session: Session, case: Case) -> set[tuple[str, object]]:
    return {(one.rule_id, one.legal_end) for one in deadlines_of(session, [case])[case.id]}


def _sort(session: Session, office: Office, case: Case, to: Complexity) -> Case:
    return sort_case(session, case=case, complexity=to, reasons="案情有变", actor=office.intake, now=OPENED)


def test_the_rule_says_it_at_the_opening(session: Session, office: Office) -> None:
    complaint, report = (a_case(session, track) for track in (Track.COMPLAINT, Track.REPORT))
    assert (complaint.complexity, complaint.complexity_rule) == (SIMPLE, "complaint")
    assert (report.complexity, report.complexity_rule) == (COMPLEX, "others")


def test_an_officer_changes_it_with_a_reason_and_back_and_the_limits_stay(
    session: Session, office: Office
) -> None:
    case = a_case(session, Track.COMPLAINT)
    before = _limits(session, case)
    _sort(session, office, case, COMPLEX)
    assert (case.complexity, case.complexity_rule) == (COMPLEX, None)
    _sort(session, office, case, SIMPLE)
    assert case.complexity is SIMPLE
    assert _limits(session, case) == before
    assert [one.internal_note for one in case.acts if one.act is Act.SORT] == ["案情有变"] * 2
    assert Act.SORT not in {one.act for one in filers_timeline(session, case)}


def test_without_a_reason_or_a_change_nothing_changes(session: Session, office: Office) -> None:
    case = a_case(session, Track.COMPLAINT)
    with pytest.raises(Invalid):
        sort_case(session, case=case, complexity=COMPLEX, reasons=" ", actor=office.intake, now=OPENED)
    with pytest.raises(Invalid):
        _sort(session, office, case, SIMPLE)
    assert (case.complexity, len(case.acts)) == (SIMPLE, 1)


def test_a_simple_case_is_taken_on_by_who_works_there(session: Session, office: Office) -> None:
    case = a_case_in(session, office, State.ACCEPTED, Track.COMPLAINT)
    with pytest.raises(NotAllowed):
        take_on(session, case=case, actor=office.county_handler, now=OPENED)
    take_on(session, case=case, actor=office.intake, now=OPENED)
    assert (case.handler, case.state) == (office.intake, State.HANDLING)
    with pytest.raises(ActRefused):
        take_on(session, case=case, actor=office.head, now=OPENED)
    obstacles = {one.act: one.obstacle for one in possible_acts(case, office.head)}
    assert obstacles[Act.TAKE_ON] is Obstacle.TAKEN


def test_a_complex_case_is_assigned(session: Session, office: Office) -> None:
    case = a_case_in(session, office, State.ACCEPTED, Track.REPORT)
    with pytest.raises(ActRefused):
        take_on(session, case=case, actor=office.intake, now=OPENED)
    obstacles = {one.act: one.obstacle for one in possible_acts(case, office.intake)}
    assert obstacles[Act.TAKE_ON] is Obstacle.COMPLEX


def test_what_can_be_taken_on_is_a_view_and_the_split_a_filter(session: Session, office: Office) -> None:
    simple = a_case_in(session, office, State.ACCEPTED, Track.COMPLAINT)
    a_case_in(session, office, State.ACCEPTED, Track.REPORT)
    a_case_in(session, office, State.HANDLING, Track.COMPLAINT)

    def shown(wanted: Wanted) -> set[Case]:
        page = queue(session, sight_of(session, office.intake, OPENED.date()), wanted)
        return {row.case for row in page.rows}

    assert shown(Wanted(View.TO_TAKE)) == {simple}
    assert all(one.complexity is COMPLEX for one in shown(Wanted(View.OPEN, complexity=COMPLEX)))


def test_what_tells_a_decision_of_the_head_is_not_approved_again_in_a_simple_case(
    session: Session, office: Office
) -> None:
    case, result = a_case(session, Track.COMPLAINT), paper_kind("report_result")
    assert not result.wants_approval(case)
    assert paper_kind("refusal").wants_approval(case)
    _sort(session, office, case, COMPLEX)
    assert result.wants_approval(case)


def test_an_upheld_dispute_is_complex(session: Session, office: Office) -> None:
    case = a_case_in(session, office, State.DISPUTED, Track.COMPLAINT)
    assert case.complexity is SIMPLE
    uphold(
        session,
        case=case,
        handler=office.head,
        unit=office.bureau,
        reasons="确未核查",
        actor=office.supervisor,
        now=OPENED,
    )
    assert case.complexity is COMPLEX


def test_accepting_needs_nothing_more(session: Session, office: Office) -> None:
    case = a_case(session, Track.COMPLAINT)
    accept(session, case=case, actor=office.intake, now=OPENED)
    assert (case.state, case.complexity_rule) == (State.ACCEPTED, "complaint")
