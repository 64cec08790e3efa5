"""Asking for a longer limit: the handler asks with reasons, the head answers, the filer learns what was granted.

What the rule allows is asked when it is asked for, and again when it is granted: time has passed between the two.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.cases.clock_acts import extend_deadline
from models.cases.tables import Case
from models.clocks.adjustments import Further, check_extension
from models.clocks.book import book
from models.clocks.request_tables import ExtensionRequest
from models.clocks.tables import Deadline
from models.errors import ActRefused, Invalid, NotAllowed, NotFound
from models.ledger import record
from models.people.permissions import Permission, can
from models.people.tables import Account
from models.supervision.recipients import Hands, Staffing
from models.supervision.telling import tell
from models.supervision.terms import NoticeKind, Told
from models.wording import said


def ask_extension(
    session: Session,
    *,
    case: Case,
    deadline: Deadline,
    reason: str,
    actor: Account,
    now: dt.datetime,
    further: Further | None = None,
) -> ExtensionRequest:
    """申请延长, by an officer who works on the case; the heads of the unit, or of the one above, are told."""
    if case.has_ended:
        raise ActRefused("办件已经结束，时限不再变动。")
    if not can(actor, Permission.CASE_SUSPEND, case):
        raise NotAllowed(said("延长时限由%(unit)s的办案人员申请。", unit=case.acting_unit.name))
    if open_request(session, deadline):
        raise ActRefused("已经申请过延长，正在等待批准。")
    check_extension(book(session).rule_of(deadline), deadline, reason=reason, further=further, now=now)
    request = ExtensionRequest(
        deadline_id=deadline.id,
        reason=reason.strip(),
        further_n=further.n if further else None,
        discussed_on=further.discussed_on if further else None,
        minutes=further.minutes.strip() if further else "",
        asked_by_id=actor.id,
        asked_at=now,
    )
    session.add(request)
    session.flush()
    data = {"rule": deadline.rule_id, "request": request.id}
    record(session, act="deadline.ask_extension", subject=deadline, actor=actor, now=now, data=data)
    heads = Staffing.read(session).responsible(Hands(None, case.acting_unit.id), Told.HEAD)
    _tell(session, heads, case, deadline, request, "asked", now)
    return request


def grant_extension(
    session: Session, *, case: Case, request: ExtensionRequest, approver: Account, now: dt.datetime
) -> None:
    """批准: the deadline moves, the filer is told, and so is who asked."""
    _check_decider(request, approver)
    further = None
    if request.further_n is not None and request.discussed_on is not None:
        further = Further(request.further_n, request.discussed_on, request.minutes)
    deadline = session.get_one(Deadline, request.deadline_id)
    extend_deadline(
        session,
        case=case,
        deadline=deadline,
        reason=request.reason,
        approver=approver,
        now=now,
        further=further,
    )
    _decide(session, case, request, approver, now, is_granted=True)


def decline_extension(
    session: Session,
    *,
    case: Case,
    request: ExtensionRequest,
    answer: str,
    approver: Account,
    now: dt.datetime,
) -> None:
    """不批准, with the reason: the deadline stays as it is."""
    _check_decider(request, approver)
    if not can(approver, Permission.CASE_EXTEND, case):
        raise NotAllowed(said("延长时限由%(unit)s或者其上级机构的负责人批准。", unit=case.acting_unit.name))
    if not answer.strip():
        raise Invalid("请写明不批准的理由。", {"answer": said("请写明不批准的理由。")})
    request.answer = answer.strip()
    _decide(session, case, request, approver, now, is_granted=False)


def open_request(session: Session, deadline: Deadline) -> ExtensionRequest | None:
    """The request about the deadline that waits for an answer."""
    waiting = (ExtensionRequest.deadline_id == deadline.id, ExtensionRequest.decided_at.is_(None))
    return session.scalar(select(ExtensionRequest).where(*waiting))


def request_to_decide(session: Session, deadline: Deadline) -> ExtensionRequest:
    """The same; NotFound when nobody asks."""
    found = open_request(session, deadline)
    if found is None:
        raise NotFound("没有等待批准的延长申请。")
    return found


def _check_decider(request: ExtensionRequest, approver: Account) -> None:
    if not request.is_open:
        raise ActRefused("这份延长申请已经处理过。")
    if request.asked_by_id == approver.id:
        raise NotAllowed("申请延长和批准延长不能是同一个人。")


def _decide(
    session: Session,
    case: Case,
    request: ExtensionRequest,
    approver: Account,
    now: dt.datetime,
    *,
    is_granted: bool,
) -> None:
    request.decided_by_id, request.decided_at, request.is_granted = approver.id, now, is_granted
    session.flush()
    deadline = session.get_one(Deadline, request.deadline_id)
    session.expire(deadline, ["open_request"])
    outcome = "granted" if is_granted else "declined"
    if not is_granted:  # a granted one is an event of its own
        data = {"rule": deadline.rule_id, "request": request.id}
        record(
            session, act="deadline.decline_extension", subject=deadline, actor=approver, now=now, data=data
        )
    _tell(session, [request.asked_by_id], case, deadline, request, outcome, now)


def _tell(
    session: Session,
    account_ids: list[int],
    case: Case,
    deadline: Deadline,
    request: ExtensionRequest,
    what: str,
    now: dt.datetime,
) -> None:
    data = {
        "kind": "case",
        "id": case.id,
        "rule": deadline.rule_id,
        "end": deadline.legal_end.isoformat(),
        "what": what,
    }
    for account_id in account_ids:
        key = f"extension:{request.id}:{what}:{account_id}"
        tell(session, account_id=account_id, kind=NoticeKind.EXTENSION, key=key, data=data, now=now)
