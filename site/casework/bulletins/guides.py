"""From the answer to a consultation to a guide for everybody: without the person, read and published by somebody else."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from casework.loading import case_to_read
from journey.keys import keyring
from models.bulletins.consultations import make_guide, suggested
from models.bulletins.kinds import (
    SUMMARY_CHARACTERS,
    TEXT_CHARACTERS,
    TITLE_CHARACTERS,
    BulletinText,
)
from models.errors import ActRefused
from models.filings.kinds import OpeningReason
from models.filings.submissions import Person
from models.filings.tables import Filing
from models.filings.vault import open_identity
from models.people.permissions import Permission
from models.types import now_utc
from shared.access import account, authorise, requires
from shared.database import session
from shared.fields import Answered, TextArea, TextField
from shared.forms import Form
from shared.i18n import label

blueprint = Blueprint("case_guide", __name__, url_prefix="/casework/cases/<reference>/guide")
WHY_OPENED = "公开咨询解答前核对"
EVERYBODY = _l("所有人：这一段会公开")


class GuideForm(Form):
    """The question and the answer, for everybody."""

    title = TextField(_l("问题"), [Answered(_l("请写明问题，一句话。"))], max_chars=TITLE_CHARACTERS)
    summary = TextArea(
        _l("一两句话的回答"),
        [Answered(_l("请写一两句话的回答。"))],
        rows=2,
        max_chars=SUMMARY_CHARACTERS,
        who_sees=EVERYBODY,
    )
    body = TextArea(
        _l("问题和解答"),
        [Answered(_l("请填写正文。"))],
        hint=_l("已经用“某某”替换了看起来是个人信息的内容，请通读、改写，去掉还能看出是谁的细节。"),
        rows=12,
        max_chars=TEXT_CHARACTERS,
        who_sees=EVERYBODY,
    )


@blueprint.route("", methods=["GET", "POST"])
@requires(Permission.CASE_ANSWER)
def write(reference: str) -> ResponseReturnValue:
    """The draft, which goes to the reviewers."""
    case = case_to_read(reference)
    authorise(Permission.CASE_ANSWER, case)
    form = GuideForm(data={"body": suggested(case)})
    if form.validate_on_submit():
        try:
            text = BulletinText(form.title.data, form.summary.data, form.body.data)
            make_guide(session, case=case, chinese=text, reveal=opened, actor=account(), now=now_utc())
        except ActRefused as refused:
            form.body.errors = [label(refused.sentence)]
        else:
            flash(_("已提交，由另一位审核员审核后公开。"), "done")
            return redirect(url_for("case.show", reference=case.shown_reference), 303)
    page = render_template("casework/bulletins/guide.html", case=case, form=form)
    return page, 422 if form.problems() else 200


def opened(filing: Filing) -> Person:
    """The one who asked, for a program to compare; noted as an opening."""
    return open_identity(
        session,
        filing=filing,
        actor=account(),
        reason=OpeningReason.REDACTION,
        words=WHY_OPENED,
        now=now_utc(),
        keys=keyring(),
    )
