"""The transition table against the verbs: what it allows works, what it lacks is refused and changes nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.aid.operations import decide_aid, open_green
from models.aid.rules import aid_rules
from models.cases.aftermath.operations import dispute, reject, uphold
from models.cases.aftermath.queries import disputes_of
from models.cases.decisions import file_case, not_file, outcomes_for
from models.cases.designation import designate, escalate
from models.cases.grounds import Ground, grounds_for
from models.cases.mediation.mediators import decide_objection, object_to_mediator
from models.cases.mediation.operations import begin, consent, end_mediation, offer, settle
from models.cases.mediation.sessions import arrange, hold
from models.cases.mediation.terms import SessionWay, Side, Writing
from models.cases.merge_acts import merge, split
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
from models.cases.outside.operations import give_back, write_letter
from models.cases.recusal.operations import recuse
from models.cases.recusal.terms import RecusalReason
from models.cases.sorting.operations import sort_case, take_on
from models.cases.sorting.terms import Complexity
from models.cases.states import states_of, transition
from models.cases.tables import Case, CaseAct
from models.cases.terms import Act, State
from models.cases.transfers import acknowledge, recall, return_transfer, transfer
from models.clocks.queries import deadlines_of
from models.errors import ActRefused
from models.kinds import Track
from models.ledger.tables import LedgerEvent
from models.people.roles import Role
from models.referrals.operations import approve, decline, hand_over, propose, take_step
from models.referrals.terms import Standing, Step
from tests.factories import StaffFactory
from tests.support import mediation
from tests.support.cases import OPENED, Office, a_case_in
from tests.support.outside import a_letter
from tests.support.referrals import HAPPENED, a_referral, a_report

Verb = Callable[[Session, Case, Office], object]

VERBS: dict[Act, Verb] = {
    Act.ACCEPT: lambda s, c, o: accept(s, case=c, actor=o.intake, now=OPENED),
    Act.REFUSE: lambda s, c, o: refuse(
        s,
        case=c,
        ground=next(iter(grounds_for(c.track, OPENED.date()))),
        reasons="理由",
        actor=o.intake,
        now=OPENED,
    ),
    Act.TRANSFER: lambda s, c, o: transfer(
        s, case=c, to_unit=o.sibling, reasons="属地", actor=o.intake, now=OPENED
    ),
    Act.ACKNOWLEDGE: lambda s, c, o: acknowledge(s, case=c, actor=o.county_handler, now=OPENED),
    Act.RETURN: lambda s, c, o: return_transfer(
        s, case=c, reasons="不归我管", actor=o.county_handler, now=OPENED
    ),
    Act.RECALL: lambda s, c, o: recall(s, case=c, reasons="误送", actor=o.intake, now=OPENED),
    Act.ESCALATE: lambda s, c, o: escalate(s, case=c, reasons="管辖有争议", actor=o.intake, now=OPENED),
    Act.DESIGNATE: lambda s, c, o: designate(
        s, case=c, to_unit=o.sibling, reasons="由其管辖", actor=o.province_head, now=OPENED
    ),
    Act.SORT: lambda s, c, o: sort_case(
        s, case=c, complexity=_the_other(c), reasons="案情有变", actor=o.intake, now=OPENED
    ),
    Act.TAKE_ON: lambda s, c, o: take_on(s, case=_simple_and_free(s, c), actor=o.intake, now=OPENED),
    Act.ASSIGN: lambda s, c, o: assign(s, case=c, handler=o.head, actor=o.intake, now=OPENED),
    Act.OPEN_GREEN: lambda s, c, o: open_green(
        s, case=c, rules=aid_rules(""), ground="deadline", reasons="已核实", actor=o.intake, now=OPENED
    ),
    Act.DECIDE_AID: lambda s, c, o: decide_aid(
        s,
        case=c,
        rules=aid_rules(""),
        is_given=True,
        helps=["advice"],
        reasons="符合条件",
        actor=o.head,
        now=OPENED,
    ),
    Act.OFFER_MEDIATION: lambda s, c, o: offer(
        s,
        case=c,
        words="电话调解",
        company="演示店",
        company_words="退货的争议",
        days=7,
        actor=o.intake,
        now=OPENED,
    ),
    Act.CONSENT: lambda s, c, o: consent(
        s, case=_offered(s, c, o), side=Side.FILER, agrees=True, entrusts=False, now=OPENED
    ),
    Act.MEDIATE: lambda s, c, o: begin(
        s,
        case=_agreed(s, c, o),
        mediator_name="调解员",
        is_entrusted=False,
        words="电话调解",
        actor=o.intake,
        now=OPENED,
    ),
    Act.ARRANGE_SESSION: lambda s, c, o: arrange(
        s,
        case=c,
        way=SessionWay.ON_SITE,
        planned_at=OPENED + dt.timedelta(days=3),
        place="本局",
        actor=o.intake,
        now=OPENED,
    ),
    Act.HOLD_SESSION: lambda s, c, o: hold(
        s,
        case=c,
        arranged=None,
        way=SessionWay.PHONE,
        place="本局电话",
        filer_came=True,
        respondent_came=True,
        helpers="",
        record="双方陈述",
        actor=o.intake,
        now=OPENED,
    ),
    Act.OBJECT_MEDIATOR: lambda s, c, _o: object_to_mediator(
        s, case=c, side=Side.FILER, words="亲属", now=OPENED
    ),
    Act.DECIDE_MEDIATOR: lambda s, c, o: decide_objection(
        s,
        case=_objected(s, c, o),
        is_granted=False,
        reasons="没有关系",
        mediator_name="",
        actor=o.head,
        now=OPENED,
    ),
    Act.SETTLE: lambda s, c, o: settle(
        s, case=_held(s, c, o), terms="退货", writing=Writing.PAPER, actor=o.intake, now=OPENED
    ),
    Act.END_MEDIATION: lambda s, c, o: end_mediation(
        s, case=c, ground=Ground.MEDIATION_DECLINED, reasons="拒绝", actor=o.intake, now=OPENED
    ),
    Act.FILE: lambda s, c, o: file_case(s, case=c, reasons="符合条件", actor=o.head, now=OPENED),
    Act.NOT_FILE: lambda s, c, o: not_file(
        s, case=c, ground=Ground.NOT_FILED_NO_CASE, reasons="不符合", actor=o.head, now=OPENED
    ),
    Act.RECUSE: lambda s, c, o: recuse(
        s,
        case=c,
        account=o.head,
        reason=RecusalReason.RELATIVE,
        words="亲属",
        actor=o.head,
        now=OPENED,
    ),
    Act.MESSAGE: lambda s, c, o: send_message(s, case=c, body="您好", actor=o.intake, now=OPENED),
    Act.SUPPLEMENT: lambda s, c, _o: add_supplement(s, case=c, body="补充", now=OPENED),
    Act.ANSWER: lambda s, c, o: answer(s, case=c, body="答复", actor=o.intake, now=OPENED),
    Act.CLOSE: lambda s, c, o: close(
        s, case=c, outcome=outcomes_for(c)[0], reasons="理由", actor=o.intake, now=OPENED
    ),
    Act.DISPUTE: lambda s, c, _o: dispute(s, case=c, grounds="没有核查", now=OPENED),
    Act.UPHOLD: lambda s, c, o: uphold(
        s,
        case=c,
        handler=StaffFactory(role=Role.HANDLER, unit=o.bureau),
        unit=o.bureau,
        reasons="确未核查",
        actor=o.supervisor,
        now=OPENED,
    ),
    Act.REJECT: lambda s, c, o: reject(s, case=c, reasons="已核查", actor=o.supervisor, now=OPENED),
    Act.ASK_OUTSIDE: lambda s, c, o: write_letter(
        s, case=c, unit=o.police, words="请协助核实", files=[], days=30, actor=o.intake, now=OPENED
    ),
    Act.HEAR_OUTSIDE: lambda s, c, o: give_back(s, link=a_letter(s, c, o), reasons="不属本单位", now=OPENED),
    Act.MERGE: lambda s, c, o: merge(
        s, case=c, lead=_partner(s, o), reasons="同一店铺", actor=o.intake, now=OPENED
    ),
    Act.SPLIT: lambda s, c, o: split(
        s, case=_merged(s, c, o), reasons="事实不同", actor=o.intake, now=OPENED
    ),
    Act.PROPOSE_REFERRAL: lambda s, c, o: propose(s, case=c, report=a_report(o), actor=o.intake, now=OPENED),
    Act.APPROVE_REFERRAL: lambda s, c, o: approve(
        s, referral=a_referral(s, c, o, Standing.PROPOSED), actor=o.head, now=OPENED
    ),
    Act.DECLINE_REFERRAL: lambda s, c, o: decline(
        s, referral=a_referral(s, c, o, Standing.PROPOSED), reasons="不构成", actor=o.head, now=OPENED
    ),
    Act.REFER: lambda s, c, o: hand_over(
        s, referral=a_referral(s, c, o, Standing.APPROVED), happened=HAPPENED, actor=o.intake, now=OPENED
    ),
    Act.HEAR_POLICE: lambda s, c, o: _step(s, c, o, Standing.SENT, Step.RECEIPT),
    Act.PURSUE_REFERRAL: lambda s, c, o: _step(s, c, o, Standing.REFUSED, Step.ASK_AGAIN),
    Act.CONCLUDE_REFERRAL: lambda s, c, o: _step(s, c, o, Standing.FILED, Step.HAND_OVER_GOODS),
    Act.RESUME: lambda s, c, o: _step(s, c, o, Standing.REFUSED, Step.RESUME),
    Act.WITHDRAW: lambda s, c, _o: withdraw(s, case=c, now=OPENED),
}


def _the_other(case: Case) -> Complexity:
    return next(one for one in Complexity if one is not case.complexity)


def _simple_and_free(session: Session, case: Case) -> Case:
    with session.no_autoflush:
        case.complexity, case.handler = Complexity.SIMPLE, None
    session.flush()
    return case


def _offered(session: Session, case: Case, office: Office) -> Case:
    mediation.an_offer(session, case, office.intake, OPENED)
    return case


def _agreed(session: Session, case: Case, office: Office) -> Case:
    if case.state in (State.ACCEPTED, State.HANDLING):
        mediation.agreed(session, case, office.intake, OPENED)
    return case


def _held(session: Session, case: Case, office: Office) -> Case:
    mediation.held(session, case, office.intake, OPENED)
    return case


def _objected(session: Session, case: Case, office: Office) -> Case:
    mediation.objected(session, case, office.intake, OPENED)
    return case


def _partner(session: Session, office: Office) -> Case:
    return a_case_in(session, office, State.HANDLING, Track.REPORT)


def _merged(session: Session, case: Case, office: Office) -> Case:
    if case.track in (Track.REPORT, Track.CLUE):  # the database keeps all others from it
        case.lead = _partner(session, office)
    session.flush()
    return case


def _step(session: Session, case: Case, office: Office, standing: Standing, step: Step) -> object:
    referral = a_referral(session, case, office, standing)
    return take_step(
        session, referral=referral, step=step, happened=HAPPENED, actor=office.intake, now=OPENED
    )


def test_every_act_but_the_opening_has_its_verb() -> None:
    assert set(VERBS) == set(Act) - {Act.RECEIVE}


@pytest.mark.parametrize(
    ("track", "state"), [(track, state) for track in Track for state in State if state in states_of(track)]
)
def test_the_verbs_do_what_the_table_says_and_nothing_else(
    session: Session, office: Office, track: Track, state: State
) -> None:
    case = a_case_in(session, office, state, track)
    session.expire_all()
    before, acts = _all_of(session, case), _acts_of(session, case)
    for act, verb in VERBS.items():
        session.expire_all()  # each finds the case as the database has it, as if none had been tried before
        row = transition(track, state, act)
        with session.begin_nested() as attempt:
            if row is None:
                with pytest.raises(ActRefused):
                    verb(session, case, office)
                assert _all_of(session, case) == before, act
            else:
                verb(session, case, office)
                assert (case.state, _acts_of(session, case)) == (row.to_state, acts + 1), act
            attempt.rollback()


def _all_of(session: Session, case: Case) -> dict[str, object]:
    """Whatever an act could change: the case's own row, its history, clocks, messages, transfers, disputes and events."""
    session.flush()
    # What the test sets itself, so that the verb has its conditions.
    of_the_test = ("lead_id", "complexity", "version")
    names = [column.key for column in Case.__table__.columns if column.key not in of_the_test]
    clocks = deadlines_of(session, [case])[case.id]
    events = select(func.count(LedgerEvent.id)).where(
        LedgerEvent.subject_kind == "cases", LedgerEvent.subject_id == str(case.id)
    )
    return {
        **{name: getattr(case, name) for name in names},
        "acts": _acts_of(session, case),
        "clocks": [(one.rule_id, one.met_at, one.cancelled_at, one.legal_end) for one in clocks],
        "messages": len(case.messages),
        "transfers": [(one.id, one.is_pending) for one in case.transfers],
        "recusals": len(case.recusals),
        "disputes": len(disputes_of(session, case)),
        "events": session.scalar(events),
    }


def _acts_of(session: Session, case: Case) -> int:
    return session.scalar(select(func.count(CaseAct.id)).where(CaseAct.case_id == case.id)) or 0
