"""Notices to staff: a row in the list of each account, and work for the worker, who mails where there is an address."""

from __future__ import annotations

import datetime as dt
import secrets
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from models import outbox
from models.clocks.recompute import Move
from models.clocks.tables import SubjectKind
from models.people.tables import Account
from models.supervision.recipients import Staffing, hands_of
from models.supervision.tables import StaffNotice
from models.supervision.terms import NoticeKind, Told
from models.wording import Sentence

NOTIFY_OFFICER = "notify-officer"
MOST_LISTED = 100
PAGE = 50


def tell(
    session: Session, *, account_id: int, kind: NoticeKind, key: str, data: dict[str, Any], now: dt.datetime
) -> StaffNotice:
    """Puts a notice into the account's list, and the mail about it into the outbox; one of the same `key` only once."""
    given = session.scalar(select(StaffNotice).where(StaffNotice.key == key))
    if given is not None:
        return given
    notice = StaffNotice(account_id=account_id, kind=kind, key=key, data=data, at=now)
    session.add(notice)
    session.flush()
    payload = {"notice_id": notice.id}
    outbox.put(session, kind=NOTIFY_OFFICER, key=f"{NOTIFY_OFFICER}:{notice.id}", payload=payload, now=now)
    return notice


def tell_moved(session: Session, *, moves: Sequence[Move], why: Sentence, now: dt.datetime) -> int:
    """Tells everybody whose deadlines moved: one notice an account, however many moved. Returns how many were told."""
    if not moves:
        return 0
    staffing = Staffing.read(session)
    hands = hands_of(session, [move.subject for move in moves])
    lists: defaultdict[int, list[Move]] = defaultdict(list)
    for move in moves:
        if move.subject not in hands:
            continue
        is_desk = move.subject.kind in (SubjectKind.CASE, SubjectKind.LETTER)
        who = Told.HANDLER if is_desk else Told.PUBLISHER
        for account_id in staffing.responsible(hands[move.subject], who):
            lists[account_id].append(move)
    token = secrets.token_hex(8)
    for account_id, mine in lists.items():
        listed = [_document(move) for move in mine[:MOST_LISTED]]
        data = {"why": why.document(), "total": len(mine), "moves": listed}
        key = f"moved:{token}:{account_id}"
        tell(session, account_id=account_id, kind=NoticeKind.MOVED, key=key, data=data, now=now)
    return len(lists)


def notices_of(session: Session, account: Account, *, before: int | None = None) -> list[StaffNotice]:
    """A page of the account's notices, newest first; one more than a page where there are older ones."""
    wanted = select(StaffNotice).where(StaffNotice.account_id == account.id)
    if before is not None:
        wanted = wanted.where(StaffNotice.id < before)
    return list(session.scalars(wanted.order_by(StaffNotice.id.desc()).limit(PAGE + 1)))


def unread(session: Session, account: Account) -> int:
    """How many notices the account has not marked as read."""
    mine = (StaffNotice.account_id == account.id, StaffNotice.read_at.is_(None))
    return session.scalar(select(func.count(StaffNotice.id)).where(*mine)) or 0


def mark_read(session: Session, account: Account, *, up_to: int, now: dt.datetime) -> None:
    """Marks the account's notices up to number `up_to`, the newest that was on the page, as read."""
    mine = (StaffNotice.account_id == account.id, StaffNotice.read_at.is_(None), StaffNotice.id <= up_to)
    session.execute(update(StaffNotice).where(*mine).values(read_at=now))


def _document(move: Move) -> dict[str, Any]:
    return {
        "kind": move.subject.kind.value,
        "id": move.subject.id,
        "rule": move.rule_id,
        "old": move.old_end.isoformat(),
        "new": move.new_end.isoformat(),
        "provisional": move.is_provisional,
    }
