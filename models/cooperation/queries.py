"""Reading the mechanisms: all of them, one, and whom to write to in a body."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.cooperation.tables import Mechanism, Member
from models.errors import NotFound
from models.people.tables import Unit

_NONE = "没有这个协作机制。"


def mechanisms(session: Session) -> Sequence[Mechanism]:
    """All of them, the newest first."""
    return session.scalars(select(Mechanism).order_by(Mechanism.since_on.desc(), Mechanism.id.desc())).all()


def mechanism_by_id(session: Session, number: int) -> Mechanism:
    """One of them; NotFound."""
    found = session.get(Mechanism, number)
    if found is None:
        raise NotFound(_NONE)
    return found


def member_of(session: Session, mechanism: Mechanism, number: int) -> Member:
    """A member that is there now; NotFound."""
    found = session.get(Member, number)
    if found is None or found.mechanism_id != mechanism.id or found.left_at is not None:
        raise NotFound("这个单位不在这个协作机制里。")
    return found


def contacts_in(session: Session, units: Collection[Unit], *, on: dt.date) -> Sequence[Member]:
    """Whom to write to in these bodies, by the mechanisms in force on that day."""
    wanted = (
        select(Member)
        .join(Mechanism)
        .where(Member.unit_id.in_([unit.id for unit in units]), Member.left_at.is_(None))
        .where(Mechanism.since_on <= on, or_(Mechanism.until_on.is_(None), Mechanism.until_on >= on))
        .order_by(Member.unit_id, Member.id)
    )
    return session.scalars(wanted).all()


def outside_bodies(session: Session) -> list[Unit]:
    """The outside bodies that are known, in the order in which they became so."""
    wanted = select(Unit).where(Unit.is_active, Unit.outside_kind.is_not(None)).order_by(Unit.id)
    return list(session.scalars(wanted))
