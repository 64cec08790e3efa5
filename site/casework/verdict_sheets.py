"""False closing as a table to take away: what became of the closings of each unit that one answers for."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from models.supervision import board
from models.supervision.verdicts import Verdict, verdicts
from models.types import beijing_date, now_utc
from results.exports import csv_export, xlsx_export
from results.taken import CSV, XLSX, taken
from shared.access import account, requires
from shared.database import session

blueprint = Blueprint("verdict_sheets", __name__, url_prefix="/casework/supervision")


@blueprint.post("/closings.<any(csv, xlsx):ending>")
@requires(*board.SEES_BOARD)
def table(ending: str) -> ResponseReturnValue:
    """The figures of the board as a file; shares are of the closings. Taking it is an act in the ledger."""
    now, units = now_utc(), board.units_seen(session, account())
    since = now - board.LOOK_BACK
    ids = [unit.id for unit in units]
    found = verdicts(session, since=since, units=ids, officer=account())
    by_unit = {one.unit_id: one for one in found}
    rows = (_row(unit.code, unit.name, by_unit[unit.id]) for unit in units if unit.id in by_unit)
    if ending == "csv":
        export, content_type = csv_export(rows, bom=True, columns=_columns()), CSV
    else:
        period = (_("统计期"), f"{beijing_date(since)} – {beijing_date(now)}")
        title = _("办结后的评价和申诉")
        export, content_type = (
            xlsx_export(rows, note=[period], columns=_columns(), title=title, reuse=""),
            XLSX,
        )
    name = f"closings-{beijing_date(now)}.{ending}"
    return taken(export, act="statistics.export", name=name, content_type=content_type, actor=account())


def _columns() -> dict[str, str]:
    return {
        "unit_code": _("机构代码"),
        "unit": _("机构"),
        "closed": _("办结"),
        "rated": _("评价"),
        "mean_rating": _("满意度"),
        "disputed": _("被申诉"),
        "share_disputed": _("被申诉的比例"),
        "upheld_and_reopened": _("申诉成立，重新办理"),
        "share_upheld": _("申诉成立的比例"),
        "rejected": _("不成立"),
        "waiting": _("待处理"),
    }


def _row(code: str, name: str, of: Verdict) -> dict[str, str | int | float | None]:
    return {
        "unit_code": code,
        "unit": name,
        "closed": of.closed,
        "rated": of.rated,
        "mean_rating": None if of.mean is None else round(of.mean, 2),
        "disputed": of.disputed,
        "share_disputed": round(of.share_disputed, 4),
        "upheld_and_reopened": of.upheld,
        "share_upheld": round(of.share_upheld, 4),
        "rejected": of.rejected,
        "waiting": of.waiting,
    }
