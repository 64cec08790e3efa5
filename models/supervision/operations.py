"""Verbs of supervision: a talk 约谈 is put on record; a calendar feed is given and taken back."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.cases.tables import Case
from models.errors import Invalid
from models.ledger import record
from models.people.permissions import Permission
from models.people.tables import Account, Unit
from models.supervision.tables import CalendarFeed, Talk
from models.types import beijing_date
from models.wording import said

TOKEN_BYTES = 24
LONGEST = 2000


@dataclass(frozen=True, slots=True)
class OfUnit:
    """Something that belongs to one unit, for the question who may do it."""

    unit: Unit

    def units_for(self, permission: Permission) -> list[Unit]:
        """The unit."""
        return [self.unit]


def record_talk(
    session: Session,
    *,
    unit: Unit,
    case: Case | None,
    held_on: dt.date,
    matter: str,
    agreed: str,
    actor: Account,
    now: dt.datetime,
) -> Talk:
    """约谈: what was talked about with a unit's people, and what is to be mended by when."""
    errors: dict[str, str] = {}
    if not 0 < len(matter.strip()) <= LONGEST:
        errors["matter"] = said("请写明约谈的事项，最多 %(most)s 个字。", most=LONGEST)
    if not 0 < len(agreed.strip()) <= LONGEST:
        errors["agreed"] = said("请写明整改要求和期限，最多 %(most)s 个字。", most=LONGEST)
    if held_on > beijing_date(now):
        errors["held_on"] = "约谈日期不能晚于今天。"
    if case is not None and unit not in (case.unit, case.acting_unit, *case.chain):
        errors["reference"] = said("这个办件不由%(unit)s办理。", unit=unit.name)
    if errors:
        raise Invalid("约谈记录没有保存，请按提示修改。", errors)
    talk = Talk(
        unit=unit,
        case_id=case.id if case else None,
        held_on=held_on,
        matter=matter.strip(),
        agreed=agreed.strip(),
        recorded_by_id=actor.id,
        recorded_at=now,
    )
    session.add(talk)
    session.flush()
    data = {"unit": unit.id, "case": talk.case_id, "on": held_on.isoformat()}
    record(session, act="supervision.talk", subject=talk, actor=actor, now=now, data=data)
    return talk


def give_feed(session: Session, *, account: Account, now: dt.datetime) -> str:
    """A new secret for the account's calendar feed; the one before it stops working. Shown once, kept as a hash."""
    revoke_feed(session, account=account, now=now)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    feed = CalendarFeed(account_id=account.id, token_sha256=_hash(token), created_at=now)
    session.add(feed)
    session.flush()
    record(session, act="feed.give", subject=feed, actor=account, now=now)
    return token


def revoke_feed(session: Session, *, account: Account, now: dt.datetime) -> bool:
    """Stops the account's feed; False when there was none."""
    feed = open_feed(session, account)
    if feed is None:
        return False
    feed.revoked_at = now
    session.flush()
    record(session, act="feed.revoke", subject=feed, actor=account, now=now)
    return True


def open_feed(session: Session, account: Account) -> CalendarFeed | None:
    """The feed of the account that works now."""
    mine = (CalendarFeed.account_id == account.id, CalendarFeed.revoked_at.is_(None))
    return session.scalar(select(CalendarFeed).where(*mine))


def reader_of(session: Session, token: str) -> Account | None:
    """Whose feed a token opens; None for one that is unknown or revoked, and for an account that was closed."""
    known = (CalendarFeed.token_sha256 == _hash(token), CalendarFeed.revoked_at.is_(None))
    feed = session.scalar(select(CalendarFeed).where(*known))
    return feed.account if feed and feed.account.active and feed.account.is_staff else None


def _hash(token: str) -> str:
    """A token has 192 random bits, so a plain hash can't be guessed back."""
    return hashlib.sha256(token.encode()).hexdigest()
