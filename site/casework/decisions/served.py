"""Entering a decision from its served text: pasted or as .docx, read, and put beside the form for a person to confirm."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import FileField

from casework.decisions.entry import entry_page, fresh_form
from casework.decisions.forms import STAFF
from casework.decisions.served_page import filled_by, served_page
from models.decisions.served.docx import MAX_CHARACTERS, MAX_FILE_BYTES, DocumentText, read_docx
from models.decisions.served.errors import UnreadableDocument
from models.decisions.served.reading import read_served
from models.errors import Invalid
from models.people.permissions import Permission
from models.plain import plain
from shared.access import requires
from shared.fields import TextArea
from shared.forms import Form
from shared.i18n import label

blueprint = Blueprint("publishing_served", __name__, url_prefix="/casework/decisions/new/from-text")


class ServedForm(Form):
    """The text, in one of two ways."""

    text = TextArea(
        _l("决定书全文"),
        rows=14,
        max_chars=MAX_CHARACTERS,
        who_sees=STAFF,
        hint=_l("从送达的文书里复制，从标题到落款。读出来的内容还要您逐项核对，核对之前什么也不保存。"),
    )
    file = FileField(_l("或者上传 .docx 文件"))


@blueprint.route("", methods=["GET", "POST"])
@requires(Permission.DECISION_ENTER)
def read() -> ResponseReturnValue:
    """Asks for the text; shows what was read of it beside the form. Nothing is kept until that form is sent."""
    form = ServedForm()
    if form.validate_on_submit():
        try:
            document = _document(form)
        except Invalid as error:
            form.take(error)
        else:
            reading = read_served(document.text)
            entry_form = fresh_form(filled_by(reading))
            return entry_page(entry_form, None, served_page(reading, document.remarks))
    return render_template("casework/decisions/served.html", form=form), 422 if form.is_submitted() else 200


def _document(form: ServedForm) -> DocumentText:
    """What was sent: the file if there is one, else the pasted text."""
    upload = request.files.get("file")
    if upload is not None and upload.filename:
        try:
            return read_docx(upload.read(MAX_FILE_BYTES + 1))
        except UnreadableDocument as error:
            raise Invalid(error.sentence, {"file": str(label(error.sentence))}) from error
    text = plain(form.text.data or "")
    if not text:
        raise Invalid(_("请粘贴决定书全文，或者上传文件。"), {"text": _("请粘贴决定书全文，或者上传文件。")})
    return DocumentText(text, ())
