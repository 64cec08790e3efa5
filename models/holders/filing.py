"""Filing under a stored right: which rights an account can file under, whether it still can, and whose filing it became."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload

from models.errors import ActRefused, NotFound
from models.filings.parties import Mandate, Power
from models.filings.references import normalise
from models.filings.tables import Filing
from models.holders.agents import given_to, why_not
from models.holders.operations import membership_of
from models.holders.rights import rights_of
from models.holders.tables import Authority, HeldFiling, Membership, Right
from models.holders.terms import Standing
from models.people.tables import Account
from models.wording import said


@dataclass(frozen=True)
class Usable:
    """A right that an account can file under: its own organisation's, or another's by `authority`."""

    right: Right
    authority: Authority | None = None

    @property
    def mandate(self) -> Mandate | None:
        """What the authority on record says, for the filing's data; None for one's own right."""
        one = self.authority
        return Mandate(one.matters, one.power, one.ends_on) if one else None


def usable_rights(session: Session, account: Account, today: dt.date) -> list[Usable]:
    """Everything the account can file under today, its own first."""
    found: list[Usable] = []
    membership = membership_of(session, account)
    if membership is not None and membership.is_verified:
        found += [Usable(right) for right in rights_of(session, membership.organisation_id)]
    for authority in given_to(session, account):
        if authority.is_in_force(today):
            found += [
                Usable(right, authority)
                for right in rights_of(session, authority.organisation_id)
                if authority.covers(right)
            ]
    return [one for one in found if one.right.is_usable(today)]


def usable(
    session: Session, account: Account, right_id: int, authority_id: int | None, today: dt.date
) -> Usable:
    """The right that a filing names, in force or not any more; `NotFound` where it never was the account's.

    Authority that has ended gives way to a newer one over the same right, so that a draft outlives its mandate. Without
    `authority_id` it is the account's own organisation's, or whatever authority covers it.
    """
    right = session.get(Right, right_id)
    if right is None:
        raise NotFound("没有找到这项权利。")
    membership = membership_of(session, account)
    if authority_id is None and membership and membership.organisation_id == right.organisation_id:
        return Usable(right)
    named = session.get(Authority, authority_id) if authority_id is not None else None
    if authority_id is not None and (named is None or named.agent_id != account.id):
        raise NotFound("没有找到这项权利。")
    if named is None or not named.is_in_force(today):
        given = given_to(session, account)  # the newest first
        mine = [one for one in given if one.agent_id == account.id and one.covers(right)]
        ended = named or next(iter(mine), None)  # why it cannot be used is told from it
        named = next((one for one in mine if one.is_in_force(today)), ended)
    if named is None:
        raise NotFound("没有找到这项权利。")
    return Usable(right, named)


def obstacle(chosen: Usable, membership: Membership | None, today: dt.date) -> str:
    """Why a draft can no longer be sent under its right, in a sentence that says what to do; "" when it can."""
    if chosen.authority is not None and (why := why_not(chosen.authority, chosen.right, today)):
        return said("%(why)s草稿还在：请委托人重新委托，或者改选一项权利以后再提交。", why=why)
    if chosen.authority is None and (membership is None or not membership.is_verified):
        return "您已经不是这个单位的成员，不能以它的权利提交。草稿还在，请改选一项权利。"
    if chosen.right.has_expired(today):
        return said(
            "这项权利已于 %(day)s 到期。草稿还在：请在“我的权利”里更新到期日并上传续展证明。",
            day=chosen.right.expires_on,
        )
    if chosen.right.standing is not Standing.VERIFIED:
        return "这项权利现在没有通过核验。草稿还在，核验通过以后再提交。"
    return ""


def note_filings(
    session: Session, *, filings: Sequence[Filing], account: Account, chosen: Usable | None
) -> None:
    """Says whose filings they are, so that the whole organisation sees them; nothing for who belongs to none."""
    membership = membership_of(session, account) if chosen is None else None
    if chosen is not None:
        organisation_id = chosen.right.organisation_id
    elif membership is not None and membership.is_verified:
        organisation_id = membership.organisation_id
    else:
        return
    for filing in filings:
        session.merge(
            HeldFiling(
                filing_id=filing.id,
                organisation_id=organisation_id,
                right_id=chosen.right.id if chosen else None,
                authority_id=chosen.authority.id if chosen and chosen.authority else None,
            )
        )


def visible_filing(session: Session, *, account: Account, reference: str, today: dt.date) -> Filing:
    """A filing that the account sent, or that is its organisation's; `NotFound` for another's and for none alike."""
    wanted = select(Filing).where(Filing.reference == normalise(reference), seen_by(account, today=today))
    filing = session.scalar(wanted.options(joinedload(Filing.receipt), joinedload(Filing.identity)))
    if filing is None:
        raise NotFound("没有找到这件提交，请从“我的办件”打开。")
    return filing


def seen_by(account: Account, *, today: dt.date) -> ColumnElement[bool]:
    """The filings that an account sees: what it sent, and all of the organisation that it is confirmed to belong to.

    An agent whose authority has ended no longer sees what was filed under it; the principal does.
    """
    ended = (
        select(HeldFiling.filing_id)
        .join(Authority, Authority.id == HeldFiling.authority_id)
        .where(Authority.agent_id == account.id)
        .where(Authority.revoked_at.is_not(None) | (Authority.ends_on < today))
    )
    mine = select(Filing.id).where(Filing.account_id == account.id, Filing.id.not_in(ended))
    ours = (
        select(HeldFiling.filing_id)
        .join(Membership, Membership.organisation_id == HeldFiling.organisation_id)
        .where(Membership.account_id == account.id, Membership.standing == Standing.VERIFIED)
    )
    return Filing.id.in_(mine.union(ours))  # two index look-ups; an OR would read every filing there is


def refuse_beyond_power(session: Session, *, filing: Filing, account: Account) -> None:
    """Taking a matter back is for the holder, or an agent with special power (Order 121 Art 11); else `ActRefused`."""
    held = session.get(HeldFiling, filing.id)
    if held is None or held.authority_id is None:
        return
    authority = session.get_one(Authority, held.authority_id)
    if authority.agent_id == account.id and authority.power is Power.GENERAL:
        raise ActRefused(
            "您的委托是一般代理，不能撤回或者放弃请求；请由委托人办理，或者换一份特别授权的委托书。"
        )
