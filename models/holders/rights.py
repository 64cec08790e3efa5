"""The verbs of rights: store one with its proofs, verify or refuse it, mend it, end it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.errors import ActRefused, Invalid, NotAllowed, NotFound
from models.filings.right_numbers import NumberForm, form_of
from models.holders.operations import membership_of
from models.holders.tables import Membership, Right
from models.holders.terms import Fault, Standing
from models.kinds import RightType
from models.ledger import record
from models.people.tables import Account


@dataclass(frozen=True)
class RightTold:
    """A right as its holder tells it."""

    right_type: RightType
    title: str
    number: str
    nice_class: int | None = None
    expires_on: dt.date | None = None


def store_right(
    session: Session, *, told: RightTold, actor: Account, now: dt.datetime, today: dt.date
) -> Right:
    """A member stores a right of their organisation; it waits to be verified."""
    membership = verified_member(session, actor)
    _check(told, today)
    _refuse_second(session, membership.organisation_id, told, None)
    right = Right(organisation=membership.organisation, standing=Standing.PENDING, asked_at=now)
    _take(right, told)
    session.add(right)
    session.flush()
    record(session, act="right.store", subject=right, actor=actor, now=now, data={"type": told.right_type})
    return right


def mend_right(
    session: Session, *, right: Right, told: RightTold, actor: Account, now: dt.datetime, today: dt.date
) -> None:
    """Changes a right; whatever was decided about it before, it waits to be verified again."""
    own_right(session, actor, right.id)
    if right.standing is Standing.ENDED:
        raise ActRefused("这项权利已经停用。")
    _check(told, today)
    _refuse_second(session, right.organisation_id, told, right)
    _take(right, told)
    right.standing, right.fault, right.words = Standing.PENDING, None, None
    right.asked_at, right.decided_at, right.decided_by_id = now, None, None
    record(session, act="right.mend", subject=right, actor=actor, now=now)


def verify_right(session: Session, *, right: Right, actor: Account, now: dt.datetime, today: dt.date) -> None:
    """Staff have held the proofs against the right. One without proofs, or over, cannot be verified."""
    _open(right)
    if not right.proofs:
        raise ActRefused("没有证明文件，不能核验通过。")
    if right.has_expired(today):
        raise ActRefused("权利已经到期，不能核验通过。")
    right.standing, right.decided_at, right.decided_by_id = Standing.VERIFIED, now, actor.id
    data = {"proofs": [proof.sha256 for proof in right.proofs]}
    record(session, act="right.verify", subject=right, actor=actor, now=now, data=data)


def refuse_right(
    session: Session, *, right: Right, fault: Fault, words: str, actor: Account, now: dt.datetime
) -> None:
    """The same, refused: the holder is told why and how to mend it."""
    _open(right)
    if fault is Fault.OTHER and not words.strip():
        raise Invalid("请写明原因。", {"words": "请写明原因，以及怎样更正。"})
    right.standing, right.fault, right.words = Standing.REFUSED, fault, words.strip() or None
    right.decided_at, right.decided_by_id = now, actor.id
    record(session, act="right.refuse", subject=right, actor=actor, now=now, data={"fault": fault})


def end_right(session: Session, *, right: Right, actor: Account, now: dt.datetime) -> None:
    """The holder no longer files under it. What was filed stays as it is."""
    own_right(session, actor, right.id)
    if right.standing is not Standing.ENDED:
        right.standing, right.fault, right.words = Standing.ENDED, None, None
        right.decided_at, right.decided_by_id = now, actor.id
        record(session, act="right.end", subject=right, actor=actor, now=now)


def own_right(session: Session, account: Account, right_id: int) -> Right:
    """A right of the account's organisation; `NotFound` for another's and for none alike."""
    membership = membership_of(session, account)
    right = session.get(Right, right_id)
    if membership is None or right is None or right.organisation_id != membership.organisation_id:
        raise NotFound("没有找到这项权利。")
    if not membership.is_verified:
        raise NotFound("没有找到这项权利。")
    return right


def rights_of(session: Session, organisation_id: int) -> list[Right]:
    """The rights of an organisation that are in use or on their way, by kind and number."""
    wanted = select(Right).where(Right.organisation_id == organisation_id, Right.standing != Standing.ENDED)
    return list(session.scalars(wanted.order_by(Right.right_type, Right.number, Right.id)))


def verified_member(session: Session, account: Account) -> Membership:
    """The membership of somebody who was confirmed; `NotAllowed` before that."""
    membership = membership_of(session, account)
    if membership is None or not membership.is_verified:
        raise NotAllowed("单位核验通过以后才能登记权利。")
    return membership


def _open(right: Right) -> None:
    if right.standing is not Standing.PENDING:
        raise ActRefused("这一项已经处理过了。")


def _take(right: Right, told: RightTold) -> None:
    right.right_type, right.title, right.number = told.right_type, told.title.strip(), told.number.strip()
    right.nice_class = told.nice_class if told.right_type is RightType.TRADEMARK else None
    right.expires_on = told.expires_on


def _check(told: RightTold, today: dt.date) -> None:
    errors = {}
    if not told.title.strip():
        errors["title"] = "请填写权利的名称，例如商标文字、专利名称。"
    if not told.number.strip():
        errors["number"] = "请填写证书上的号码；没有号码的作品请填写底稿的名称。"
    elif form_of(told.right_type, told.number) is NumberForm.WRONG_CHECK:
        errors["number"] = "专利号的校验位不对，请照证书核对。"
    if told.expires_on is not None and told.expires_on < today:
        errors["expires_on"] = "这项权利已经到期。续展了的，请填写续展后的到期日。"
    if errors:
        raise Invalid("权利没有登记，请按提示更正。", errors)


def _refuse_second(session: Session, organisation_id: int, told: RightTold, but: Right | None) -> None:
    same = [
        one
        for one in rights_of(session, organisation_id)
        if one is not but
        and (one.right_type, one.number, one.nice_class)
        == (
            told.right_type,
            told.number.strip(),
            told.nice_class if told.right_type is RightType.TRADEMARK else None,
        )
    ]
    if same:
        sentence = "这项权利已经登记过了。"
        raise Invalid(sentence, {"number": sentence})
