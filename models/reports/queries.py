"""Reading returns: one of them, and who of the units in reach has reported a period and who owes it since when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.clocks.book import book
from models.clocks.deadlines import Computed, compute
from models.people.permissions import Permission, units_in_reach
from models.people.roles import UnitKind
from models.people.tables import Account, Unit
from models.reports.definitions import Period, Report
from models.reports.tables import ReportReturn

REPORTING = (UnitKind.PROVINCE, UnitKind.CITY, UnitKind.COUNTY)


@dataclass(frozen=True)
class Standing:
    """A unit and what it has reported of a period, if anything."""

    unit: Unit
    made: ReportReturn | None


def units_reporting(session: Session, account: Account) -> list[Unit]:
    """The bureaus whose reports the person may see, parents first."""
    own, paths = units_in_reach(account, Permission.STATISTICS_VIEW)
    below = [Unit.path.startswith(path, autoescape=True) for path in paths]
    wanted = (or_(Unit.id.in_(own), *below), Unit.kind.in_(REPORTING), Unit.is_active.is_(True))
    return list(session.scalars(select(Unit).where(*wanted).order_by(Unit.path)))


def standings(session: Session, report: Report, period: Period, units: Sequence[Unit]) -> list[Standing]:
    """Each unit with its return, in one query."""
    found = select(ReportReturn).where(
        ReportReturn.report == report.code,
        ReportReturn.period == period.name,
        ReportReturn.unit_id.in_([unit.id for unit in units]),
    )
    by_unit = {one.unit_id: one for one in session.scalars(found)}
    return [Standing(unit, by_unit.get(unit.id)) for unit in units]


def due(session: Session, report: Report, period: Period) -> Computed:
    """Until when a period is to be reported."""
    found = book(session)
    return compute(found.rules.pick(report.due, period.last), period.last, found.calendar)
