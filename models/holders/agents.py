"""The verbs of agents: an owner gives authority, the agent takes it on, either ends it; and whether it covers an act."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.errors import Invalid, NotAllowed, NotFound
from models.filings.parties import Power
from models.holders.operations import membership_of
from models.holders.rights import own_right
from models.holders.tables import Authority, Membership, Right
from models.ledger import record
from models.people.names import checked_email
from models.people.tables import Account
from models.wording import said


def give_authority(
    session: Session,
    *,
    agent_email: str,
    matters: str,
    power: Power,
    right_ids: Collection[int],
    ends_on: dt.date,
    actor: Account,
    now: dt.datetime,
    today: dt.date,
) -> Authority:
    """An owner authorises whoever has that address. Whether it has an account is not told; it is asked by mail.

    No `right_ids`: every right of the organisation. Raises `Invalid` for a term that is over, `NotFound` for a right
    that is another's.
    """
    membership = owner(session, actor)
    if ends_on < today:
        raise Invalid("委托期限已经过了。", {"ends_on": "委托期限已经过了，请换一份有效的委托书。"})
    if not matters.strip():
        raise Invalid("请写明委托事项。", {"matters": "请照委托书写明委托事项。"})
    rights = [own_right(session, actor, one).id for one in right_ids]
    authority = Authority(
        organisation=membership.organisation,
        agent_email=checked_email(agent_email) or "",
        matters=matters.strip()[:200],
        power=power,
        right_ids=sorted(rights) or None,
        ends_on=ends_on,
        given_by_id=actor.id,
        given_at=now,
    )
    session.add(authority)
    session.flush()
    data = {"organisation": authority.organisation_id, "rights": authority.right_ids, "ends_on": str(ends_on)}
    record(session, act="authority.give", subject=authority, actor=actor, now=now, data=data)
    return authority


def owner(session: Session, account: Account) -> Membership:
    """The membership of somebody who looks after their organisation; `NotAllowed` for anybody else."""
    membership = membership_of(session, account)
    if membership is None or not membership.is_owner:
        raise NotAllowed("单位核验通过以后，由单位的管理人委托代理人。")
    return membership


def take_authority(session: Session, *, authority_id: int, actor: Account, now: dt.datetime) -> Authority:
    """The agent takes it on: the account whose confirmed address it was given to."""
    authority = session.get(Authority, authority_id)
    if authority is None or not _is_for(authority, actor) or authority.revoked_at is not None:
        raise NotFound("没有找到这份委托。")
    if authority.taken_at is None:
        authority.agent_id, authority.taken_at = actor.id, now
        record(session, act="authority.take", subject=authority, actor=actor, now=now)
    return authority


def end_authority(session: Session, *, authority_id: int, actor: Account, now: dt.datetime) -> None:
    """The principal revokes it, or the agent lays it down. What was filed under it stays."""
    authority = session.get(Authority, authority_id)
    membership = membership_of(session, actor)
    is_principal = (
        authority is not None
        and membership is not None
        and membership.is_owner
        and membership.organisation_id == authority.organisation_id
    )
    if authority is None or not (is_principal or authority.agent_id == actor.id or _is_for(authority, actor)):
        raise NotFound("没有找到这份委托。")
    if authority.revoked_at is None:
        authority.revoked_at = now
        record(session, act="authority.end", subject=authority, actor=actor, now=now)


def given_by(session: Session, organisation_id: int) -> list[Authority]:
    """All authority that an organisation has given, the newest first."""
    wanted = select(Authority).where(Authority.organisation_id == organisation_id)
    return list(session.scalars(wanted.order_by(Authority.id.desc())))


def given_to(session: Session, account: Account) -> list[Authority]:
    """All authority that an account has taken on or was asked to, the newest first."""
    mine = [Authority.agent_id == account.id]
    if account.email and account.confirmed_at:
        mine.append((Authority.agent_email == account.email) & Authority.taken_at.is_(None))
    return list(session.scalars(select(Authority).where(or_(*mine)).order_by(Authority.id.desc())))


def why_not(authority: Authority, right: Right, today: dt.date) -> str:
    """Why an agent may not file under `right` today; "" when they may."""
    if authority.revoked_at is not None:
        return "委托人已经撤销对您的委托。"
    if today > authority.ends_on:
        return said("对您的委托已于 %(day)s 到期。", day=authority.ends_on)
    if authority.taken_at is None:
        return "您还没有接受这份委托。"
    if not authority.covers(right):
        return "这项权利不在委托的范围里。"
    return ""


def _is_for(authority: Authority, account: Account) -> bool:
    if authority.agent_id is not None:
        return authority.agent_id == account.id
    return account.confirmed_at is not None and account.email == authority.agent_email
