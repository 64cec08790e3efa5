"""The verbs of organisations: claim to belong to one, confirm or refuse the claim, end it."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from models.codes.uscc import is_valid_uscc, normalise_uscc
from models.errors import ActRefused, Invalid, NotAllowed
from models.holders.tables import Membership, Organisation
from models.holders.terms import Fault, MemberRole, Standing
from models.ledger import record
from models.people.tables import Account

LONGEST_NAME = 200


def claim_organisation(
    session: Session, *, account: Account, name: str, uscc: str, now: dt.datetime
) -> Membership:
    """Somebody says to which organisation they belong. Nothing tells them whether it is known here already.

    The first to be confirmed becomes its owner. Raises `Invalid` for a code that cannot be one.
    """
    name, uscc = name.strip()[:LONGEST_NAME], normalise_uscc(uscc)
    if not name:
        raise Invalid("请填写单位名称。", {"organisation": "请填写单位名称。"})
    if not is_valid_uscc(uscc):
        sentence = "这个代码的校验位不对，请对照营业执照核对 18 位代码。"
        raise Invalid(sentence, {"uscc": sentence})
    for earlier in session.scalars(_living(account)):
        if earlier.standing is Standing.VERIFIED:
            raise ActRefused("您已经是一个单位的成员。要换单位，请先退出现在的单位。")
        _decide(earlier, Standing.ENDED, account, now)
    session.flush()
    found = session.scalar(select(Organisation).where(Organisation.uscc == uscc))
    if found is None:
        found = Organisation(uscc=uscc, name=name, created_at=now)
        session.add(found)
    membership = Membership(
        organisation=found,
        account=account,
        role=MemberRole.MEMBER,
        standing=Standing.PENDING,
        claimed_name=name,
        asked_at=now,
    )
    session.add(membership)
    account.organisation, account.uscc = name, uscc
    session.flush()
    data = {"organisation": found.id}
    record(session, act="membership.claim", subject=membership, actor=account, now=now, data=data)
    return membership


def confirm_member(session: Session, *, membership: Membership, actor: Account, now: dt.datetime) -> None:
    """Staff, or an owner of the same organisation, confirms that somebody belongs to it; the first becomes owner."""
    _may_decide(session, membership, actor)
    if membership.standing not in (Standing.PENDING, Standing.REFUSED):
        return
    organisation = membership.organisation
    is_first = not owners(session, organisation)
    if is_first:
        membership.role = MemberRole.OWNER
    if organisation.verified_at is None:
        organisation.verified_at, organisation.name = now, membership.claimed_name
    _decide(membership, Standing.VERIFIED, actor, now)
    membership.account.organisation = organisation.name
    session.flush()
    data = {"organisation": organisation.id, "role": membership.role.value}
    record(session, act="membership.confirm", subject=membership, actor=actor, now=now, data=data)


def refuse_member(
    session: Session, *, membership: Membership, fault: Fault, words: str, actor: Account, now: dt.datetime
) -> None:
    """The same, refused: whoever asked is told why and how to mend it."""
    _may_decide(session, membership, actor)
    if membership.standing is not Standing.PENDING:
        raise ActRefused("这一项已经处理过了。")
    _decide(membership, Standing.REFUSED, actor, now, fault, words)
    record(session, act="membership.refuse", subject=membership, actor=actor, now=now, data={"fault": fault})


def ask_again(session: Session, *, membership: Membership, actor: Account, now: dt.datetime) -> None:
    """After a refusal, mended: back into the queue."""
    if membership.account_id != actor.id or membership.standing is not Standing.REFUSED:
        raise ActRefused("现在不用重新提交。")
    membership.standing, membership.fault, membership.words = Standing.PENDING, None, None
    membership.asked_at, membership.decided_at, membership.decided_by_id = now, None, None
    record(session, act="membership.ask_again", subject=membership, actor=actor, now=now)


def end_member(session: Session, *, membership: Membership, actor: Account, now: dt.datetime) -> None:
    """Somebody leaves, or an owner ends it. The last owner stays as long as there are others."""
    mine = membership_of(session, actor)
    is_oneself = membership.account_id == actor.id
    may = is_oneself or (mine is not None and mine.is_owner and _same(mine, membership))
    if not may and not actor.is_staff:
        raise NotAllowed("只有单位的管理人可以移除成员。")
    others = len(members(session, membership.organisation)) - 1
    if others and membership.is_owner and len(owners(session, membership.organisation)) == 1:
        raise ActRefused("这是最后一名管理人，请先让另一名成员担任管理人。")
    _decide(membership, Standing.ENDED, actor, now)
    record(session, act="membership.end", subject=membership, actor=actor, now=now)


def make_owner(session: Session, *, membership: Membership, actor: Account, now: dt.datetime) -> None:
    """An owner makes another member an owner too."""
    mine = membership_of(session, actor)
    if mine is None or not mine.is_owner or not _same(mine, membership) or not membership.is_verified:
        raise NotAllowed("只有单位的管理人可以指定管理人。")
    if membership.role is not MemberRole.OWNER:
        membership.role = MemberRole.OWNER
        record(session, act="membership.make_owner", subject=membership, actor=actor, now=now)


def membership_of(session: Session, account: Account) -> Membership | None:
    """To which organisation an account belongs, or says it does."""
    return session.scalar(_living(account))


def members(session: Session, organisation: Organisation) -> list[Membership]:
    """Who belongs to it or asks to, in the order in which they asked."""
    wanted = select(Membership).where(
        Membership.organisation_id == organisation.id,
        Membership.standing.in_([Standing.PENDING, Standing.VERIFIED]),
    )
    return list(session.scalars(wanted.order_by(Membership.id)))


def owners(session: Session, organisation: Organisation) -> list[Membership]:
    """Those who look after it."""
    return [one for one in members(session, organisation) if one.is_owner]


def _living(account: Account) -> Select[Membership]:
    return select(Membership).where(
        Membership.account_id == account.id, Membership.standing != Standing.ENDED
    )


def _may_decide(session: Session, membership: Membership, actor: Account) -> None:
    """The caller has asked staff for their permission; owners decide about their own organisation alone."""
    if actor.is_staff:
        return
    mine = membership_of(session, actor)
    if mine is None or not mine.is_owner or not _same(mine, membership):
        raise NotAllowed("只有单位的管理人可以核验成员。")


def _same(one: Membership, other: Membership) -> bool:
    return one.organisation_id == other.organisation_id


def _decide(
    membership: Membership,
    standing: Standing,
    actor: Account,
    now: dt.datetime,
    fault: Fault | None = None,
    words: str = "",
) -> None:
    membership.standing, membership.fault, membership.words = standing, fault, words.strip() or None
    membership.decided_at, membership.decided_by_id = now, actor.id
