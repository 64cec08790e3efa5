"""Opening an envelope by one person, or by two: one asks with a reason, another agrees, and it opens once.

Order 121 Art 37 keeps the filer's identity from everybody who has nothing to do with the matter; how many people it
takes is the bureau's to say (`[identity]` of its profile). Every step is an event of the ledger.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from models.cases.tables import Case
from models.errors import ActRefused, Invalid, NotAllowed
from models.filings.errors import IdentityAbsent
from models.filings.kinds import OpeningReason
from models.filings.sealing import Keyring
from models.filings.submissions import Person
from models.filings.vault import open_identity, opening_words
from models.identity.queries import current_request
from models.identity.tables import IdentityRequest
from models.ledger import record
from models.ledger.operations import salted_digest
from models.people.profiles import IdentityPolicy
from models.people.tables import Account
from models.supervision.recipients import Hands, Staffing
from models.supervision.telling import tell
from models.supervision.terms import NoticeKind, Told
from models.wording import said


def open_alone(
    session: Session,
    *,
    case: Case,
    reason: OpeningReason,
    words: str,
    policy: IdentityPolicy,
    actor: Account,
    now: dt.datetime,
    keys: Keyring,
) -> Person:
    """The filer, for a reason given on the spot; NotAllowed where the bureau wants two people."""
    if policy.wants_two:
        raise NotAllowed(said("本局要求两个人才能查看身份信息：先申请，由负责人批准。"))
    return open_identity(
        session, filing=case.filing, actor=actor, reason=reason, words=words, now=now, keys=keys
    )


def ask_to_open(
    session: Session, *, case: Case, reason: OpeningReason, words: str, actor: Account, now: dt.datetime
) -> IdentityRequest:
    """申请查看: the heads of the unit are told, and one of them answers."""
    if case.filing.identity is None:
        raise IdentityAbsent(said("这是匿名举报，没有身份信息。"))
    written = opening_words(words)
    if current_request(session, case, actor, now):
        raise ActRefused(said("您已经申请过，请等待批准，或者先用已经批准的申请查看。"))
    request = IdentityRequest(
        case_id=case.id, reason=reason, words=written, asked_by_id=actor.id, asked_at=now
    )
    session.add(request)
    session.flush()
    data = {"request": request.id, "reason": reason.value, "words": salted_digest(written)}
    record(session, act="identity.ask", subject=case, actor=actor, now=now, data=data)
    heads = Staffing.read(session).responsible(Hands(None, case.acting_unit.id), Told.HEAD)
    _tell(session, [one for one in heads if one != actor.id], request, "asked", now)
    return request


def grant(
    session: Session,
    *,
    case: Case,
    request: IdentityRequest,
    policy: IdentityPolicy,
    approver: Account,
    now: dt.datetime,
) -> None:
    """批准, by somebody else: the asker may open the envelope once, for as long as the profile says."""
    _check_decider(request, approver)
    request.expires_at = now + dt.timedelta(minutes=policy.minutes)
    _decide(session, case, request, approver, now, is_granted=True)


def decline(
    session: Session,
    *,
    case: Case,
    request: IdentityRequest,
    answer: str,
    approver: Account,
    now: dt.datetime,
) -> None:
    """不批准, with the reason."""
    _check_decider(request, approver)
    if not answer.strip():
        sentence = said("请写明不批准的理由。")
        raise Invalid(sentence, {"answer": sentence})
    request.answer = answer.strip()
    _decide(session, case, request, approver, now, is_granted=False)


def open_as_granted(
    session: Session, *, case: Case, actor: Account, now: dt.datetime, keys: Keyring
) -> Person:
    """The filer, by a request of the actor's own that was granted, is in time and was not used yet."""
    request = current_request(session, case, actor, now)
    if request is None or not request.opens_at(now):
        raise ActRefused(said("没有可以使用的批准：批准只能用一次，过了时间要重新申请。"))
    request.opened_at = now
    return open_identity(
        session,
        filing=case.filing,
        actor=actor,
        reason=request.reason,
        words=request.words,
        now=now,
        keys=keys,
    )


def _check_decider(request: IdentityRequest, approver: Account) -> None:
    if request.decided_at is not None:
        raise ActRefused(said("这项申请已经处理过了。"))
    if request.asked_by_id == approver.id:
        raise NotAllowed(said("自己的申请由另一个人批准。"))


def _decide(
    session: Session,
    case: Case,
    request: IdentityRequest,
    approver: Account,
    now: dt.datetime,
    *,
    is_granted: bool,
) -> None:
    request.decided_by_id, request.decided_at, request.is_granted = approver.id, now, is_granted
    session.flush()
    act = "identity.grant" if is_granted else "identity.decline"
    record(session, act=act, subject=case, actor=approver, now=now, data={"request": request.id})
    _tell(session, [request.asked_by_id], request, "granted" if is_granted else "declined", now)


def _tell(
    session: Session, accounts: list[int], request: IdentityRequest, what: str, now: dt.datetime
) -> None:
    data = {"kind": "case", "id": request.case_id, "what": what}
    for account_id in accounts:
        key = f"identity:{request.id}:{what}:{account_id}"
        tell(session, account_id=account_id, kind=NoticeKind.IDENTITY, key=key, data=data, now=now)
