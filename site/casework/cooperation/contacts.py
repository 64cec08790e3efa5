"""Whom to write to in outside bodies, for the pages on which a letter is drafted."""

from __future__ import annotations

from collections.abc import Sequence

from models.cooperation.queries import contacts_in
from models.cooperation.tables import Member
from models.people.tables import Unit
from models.types import beijing_date, now_utc
from shared.database import session


def contacts_for(units: Sequence[Unit]) -> Sequence[Member]:
    """The contacts that hold today in those of the units that are outside bodies."""
    bodies = [unit for unit in units if unit.is_outside]
    return contacts_in(session, bodies, on=beijing_date(now_utc())) if bodies else ()


def address_at(members: Sequence[Member], unit_id: int) -> str:
    """The address for mail of the body, by the first mechanism that names one; "" where none does."""
    return next((one.email for one in members if one.unit_id == unit_id and one.email), "")
