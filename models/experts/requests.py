"""The verbs around one question: ask, send anew, take back, pay; and what the expert does by the link.

Nobody is asked whose term is over or who has something to do with a party. What the expert signs is the name as typed,
the time, and the digest over all of it, which the ledger keeps as well.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Sequence
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models.cases.moves import required
from models.cases.tables import Case
from models.codes.text import compact
from models.errors import ActRefused, Conflict, Gone, Invalid, NotAllowed
from models.experts.conflicts import has_conflict
from models.experts.tables import Expert, ExpertRequest
from models.experts.terms import DAYS, RequestAct, RequestState, next_state
from models.filings.submissions import Person
from models.filings.tables import Evidence, Filing
from models.ledger import record
from models.ledger.chain import canonical
from models.ledger.operations import Acts
from models.people.actors import InvitedExpert
from models.people.tables import Account
from models.signed_links import new_handle
from models.supervision.telling import tell
from models.supervision.terms import NoticeKind
from models.types import beijing_date
from models.wording import said

MOST_FEE = Decimal("999999.99")
CONFLICT = said("这位专家与当事人有利害关系，应当回避，请另选一位。")


def ask(
    session: Session,
    *,
    case: Case,
    expert: Expert,
    question: str,
    files: Sequence[Evidence],
    fee: Decimal,
    days: int,
    reveal: Callable[[Filing], Person],
    actor: Account,
    now: dt.datetime,
) -> ExpertRequest:
    """邀请: `reveal` opens the filer's envelope for the comparison; it is called for filings that have one, and noted."""
    if case.has_ended:
        raise ActRefused("办件已经结束，不能再邀请专家。")
    words = required(question, field="question", sentence="请写明请专家回答的问题，专家只看到这些。")
    if not 0 <= fee <= MOST_FEE:
        sentence = said("请填写咨询费，没有的填 0。")
        raise Invalid(sentence, {"fee": sentence})
    expires_at = _end(now, days)
    if not expert.serves_on(beijing_date(now)):
        sentence = said("这位专家不在聘期内，请另选一位。")
        raise Invalid(sentence, {"expert": sentence})
    person = None if case.filing.is_anonymous else reveal(case.filing)
    if has_conflict(expert, case, person):
        raise Invalid(CONFLICT, {"expert": CONFLICT})
    made = ExpertRequest(
        case=case,
        expert=expert,
        state=RequestState.ASKED,
        handle=new_handle(),
        question=words,
        file_ids=[file.id for file in files if file.copy_key],
        fee=fee,
        made_by_id=actor.id,
        made_at=now,
        sent_at=now,
        expires_at=expires_at,
    )
    _add_once(session, made)
    return _noted(session, made, "ask", actor, now, expert=expert.id, fee=str(fee))


def resend(
    session: Session, *, request: ExpertRequest, days: int, actor: Account, now: dt.datetime
) -> ExpertRequest:
    """A new link in place of the old one, which opens nothing any more."""
    next_state(request.state, RequestAct.RESEND)
    expires_at = _end(now, days)
    with session.no_autoflush:
        request.handle, request.sent_at, request.expires_at = new_handle(), now, expires_at
    return _noted(session, request, RequestAct.RESEND, actor, now)


def cancel(
    session: Session, *, request: ExpertRequest, reasons: str, actor: Account, now: dt.datetime
) -> ExpertRequest:
    """撤回邀请, with reasons that the desk keeps."""
    state = next_state(request.state, RequestAct.CANCEL)
    words = required(reasons, field="reasons", sentence="请写明撤回的理由。")
    with session.no_autoflush:
        request.state, request.reasons = state, words
    return _noted(session, request, RequestAct.CANCEL, actor, now)


def accept(session: Session, *, request: ExpertRequest, is_clear: bool, now: dt.datetime) -> ExpertRequest:
    """接受: with the expert's own word that there is no interest."""
    state = _open(request, RequestAct.ACCEPT, now)
    if not is_clear:
        sentence = said("请先确认与本事项没有利害关系；有利害关系的，请谢绝。")
        raise Invalid(sentence, {"is_clear": sentence})
    with session.no_autoflush:
        request.state, request.answered_at = state, now
    return _heard(session, request, RequestAct.ACCEPT, now)


def decline(session: Session, *, request: ExpertRequest, reasons: str, now: dt.datetime) -> ExpertRequest:
    """谢绝, with reasons; after accepting, too, when an interest shows later."""
    state = _open(request, RequestAct.DECLINE, now)
    words = required(reasons, field="reasons", sentence="请写明谢绝的原因。")
    with session.no_autoflush:
        request.state, request.reasons, request.answered_at = state, words, now
    return _heard(session, request, RequestAct.DECLINE, now)


