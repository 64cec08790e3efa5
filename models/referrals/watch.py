"""The procuratorate's view: a signed link that expires, and what it shows (移送规定 Art 14; 备案审查).

An office sees the referrals of which it gets a copy, from the decision on, also those that were declined. It sees neither
other cases nor the filer, but for a pack that names the filer by the head's order.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from models.cases.outside.terms import DAYS
from models.cases.tables import Case
from models.errors import Invalid, NotFound
from models.filings.sealing import Keyring
from models.ledger import record
from models.people.tables import Account, Unit
from models.referrals.tables import Referral, ReferralWatch
from models.referrals.terms import Standing
from models.signed_links import handle_in, new_handle, signed

PURPOSE = "referral-watch"
MOST = 200
_UNDECIDED = (Standing.PROPOSED, Standing.APPROVED)


def open_watch(session: Session, *, unit: Unit, days: int, actor: Account, now: dt.datetime) -> ReferralWatch:
    """A link for a procuratorate. Others that it has go on until they expire or are revoked."""
    if unit.outside_kind != "procuratorate" or not unit.is_active:
        sentence = "请选择一个检察机关。"
        raise Invalid(sentence, {"unit": sentence})
    if days not in DAYS:
        sentence = "请从所列的天数中选择。"
        raise Invalid(sentence, {"days": sentence})
    watch = ReferralWatch(
        unit=unit,
        handle=new_handle(),
        made_by_id=actor.id,
        made_at=now,
        expires_at=now + dt.timedelta(days=days),
    )
    session.add(watch)
    session.flush()
    record(session, act="referral_watch.open", subject=watch, actor=actor, now=now, data={"unit": unit.id})
    return watch


def revoke(session: Session, *, watch: ReferralWatch, actor: Account, now: dt.datetime) -> None:
    """停用. Doing so twice changes nothing."""
    if watch.revoked_at is None:
        watch.revoked_at = now
        session.flush()
        record(session, act="referral_watch.revoke", subject=watch, actor=actor, now=now)


def token_of(watch: ReferralWatch, keys: Keyring) -> str:
    """What stands behind /oversight/ in the link."""
    return signed(watch.handle, purpose=PURPOSE, keys=keys)


def watch_by_token(session: Session, token: str, *, keys: Keyring) -> ReferralWatch:
    """The watch; a forged link is NotFound."""
    handle = handle_in(token, purpose=PURPOSE, keys=keys)
    found = session.scalar(select(ReferralWatch).where(ReferralWatch.handle == handle)) if handle else None
    if found is None:
        raise NotFound("没有找到这个链接。请核对链接是否完整。")
    return found


def watches(session: Session) -> Sequence[ReferralWatch]:
    """Every link, the newest first."""
    wanted = select(ReferralWatch).order_by(ReferralWatch.id.desc()).limit(MOST)
    return session.scalars(
        wanted.options(joinedload(ReferralWatch.made_by).lazyload(Account.assignments))
    ).all()


def watch_of(session: Session, number: int) -> ReferralWatch:
    """One of them; NotFound."""
    found = session.get(ReferralWatch, number)
    if found is None:
        raise NotFound("没有这个链接。")
    return found


def procuratorates(session: Session) -> Sequence[Unit]:
    """Who can be given a link."""
    wanted = select(Unit).where(Unit.is_active, Unit.outside_kind == "procuratorate").order_by(Unit.id)
    return session.scalars(wanted).all()


def overseen(session: Session, watch: ReferralWatch) -> Sequence[Referral]:
    """What the link shows, the newest first."""
    wanted = (
        select(Referral)
        .join(Case, Case.id == Referral.case_id)
        .where(Referral.procuratorate_id == watch.unit_id, Referral.standing.not_in(_UNDECIDED))
        .where(Case.destroyed_at.is_(None))
        .order_by(Referral.id.desc())
        .limit(MOST)
    )
    return session.scalars(wanted).all()


def overseen_one(session: Session, watch: ReferralWatch, number: int) -> Referral:
    """One of them; NotFound."""
    found = next((one for one in overseen(session, watch) if one.id == number), None)
    if found is None:
        raise NotFound("这个链接看不到这次移送。")
    return found
