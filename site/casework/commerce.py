"""The export of the cases of online selling, under /casework/commerce: a spreadsheet, or JSON, in a documented form."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from models.cases.queue import sight_of
from models.commerce.exchange import (
    COLUMNS,
    FORM,
    count_between,
    note_export,
    rows_between,
    why_not_days,
)
from models.people.permissions import Permission
from models.types import BEIJING, beijing_date, now_utc
from results.exports import Export, chunks, finished, xlsx_export
from shared.access import account, requires
from shared.database import session
from shared.fields import Answered, DateField, Radios
from shared.forms import Form
from shared.i18n import label
from shared.services import services

blueprint = Blueprint("commerce_export", __name__, url_prefix="/casework/commerce")
MEDIA = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


class ExportForm(Form):
    """Which days, in which form."""

    since = DateField(_l("从哪一天起收到的"), [Answered(_l("请填写开始的日期。"))])
    until = DateField(_l("到哪一天"), [Answered(_l("请填写结束的日期。"))])
    ending = Radios(
        _l("文件"),
        [Answered(_l("请选择一种文件。"))],
        choices=[("xlsx", _l("表格（XLSX）")), ("json", "JSON")],
        default="xlsx",
    )


@blueprint.route("", methods=["GET", "POST"])
@requires(Permission.CASE_VIEW)
def index() -> ResponseReturnValue:
    """Asks for the days; the file follows. Taking it is an act in the ledger."""
    today = beijing_date(now_utc())
    form = ExportForm(data={"since": today.replace(day=1), "until": today})
    if form.validate_on_submit():
        if why := why_not_days(form.since.data, form.until.data):
            form.until.errors = [label(why)]
        else:
            return _file(form.since.data, form.until.data, form.ending.data)
    visible = sight_of(session, account(), today).visible()
    count = count_between(session, visible=visible, since=today.replace(day=1), until=today)
    page = render_template("casework/commerce.html", form=form, count=count)
    return page, 422 if form.problems() else 200


def _file(since: dt.date, until: dt.date, ending: str) -> Response:
    now = now_utc()
    visible = sight_of(session, account(), beijing_date(now)).visible()
    rows = rows_between(session, visible=visible, since=since, until=until)
    about = {
        "form": FORM,
        "bureau": services().bureau.bureau.name,
        "made_at": now.astimezone(BEIJING).isoformat(timespec="seconds"),
        "since": since.isoformat(),
        "until": until.isoformat(),
    }
    if ending == "json":
        export = _as_json(about, list(rows))
    else:
        note = [(_("格式"), FORM), *list(about.items())[1:]]
        export = xlsx_export(rows, note=note, columns=COLUMNS, title="电商办件", reuse="")
    note_export(
        session, sha256=export.sha256, rows=export.rows, days=(since, until), actor=account(), now=now
    )
    response = Response(chunks(export), content_type=MEDIA[ending], headers=export.headers())
    name = f"e-commerce-{since:%Y%m%d}-{until:%Y%m%d}.{ending}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _as_json(about: dict[str, str], rows: list[dict[str, Any]]) -> Export:
    document = {**about, "rows": len(rows), "items": rows}

    def write(file: Any) -> int:
        file.write(json.dumps(document, ensure_ascii=False, indent=1).encode())
        return len(rows)

    return finished(write)
