"""Verbs after a closing: the filer rates and disputes; supervision upholds, to somebody else, or rejects with reasons.

Order 121 Art 26 has closings followed up. The dispute is a promise of the bureau: it takes no legal remedy away.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.cases.aftermath.queries import (
    closing_of,
    dispute_period,
    had_a_hand,
    is_in_period,
    open_dispute,
    rating_of,
)
from models.cases.aftermath.tables import BEST, CaseDispute, CaseRating
from models.cases.moves import Notes, move, required
from models.cases.operations import can_handle
from models.cases.states import require
from models.cases.tables import Case, CaseAct
from models.cases.terms import Act, State
from models.clocks.operations import hand_over
from models.errors import ActRefused, Invalid
from models.ledger import record
from models.people.actors import FILER
from models.people.permissions import Permission, acts_for
from models.people.tables import Account, Unit
from models.wording import said

LONGEST_WORDS = 500
NOT_THE_SAME = "申诉须由没有办理过这个办件的人处理。"


def rate(session: Session, *, case: Case, score: int, words: str, now: dt.datetime) -> CaseRating:
    """满意度评价 of the newest closing, once (Order 121 Art 26 回访)."""
    closing = closing_of(session, case) if case.state is State.CLOSED else None
    if closing is None:
        raise ActRefused("办结以后才能评价。")
    if rating_of(session, closing):
        raise ActRefused("这次办理已经评价过了，谢谢。")
    if not 1 <= score <= BEST:
        sentence = "请从五档中选择一档。"
        raise Invalid(sentence, {"score": sentence})
    if len(words.strip()) > LONGEST_WORDS:
        too_long = said("最多 %(most)s 个字。", most=LONGEST_WORDS)
        raise Invalid(too_long, {"words": too_long})
    made = CaseRating(
        case_id=case.id,
        closing_id=closing.id,
        unit_id=closing.unit_id,
        score=score,
        words=words.strip() or None,
        rated_at=now,
    )
    session.add(made)
    session.flush()
    data = {"rating": made.id, "closing": closing.id, "score": score}
    record(session, act="case.rate", subject=case, actor=FILER, now=now, data=data)
    return made


def disputable(session: Session, case: Case, now: dt.datetime) -> CaseAct:
    """The closing that may be disputed now; refused with the reason where there is none."""
    require(case.track, case.state, Act.DISPUTE)
    closing = closing_of(session, case)
    if closing is None or case.outcome is None or case.reasons is None or case.closed_at is None:
        raise ActRefused("办结以后才能申诉。")
    if not is_in_period(session, case.closed_at, now):
        end = dispute_period(session, case.closed_at).legal_end
        raise ActRefused(said("申诉期已于 %(day)s 届满；其他救济途径不受影响。", day=end))
    if is_disputed(session, closing):
        raise ActRefused("这次办结已经申诉并作出决定，不能再次申诉；其他救济途径不受影响。")
    return closing


def dispute(session: Session, *, case: Case, grounds: str, now: dt.datetime) -> CaseDispute:
    """申诉 within the period, once for each closing; the case is open again and waits for supervision."""
    closing = disputable(session, case, now)
    words = required(grounds, field="grounds", sentence="请写明对办理结果有什么意见。")
    made = CaseDispute(
        case=case,
        closing_id=closing.id,
        unit=closing.unit,
        handler_id=case.handler_id or closing.actor_id,
        outcome=case.outcome,
        closing_reasons=case.reasons,
        closed_at=case.closed_at,
        grounds=words,
        filed_at=now,
    )
    session.add(made)
    session.flush()
    case.outcome = case.reasons = case.closed_at = None
    move(
        session,
        case=case,
        act=Act.DISPUTE,
        actor=FILER,
        now=now,
        notes=Notes(public=words, data={"dispute": made.id, "closing": closing.id}),
    )
    return made


def uphold(
    session: Session,
    *,
    case: Case,
    handler: Account,
    unit: Unit,
    reasons: str,
    actor: Account,
    now: dt.datetime,
) -> CaseDispute:
    """申诉成立: the case is worked on anew, by `handler` in `unit`, who had no hand in it before."""
    made = _open(session, case, Act.UPHOLD, actor)
    if (
        case.bars(handler)
        or handler.id in had_a_hand(session, case)
        or not can_handle(handler, unit)
        or not unit.contains(case.acting_unit)
    ):
        sentence = "请选择办理机构或者其上级机构中没有办理过这个办件的在岗办案人员。"
        raise Invalid(sentence, {"handler": sentence})
    words = required(reasons, field="reasons", sentence="请写明申诉成立的理由，举报投诉人会看到。")
    _decide(made, is_upheld=True, words=words, actor=actor, now=now)
    decides = acts_for(actor, Permission.CASE_SUPERVISE, case)
    data = {"dispute": made.id, "handler": handler.id}
    notes = Notes(public=words, unit=decides, other_unit=unit, data=data)
    case.handler, case.answered_at = handler, None
    case.unit = unit
    move(session, case=case, act=Act.UPHOLD, actor=actor, now=now, notes=notes)
    hand_over(session, subject=case, unit_id=case.acting_unit.id, now=now)
    return made


def reject(session: Session, *, case: Case, reasons: str, actor: Account, now: dt.datetime) -> CaseDispute:
    """申诉不成立: the closing stands as it was."""
    made = _open(session, case, Act.REJECT, actor)
    words = required(reasons, field="reasons", sentence="请写明申诉不成立的理由，举报投诉人会看到。")
    _decide(made, is_upheld=False, words=words, actor=actor, now=now)
    case.outcome, case.reasons, case.closed_at = made.outcome, made.closing_reasons, made.closed_at
    move(
        session,
        case=case,
        act=Act.REJECT,
        actor=actor,
        now=now,
        notes=Notes(
            public=words,
            unit=acts_for(actor, Permission.CASE_SUPERVISE, case),
            data={"dispute": made.id},
        ),
    )
    return made


def is_disputed(session: Session, closing: CaseAct) -> bool:
    """Whether the closing was disputed before."""
    return session.scalar(select(CaseDispute.id).where(CaseDispute.closing_id == closing.id)) is not None


def _open(session: Session, case: Case, act: Act, actor: Account) -> CaseDispute:
    require(case.track, case.state, act)
    made = open_dispute(session, case)
    if made is None:
        raise ActRefused("这个办件没有待处理的申诉。")
    if actor.id in had_a_hand(session, case):
        raise ActRefused(NOT_THE_SAME)
    return made


def _decide(made: CaseDispute, *, is_upheld: bool, words: str, actor: Account, now: dt.datetime) -> None:
    made.is_upheld, made.decision = is_upheld, words
    made.decided_by_id, made.decided_at = actor.id, now
