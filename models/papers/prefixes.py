"""机关代字: set in the bureau's profile, confirmed by a head before the first number is drawn under it, and again when it changes.

A number once used cannot be taken back, so what stands before it is looked at first by whoever answers for it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, joinedload

from models.errors import ActRefused
from models.ledger import record
from models.papers.numbers import draw, written
from models.papers.tables import PrefixConfirmation
from models.people.permissions import OfUnit, Permission, can, units_in_reach
from models.people.profiles import BureauProfile, UnitSpec
from models.people.tables import Account, Unit
from models.types import beijing_date
from models.wording import said


@dataclass(frozen=True, slots=True)
class Prefix:
    """`text` as it stands on papers; `owner` is the code of the unit whose it is."""

    owner: str
    text: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One prefix on the page of a head: whose it is, how a number looks, who said so, and who shares it."""

    owner: Unit
    text: str
    example: str
    shared_by: tuple[Unit, ...]
    confirmation: PrefixConfirmation | None
    may_confirm: bool


def prefix_of(profile: BureauProfile, unit_code: str) -> Prefix:
    """That of the unit, or of the nearest above it that has one: units that share it share the series."""
    specs = {one.code: one for one in profile.units}
    spec: UnitSpec | None = specs.get(unit_code)
    while spec is not None and spec.code != profile.bureau.unit:
        if spec.paper_prefix:
            return Prefix(spec.code, spec.paper_prefix)
        spec = specs.get(spec.parent or "")
    return Prefix(profile.bureau.unit, profile.authority.paper_prefix or profile.authority.document_prefix)


def next_number(
    session: Session, *, profile: BureauProfile, unit: Unit, word: str, now: dt.datetime
) -> tuple[str, int, int]:
    """Series, year and number of the unit's next paper of that word; ActRefused before a head has confirmed the prefix."""
    prefix = prefix_of(profile, unit.code)
    owner = _unit(session, prefix.owner)
    if _in_force(prefix, _newest(session, [owner.id]).get(owner.id)) is None:
        raise ActRefused(
            said(
                "机关代字“%(prefix)s”还没有确认，不能编文号；请%(unit)s的负责人在“待批公文”页核对并确认。",
                prefix=prefix.text,
                unit=owner.name,
            )
        )
    series = prefix.text + word
    return series, *draw(session, series=series, now=now)


def confirm(
    session: Session, *, profile: BureauProfile, unit: Unit, text: str, actor: Account, now: dt.datetime
) -> PrefixConfirmation:
    """确认机关代字: `text` is what the head has read. Doing so twice changes nothing."""
    prefix = prefix_of(profile, unit.code)
    if prefix.owner != unit.code:
        raise ActRefused("这个机构没有自己的机关代字，用上级机构的。")
    if text != prefix.text:
        raise ActRefused("机关代字的设置已经改变，请核对新的代字以后再确认。")
    known = _in_force(prefix, _newest(session, [unit.id]).get(unit.id))
    if known is not None:
        return known
    made = PrefixConfirmation(unit_id=unit.id, prefix=text, confirmed_by=actor, confirmed_at=now)
    session.add(made)
    session.flush()
    record(
        session,
        act="prefix.confirm",
        subject=made,
        actor=actor,
        now=now,
        data={"unit": unit.id, "prefix": text},
    )
    return made


def prefixes_for(
    session: Session, *, profile: BureauProfile, account: Account, word: str, now: dt.datetime
) -> list[Shown]:
    """Those under which the units that the account answers for number their papers."""
    own, paths = units_in_reach(account, Permission.PAPER_APPROVE)
    below = [Unit.path.startswith(path, autoescape=True) for path in paths]
    wanted = select(Unit).where(Unit.is_active, Unit.outside_kind.is_(None), or_(Unit.id.in_(own), *below))
    sharing: dict[Prefix, list[Unit]] = {}
    for unit in session.scalars(wanted.order_by(Unit.path)):
        sharing.setdefault(prefix_of(profile, unit.code), []).append(unit)
    owners = {
        unit.code: unit
        for unit in session.scalars(select(Unit).where(Unit.code.in_([one.owner for one in sharing])))
    }
    newest = _newest(session, [unit.id for unit in owners.values()])
    return [
        Shown(
            owner=owners[prefix.owner],
            text=prefix.text,
            example=written(prefix.text + word, beijing_date(now).year, 1),
            shared_by=tuple(unit for unit in units if unit.code != prefix.owner),
            confirmation=_in_force(prefix, newest.get(owners[prefix.owner].id)),
            may_confirm=can(account, Permission.PAPER_APPROVE, OfUnit(owners[prefix.owner])),
        )
        for prefix, units in sharing.items()
        if prefix.owner in owners  # a profile may name a unit that this office has not set up
    ]


def _unit(session: Session, code: str) -> Unit:
    return session.scalars(select(Unit).where(Unit.code == code)).one()


def _newest(session: Session, unit_ids: Iterable[int]) -> Mapping[int, PrefixConfirmation]:
    """The newest confirmation of each unit."""
    newest = (
        select(func.max(PrefixConfirmation.id))
        .where(PrefixConfirmation.unit_id.in_(list(unit_ids)))
        .group_by(PrefixConfirmation.unit_id)
    )
    found = select(PrefixConfirmation).where(PrefixConfirmation.id.in_(newest))
    rows = session.scalars(
        found.options(joinedload(PrefixConfirmation.confirmed_by).lazyload(Account.assignments))
    )
    return {one.unit_id: one for one in rows}


def _in_force(prefix: Prefix, newest: PrefixConfirmation | None) -> PrefixConfirmation | None:
    return newest if newest is not None and newest.prefix == prefix.text else None
