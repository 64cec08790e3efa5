"""Disputes abroad 海外纠纷 under way: of applications for aid, those that hurry first; and how many there are by country."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, contains_eager

from models.aid.terms import Abroad, application_in
from models.cases.sight import OPEN, Sight
from models.cases.tables import Case
from models.filings.tables import Filing
from models.kinds import Track

_COUNTRY = Filing.data[("aid", "abroad", "country")].as_string()
_DUE_ON = Filing.data[("aid", "abroad", "due_on")].as_string()
_NEVER = "9999-12-31"


@dataclass(frozen=True, slots=True)
class Dispute:
    """A case with what the applicant said of the dispute."""

    case: Case
    abroad: Abroad


def disputes(session: Session, sight: Sight, *, country: str = "", limit: int) -> list[Dispute]:
    """Open ones in sight; by the next date that must be kept abroad, those without one last, the older first."""
    wanted = select(Case).join(Case.filing).options(contains_eager(Case.filing)).where(*_under_way(sight))
    if country:
        wanted = wanted.where(country == _COUNTRY)
    ordered = wanted.order_by(func.coalesce(_DUE_ON, _NEVER), Case.id)
    found = session.scalars(ordered.limit(limit)).unique().all()
    told = ((case, application_in(case.filing.data)) for case in found)
    return [Dispute(case, one.abroad) for case, one in told if one and one.abroad]


def disputes_by_country(session: Session, sight: Sight) -> dict[str, int]:
    """How many open ones in sight each country has."""
    counted = select(_COUNTRY, func.count()).select_from(Case).join(Case.filing).where(*_under_way(sight))
    return dict(iter(session.execute(counted.group_by(_COUNTRY))))


def _under_way(sight: Sight) -> tuple[ColumnElement[bool], ...]:
    return OPEN, Case.track == Track.AID, _COUNTRY.is_not(None), sight.visible_if_open()  # type: ignore[return-value]
