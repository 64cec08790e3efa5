"""Rewards: who may have one, how much, two people at each step, one payment, a claim without a name and its end."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models.cases.tables import Case
from models.cases.terms import State
from models.errors import ActRefused, Gone, Invalid, NotAllowed
from models.kinds import Track
from models.rewards.operations import (
    claim,
    grant,
    lapse_unclaimed,
    may_have,
    pay,
    payee_of,
    propose,
    refuse,
    rewrap_rewards,
)
from models.rewards.schemes import scheme_on
from models.rewards.tables import Reward
from models.rewards.terms import MOVES, PayWay, RewardAct, RewardState, next_state
from tests.support.cases import OPENED, Office, a_case_in, an_office
from tests.support.filings import KEYS

DAY = dt.timedelta(days=1)
PAYEE = "户名张三，示例银行，账号 0000"


@pytest.fixture
def office(session: Session) -> Office:
    return an_office(session)


@pytest.fixture
def case(session: Session, office: Office) -> Case:
    return a_case_in(session, office, State.CLOSED, Track.REPORT)


def _propose(session: Session, case: Case, office: Office, number: str = "示例市监处罚〔2026〕1号") -> Reward:
    return propose(
        session,
        case=case,
        level=2,
        decision_number=number,
        fined=Decimal("200000"),
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
    assert not may_have(a_case_in(session, office, State.CLOSED, Track.REPORT))
    for track, state in ((Track.CLUE, State.CLOSED), (Track.REPORT, State.HANDLING)):
        case = a_case_in(session, office, state, track)
        assert may_have(case)
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
    assert reward.state is RewardState.GIVEN_UP