def give(
    session: Session, *, request: ExpertRequest, opinion: str, signed: str, now: dt.datetime
) -> ExpertRequest:
    """出具意见, signed by typing the very name of the expert. It never changes afterwards."""
    state = _open(request, RequestAct.GIVE, now)
    words = required(opinion, field="opinion", sentence="请写明您的意见和理由。")
    if compact(signed) != compact(request.expert.name):
        sentence = said("请键入您本人的姓名作为签名，与邀请书上的一致。")
        raise Invalid(sentence, {"signed": sentence})
    at = now.replace(microsecond=0)
    with session.no_autoflush:
        request.state, request.opinion, request.signed, request.signed_at = state, words, signed.strip(), at
        request.opinion_sha256 = digest_of(request)
    return _heard(session, request, RequestAct.GIVE, now, opinion_sha256=request.opinion_sha256)


def pay(
    session: Session, *, request: ExpertRequest, voucher: str, actor: Account, now: dt.datetime
) -> ExpertRequest:
    """登记支付 of the fee, once, by somebody else than who asked; a voucher's number is used once."""
    next_state(request.state, RequestAct.PAY)
    if request.paid_at is not None or not request.fee:
        raise ActRefused(said("没有需要支付的咨询费。"))
    if actor.id == request.made_by_id:
        raise NotAllowed(said("邀请专家的人不能经手支付，请由另一位工作人员办理。"))
    number = required(voucher, field="voucher", sentence=said("请填写支付凭证的编号。"))[:80]
    if session.scalar(select(ExpertRequest.id).where(ExpertRequest.voucher == number)) is not None:
        sentence = said("这个凭证编号已经用过，请核对。")
        raise Invalid(sentence, {"voucher": sentence})
    with session.no_autoflush:
        request.paid_at, request.paid_by_id, request.voucher = now, actor.id, number
    return _noted(session, request, RequestAct.PAY, actor, now, fee=str(request.fee))


def digest_of(request: ExpertRequest) -> str:
    """SHA-256 over what was signed: the matter, the question, the files, the opinion, the name and the time."""
    if request.opinion is None or request.signed is None or request.signed_at is None:
        raise ValueError("nothing is signed yet")
    content = {
        "case": request.case.reference,
        "expert": request.expert_id,
        "question": request.question,
        "files": request.file_ids,
        "opinion": request.opinion,
        "signed": request.signed,
        "signed_at": request.signed_at.isoformat(),
    }
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def _add_once(session: Session, made: ExpertRequest) -> None:
    twice = said("已经邀请过这位专家，正在等待答复。")
    with session.no_autoflush:
        waiting = select(ExpertRequest.id).where(
            ExpertRequest.case_id == made.case.id,
            ExpertRequest.expert_id == made.expert.id,
            ExpertRequest.state.in_((RequestState.ASKED, RequestState.ACCEPTED)),
        )
        if session.scalar(waiting) is not None:
            raise Invalid(twice, {"expert": twice})
    try:
        with session.begin_nested():
            session.add(made)
            session.flush()
    except IntegrityError as error:
        raise Conflict(twice) from error


def _end(now: dt.datetime, days: int) -> dt.datetime:
    if days not in DAYS:
        sentence = said("请从所列的天数中选择。")
        raise Invalid(sentence, {"days": sentence})
    return now + dt.timedelta(days=days)


def _open(request: ExpertRequest, act: RequestAct, now: dt.datetime) -> RequestState:
    state = next_state(request.state, act)
    if not request.is_open(now):
        raise Gone(said("这个链接已经不能再办理，请与邀请单位联系。"))
    return state


def _heard(
    session: Session, request: ExpertRequest, act: RequestAct, now: dt.datetime, **data: object
) -> ExpertRequest:
    """What the expert did, told to whoever asked and to the handler."""
    _noted(session, request, act, InvitedExpert(request.expert_id), now, **data)
    facts = {"kind": "case", "id": request.case_id, "what": act.value}
    for account_id in {request.made_by_id, request.case.handler_id or request.made_by_id}:
        key = f"expert:{request.id}:{act}:{account_id}"
        tell(session, account_id=account_id, kind=NoticeKind.EXPERT, key=key, data=facts, now=now)
    return request


def _noted(
    session: Session, request: ExpertRequest, act: str, actor: Acts, now: dt.datetime, **data: object
) -> ExpertRequest:
    session.flush()
    facts = {"case": request.case_id, **data}
    record(session, act=f"expert.{act}", subject=request, actor=actor, now=now, data=facts)
    return request
