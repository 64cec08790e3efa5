"""Rewards: who may have one, how much, two people at each step, one payment, a claim without a name and its end."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from journey.deadlines import filers_clocks
from models.cases.decisions import file_case
from models.cases.merge_acts import merge
from models.cases.operations import accept
from models.cases.tables import Case
from models.cases.terms import State
from models.clocks.queries import deadlines_of
from models.errors import ActRefused, Gone, Invalid, NotAllowed
from models.kinds import Track
from models.outbox import OutboxRow
from models.rewards.operations import (
    claim,
    decline,
    grant,
    lapse_unclaimed,
    may_have,
    pay,
    payee_of,
    propose,
    refuse,
    rewrap_rewards,
)
from models.rewards.queries import TELL
from models.rewards.reminding import remind_unclaimed
from models.rewards.reporters import shares
from models.rewards.schemes import scheme_on
from models.rewards.tables import Reward
from models.rewards.terms import MOVES, PayWay, RewardAct, RewardState, next_state
from tests.support.cases import OPENED, Office, a_case, a_case_in, an_office
from tests.support.filings import KEYS

DAY = dt.timedelta(days=1)
TODAY = OPENED.date()
MINUTE = dt.timedelta(minutes=1)
PAYEE = "户名张三，示例银行，账号 0000"


@pytest.fixture
def office(session: Session) -> Office:
    return an_office(session)


@pytest.fixture
def case(session: Session, office: Office) -> Case:
    return a_case_in(session, office, State.CLOSED, Track.REPORT)


def _propose(
    session: Session,
    case: Case,
    office: Office,
    number: str = "示例市监处罚〔2026〕1号",
    concluded_on: dt.date = TODAY,
) -> Reward:
    return propose(
        session,
        case=case,
        level=2,
        decision_number=number,
        fined=Decimal("200000"),
        concluded_on=concluded_on,
        is_eligible=True,
        reasons="相符",
        actor=office.intake,
        now=OPENED,
    )


def _granted(session: Session, case: Case, office: Office) -> Reward:
    return grant(session, reward=_propose(session, case, office), actor=office.head, now=OPENED)


def _claimed(session: Session, case: Case, office: Office, way: PayWay = PayWay.TRANSFER) -> Reward:
    return claim(
        session, reward=_granted(session, case, office), way=way, payee=PAYEE, keys=KEYS, now=OPENED + DAY
    )


def _told(session: Session) -> list[str]:
    return [
        str(key) for key in session.scalars(select(OutboxRow.key).where(OutboxRow.kind == "notify-filer"))
    ]


@pytest.mark.parametrize(
    ("level", "fined", "amount"),
    [
        (1, "1000000", "50000.00"),
        (1, "1000", "5000"),
        (2, "0", "3000"),
        (3, "333333.33", "3333.33"),
        (1, "90000000", "1000000"),
    ],
)
def test_the_amount_follows_the_scheme_with_its_least_and_its_most(
    level: int, fined: str, amount: str
) -> None:
    scheme = scheme_on(OPENED.date())
    found = scheme.level(level)
    assert found is not None
    assert scheme.amount(found, Decimal(fined)) == Decimal(amount)


def test_before_the_scheme_was_in_force_there_is_none() -> None:
    with pytest.raises(ActRefused):
        scheme_on(dt.date(2021, 11, 30))


def test_the_table_of_moves_is_all_there_is() -> None:
    for state in RewardState:
        for act in RewardAct:
            if MOVES[act][0] is state:
                assert next_state(state, act) is MOVES[act][1]
            else:
                with pytest.raises(ActRefused):
                    next_state(state, act)


def test_only_reports_that_led_to_a_filed_case_earn_one(session: Session, office: Office) -> None:
    assert not may_have(session, a_case_in(session, office, State.CLOSED, Track.REPORT))
    for track, state in ((Track.CLUE, State.CLOSED), (Track.REPORT, State.HANDLING)):
        case = a_case_in(session, office, state, track)
        assert may_have(session, case)
        with pytest.raises(ActRefused):
            _propose(session, case, office)


def test_one_case_and_one_decision_earn_one_reward(session: Session, office: Office, case: Case) -> None:
    first = _propose(session, case, office)
    with pytest.raises(ActRefused, match="只奖励一次"):
        _propose(session, case, office, "另一份〔2026〕2号")
    other = a_case_in(session, office, State.CLOSED, Track.REPORT)
    with pytest.raises(ActRefused, match="只奖励一次"):
        _propose(session, other, office, "示例市监处罚(2026)第1号")  # the same decision, written otherwise
    refuse(session, reward=first, reasons="不符", actor=office.head, now=OPENED)
    assert _propose(session, case, office).state is RewardState.PROPOSED


def test_two_people_decide_and_two_pay_once(session: Session, office: Office, case: Case) -> None:
    reward = _propose(session, case, office)
    with pytest.raises(NotAllowed):
        grant(session, reward=reward, actor=office.intake, now=OPENED)
    grant(session, reward=reward, actor=office.head, now=OPENED)
    claim(session, reward=reward, way=PayWay.COUNTER, payee="", keys=KEYS, now=OPENED)
    with pytest.raises(NotAllowed):
        pay(session, reward=reward, voucher="凭证1", actor=office.head, now=OPENED)
    pay(session, reward=reward, voucher="凭证1", actor=office.intake, now=OPENED)
    with pytest.raises(ActRefused):
        pay(session, reward=reward, voucher="凭证2", actor=office.intake, now=OPENED)
    other = _propose(session, a_case_in(session, office, State.CLOSED, Track.REPORT), office, "另〔2026〕3号")
    grant(session, reward=other, actor=office.head, now=OPENED)
    claim(session, reward=other, way=PayWay.COUNTER, payee="", keys=KEYS, now=OPENED)
    with pytest.raises(Invalid, match="用过"):
        pay(session, reward=other, voucher="凭证1", actor=office.intake, now=OPENED)


def test_the_account_is_sealed_and_forgotten_with_the_payment(
    session: Session, office: Office, case: Case
) -> None:
    reward = _claimed(session, case, office)
    assert PAYEE.encode() not in (reward.payee_sealed or b"")
    newer = replace(KEYS, vault_key=b"n" * 32, old_vault_keys=(KEYS.vault_key,))
    assert rewrap_rewards(session, keys=newer) == 1
    alone = replace(KEYS, vault_key=b"n" * 32)
    assert payee_of(session, reward=reward, keys=alone, actor=office.intake, now=OPENED) == PAYEE
    pay(session, reward=reward, voucher="凭证9", actor=office.intake, now=OPENED)
    assert reward.payee_sealed is None
    with session.begin_nested() as attempt:
        reward.payee_sealed = b"x"
        with pytest.raises(IntegrityError):
            session.flush()
        attempt.rollback()


def test_after_thirty_working_days_it_counts_as_given_up(
    session: Session, office: Office, case: Case
) -> None:
    reward = _granted(session, case, office)
    assert reward.claim_until is not None
    last = dt.datetime.combine(reward.claim_until, dt.time(3), tzinfo=dt.UTC)
    assert (reward.claim_until - OPENED.date()).days > 40
    assert lapse_unclaimed(session, last) == 0
    with pytest.raises(Gone):
        claim(session, reward=reward, way=PayWay.COUNTER, payee="", keys=KEYS, now=last + DAY)
    assert lapse_unclaimed(session, last + DAY) == 1
    assert (reward.state, reward.has_lapsed) == (RewardState.GIVEN_UP, True)
    assert f"notify-filer:reward:{reward.id}:lapsed" in _told(session), "the reporter is told"


def test_the_reporter_is_reminded_once_a_stage_before_the_end(
    session: Session, office: Office, case: Case
) -> None:
    reward = _granted(session, case, office)
    assert reward.claim_until is not None
    last = dt.datetime.combine(reward.claim_until, dt.time(3), tzinfo=dt.UTC)
    stages = scheme_on(TODAY).remind
    assert len(stages) > 1
    before = len(_told(session))
    assert remind_unclaimed(session, last - (max(stages) + 1) * DAY) == 0
    for days in range(max(stages), -1, -1):
        remind_unclaimed(session, last - days * DAY)
    assert len(_told(session)) - before == len(stages)
    claim(session, reward=reward, way=PayWay.COUNTER, payee="", keys=KEYS, now=last)
    assert remind_unclaimed(session, last) == 0


def test_who_declines_has_not_let_it_lapse(session: Session, office: Office, case: Case) -> None:
    assert not decline(session, reward=_granted(session, case, office), now=OPENED + DAY).has_lapsed


def test_of_reports_made_apart_the_first_is_rewarded_whichever_leads(
    session: Session, office: Office
) -> None:
    first, second, third = (
        a_case(session, Track.REPORT, now=OPENED + minutes * MINUTE) for minutes in (0, 1, 2)
    )
    for one in (first, second, third):
        accept(session, case=one, actor=office.intake, now=OPENED + 3 * MINUTE)
    for member in (first, third):
        merge(session, case=member, lead=second, reasons="同一家店", actor=office.intake, now=OPENED + DAY)
    file_case(session, case=second, reasons="属实", actor=office.head, now=OPENED + DAY)
    assert not may_have(session, first)
    for later in (second, third):
        assert first.shown_reference in may_have(session, later)
        with pytest.raises(ActRefused, match=first.shown_reference):
            _propose(session, later, office)
    refuse(session, reward=_propose(session, first, office), reasons="不符", actor=office.head, now=OPENED)
    assert not may_have(session, second)
    assert may_have(session, third)


def test_who_report_together_share_one_reward_to_the_last_fen(
    session: Session, office: Office, case: Case
) -> None:
    case.filing.data = {"joint": {"people": 7, "representatives": 1}}
    reward = _propose(session, case, office)
    each, rest = shares(reward.amount, reward.people)
    assert (reward.people, reward.amount, each, rest) == (
        *(7, Decimal("6000.00")),
        *(Decimal("857.14"), Decimal("0.02")),
    )


def test_the_reporter_is_to_be_told_within_the_days_of_the_rule(
    session: Session, office: Office, case: Case
) -> None:
    before = OPENED - DAY
    with pytest.raises(Invalid, match="查处结案"):
        _propose(session, case, office, concluded_on=before.date())
    reward = _propose(session, case, office)
    (clock,) = (one for one in deadlines_of(session, [case])[case.id] if one.rule_id == TELL)
    assert (clock.legal_end, clock.unit_id) == (dt.date(2026, 12, 11), case.acting_unit.id)
    assert TELL not in {one.rule_id for one in filers_clocks(session, case)}
    grant(session, reward=reward, actor=office.head, now=OPENED + DAY)
    assert clock.met_at == OPENED + DAY


def test_a_second_proposal_starts_no_second_clock(session: Session, office: Office, case: Case) -> None:
    refuse(session, reward=_propose(session, case, office), reasons="不符", actor=office.head, now=OPENED)
    _propose(session, case, office)
    assert all(not one.is_open for one in deadlines_of(session, [case])[case.id] if one.rule_id == TELL)
