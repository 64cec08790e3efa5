"""对方的书面陈述: a named company without a computer answers on paper, and who handles the case enters it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from casework.loading import case_to_read
from casework.response import invitation_in
from journey.statements import denial_choices, kept_files
from models.cases.response.operations import enter_paper
from models.cases.response.tables import Invitation
from models.cases.response.terms import Denial
from models.errors import Invalid
from models.people.permissions import Permission
from models.types import now_utc
from shared.access import account, authorise, requires
from shared.database import session
from shared.fields import Answered, AtMost, DateField, FilesField, Select, TextArea, TextField
from shared.forms import Form

blueprint = Blueprint(
    "statements", __name__, url_prefix="/casework/cases/<reference>/response/<int:invitation_id>/paper"
)


class PaperForm(Form):
    """What stands on the paper, and when it came."""

    received_on = DateField(
        _l("收到的日期"),
        [Answered(_l("请填写收到的日期，例如 2026-11-22。"))],
        hint=_l("按期还是逾期看这一天，不看录入的时间。"),
    )
    body = TextArea(
        _l("陈述的内容"),
        [Answered(_l("请录入陈述的内容。"))],
        hint=_l("照原文录入；很长的写要点，全文以扫描件为准。"),
        max_chars=5000,
        rows=8,
    )
    denial = Select(
        _l("对方是所说的那一方吗？"),
        choices=lambda: denial_choices(_("是，或者没有说明")),
        hint=_l("对方说与自己无关的，选择原因。"),
    )
    signed_by = TextField(_l("陈述人的姓名和职务"), [Answered(_l("请写明陈述人的姓名和职务。")), AtMost(100)])
    represented_by = TextField(_l("代理人和所在单位"), [AtMost(200)])
    files = FilesField(
        _l("扫描件和材料"),
        accept="image/*,application/pdf,.doc,.docx,.xls,.xlsx",
        hint=_l("书面陈述的扫描件或者照片，以及对方交来的证据；原件不改动，先检查再制作净化副本。"),
    )


@blueprint.route("", methods=["GET", "POST"])
@requires(Permission.CASE_ANSWER)
def enter(reference: str, invitation_id: int) -> ResponseReturnValue:
    """Enters a statement that came on paper."""
    case, form = case_to_read(reference), PaperForm()
    authorise(Permission.CASE_ANSWER, case)
    invitation = invitation_in(case, invitation_id)
    if form.validate_on_submit() and _entered(form, invitation):
        flash(_("书面陈述已经录入。"), "success")
        return redirect(url_for("response.show", reference=case.shown_reference), 303)
    page = render_template("casework/response_paper.html", case=case, invitation=invitation, form=form)
    return page, 422 if form.problems() else 200


def _entered(form: PaperForm, invitation: Invitation) -> bool:
    files = kept_files(form.files)
    if files is None:
        return False
    try:
        enter_paper(
            session,
            invitation=invitation,
            received_on=form.received_on.data,
            signed_by=form.signed_by.data,
            represented_by=form.represented_by.data or "",
            body=form.body.data,
            files=files,
            denial=Denial(form.denial.data) if form.denial.data else None,
            actor=account(),
            now=now_utc(),
        )
    except Invalid as error:
        form.take(error)
        return False
    return True
