"""Checking many companies at once: paste names or codes, or upload a file; an answer for each, as a table or a file."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import FileField

from models.decisions.spreadsheet.errors import UnreadableSpreadsheet
from models.errors import Invalid
from models.types import beijing_date, now_utc
from results.answers import rebuilding
from results.checking import ANSWER_WORDS, MOST_LINES, Checked, check_lines, checks_csv, lines_of
from results.listed import text_of_list
from search.errors import IndexUnavailable
from shared.access import public
from shared.database import database
from shared.fields import TextArea
from shared.forms import Form
from shared.limits import limited

blueprint = Blueprint("check", __name__, url_prefix="/check")

MOST_BYTES = 1 << 20


class CheckForm(Form):
    """Lines, pasted or in a file."""

    companies = TextArea(
        _l("企业名称或者统一社会信用代码"),
        rows=10,
        hint=_l("一行一个，最多 %(most)s 行。用代码核对才准确。", most=MOST_LINES),
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
        lines = lines_of("\n".join((form.companies.data or "", _uploaded())))
        with database().reading() as session:
            answers = check_lines(session, lines, today=beijing_date(now_utc()))
    except Invalid as error:
        form.companies.errors = [error.sentence]
        return _page(form), 422
    except IndexUnavailable:
        return rebuilding()
    if request.form.get("format") == "csv":
        response = Response(checks_csv(answers), content_type="text/csv; charset=utf-8")
        name = f"check-{beijing_date(now_utc())}.csv"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return response
    return _page(form, answers)


def _uploaded() -> str:
    """The lines of the file: a spreadsheet, or text."""
    upload = request.files.get("file")
    data = upload.read(MOST_BYTES + 1) if upload else b""
    if len(data) > MOST_BYTES:
        raise Invalid(_("文件太大，最多 1 MB。"))
    try:
        return text_of_list(data)
    except UnreadableSpreadsheet:
        raise Invalid(_("不认识这个文件。请用 .xlsx，或者另存为 CSV、文本文件再上传。")) from None


def _page(form: CheckForm, answers: Sequence[Checked] | None = None) -> str:
    return render_template("public/check/check.html", form=form, answers=answers, words=ANSWER_WORDS)
