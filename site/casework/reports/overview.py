"""The reports by period: which units have reported, which still owe it and until when, and their sum."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from casework.reports.loading import heads, report_and_period
from journey.deadlines import LIGHT_NAMES
from models.clocks.deadlines import Computed
from models.clocks.terms import Light
from models.people.permissions import Permission
from models.reports.counting import summed
from models.reports.definitions import Period, Report, reports
from models.reports.queries import Standing, due, standings, units_reporting
from models.types import beijing_date, now_utc
from shared.access import account, requires
from shared.components import FacetValue
from shared.database import session
from shared.i18n import label

PERIODS = 6
SOON = dt.timedelta(days=3)

blueprint = Blueprint("reports", __name__, url_prefix="/casework/reports")


@dataclass(frozen=True)
class Line:
    """One unit in the table."""

    standing: Standing
    light: str


@blueprint.get("")
@requires(Permission.STATISTICS_VIEW)
def index() -> ResponseReturnValue:
    """One report and period at a time; without a choice the period that is owed now."""
    today = beijing_date(now_utc())
    newest = {one.code: one for one in reports()}
    chosen = newest.get(request.args.get("report", ""), next(iter(newest.values())))
    begun = chosen.periods_before(today, PERIODS)
    name = request.args.get("period", "") or begun[1].name
    report, period = report_and_period(chosen.code, name)
    found = standings(session, report, period, units_reporting(session, account()))
    until = due(session, report, period)
    made = [one.made for one in found if one.made]
    return render_template(
        "casework/reports/index.html",
        report=report,
        period=period,
        reports=[_choice(one, period, one.code == report.code) for one in newest.values()],
        periods=[_period(report, one, period) for one in begun],
        lines=[Line(one, _light(one, period, until, today)) for one in found],
        until=until,
        total=summed([one.present for one in made]),
        made=len(made),
        heads=heads(report),
    )


def _choice(report: Report, period: Period, chosen: bool) -> FacetValue:
    same = {"period": period.name} if chosen else {}
    return FacetValue(label(report.title), 0, url_for(".index", report=report.code, **same), chosen)


def _period(report: Report, one: Period, chosen: Period) -> FacetValue:
    address = url_for(".index", report=report.code, period=one.name)
    return FacetValue(one.name, 0, address, one.name == chosen.name)


def _light(one: Standing, period: Period, until: Computed, today: dt.date) -> str:
    """Of what is not reported: nothing is owed before the period has ended."""
    if one.made:
        return LIGHT_NAMES[
            Light.MET_LATE if beijing_date(one.made.reported_at) > until.legal_end else Light.MET
        ]
    if today <= period.last:
        return "waiting"
    if today > until.legal_end:
        return "late"
    return "soon" if until.alert_on - today <= SOON else "fine"
