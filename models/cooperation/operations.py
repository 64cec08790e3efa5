"""Keeping the mechanisms: agree on one, change it, let bodies join and leave."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from sqlalchemy.orm import Session

from models.cooperation.tables import Mechanism, Member
from models.cooperation.terms import Scope
from models.errors import Invalid
from models.ledger import record
from models.people.tables import Account, Unit
from models.plain import plain
from models.wording import said

_EMAIL = re.compile(r"[^\s@]{1,64}@[^\s@]+\.[^\s@.]{2,}")
_LONGEST = {"name": 100, "document_number": 100, "covers": 2000, "office": 100, "contact": 50, "phone": 50}


@dataclass(frozen=True)
class Agreement:
    """What was agreed, as an officer writes it down."""

    name: str
    scope: Scope
    covers: str
    since_on: dt.date
    until_on: dt.date | None = None
    document_number: str = ""


@dataclass(frozen=True)
class Contact:
    """Whom to ask for in a body."""

    office: str
    contact: str = ""
    phone: str = ""
    email: str = ""


def keep(
    session: Session, *, mechanism: Mechanism | None, agreement: Agreement, actor: Account, now: dt.datetime
) -> Mechanism:
    """Notes a new mechanism, or changes a known one. Invalid names every field that is wrong."""
    words = _tidy(name=agreement.name, covers=agreement.covers, document_number=agreement.document_number)
    errors = _too_long(words)
    if not words["name"]:
        errors["name"] = said("请填写协作机制的名称。")
    if not words["covers"]:
        errors["covers"] = said("请写明协作的事项。")
    if agreement.until_on and agreement.until_on < agreement.since_on:
        errors["until_on"] = said("结束的日期应当不早于开始的日期。")
    if errors:
        raise Invalid(next(iter(errors.values())), errors)
    act = "mechanism.change" if mechanism else "mechanism.open"
    kept = mechanism or Mechanism(members=[])
    kept.name, kept.covers, kept.scope = words["name"], words["covers"], agreement.scope
    kept.document_number = words["document_number"] or None
    kept.since_on, kept.until_on = agreement.since_on, agreement.until_on
    kept.kept_by, kept.kept_at = actor, now
    session.add(kept)
    session.flush()
    record(session, act=act, subject=kept, actor=actor, now=now)
    return kept


def join(
    session: Session, *, mechanism: Mechanism, unit: Unit, contact: Contact, actor: Account, now: dt.datetime
) -> Member:
    """The body joins; one that is there already gets this contact from now on."""
    words = _tidy(office=contact.office, contact=contact.contact, phone=contact.phone)
    errors, email = _too_long(words), plain(contact.email)
    if not unit.is_outside or not unit.is_active:
        errors["unit"] = said("请选择一个外部单位。")
    if not words["office"]:
        errors["office"] = said("请填写对口的处室。")
    if email and not _EMAIL.fullmatch(email):
        errors["email"] = said("邮箱的写法不对，例如 name@example.com。")
    if errors:
        raise Invalid(next(iter(errors.values())), errors)
    before = next((one for one in mechanism.members if one.unit_id == unit.id), None)
    if before is not None:
        before.left_at = now
        session.flush()
    made = Member(mechanism_id=mechanism.id, unit_id=unit.id, office=words["office"], email=email or None)
    made.contact, made.phone = words["contact"] or None, words["phone"] or None
    session.add(made)
    session.flush()
    data = {"member": made.id, "unit": unit.id}
    record(session, act="mechanism.join", subject=mechanism, actor=actor, now=now, data=data)
    session.expire(mechanism, ["members"])
    return made


def leave(session: Session, *, member: Member, actor: Account, now: dt.datetime) -> None:
    """The body is a member no more. Doing so twice changes nothing."""
    if member.left_at is not None:
        return
    member.left_at = now
    session.flush()
    data = {"member": member.id, "unit": member.unit_id}
    record(session, act="mechanism.leave", subject=member.mechanism, actor=actor, now=now, data=data)
    session.expire(member.mechanism, ["members"])


def _tidy(**words: str) -> dict[str, str]:
    return {name: plain(text) for name, text in words.items()}


def _too_long(words: dict[str, str]) -> dict[str, str]:
    return {
        name: said("最多 %(most)s 个字，请删减。", most=_LONGEST[name])
        for name, text in words.items()
        if len(text) > _LONGEST[name]
    }
