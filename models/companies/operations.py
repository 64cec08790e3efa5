"""Verbs on companies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from models.codes.uscc import is_valid_uscc, normalise_uscc
from models.companies.tables import Company, CompanyName
from models.errors import Invalid


@dataclass(frozen=True, slots=True)
class Sighting:
    """A document of `seen_on` that gives the company with this code this name. Raises Invalid for a wrong code."""

    uscc: str
    name: str
    seen_on: dt.date
    is_sole_trader: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "uscc", normalise_uscc(self.uscc))
        if not is_valid_uscc(self.uscc):
            sentence = "统一社会信用代码的校验位不对，请核对 18 位代码。"
            raise Invalid(sentence, {"uscc": sentence})


def note_companies(
    session: Session, sightings: Sequence[Sighting], *, now: dt.datetime
) -> dict[str, Company]:
    """The companies of the sightings by code, made where they are new, with the names they were seen under.

    The newest document names a company; an older one adds a former name. One query, however many there are.
    """
    codes = {sighting.uscc for sighting in sightings}
    wanted = select(Company).where(Company.uscc.in_(codes)).options(selectinload(Company.names))
    known = {company.uscc: company for company in session.scalars(wanted)} if codes else {}
    for sighting in sightings:
        company = known.get(sighting.uscc)
        if company is None:
            company = known[sighting.uscc] = _new(sighting, now)
            session.add(company)
        elif all(sighting.seen_on >= name.last_seen_on for name in company.names):
            company.name = sighting.name
        _note_name(company, sighting)
    return known


def _new(sighting: Sighting, now: dt.datetime) -> Company:
    return Company(
        uscc=sighting.uscc, name=sighting.name, is_sole_trader=sighting.is_sole_trader, created_at=now
    )


def _note_name(company: Company, sighting: Sighting) -> None:
    for known in company.names:
        if known.name == sighting.name:
            known.first_seen_on = min(known.first_seen_on, sighting.seen_on)
            known.last_seen_on = max(known.last_seen_on, sighting.seen_on)
            return
    company.names.append(
        CompanyName(name=sighting.name, first_seen_on=sighting.seen_on, last_seen_on=sighting.seen_on)
    )
