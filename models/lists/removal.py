"""提前移出 from the serious list: asked, accepted, granted or not (总局令第44号 Art 16, 17).

A year after publication, once restrictions are over, everything is fulfilled, and no heavier penalty has followed. Who
noted the request, who proposed the listing, and who answers are not one person.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.decisions.kinds import Fulfilment
from models.decisions.states import State
from models.decisions.tables import Decision
from models.decisions.term.ending import add_months
from models.errors import ActRefused, Conflict, Invalid
from models.lists.clocks import meet_removal, meet_removal_acceptance, start_removal_clocks
from models.lists.kinds import EntryEnd, EntryState
from models.lists.leaving import end, noted
from models.lists.rules import heavier_penalties, laws
from models.lists.tables import Entry, RemovalRequest, SeriousEntry
from models.people.permissions import Permission, can
from models.people.tables import Account
from models.types import beijing_date
from models.wording import said


def ask_early_removal(
    session: Session, entry: Entry, *, on: dt.date, actor: Account, now: dt.datetime
) -> RemovalRequest:
    """The company asks: a year after publication, and when its restrictions are over (Art 16)."""
    early = laws()[entry.kind].early_months
    if not isinstance(entry, SeriousEntry) or early is None:
        raise ActRefused("这份名单没有提前移出。")
    if entry.state is not EntryState.PUBLISHED or entry.published_at is None:
        raise ActRefused("只有公布中的记录可以申请提前移出。")
    if entry.open_request is not None:
        raise Conflict("已经有一份提前移出申请在办理。")
    from_on = add_months(beijing_date(entry.published_at), early)
    if entry.restricted_until_on is not None:
        from_on = max(from_on, entry.restricted_until_on + dt.timedelta(days=1))
    if not from_on <= on <= beijing_date(now):
        sentence = said(
            "自 %(day)s 起可以申请（公布满 %(months)s 个月，并且限制措施期限届满），也不能晚于今天。",
            day=from_on,
            months=early,
        )
        raise Invalid("申请日期不对。", {"on": sentence})
    request = RemovalRequest(entry=entry, asked_on=on, noted_by_id=actor.id)
    session.add(request)
    entry.updated_at = now
    session.flush()
    start_removal_clocks(session, entry, asked_on=on, now=now)
    noted(session, entry, "ask_early_removal", actor, now, on=str(on))
    return request


def accept_early_removal(
    session: Session, entry: Entry, *, on: dt.date, actor: Account, now: dt.datetime
) -> RemovalRequest:
    """Application, promise of good faith and proof of fulfilment are all there (Art 17)."""
    request = _open(entry)
    if request.accepted_on is not None:
        raise Conflict("这份申请已经受理。")
    if not request.asked_on <= on <= beijing_date(now):
        raise Invalid("日期不对。", {"on": "受理日期不能早于申请日期，也不能晚于今天。"})
    request.accepted_on = on
    entry.updated_at = now
    meet_removal_acceptance(session, entry, now=now)
    noted(session, entry, "accept_early_removal", actor, now, on=str(on))
    return request


def grant_early_removal(
    session: Session, entry: Entry, *, reason: str, actor: Account, now: dt.datetime
) -> Entry:
    """Another person grants it, when every condition of Art 16 that the records can show is met."""
    request = _answerable(entry, actor)
    if request.accepted_on is None:
        raise ActRefused("请先核对申请书、守信承诺书和履行义务的证明，记录受理。")
    if any(one.fulfilment is not Fulfilment.FULFILLED for one in entry.bases):
        raise ActRefused("依据的决定书还没有全部记录为“已经履行”，不能提前移出。")
    if later := punished_heavily_since(session, request.entry):
        raise ActRefused(
            said("列入之后又受到较重行政处罚（%(number)s），不能提前移出。", number=later.document_number)
        )
    _answer(request, reason, granted=True, actor=actor, now=now)
    meet_removal(session, entry, now=now)
    return end(session, entry, EntryEnd.EARLY, reason.strip(), actor, now)


def refuse_early_removal(
    session: Session, entry: Entry, *, reason: str, actor: Account, now: dt.datetime
) -> Entry:
    """It stays listed; the company may ask again."""
    request = _answerable(entry, actor)
    _answer(request, reason, granted=False, actor=actor, now=now)
    entry.updated_at = now
    meet_removal(session, entry, now=now)
    return noted(session, entry, "refuse_early_removal", actor, now)


def punished_heavily_since(session: Session, entry: SeriousEntry) -> Decision | None:
    """A decision after the listing, standing, with one of the heavier kinds of penalty (Art 2); the newest."""
    if entry.decided_on is None:
        return None
    found = (
        select(Decision)
        .where(
            Decision.party_uscc == entry.uscc,
            Decision.decided_on > entry.decided_on,
            Decision.state != State.WITHDRAWN,
            Decision.changed_on.is_(None),
        )
        .order_by(Decision.decided_on.desc())
    )
    heavier = heavier_penalties()
    return next((one for one in session.scalars(found) if heavier.intersection(one.penalty_kinds)), None)


def _open(entry: Entry) -> RemovalRequest:
    request = entry.open_request if isinstance(entry, SeriousEntry) else None
    if request is None:
        raise Conflict("没有等待处理的提前移出申请。")
    return request


def _answerable(entry: Entry, actor: Account) -> RemovalRequest:
    request = _open(entry)
    if not can(actor, Permission.LISTING_DECIDE, entry) or actor.id in (entry.maker_id, request.noted_by_id):
        raise ActRefused("提出列入的人和登记申请的人不能处理提前移出，请另一位审核员处理。")
    return request


def _answer(request: RemovalRequest, reason: str, *, granted: bool, actor: Account, now: dt.datetime) -> None:
    if not reason.strip():
        raise Invalid("请写明理由。", {"words": "请写明理由，企业会收到答复。"})
    request.decided_at, request.is_granted, request.answer = now, granted, reason.strip()
    request.decided_by_id = actor.id
