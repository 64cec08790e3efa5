"""Which report, period and unit an address means, as far as the person may see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from models.errors import NotFound
from models.people.permissions import Permission, can
from models.people.tables import Account, Unit
from models.reports.definitions import Period, Report, report_named, reports
from models.reports.queries import Standing, standings, units_reporting
from models.supervision.operations import OfUnit
from models.types import beijing_date, now_utc
from shared.access import account
from shared.database import session
from shared.i18n import label

ADDRESS = "/<code>/<period>/<int:unit_id>"


@dataclass(frozen=True)
class Asked:
    """One unit's return, made or not."""

    report: Report
    period: Period
    standing: Standing

    @property
    def address(self) -> dict[str, Any]:
        """For url_for."""
        return {"code": self.report.code, "period": self.period.name, "unit_id": self.standing.unit.id}


def report_and_period(code: str, period: str) -> tuple[Report, Period]:
    """The version that was in force when the period ended; a period that has not begun is none."""
    newest = next((one for one in reversed(reports()) if one.code == code), None)
    if newest is None:
        raise NotFound(_("没有这张报表。"))
    found = newest.period(period)
    if found.first > beijing_date(now_utc()):
        raise NotFound(_("没有这个统计期。"))
    return report_named(code, found.last), found


def asked(code: str, period: str, unit_id: int) -> Asked:
    """The return that an address means; NotFound where the unit is out of reach."""
    report, found = report_and_period(code, period)
    unit = next((one for one in units_reporting(session, account()) if one.id == unit_id), None)
    if unit is None:
        raise NotFound(_("没有找到这个机构。"))
    return Asked(report, found, standings(session, report, found, [unit])[0])


def heads(report: Report) -> list[Any]:
    """The head of the table of figures."""
    return [_("项目"), *((label(column.title), "number") for column in report.columns)]


def may_report(officer: Account, unit: Unit) -> bool:
    """Whether the officer reports for that unit."""
    return can(officer, Permission.STATISTICS_REPORT, OfUnit(unit))
