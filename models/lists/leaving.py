"""Verbs on the way off a list: term over, basis fallen, revocation, restoration; and objections. Early removal: removal.py."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from models import ledger
from models.errors import ActRefused, Conflict, Invalid
from models.ledger.operations import Acts
from models.lists.clocks import (
    meet_objection_clock,
    meet_publication,
    start_listing_clocks,
    start_objection_clock,
    stop_clocks,
)
from models.lists.kinds import ENTRY_END_LABELS, EntryEnd, EntryState
from models.lists.operations import last_day
from models.lists.states import EntryAct, next_state
from models.lists.tables import Entry, SeriousEntry
from models.people.permissions import Permission, can
from models.people.tables import Account
from models.types import beijing_date


def end_due(session: Session, entry: Entry, *, actor: Acts, now: dt.datetime) -> Entry:
    """Ends an entry over its last day, else one whose basis has fallen; the caller has found that it is one of them."""
    is_over = entry.ends_on is not None and entry.ends_on < beijing_date(now)
    return end(session, entry, EntryEnd.EXPIRED if is_over else EntryEnd.REVOKED, None, actor, now)


def revoke(session: Session, entry: Entry, *, reason: str, actor: Account, now: dt.datetime) -> Entry:
    """Takes an entry off because its basis does not hold; off the site at once (总局令第44号 Art 19: three working days)."""
    if not can(actor, Permission.LISTING_DECIDE, entry):
        raise ActRefused("您没有撤销列入的权限。")
    if not reason.strip():
        raise Invalid("请写明撤销的理由。", {"words": "请写明撤销的理由。"})
    next_state(entry.kind, entry.state, EntryAct.REVOKE)
    return end(session, entry, EntryEnd.REVOKED, reason.strip(), actor, now)


def restore(session: Session, entry: Entry, *, reason: str, actor: Account, now: dt.datetime) -> SeriousEntry:
    """Early removal was got by false papers: a new entry, its term counted anew; the old one stays ended (Art 20)."""
    if not isinstance(entry, SeriousEntry) or entry.end_kind is not EntryEnd.EARLY:
        raise ActRefused("只有提前移出的记录可以恢复列入。")
    if not can(actor, Permission.LISTING_DECIDE, entry) or entry.maker_id == actor.id:
        raise ActRefused("您不能恢复这条记录。")
    if not reason.strip():
        raise Invalid("请写明恢复的理由。", {"words": "请写明恢复列入的理由。"})
    again = SeriousEntry(
        **{name: getattr(entry, name) for name in _CARRIED}, decisions=list(entry.decisions), unit=entry.unit,
        maker=entry.maker, decider=actor, state=EntryState.PUBLISHED, restored_from_id=entry.id,
        published_at=now, created_at=now, updated_at=now,
    )  # fmt: skip
    again.ends_on = last_day(again, published_on=beijing_date(now))
    session.add(again)
    session.flush()
    start_listing_clocks(session, again, decided_on=beijing_date(now), now=now)
    meet_publication(session, again, now=now)
    noted(session, again, "restore", actor, now, restored_from=str(entry.id))
    return again


def object_to(
    session: Session,
    entry: Entry,
    *,
    on: dt.date,
    needs_inquiry: bool = False,
    actor: Account,
    now: dt.datetime,
) -> Entry:
    """The company objects: its entry is marked until that is settled (河南省社会信用条例 Art 41).

    `needs_inquiry`: another unit has to check, so that there is more time.
    """
    if entry.state is not EntryState.PUBLISHED:
        raise ActRefused("只有公布中的记录可以登记异议。")
    if entry.objected_on is not None:
        raise Conflict("已经登记了异议，还没有处理完。")
    if on > beijing_date(now):
        raise Invalid("日期不对。", {"on": "收到异议的日期不能晚于今天。"})
    entry.objected_on, entry.needs_inquiry, entry.updated_at = on, needs_inquiry, now
    start_objection_clock(session, entry, on=on, needs_inquiry=needs_inquiry, now=now)
    return noted(session, entry, "object", actor, now, on=str(on))


def settle_objection(
    session: Session, entry: Entry, *, reason: str, actor: Account, now: dt.datetime
) -> Entry:
    """The objection is answered and the mark goes; one that is right leads to a revocation, which is an act of its own."""
    if entry.objected_on is None:
        raise Conflict("没有等待处理的异议。")
    if not reason.strip():
        raise Invalid("请写明处理结果。", {"words": "请写明异议的处理结果。"})
    entry.objected_on, entry.updated_at = None, now
    meet_objection_clock(session, entry, now=now)
    return noted(session, entry, "settle_objection", actor, now)


_CARRIED = (
    *(
        "uscc",
        "name",
        "reason",
        "rule",
        "notified_on",
        "decided_on",
        "document_number",
        "hearing",
        "heard_on",
    ),
    *("needs_consent", "consent_by", "consent_number", "consent_on", "restricted_until_on"),
)


def end(
    session: Session, entry: Entry, kind: EntryEnd, reason: str | None, actor: Acts, now: dt.datetime
) -> Entry:
    """Off the list from this instant; every clock stops, an open request and an objection with it."""
    entry.state, entry.end_kind, entry.end_reason = EntryState.ENDED, kind, reason
    entry.ended_at = entry.updated_at = now
    entry.objected_on = None
    if isinstance(entry, SeriousEntry) and (request := entry.open_request):
        request.decided_at, request.is_granted, request.answer = now, False, ENTRY_END_LABELS[kind]
    stop_clocks(session, entry, end=kind, now=now)
    return noted(session, entry, "end", actor, now, kind=kind.value)


def noted(session: Session, entry: Entry, act: str, actor: Acts, now: dt.datetime, **data: str) -> Entry:
    """Writes the event and gives the entry back."""
    ledger.record(session, act=f"list.{act}", subject=entry, actor=actor, now=now, data=data)
    return entry
