"""The verbs of a reward: propose, refuse or grant, claim by reference and query code, pay once, lapse."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models import outbox
from models.cases.moves import NOTIFY_FILER, required
from models.cases.tables import Case
from models.cases.terms import Act
from models.clocks.operations import meet_deadline, start_deadline
from models.decisions.numbers import number_key
from models.errors import ActRefused, Conflict, Gone, Invalid, NotAllowed
from models.filings import sealing
from models.filings.parties import mandate_of
from models.filings.sealing import Keyring
from models.kinds import Track
from models.ledger import record
from models.ledger.operations import Acts
from models.people.actors import FILER, WORKER
from models.people.tables import Account
from models.plain import plain
from models.rewards.queries import TELL, claim_period, last_reward_of, reward_of
from models.rewards.reporters import earlier_report, people_of
from models.rewards.schemes import scheme_on
from models.rewards.tables import Reward
from models.rewards.terms import PayWay, RewardAct, RewardState, next_state
from models.types import beijing_date, beijing_midnight
from models.wording import said

PURPOSE = "reward-payee"
LONGEST_PAYEE = 300
_TWICE = said("这个办件或者这份处罚决定已经有奖励：同一违法行为只奖励一次，几个人举报的奖励最先举报的人。")
_CONCLUDED = said("请填写查处结案的日期：不早于举报之日，不晚于今天。")
_BATCH = 200


def may_have(session: Session, case: Case) -> str:
    """Why the case earns no reward, in a sentence; "" where it may.

    The scheme rewards natural persons who report: never the infringed party, its agent or an interested person, so no
    rights-holder's clue, no consumer's own dispute and nobody who acts for another. Of several reports the first one.
    """
    if case.track is not Track.REPORT:
        return said("只有举报可以奖励：权利人、消费者就自己的权益提出的不属于奖励范围。")
    if mandate_of(case.filing.data):
        return said("由代理人提交的不奖励。")
    if not any(one.act is Act.FILE for one in case.acts):
        return said("经核查立案并作出处罚决定的举报才可以奖励。")
    if first := earlier_report(session, case):
        return said(
            "几个人分别举报同一违法行为的，奖励最先举报的人：请在%(reference)s办理。",
            reference=first.shown_reference,
        )
    return ""


def propose(
    session: Session,
    *,
    case: Case,
    level: int,
    decision_number: str,
    fined: Decimal,
    concluded_on: dt.date,
    is_eligible: bool,
    reasons: str,
    actor: Account,
    now: dt.datetime,
) -> Reward:
    """提出奖励建议: `is_eligible` is the proposer's word that the four statements hold; the amount follows the scheme.

    On the day on which the offence was dealt with 查处结案 starts the time to tell the reporter what was decided.
    """
    if problem := may_have(session, case):
        raise ActRefused(problem)
    if not is_eligible:
        sentence = said(
            "请核实并确认：举报人是自然人，不是被侵权人或者其代理人，没有利害关系，也不是有查处职责的人。"
        )
        raise Invalid(sentence, {"is_eligible": sentence})
    scheme = scheme_on(beijing_date(now))
    found = scheme.level(level)
    if found is None or fined < 0:
        sentence = said("请选择奖励等级，填写罚没款的数额。")
        raise Invalid(sentence, {"level": sentence})
    if not beijing_date(case.filing.submitted_at) <= concluded_on <= beijing_date(now):
        raise Invalid(_CONCLUDED, {"concluded_on": _CONCLUDED})
    number = required(decision_number, field="decision_number", sentence=said("请填写处罚决定书文号。"))[:100]
    made = Reward(
        case=case,
        state=RewardState.PROPOSED,
        scheme=scheme.id,
        level=level,
        decision_number=number,
        decision_key=number_key(number),
        fined=fined,
        amount=scheme.amount(found, fined),
        people=people_of(case),
        concluded_on=concluded_on,
        is_natural_person=True,
        is_not_infringed=True,
        is_not_interested=True,
        is_not_on_duty=True,
        reasons=required(reasons, field="reasons", sentence=said("请写明举报与查实的违法事实怎样相符。")),
        proposed_by_id=actor.id,
        proposed_at=now,
    )
    is_first = last_reward_of(session, case) is None
    _add_once(session, made)
    if is_first:  # after a refusal the reporter has been told
        _start_telling(session, case, concluded_on, now)
    data = {"case": case.id, "level": level, "amount": str(made.amount)}
    record(session, act="reward.propose", subject=made, actor=actor, now=now, data=data)
    return made


def grant(session: Session, *, reward: Reward, actor: Account, now: dt.datetime) -> Reward:
    """决定奖励, by somebody else than the proposer; the reporter is told and has the days of the rule to claim it."""
    state = _decided(reward, RewardAct.GRANT, actor)
    with session.no_autoflush:
        reward.claim_until = claim_period(session, now).legal_end
        reward.decided_by_id, reward.decided_at, reward.state = actor.id, now, state
    return _told(session, reward, RewardAct.GRANT, actor, now)


def refuse(session: Session, *, reward: Reward, reasons: str, actor: Account, now: dt.datetime) -> Reward:
    """不予奖励, with reasons; another proposal stays possible."""
    state = _decided(reward, RewardAct.REFUSE, actor)
    words = required(reasons, field="reasons", sentence=said("请写明不予奖励的理由。"))
    with session.no_autoflush:
        reward.decision_reasons, reward.state = words, state
        reward.decided_by_id, reward.decided_at = actor.id, now
    return _told(session, reward, RewardAct.REFUSE, actor, now)


def claim(
    session: Session, *, reward: Reward, way: PayWay, payee: str, keys: Keyring, now: dt.datetime
) -> Reward:
    """申领 by reference and query code, without a name. An account to be paid to is sealed, and forgotten once it is paid.

    Gone after the last day of the claim.
    """
    state = next_state(reward.state, RewardAct.CLAIM)
    if reward.claim_until is None or beijing_date(now) > reward.claim_until:
        raise Gone(said("领取的期限已经过了，视为放弃奖励。"))
    words = plain(payee)[:LONGEST_PAYEE]
    if way is PayWay.TRANSFER and not words:
        sentence = said("请写明户名、开户银行和账号。")
        raise Invalid(sentence, {"payee": sentence})
    with session.no_autoflush:
        reward.state, reward.claimed_at, reward.pay_way = state, now, way
        if way is PayWay.TRANSFER:
            reward.payee_sealed = sealing.seal(
                keys.derived(PURPOSE), words.encode(), belongs_to=_owner(reward)
            )
    return _noted(session, reward, RewardAct.CLAIM, FILER, now)


def decline(session: Session, *, reward: Reward, now: dt.datetime) -> Reward:
    """The reporter does not want it."""
    return _given_up(session, reward, RewardAct.DECLINE, FILER, now)


def payee_of(session: Session, *, reward: Reward, keys: Keyring, actor: Account, now: dt.datetime) -> str:
    """To whom it is to be paid; looking is an act on record."""
    if reward.payee_sealed is None:
        raise ActRefused("没有保存收款账户。")
    words = keys.unseal(PURPOSE, reward.payee_sealed, belongs_to=_owner(reward)).decode()
    record(session, act="reward.look", subject=reward, actor=actor, now=now, data={"case": reward.case_id})
    return words


def pay(session: Session, *, reward: Reward, voucher: str, actor: Account, now: dt.datetime) -> Reward:
    """支付, once, by somebody else than who decided; a voucher's number is used once in the whole bureau."""
    state = next_state(reward.state, RewardAct.PAY)
    if actor.id == reward.decided_by_id:
        raise NotAllowed(said("决定奖励的人不能经手支付，请由另一位工作人员办理。"))
    number = required(voucher, field="voucher", sentence=said("请填写支付凭证的编号。"))[:100]
    if session.scalar(select(Reward.id).where(Reward.voucher == number)) is not None:
        sentence = said("这个凭证编号已经用过，请核对。")
        raise Invalid(sentence, {"voucher": sentence})
    with session.no_autoflush:
        reward.state, reward.paid_at, reward.paid_by_id = state, now, actor.id
        reward.voucher, reward.payee_sealed = number, None
    return _noted(session, reward, RewardAct.PAY, actor, now)


