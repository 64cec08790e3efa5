"""信用信息报送: the decisions of a month as the tables that other systems take, checked before they are sent."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from models.decisions.challenges.queries import changes_to_send_on
from models.decisions.challenges.sending import COLUMNS, change_remarks, change_row
from models.decisions.challenges.tables import Challenge
from models.decisions.queries import to_send_on
from models.decisions.sending import FIRST_ROW, LAYOUTS, Value, remarks, row_of, told_in
from models.decisions.spreadsheet.report import Remark
from models.decisions.tables import Decision
from models.people.permissions import Permission
from models.types import beijing_date, now_utc
from results.exports import csv_export, xlsx_export
from results.taken import CSV, XLSX, taken
from shared.access import account, requires
from shared.database import session

MOST_REMARKS = 200
CHANGES = "gsxt-changes"

blueprint = Blueprint("publishing_exchange", __name__, url_prefix="/casework/decisions/exchange")


@dataclass(frozen=True)
class Checked:
    """One table: how many rows it has, what its receiver would refuse, and where the files are."""

    name: str
    title: str
    rows: int
    remarks: Sequence[tuple[Remark, Decision]]
    problems: Sequence[tuple[str, str, int]]
    files: Sequence[tuple[str, str]]


@blueprint.get("")
@requires(Permission.DECISION_VIEW)
def index() -> ResponseReturnValue:
    """The tables of a month with their checks; every remark leads to its decision."""
    month, present = _month(), _present()
    behind = (month + dt.timedelta(days=31)).replace(day=1)
    decisions = _decisions(month)
    told = {name: told_in(name, decisions) for name in LAYOUTS}
    tables = [_checked(name, told[name], remarks(LAYOUTS[name], told[name]), month) for name in LAYOUTS]
    changes = _changes(month)
    changed = [one.decision for one in changes]
    return render_template(
        "casework/decisions/exchange.html",
        month=month,
        before=f"{month - dt.timedelta(days=1):%Y-%m}",
        behind=f"{behind:%Y-%m}" if behind <= present else "",
        present=f"{present:%Y-%m}",
        decisions=decisions,
        tables=[*tables, _checked(CHANGES, changed, change_remarks(changes), month)],
    )


@blueprint.post(
    "/<any('double-publicity', gsxt, adjudications, 'gsxt-changes'):name>.<any(csv, xlsx):ending>"
)
@requires(Permission.DECISION_VIEW)
def table(name: str, ending: str) -> ResponseReturnValue:
    """One table as a file; taking it is an act in the ledger. An empty month is a table with a header only, which is the zero report."""
    month = _month()
    titles, rows = _table(name, month)
    file = f"{name}-{month:%Y-%m}.{ending}"
    if ending == "csv":
        export, content_type = csv_export(rows, bom=False, columns=titles), CSV
    else:
        note = [
            ("表", _titles()[name]),
            ("变更月份" if name == CHANGES else "决定月份", f"{month:%Y-%m}"),
            ("生成时间", now_utc().isoformat(timespec="seconds")),
        ]
        export, content_type = xlsx_export(rows, note=note, columns=titles), XLSX
    return taken(export, act="decisions.export", name=file, content_type=content_type, actor=account())


def _table(name: str, month: dt.date) -> tuple[Mapping[str, str], Iterator[Mapping[str, Value]]]:
    """The titles of the columns by code, and the rows."""
    if name == CHANGES:
        return COLUMNS, (change_row(one) for one in _changes(month))
    layout = LAYOUTS[name]
    titles = {column.code: column.title for column in layout}
    return titles, (row_of(layout, decision) for decision in told_in(name, _decisions(month)))


def _titles() -> dict[str, str]:
    return {
        "double-publicity": _("双公示行政处罚信息（30 项）"),
        "gsxt": _("国家企业信用信息公示系统"),
        "adjudications": _("行政裁决（决定书另表报送）"),
        CHANGES: _("国家企业信用信息公示系统：变更情形（本月复议、诉讼改变的决定）"),
    }


def _checked(name: str, rows: Sequence[Decision], found: Iterator[Remark], month: dt.date) -> Checked:
    """`rows` are the decisions that the rows of the table are about, in their order."""
    files = [
        (
            ending.upper(),
            url_for("publishing_exchange.table", name=name, ending=ending, month=f"{month:%Y-%m}"),
        )
        for ending in ("xlsx", "csv")
    ]
    first = [(one, rows[one.row - FIRST_ROW]) for one in islice(found, MOST_REMARKS)]
    counted = Counter((one.column, one.message) for one, _decision in first)
    problems = [(column, message, count) for (column, message), count in counted.most_common()]
    return Checked(name, _titles()[name], len(rows), first, problems, files)


def _month() -> dt.date:
    """The first day of the month asked for; of the present one where that has not begun, or cannot be read."""
    year, _dash, month = request.args.get("month", "").partition("-")
    if re.fullmatch(r"(19|20)\d\d", year) and re.fullmatch(r"0[1-9]|1[0-2]", month):
        return min(dt.date(int(year), int(month), 1), _present())
    return _present()


def _present() -> dt.date:
    return beijing_date(now_utc()).replace(day=1)


def _decisions(month: dt.date) -> list[Decision]:
    today = beijing_date(now_utc())
    return to_send_on(session, account(), first=month, last=_last_of(month), today=today)


def _changes(month: dt.date) -> list[Challenge]:
    return changes_to_send_on(session, account(), first=month, last=_last_of(month))


def _last_of(month: dt.date) -> dt.date:
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])
