"""After a closing: rated once, disputed within its period, decided by somebody else, reopened to somebody else."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models.cases.aftermath.operations import dispute, rate, reject, uphold
from models.cases.aftermath.queries import (
    dispute_period,
    disputes_of,
    had_a_hand,
    open_to_filer,
    successors,
)
from models.cases.operations import answer, assign, close
from models.cases.tables import Case
from models.cases.terms import OUTCOMES, Outcome, State
from models.clocks.queries import deadlines_of
from models.errors import ActRefused, Invalid
from models.ledger.queries import events_of, verify
from models.people.roles import Role
from models.people.tables import Account
from models.supervision.verdicts import Verdict, verdicts
from tests.factories import StaffFactory
from tests.support.cases import OPENED, Office, a_case_in, decided

DAY = dt.timedelta(days=1)


@pytest.fixture
def closed(session: Session, office: Office) -> Case:
    return a_case_in(session, office, State.CLOSED)


@pytest.fixture
def disputed(session: Session, office: Office) -> Case:
    return a_case_in(session, office, State.DISPUTED)


def _running(session: Session, case: Case) -> set[str]:
    return {one.rule_id for one in deadlines_of(session, [case])[case.id] if not one.met_at}


def test_a_closing_is_rated_once(session: Session, closed: Case) -> None:
    rate(session, case=closed, score=2, words=" 没有回电 ", now=OPENED)
    assert not open_to_filer(session, closed, OPENED).can_rate
    with pytest.raises(ActRefused, match="已经评价"):
        rate(session, case=closed, score=5, words="", now=OPENED)
    session.commit()
    event = events_of(session, subject_kind="cases", subject_id=str(closed.id))[-1]
    assert event.act == "case.rate"
    assert "回电" not in event.data


@pytest.mark.parametrize("score", [0, 6])
def test_a_rating_is_one_of_five(session: Session, closed: Case, score: int) -> None:
    with pytest.raises(Invalid):
        rate(session, case=closed, score=score, words="", now=OPENED)


def test_what_is_open_cannot_be_rated(session: Session, office: Office) -> None:
    with pytest.raises(ActRefused):
        rate(session, case=a_case_in(session, office, State.ANSWERED), score=5, words="", now=OPENED)


def test_the_period_is_a_rule_with_its_days(session: Session, closed: Case) -> None:
    period = dispute_period(session, OPENED)
    assert (period.rule.id, period.legal_end) == ("dispute_file", dt.date(2026, 12, 11))
    assert open_to_filer(session, closed, OPENED).disputable_until == period.legal_end
    late = dt.datetime(2026, 12, 11, 16, 0, tzinfo=dt.UTC)  # midnight in Beijing
    assert open_to_filer(session, closed, late).disputable_until is None
    with pytest.raises(ActRefused, match="届满"):
        dispute(session, case=closed, grounds="没有核查", now=late)
    dispute(session, case=closed, grounds="没有核查", now=late - dt.timedelta(seconds=1))


def test_a_dispute_opens_the_case_and_keeps_the_closing(session: Session, disputed: Case) -> None:
    made = disputes_of(session, disputed)[0]
    assert (disputed.state, disputed.outcome, disputed.closed_at) == (State.DISPUTED, None, None)
    assert (made.outcome, made.closing_reasons, made.closed_at) == (
        OUTCOMES[disputed.track][0],
        "理由",
        OPENED,
    )
    assert _running(session, disputed) == {"dispute_decide"}


def test_upheld_it_goes_to_somebody_else_with_a_clock(
    session: Session, office: Office, disputed: Case
) -> None:
    uphold(
        session,
        case=disputed,
        handler=office.head,
        unit=office.bureau,
        reasons="确未到场",
        actor=office.supervisor,
        now=OPENED + DAY,
    )
    assert (disputed.state, disputed.handler, disputed.answered_at) == (State.HANDLING, office.head, None)
    assert _running(session, disputed) == {"dispute_rework"}
    decided(session, office, disputed, now=OPENED + 2 * DAY)
    answer(session, case=disputed, body="重新核查完毕。", actor=office.head, now=OPENED + 2 * DAY)
    close(
        session,
        case=disputed,
        outcome=Outcome.MEDIATED,
        reasons="双方和解",
        actor=office.head,
        now=OPENED + 2 * DAY,
    )
    assert open_to_filer(session, disputed, OPENED + 2 * DAY).disputable_until  # it is a new closing
    session.commit()
    assert not list(verify(session))


def test_neither_decides_nor_takes_it_on_again_who_handled_it(
    session: Session, office: Office, disputed: Case
) -> None:
    before = StaffFactory(role=Role.HANDLER, unit=office.bureau)
    made = disputes_of(session, disputed)[0]
    assert made.handler_id == office.intake.id  # nobody was assigned: who closed it
    assert office.intake not in [one for one, _unit in successors(session, disputed)]
    assert (before, office.bureau) in successors(session, disputed)
    with pytest.raises(Invalid):
        uphold(
            session,
            case=disputed,
            handler=office.intake,
            unit=office.bureau,
            reasons="成立",
            actor=office.supervisor,
            now=OPENED,
        )
    with pytest.raises(ActRefused, match="没有办理过"):
        reject(session, case=disputed, reasons="不成立", actor=office.intake, now=OPENED)
    made.is_upheld, made.decided_by_id, made.decided_at, made.decision = False, office.intake.id, OPENED, "x"
    with pytest.raises(IntegrityError), session.begin_nested():
        session.flush()


def test_nobody_who_worked_on_it_gets_it_again_however_often_it_is_disputed(
    session: Session, office: Office
) -> None:
    """Here one handles, another answers and closes; and the next one too has had a hand in it when it comes back."""
    case = a_case_in(session, office, State.HANDLING)
    handler, other = (StaffFactory(role=Role.HANDLER, unit=office.bureau) for _each in range(2))
    assign(session, case=case, handler=handler, actor=office.intake, now=OPENED)
    _closed_and_disputed(session, office, case, by=office.intake)
    assert had_a_hand(session, case) == {handler.id, office.intake.id}
    again = {"case": case, "unit": office.bureau, "reasons": "成立", "now": OPENED}
    with pytest.raises(Invalid):
        uphold(session, handler=office.intake, actor=office.supervisor, **again)
    uphold(session, handler=other, actor=office.supervisor, **again)
    _closed_and_disputed(session, office, case, by=other)
    people = [one for one, _unit in successors(session, case)]
    assert office.head in people
    assert not {handler, office.intake, other} & set(people)


def _closed_and_disputed(session: Session, office: Office, case: Case, *, by: Account) -> None:
    decided(session, office, case, actor=by)
    answer(session, case=case, body="答复", actor=by, now=OPENED)
    close(session, case=case, outcome=Outcome.MEDIATED, reasons="和解", actor=by, now=OPENED)
    dispute(session, case=case, grounds="没有和解", now=OPENED)


def test_rejected_the_closing_stands_and_is_not_disputed_again(
    session: Session, office: Office, disputed: Case
) -> None:
    reject(session, case=disputed, reasons="已到场两次", actor=office.supervisor, now=OPENED + DAY)
    assert (disputed.state, disputed.closed_at, disputed.reasons) == (State.CLOSED, OPENED, "理由")
    assert not _running(session, disputed)
    with pytest.raises(ActRefused, match="不能再次申诉"):
        dispute(session, case=disputed, grounds="不服", now=OPENED + DAY)


def test_false_closing_can_be_measured(session: Session, office: Office, disputed: Case) -> None:
    other = a_case_in(session, office, State.CLOSED)
    rate(session, case=other, score=4, words="", now=OPENED)
    uphold(
        session,
        case=disputed,
        handler=office.head,
        unit=office.bureau,
        reasons="成立",
        actor=office.supervisor,
        now=OPENED,
    )
    found = verdicts(session, since=OPENED - DAY)
    assert found == [Verdict(office.bureau.id, closed=2, rated=1, scores=4, disputed=1, upheld=1)]
    assert (found[0].share_disputed, found[0].waiting, found[0].mean) == (0.5, 0, 4.0)
    assert verdicts(session, since=OPENED + DAY) == []