def lapse_unclaimed(session: Session, now: dt.datetime) -> int:
    """逾期未领, for what nobody claimed by its last day; the reporters are told. How many were."""
    late = select(Reward).where(Reward.state == RewardState.GRANTED, Reward.claim_until < beijing_date(now))
    found = session.scalars(late.order_by(Reward.id).limit(_BATCH)).all()
    for one in found:
        _given_up(session, one, RewardAct.LAPSE, WORKER, now)
        _tell(session, one, f"{NOTIFY_FILER}:reward:{one.id}:lapsed", now)
    return len(found)


def rewrap_rewards(session: Session, *, keys: Keyring) -> int:
    """Seals what waits for its payment under the present vault key; how many."""
    waiting = session.scalars(select(Reward).where(Reward.payee_sealed.is_not(None))).all()
    for one in waiting:
        words = keys.unseal(PURPOSE, one.payee_sealed or b"", belongs_to=_owner(one))
        one.payee_sealed = sealing.seal(keys.derived(PURPOSE), words, belongs_to=_owner(one))
    session.flush()
    return len(waiting)


def _add_once(session: Session, made: Reward) -> None:
    standing = select(Reward.id).where(
        Reward.decision_key == made.decision_key, Reward.state != RewardState.REFUSED
    )
    with session.no_autoflush:
        known = reward_of(session, made.case) is not None or session.scalar(standing) is not None
    if known:
        raise ActRefused(_TWICE)
    try:
        with session.begin_nested():
            session.add(made)
            session.flush()
    except IntegrityError as error:
        raise Conflict(_TWICE) from error


