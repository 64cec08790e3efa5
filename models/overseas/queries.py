"""Reads: the observers, and those to be warned."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.errors import NotFound
from models.overseas.tables import Observer

MOST = 1000  # entries of the list


def observers(session: Session, *, country: str = "", past: bool = False) -> list[Observer]:
    """Those in the list, or with `past` those that left it, by name; `country`: who trades there."""
    chosen = Observer.left_at.is_not(None) if past else Observer.left_at.is_(None)
    found = session.scalars(select(Observer).where(chosen).order_by(Observer.name, Observer.id).limit(MOST))
    return [one for one in found if not country or one.is_about(country)]


def observer_numbered(session: Session, number: int) -> Observer:
    """One entry; NotFound."""
    found = session.get(Observer, number)
    if found is None:
        raise NotFound("名录里没有这个单位。")
    return found


def observer_named(session: Session, name: str) -> Observer | None:
    """The one in the list that has this name."""
    return session.scalar(select(Observer).where(Observer.name == name, Observer.left_at.is_(None)))


def to_be_warned(session: Session, country: str) -> Sequence[Observer]:
    """Who trades in that country and gave an address for warnings."""
    return [one for one in observers(session, country=country) if one.email]
