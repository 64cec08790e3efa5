"""Checking many companies at once: paste names or codes, or upload a file; an answer for each, as a table or a file."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import FileField

from models.decisions.spreadsheet.errors import UnreadableSpreadsheet
from models.errors import Invalid
from models.types import beijing_date, now_utc
from results.checking import ANSWER_WORDS, Checked, as_csv, as_xlsx, check_lines, told_in_numbers
from results.exports import file_answer
from results.listed import MOST_ENTRIES, entries_of_file, entries_of_text
from shared.access import public
from shared.database import database
from shared.fields import TextArea
from shared.forms import Form
from shared.limits import limited

blueprint = Blueprint("check", __name__, url_prefix="/check")

MOST_BYTES = 2 << 20
MOST_SHOWN = 500  # rows on the page; a file has all
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class CheckForm(Form):
    """Lines, pasted or in a file."""

    companies = TextArea(
        _l("企业名称或者统一社会信用代码"),
        rows=10,
        hint=_l("一行一个，最多 %(most)s 行；可以从表格里整块粘贴。用代码核对才准确。", most=MOST_ENTRIES),
        who_sees=_l("没有人：核对的内容不保存"),
    )
    file = FileField(_l("或者上传文件"))


@blueprint.get("")
@public
def ask() -> ResponseReturnValue:
    """The form."""
    return _page(CheckForm())


@blueprint.post("")
@public
@limited("search")
def result() -> ResponseReturnValue:
    """An answer for every line. What was pasted or uploaded is kept nowhere."""
    form = CheckForm()
    if not form.validate():
        return _page(form), 422
    try:
        lines = list(dict.fromkeys([*entries_of_text(form.companies.data or ""), *_uploaded()]))
        with database().reading() as session:
            answers = check_lines(session, lines, today=beijing_date(now_utc()))
    except Invalid as error:
        form.companies.errors = [error.sentence]
        return _page(form), 422
    wanted = request.form.get("format", "")
    if wanted in TYPES:
        return _file(answers, wanted)
    form.companies.data = "\n".join(lines)  # so that the file can be had without uploading again
    return _page(form, answers)


def _uploaded() -> list[str]:
    """The entries of the file: a spreadsheet, or text."""
    upload = request.files.get("file")
    data = upload.read(MOST_BYTES + 1) if upload else b""
    if len(data) > MOST_BYTES:
        raise Invalid(_("文件太大，最多 2 MB。请只留名称和代码两列。"))
    try:
        return entries_of_file(data) if data else []
    except UnreadableSpreadsheet:
        raise Invalid(_("不认识这个文件。请用 .xlsx，或者另存为 CSV、文本文件再上传。")) from None


def _file(answers: Sequence[Checked], ending: str) -> Response:
    now = now_utc()
    note = [
        ("地址", url_for("check.ask", _external=True)),
        ("核对时间", now.isoformat(timespec="seconds")),
        ("说明", "不在列，不等于别处没有，也不等于没有受过处罚。只凭名称不能断定是同一家企业。"),
    ]
    export = as_csv(answers) if ending == "csv" else as_xlsx(answers, note=note)
    return file_answer(export, name=f"check-{beijing_date(now)}.{ending}", content_type=TYPES[ending])


def _page(form: CheckForm, answers: Sequence[Checked] | None = None) -> str:
    return render_template(
        "public/check/check.html",
        form=form,
        answers=None if answers is None else answers[:MOST_SHOWN],
        total=len(answers or ()),
        counted=told_in_numbers(answers or ()),
        words=ANSWER_WORDS,
    )
