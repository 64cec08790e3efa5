"""A return, or the sum of the units that have reported, as XLSX and CSV: figures are numbers, titles and codes text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from casework.reports.loading import ADDRESS, asked, report_and_period
from models.people.permissions import Permission
from models.reports.counting import figures_of, summed
from models.reports.definitions import Period, Report
from models.reports.queries import standings, units_reporting
from models.types import beijing_date, now_utc
from results.exports import csv_export, xlsx_export
from results.taken import CSV, XLSX, taken
from shared.access import account, requires
from shared.database import session
from shared.formats import day_text

ENDING = "<any(csv, xlsx):ending>"

blueprint = Blueprint("report_sheets", __name__, url_prefix="/casework/reports")


@blueprint.post(f"{ADDRESS}.{ENDING}")
@requires(Permission.STATISTICS_VIEW)
def one(code: str, period: str, unit_id: int, ending: str) -> ResponseReturnValue:
    """The return of one unit: as it stands after corrections, or as it would be reported now."""
    found = asked(code, period, unit_id)
    made, unit = found.standing.made, found.standing.unit
    live = figures_of(session, found.report, found.period, unit.id)
    figures = made.present if made else {cell: figure.value for cell, figure in live.items()}
    note = [("报送单位", unit.name)]
    if made:
        note += [("填表人", made.reported_by.display_name), ("审核人", made.checked_by)]
        note += [("报送日期", day_text(made.reported_at)), ("零报告", "是" if made.is_zero else "否")]
        note += [(f"更正 {one.cell}", f"{one.old} → {one.new}：{one.reason}") for one in made.corrections]
    else:
        note.append(("报送日期", "尚未报出"))
    return _answer(found.report, found.period, figures, note, ending, f"{code}-{period}-{unit.code}")


@blueprint.post(f"/<code>/<period>/sum.{ENDING}")
@requires(Permission.STATISTICS_VIEW)
def total(code: str, period: str, ending: str) -> ResponseReturnValue:
    """The sum of what the units in reach have reported; who has not is named."""
    report, found = report_and_period(code, period)
    all_of_them = standings(session, report, found, units_reporting(session, account()))
    made = [one.made for one in all_of_them if one.made]
    missing = "、".join(one.unit.name for one in all_of_them if not one.made) or "无"
    note = [("已报送（家）", str(len(made))), ("未报送", missing)]
    return _answer(report, found, summed([one.present for one in made]), note, ending, f"{code}-{period}-sum")


def _answer(
    report: Report,
    period: Period,
    figures: Mapping[str, str],
    note: list[tuple[str, str]],
    ending: str,
    name: str,
) -> ResponseReturnValue:
    columns = {"code": "编码", "title": "项目", **{one.code: one.title for one in report.columns}}
    rows = _rows(report, figures)
    if ending == "csv":
        export, content_type = csv_export(rows, bom=True, columns=columns), CSV
    else:
        head = [("表", report.title), ("依据", report.basis), ("统计期", f"{period.first} 至 {period.last}")]
        made_on = [("生成日期", str(beijing_date(now_utc())))]
        export = xlsx_export(rows, note=[*head, *note, *made_on], columns=columns, title=_("报表"))
        content_type = XLSX
    file = f"{name}.{ending}"
    return taken(export, act="statistics.export", name=file, content_type=content_type, actor=account())


def _rows(report: Report, figures: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    for row in report.rows:
        cells = {column.code: figures.get(f"{row.code}.{column.code}", "") for column in report.columns}
        yield {
            "code": row.code,
            "title": row.title,
            **{code: _number(value) for code, value in cells.items()},
        }


def _number(value: str) -> Decimal | int | None:
    if not value:
        return None
    return Decimal(value) if "." in value else int(value)
