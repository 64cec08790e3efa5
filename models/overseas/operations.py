"""The verbs of the observers: take one in, mend the entry, let it go."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from models.codes.uscc import is_valid_uscc, normalise_uscc
from models.errors import ENTRY_HAS_CHANGED, ActRefused, Conflict, Invalid
from models.ledger import record
from models.overseas.countries import COUNTRIES
from models.overseas.queries import observer_named
from models.overseas.tables import Observer
from models.overseas.terms import ObserverKind
from models.people.tables import Account, Unit
from models.plain import plain
from models.wording import said

_EMAIL = re.compile(r"[^\s@]{1,64}@[^\s@]+\.[^\s@.]{2,}")
LONGEST = {"name": 200, "products": 200, "contact": 100, "email": 254}


@dataclass(frozen=True, slots=True)
class Entry:
    """What the list knows of an observer."""

    kind: ObserverKind
    name: str
    products: str
    since_on: dt.date
    uscc: str = ""
    countries: tuple[str, ...] = ()
    contact: str = ""
    email: str = ""


def add(session: Session, *, unit: Unit, entry: Entry, actor: Account, now: dt.datetime) -> Observer:
    """Takes an observer into the list of `unit`. Invalid by field."""
    made = Observer(unit=unit, added_by=actor, added_at=now)
    with session.no_autoflush:
        _write(session, made, entry)
        session.add(made)
    session.flush()
    record(session, act="observer.add", subject=made, actor=actor, now=now, data=_facts(made))
    return made


def amend(
    session: Session, *, observer: Observer, entry: Entry, actor: Account, now: dt.datetime
) -> Observer:
    """Mends the entry."""
    if observer.left_at is not None:
        raise ActRefused(said("已经退出，不能再修改。"))
    with session.no_autoflush:
        _write(session, observer, entry)
    try:
        session.flush()
    except StaleDataError as error:
        raise Conflict(ENTRY_HAS_CHANGED) from error
    record(session, act="observer.amend", subject=observer, actor=actor, now=now, data=_facts(observer))
    return observer


def let_go(
    session: Session, *, observer: Observer, reasons: str, actor: Account, now: dt.datetime
) -> Observer:
    """It observes no more: no warning goes there, and its contact is forgotten."""
    if observer.left_at is not None:
        raise ActRefused(said("已经退出，不用重复办理。"))
    words = plain(reasons)
    if not words:
        sentence = said("请写明退出的原因。")
        raise Invalid(sentence, {"reasons": sentence})
    with session.no_autoflush:
        observer.left_at, observer.left_reasons = now, words
        observer.contact = observer.email = None
    session.flush()
    record(session, act="observer.let_go", subject=observer, actor=actor, now=now, data=_facts(observer))
    return observer


def _write(session: Session, observer: Observer, entry: Entry) -> None:
    words = {name: plain(getattr(entry, name)) for name in LONGEST}
    uscc = normalise_uscc(entry.uscc)
    errors: dict[str, str] = {
        name: said("最多 %(most)s 个字，请删减。", most=LONGEST[name])
        for name, text in words.items()
        if len(text) > LONGEST[name]
    }
    known = observer_named(session, words["name"])
    if not words["name"]:
        errors["name"] = said("请填写名称。")
    elif known is not None and known is not observer:
        errors["name"] = said("这个单位已经在名录里。")
    if not words["products"]:
        errors["products"] = said("请写明产品或者行业。")
    if uscc and not is_valid_uscc(uscc):
        errors["uscc"] = said("统一社会信用代码不对，请核对 18 位。")
    if words["email"] and not _EMAIL.fullmatch(words["email"]):
        errors["email"] = said("邮箱的写法不对，例如 name@example.com。")
    if not set(entry.countries) <= COUNTRIES.keys():
        errors["countries"] = said("请从所列的国家和地区中选择。")
    if errors:
        raise Invalid(next(iter(errors.values())), errors)
    observer.kind, observer.name, observer.products = entry.kind, words["name"], words["products"]
    observer.uscc, observer.countries = uscc or None, list(entry.countries)
    observer.contact, observer.email = words["contact"] or None, words["email"] or None
    observer.since_on = entry.since_on


def _facts(observer: Observer) -> dict[str, object]:
    """For the ledger: nothing of the person who answers there."""
    return {"unit": observer.unit_id, "kind": observer.kind, "countries": observer.countries}
