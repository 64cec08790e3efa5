"""A referral from the report to its end: who decides, what is refused, which clocks run, and that the case stands still."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy.orm import Session

from models.cases.clock_acts import resume_deadline
from models.cases.decisions import outcomes_for
from models.cases.merge_acts import merge
from models.cases.operations import answer, close
from models.cases.queries import filers_timeline
from models.cases.tables import Case
from models.cases.terms import Act, Outcome, State
from models.clocks.queries import deadlines_of
from models.clocks.tables import Deadline
from models.errors import ActRefused, Invalid, NotAllowed
from models.kinds import Track
from models.ledger.queries import events_of, verify
from models.referrals.operations import Happened, approve, decline, hand_over, propose, take_step
from models.referrals.queries import open_referral
from models.referrals.tables import Referral
from models.referrals.terms import Standing, Step
from tests.support.cases import OPENED, Office, a_case_in, led_to
from tests.support.referrals import HAPPENED, a_referral, a_report, later


@pytest.fixture
def case(session: Session, office: Office) -> Case:
    return a_case_in(session, office, State.INVESTIGATING, Track.REPORT)


def _running(session: Session, case: Case) -> dict[str, Deadline]:
    return {one.rule_id: one for one in deadlines_of(session, [case])[case.id] if one.is_open}


def _approved(session: Session, office: Office, case: Case, *, at: dt.datetime = OPENED) -> Referral:
    referral = propose(session, case=case, report=a_report(office), actor=office.intake, now=at)
    return approve(session, referral=referral, actor=office.head, now=at)


def _with_police(session: Session, office: Office, case: Case, *, at: dt.datetime = OPENED) -> Referral:
    referral = _approved(session, office, case, at=at)
    referral.pack_key, referral.pack_size, referral.pack_sha256 = "k", 1, "0" * 64
    referral.pack_made_at = at
    happened = Happened(at, "平市监罪移字〔2026〕1号", "当面移送")
    return hand_over(session, referral=referral, happened=happened, actor=office.intake, now=at)


def _step(
    session: Session, office: Office, referral: Referral, step: Step, at: dt.datetime, document: str = "1号"
) -> Referral:
    happened = Happened(at, document, "情况")
    return take_step(session, referral=referral, step=step, happened=happened, actor=office.intake, now=at)


def test_refused_asked_again_filed_and_concluded(session: Session, office: Office, case: Case) -> None:
    referral = propose(session, case=case, report=a_report(office), actor=office.intake, now=OPENED)
    assert (case.state, referral.standing) == (State.REFERRING, Standing.PROPOSED)
    assert set(_running(session, case)) >= {"case_decision", "crime_approve"}
    approve(session, referral=referral, actor=office.head, now=later(days=1))
    assert "crime_transfer" in _running(session, case)
    referral.pack_key, referral.pack_size, referral.pack_sha256 = "k", 1, "0" * 64
    referral.pack_made_at = later(days=1)
    hand_over(
        session, referral=referral, happened=HAPPENED_LATER, actor=office.intake, now=later(days=1, hours=2)
    )
    assert (case.state, _running(session, case)["case_decision"].is_paused) == (State.REFERRED, True)
    for number, (step, standing, running) in enumerate(
        [
            (Step.RECEIPT, Standing.RECEIVED, {"police_decide"}),
            (Step.ASK_PAPERS, Standing.PAPERS_ASKED, {"police_decide", "crime_papers"}),
            (Step.SEND_PAPERS, Standing.RECEIVED, {"police_decide"}),
            (Step.REFUSE, Standing.REFUSED, {"crime_reconsider"}),
            (Step.ASK_AGAIN, Standing.RECONSIDERING, {"police_decide_reconsideration"}),
            (Step.FILE, Standing.FILED, {"crime_hand_over"}),
            (Step.HAND_OVER_GOODS, Standing.CONCLUDED, set()),
        ]
    ):
        _step(session, office, referral, step, later(days=2, hours=number))
        assert referral.standing is standing, step
        assert set(_running(session, case)) - {"case_decision"} == running, step
    assert case.state is State.POLICE_FILED
    answer(session, case=case, body="公安机关已立案。", actor=office.intake, now=later(days=3))
    assert outcomes_for(case) == (Outcome.REFERRED,)
    close(
        session, case=case, outcome=Outcome.REFERRED, reasons="已移送", actor=office.intake, now=later(days=3)
    )
    assert not _running(session, case)
    told = [one.act for one in filers_timeline(session, case)]
    assert told[-4:] == [Act.REFER, Act.CONCLUDE_REFERRAL, Act.ANSWER, Act.CLOSE]
    session.commit()
    acts = [one.act for one in events_of(session, subject_kind="referrals", subject_id=str(referral.id))]
    assert acts[:3] == ["referral.propose", "referral.approve", "referral.hand-over"]
    assert not list(verify(session))


HAPPENED_LATER = Happened(later(days=1, hours=2), HAPPENED.document, HAPPENED.words)


def test_only_a_head_outside_the_team_decides_and_reasons_are_kept(
    session: Session, office: Office, case: Case
) -> None:
    report = a_report(office, second=office.head)
    referral = propose(session, case=case, report=report, actor=office.intake, now=OPENED)
    with pytest.raises(NotAllowed, match="没有参加专案组"):
        approve(session, referral=referral, actor=office.head, now=OPENED)
    with pytest.raises(Invalid, match="理由"):
        decline(session, referral=referral, reasons=" ", actor=office.province_head, now=OPENED)
    decline(session, referral=referral, reasons="数额不大，情节轻微", actor=office.province_head, now=OPENED)
    assert (case.state, referral.decline_reasons) == (State.INVESTIGATING, "数额不大，情节轻微")
    assert set(_running(session, case)) == {"case_decision"}
    again = propose(session, case=case, report=a_report(office), actor=office.intake, now=OPENED)
    assert open_referral(session, case) is again, "what was declined can be reported again"


@pytest.mark.parametrize(
    ("changed", "field"),
    [("same", "second"), ("police", "police"), ("procuratorate", "procuratorate"), ("stranger", "first")],
)
def test_a_report_that_cannot_be_names_its_field(
    session: Session, office: Office, case: Case, changed: str, field: str
) -> None:
    given = {
        "same": {"second": office.intake},
        "police": {"police": office.county},
        "procuratorate": {"procuratorate": office.police},
        "stranger": {"first": office.county_handler},
    }[changed]
    with pytest.raises(Invalid) as refused:
        propose(session, case=case, report=a_report(office, **given), actor=office.intake, now=OPENED)
    assert field in refused.value.errors


def test_nothing_is_handed_over_without_its_pack_or_before_its_time(
    session: Session, office: Office, case: Case
) -> None:
    referral = _approved(session, office, case, at=later(hours=1))
    common = {"referral": referral, "actor": office.intake, "now": later(hours=2)}
    with pytest.raises(ActRefused, match="案卷包还没有做好"):
        hand_over(session, happened=Happened(later(hours=2), "1号", ""), **common)  # type: ignore[arg-type]
    referral.pack_key, referral.pack_size, referral.pack_sha256 = "k", 1, "0" * 64
    referral.pack_made_at = later(hours=1)
    for at in (OPENED, later(hours=3)):
        with pytest.raises(Invalid, match="上一步"):
            hand_over(session, happened=Happened(at, "1号", ""), **common)  # type: ignore[arg-type]


def test_three_days_after_a_refusal_only_the_procuratorate_can_be_asked(
    session: Session, office: Office, case: Case
) -> None:
    referral = _with_police(session, office, case)
    _step(session, office, referral, Step.RECEIPT, later(hours=1))
    _step(session, office, referral, Step.REFUSE, later(days=1))
    last_moment = _running(session, case)["crime_reconsider"].due_at
    with pytest.raises(ActRefused, match="超过三日"):
        _step(session, office, referral, Step.ASK_AGAIN, last_moment)
    _step(session, office, referral, Step.ASK_SUPERVISION, last_moment)
    assert referral.standing is Standing.SUPERVISED
    assert set(_running(session, case)) == {"case_decision"}


def test_what_is_written_down_later_counts_from_when_it_happened(
    session: Session, office: Office, case: Case
) -> None:
    referral = _with_police(session, office, case)
    happened = Happened(later(hours=3), "回执1号", "签收")
    take_step(
        session,
        referral=referral,
        step=Step.RECEIPT,
        happened=happened,
        actor=office.intake,
        now=later(days=2),
    )
    assert _running(session, case)["police_decide"].started_at == later(hours=3)


def test_the_case_goes_on_with_the_days_it_had_left(session: Session, office: Office, case: Case) -> None:
    before = _running(session, case)["case_decision"].legal_end
    referral = _with_police(session, office, case, at=later(days=5))
    clock = _running(session, case)["case_decision"]
    with pytest.raises(ActRefused, match="已经移送公安机关"):
        resume_deadline(
            session,
            case=case,
            deadline=clock,
            on=later(days=6).date(),
            actor=office.intake,
            now=later(days=6),
        )
    _step(session, office, referral, Step.RECEIPT, later(days=5, hours=1))
    _step(session, office, referral, Step.REFUSE, later(days=8))
    _step(session, office, referral, Step.RESUME, later(days=9), document="")
    clock = _running(session, case)["case_decision"]
    assert (case.state, referral.standing, clock.is_paused) == (State.INVESTIGATING, Standing.RESUMED, False)
    assert (clock.raw_end - before).days == 4
    assert set(_running(session, case)) == {"case_decision"}


def test_what_goes_and_comes_back_on_one_day_loses_no_day(
    session: Session, office: Office, case: Case
) -> None:
    before = _running(session, case)["case_decision"].legal_end
    referral = _with_police(session, office, case)
    _step(session, office, referral, Step.RECEIPT, later(hours=1))
    _step(session, office, referral, Step.REFUSE, later(hours=2))
    _step(session, office, referral, Step.RESUME, later(hours=3), document="")
    clock = _running(session, case)["case_decision"]
    assert (clock.legal_end, clock.is_paused, clock.suspensions) == (before, False, [])


def test_merged_cases_stand_still_with_their_lead(session: Session, office: Office) -> None:
    lead, member = (a_case_in(session, office, State.HANDLING, Track.REPORT) for _ in range(2))
    merge(session, case=member, lead=lead, reasons="同一店铺", actor=office.intake, now=OPENED)
    led_to(session, office, lead, State.INVESTIGATING)
    referral = _with_police(session, office, lead, at=later(days=1))
    assert member.state is State.REFERRED
    assert _running(session, member)["case_decision"].is_paused
    _step(session, office, referral, Step.RECEIPT, later(days=1))
    _step(session, office, referral, Step.REFUSE, later(days=2))
    _step(session, office, referral, Step.RESUME, later(days=3), document="")
    assert member.state is State.INVESTIGATING
    assert not _running(session, member)["case_decision"].is_paused


def test_a_case_has_one_referral_at_a_time(session: Session, office: Office, case: Case) -> None:
    a_referral(session, case, office, Standing.RESUMED)
    a_referral(session, case, office, Standing.DECLINED)
    first = _approved(session, office, case)
    with pytest.raises(ActRefused):
        propose(session, case=case, report=a_report(office), actor=office.intake, now=OPENED)
    assert open_referral(session, case) is first
