"""From the answer to a consultation to a guide for everybody: without the person, read and published by somebody else."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from casework.loading import case_to_read
from journey.keys import keyring
from models.bulletins.guides import refuse_filer, without_person
from models.bulletins.kinds import (
    SUMMARY_CHARACTERS,
    TEXT_CHARACTERS,
    TITLE_CHARACTERS,
    BulletinKind,
    BulletinText,
)
from models.bulletins.operations import draft, submit
from models.bulletins.tables import Bulletin, BulletinSource
from models.cases.tables import Case
from models.cases.terms import Act
from models.errors import ActRefused
from models.filings.kinds import OpeningReason
from models.filings.submissions import Person
from models.filings.tables import Filing
from models.filings.vault import open_identity
from models.kinds import Track
from models.people.permissions import Permission
from models.types import now_utc
from shared.access import account, authorise, requires
from shared.database import session
from shared.fields import Answered, TextArea, TextField
from shared.forms import Form
from shared.i18n import label

blueprint = Blueprint("case_guide", __name__, url_prefix="/casework/cases/<reference>/guide")
WHY_OPENED = "公开咨询解答前核对"
NOTHING = BulletinText("", "", "")
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
    form = GuideForm(data={"body": _suggested(case)})
    if form.validate_on_submit():
        try:
            _submitted(case, form)
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


def _suggested(case: Case) -> str:
    """Question and answer with what looks like a person's masked; ActRefused before there is an answer."""
    answers = [one.public_note for one in case.acts if one.act is Act.ANSWER and one.public_note]
    if case.track is not Track.CONSULTATION or not answers:
        raise ActRefused(_("已经答复的咨询才能整理成公开的解答。"))
    return without_person(f"问：{case.filing.facts}\n\n答：{answers[-1]}")


def _submitted(case: Case, form: GuideForm) -> Bulletin:
    text = BulletinText(form.title.data, form.summary.data, form.body.data)
    refuse_filer(case, (text.title, text.summary, text.body), opened)
    made = draft(
        session,
        kind=BulletinKind.GUIDE,
        chinese=text,
        english=NOTHING,
        decision_numbers=[],
        unit=case.origin_unit,
        actor=account(),
        now=now_utc(),
    )
    session.add(BulletinSource(bulletin_id=made.id, case_id=case.id))
    return submit(session, made, actor=account(), now=now_utc())
