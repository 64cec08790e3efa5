"""The verbs of the pool: take somebody in for a term, mend the entry, let somebody go."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from models.cases.moves import required
from models.codes.text import compact
from models.errors import ENTRY_HAS_CHANGED, ActRefused, Conflict, Invalid
from models.experts.tables import Expert
from models.experts.terms import ExpertKind
from models.kinds import RightType
from models.ledger import record
from models.people.tables import Account, Unit
from models.wording import said

LONGEST_NAME = 100
LONGEST_LINE = 200


@dataclass(frozen=True, slots=True)
class Entry:
    """What the pool knows of somebody. `interests`: one a line; `regions` empty: wherever."""

    name: str
    employer: str
    contact: str
    fields: tuple[str, ...]
    from_on: dt.date
    until_on: dt.date
    employer_uscc: str = ""
    interests: str = ""
    speciality: str = ""
    regions: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    kind: ExpertKind = ExpertKind.EXPERT


def add(session: Session, *, unit: Unit, entry: Entry, actor: Account, now: dt.datetime) -> Expert:
    """聘任: a new entry of the pool of `unit`. Invalid by field."""
    made = Expert(unit=unit, added_by_id=actor.id, added_at=now)
    with session.no_autoflush:
        _write(made, entry)
        session.add(made)
    session.flush()
    record(session, act="expert.add", subject=made, actor=actor, now=now, data=_facts(made))
    return made


def amend(session: Session, *, expert: Expert, entry: Entry, actor: Account, now: dt.datetime) -> Expert:
    """Mends the entry; a longer term 续聘 is one, too."""
    if expert.left_at is not None:
        raise ActRefused("已经解聘，不能再修改。")
    with session.no_autoflush:
        _write(expert, entry)
    try:
        session.flush()
    except StaleDataError as error:
        raise Conflict(ENTRY_HAS_CHANGED) from error
    record(session, act="expert.amend", subject=expert, actor=actor, now=now, data=_facts(expert))
    return expert


def let_go(session: Session, *, expert: Expert, reasons: str, actor: Account, now: dt.datetime) -> Expert:
    """解聘, with reasons; what was asked before stays as it is."""
    if expert.left_at is not None:
        raise ActRefused("已经解聘，不用重复办理。")
    words = required(reasons, field="reasons", sentence="请写明解聘的理由。")
    with session.no_autoflush:
        expert.left_at, expert.left_reasons = now, words
    session.flush()
    record(session, act="expert.let_go", subject=expert, actor=actor, now=now, data={"unit": expert.unit_id})
    return expert


def _write(expert: Expert, entry: Entry) -> None:
    expert.kind = entry.kind
    errors: dict[str, str] = {}
    if not set(entry.fields) or not set(entry.fields) <= set(RightType):
        errors["fields"] = said("请选择专业领域。")
    if entry.until_on < entry.from_on:
        errors["until_on"] = said("聘期的最后一天不能早于第一天。")
    if errors:
        raise Invalid(next(iter(errors.values())), errors)
    expert.name = required(entry.name, field="name", sentence="请填写姓名。")[:LONGEST_NAME]
    expert.employer = required(entry.employer, field="employer", sentence="请填写工作单位。")[:LONGEST_LINE]
    expert.contact = required(entry.contact, field="contact", sentence="请填写联系方式。")[:LONGEST_LINE]
    expert.employer_uscc = compact(entry.employer_uscc)[:18] or None
    expert.interests, expert.speciality = entry.interests.strip(), entry.speciality.strip()[:LONGEST_LINE]
    expert.fields, expert.regions = list(entry.fields), list(entry.regions)
    expert.countries = list(entry.countries)
    expert.from_on, expert.until_on = entry.from_on, entry.until_on


def _facts(expert: Expert) -> dict[str, object]:
    """For the ledger: nothing of the person."""
    return {
        "unit": expert.unit_id,
        "kind": expert.kind,
        "fields": expert.fields,
        "from": expert.from_on.isoformat(),
        "until": expert.until_on.isoformat(),
    }
