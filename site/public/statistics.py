"""`/statistics`: how punctual the bureau is, month by month, by kind of limit and by unit, for people and for programs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from flask import Blueprint, jsonify, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from models.clocks.book import book
from models.clocks.tables import SubjectKind
from models.people.tables import Unit
from models.supervision.publishable import Shown, publishable
from models.supervision.rates import Cell, Rate, monthly_rates, months_before, summed
from models.supervision.verdicts import LEAST, verdicts
from models.types import beijing_date, beijing_midnight, now_utc
from shared.access import public
from shared.database import session
from shared.limits import limited

blueprint = Blueprint("statistics", __name__)

MONTHS = 12
NOTHING = Rate()


@dataclass(frozen=True)
class Figures:
    """Limits set by law that ended in the last twelve months, the present one included."""

    months: Sequence[tuple[dt.date, Rate, Rate]]  # first day, answers, publications
    rules: Sequence[tuple[str, str, str, Rate]]  # id, title, basis, rate
    units: Sequence[tuple[str, Rate]]  # name, rate; only units in which something ended
    closings: Sequence[tuple[str, Shown]]  # name of the unit, what is published of its closings
    closings_total: Shown
    least: int
    as_of: dt.datetime


@blueprint.get("/statistics")
@public
def index() -> ResponseReturnValue:
    """The page."""
    return render_template("public/statistics.html", figures=_figures(now_utc()))


@blueprint.get("/statistics.json")
@public
@limited("api", unsafe_only=False)
def data() -> ResponseReturnValue:
    """The same figures for programs; a rate is null where nothing ended."""
    found = _figures(now_utc())
    return jsonify(
        {
            "months": [
                {
                    "month": f"{month:%Y-%m}",
                    "answers": _document(answers),
                    "publications": _document(published),
                }
                for month, answers, published in found.months
            ],
            "rules": [
                {"rule": rule_id, "title": title, "basis": basis, **_document(rate)}
                for rule_id, title, basis, rate in found.rules
            ],
            "units": [{"unit": name, **_document(rate)} for name, rate in found.units],
            "closings": [{"unit": name, **asdict(one)} for name, one in found.closings],
            "closings_total": asdict(found.closings_total),
            "_meta": {"as_of": found.as_of.isoformat(), "zone": "Asia/Shanghai"},
        }
    )


def _figures(now: dt.datetime) -> Figures:
    """A fixed number of queries, whatever the amount of data."""
    rules = book(session).rules
    promises = {rule.id for rule in rules if rule.is_local_promise}
    months = months_before(beijing_date(now), MONTHS)
    cells = [cell for cell in monthly_rates(session, months=months, now=now) if cell.rule_id not in promises]
    answers = _by_month(cells, SubjectKind.CASE)
    published = _by_month(cells, SubjectKind.DECISION)
    units = session.execute(select(Unit.id, Unit.name).order_by(Unit.path))
    names = {row.id: row.name for row in units}
    judged = [one for one in verdicts(session, since=beijing_midnight(months[0])) if one.unit_id in names]
    whole, rows = publishable(judged)
    by_unit = summed(cells, "unit_id")
    latest = {rule_id: rules.versions(rule_id)[-1] for rule_id in rules.ids}
    return Figures(
        months=[(month, answers.get(month, NOTHING), published.get(month, NOTHING)) for month in months],
        rules=[
            (str(rule_id), latest[str(rule_id)].title, latest[str(rule_id)].basis, rate)
            for rule_id, rate in sorted(summed(cells, "rule_id").items(), key=lambda pair: str(pair[0]))
        ],
        units=[(name, by_unit[unit_id]) for unit_id, name in names.items() if unit_id in by_unit],
        closings=[(names[one.unit_id], row) for one, row in zip(judged, rows, strict=True)],
        closings_total=whole,
        least=LEAST,
        as_of=now,
    )


def _by_month(cells: Sequence[Cell], kind: SubjectKind) -> Mapping[object, Rate]:
    return summed([cell for cell in cells if cell.kind is kind], "month")


def _document(rate: Rate) -> dict[str, Any]:
    share = None if rate.share is None else round(rate.share, 4)
    return {"ended": rate.ended, "in_time": rate.in_time, "rate": share}