def _decided(reward: Reward, act: RewardAct, actor: Account) -> RewardState:
    state = next_state(reward.state, act)
    if actor.id == reward.proposed_by_id:
        raise NotAllowed(said("提出建议的人不能自己决定，请由另一位负责人决定。"))
    return state


def _start_telling(session: Session, case: Case, concluded_on: dt.date, now: dt.datetime) -> None:
    start_deadline(
        session,
        rule_id=TELL,
        subject=case,
        started_at=beijing_midnight(concluded_on),
        unit_id=case.acting_unit.id,
        now=now,
    )


def _told(session: Session, reward: Reward, act: RewardAct, actor: Acts, now: dt.datetime) -> Reward:
    meet_deadline(session, rule_id=TELL, subject=reward.case, now=now)
    _tell(session, reward, f"{NOTIFY_FILER}:reward:{reward.id}", now)
    return _noted(session, reward, act, actor, now)


def _tell(session: Session, reward: Reward, key: str, now: dt.datetime) -> None:
    """That there is news; what it is stands under the reference."""
    outbox.put(session, kind=NOTIFY_FILER, key=key, payload={"case_id": reward.case_id}, now=now)


def _given_up(session: Session, reward: Reward, act: RewardAct, actor: Acts, now: dt.datetime) -> Reward:
    state = next_state(reward.state, act)
    with session.no_autoflush:
        reward.state, reward.over_at = state, now
    return _noted(session, reward, act, actor, now)


def _noted(session: Session, reward: Reward, act: RewardAct, actor: Acts, now: dt.datetime) -> Reward:
    session.flush()
    data = {"case": reward.case_id, "amount": str(reward.amount)}
    record(session, act=f"reward.{act}", subject=reward, actor=actor, now=now, data=data)
    return reward


def _owner(reward: Reward) -> str:
    return f"reward:{reward.case_id}"
