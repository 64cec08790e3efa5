"""`/respond/<token>`: the named company reads what it is accused of and answers. Nothing of the filer is here.

The page is made of the invitation alone: words that staff wrote, and sanitised copies under names of our own. The
filing, its reference, its texts and its file names are never asked for.
"""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from journey.evidence import send_released
from journey.keys import keyring
from journey.mediation import form_for, page_values, take
from journey.statements import denial_choices, kept_files
from models.cases.mediation.queries import mediation_of_invitation
from models.cases.mediation.terms import Side
from models.cases.response.operations import answer, invitation_by_token
from models.cases.response.tables import Invitation
from models.cases.response.terms import DENIAL_LABELS, Denial
from models.cases.terms import OUTCOME_LABELS, Outcome
from models.errors import Invalid, NotFound
from models.filings.tables import Evidence
from models.holders.lane.queries import findings_of
from models.types import beijing_date, now_utc
from shared.access import public
from shared.database import session
from shared.fields import Answered, AtMost, FilesField, Select, TextArea, TextField
from shared.forms import Form
from shared.limits import limited

blueprint = Blueprint("respond", __name__, url_prefix="/respond")
# Where a matter went on to is for whoever has it now to tell: a suspect is not warned of the police.
_TOLD = frozenset(Outcome) - {Outcome.REFERRED}
UNLISTED = {"X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer", "Cache-Control": "no-store"}


class StatementForm(Form):
    """What the company says."""

    body = TextArea(
        _l("您的陈述"),
        [Answered(_l("请写明您的陈述。"))],
        hint=_l("对所述事项的说明、理由，例如授权、进货来源、没有侵权的根据。"),
        who_sees=_l("办理这件事的工作人员"),
        max_chars=5000,
        rows=8,
    )
    denial = Select(
        _l("您是所说的那一方吗？"),
        choices=lambda: denial_choices(_("是，我来说明情况")),
        hint=_l("不是的，请写明理由，并上传营业执照、转让合同或者平台上的店铺主体信息。"),
    )
    signed_by = TextField(_l("陈述人的姓名和职务"), [Answered(_l("请写明陈述人的姓名和职务。")), AtMost(100)])
    represented_by = TextField(
        _l("代理人和所在单位"), [AtMost(200)], hint=_l("委托了代理人才填，并上传委托书。")
    )
    files = FilesField(_l("证据和材料"), accept="image/*,application/pdf,.doc,.docx,.xls,.xlsx")


@blueprint.get("/<token>")
@public
def show(token: str) -> ResponseReturnValue:
    """What the company is asked, what it has answered, and what came of it."""
    return _page(_invitation(token), token, StatementForm())


@blueprint.post("/<token>")
@public
@limited("respond")
def state(token: str) -> ResponseReturnValue:
    """Takes the answer in."""
    form, invitation = StatementForm(), _invitation(token)
    if form.validate() and (files := kept_files(form.files)) is not None:
        try:
            answer(
                session,
                invitation=invitation,
                signed_by=form.signed_by.data,
                represented_by=form.represented_by.data or "",
                body=form.body.data,
                files=files,
                denial=Denial(form.denial.data) if form.denial.data else None,
                now=now_utc(),
            )
        except Invalid as error:
            form.take(error)
        else:
            flash(_("陈述已经收到，办理人员会看到。"), "success")
            return redirect(url_for("respond.show", token=token), 303)
    return _page(invitation, token, form)


@blueprint.route("/<token>/mediation", methods=["GET", "POST"])
@public
@limited("upload")
def mediation(token: str) -> ResponseReturnValue:
    """Whether the company agrees to mediation; later who mediates, and when."""
    invitation = _invitation(token)
    found = mediation_of_invitation(session, invitation.id)
    if found is None:
        raise NotFound(_("没有找到这个链接，请核对是否完整。"))
    case = invitation.case
    asked = form_for(case, found, Side.RESPONDENT)
    if request.method == "POST" and (told := take(case, Side.RESPONDENT, asked)):
        flash(told, "success")
        return redirect(url_for("respond.mediation", token=token), 303)
    page = render_template(
        "public/respond_mediation.html",
        **page_values(case, found, asked),
        invitation=invitation,
        token=token,
        words=invitation.words,
    )
    return page, 422 if asked.form and asked.form.problems() else 200, UNLISTED


@blueprint.post("/<token>/files/<int:number>")
@public
@limited("respond")
def released(token: str, number: int) -> ResponseReturnValue:
    """One of the released copies, by its place on the page, under a name of our own."""
    invitation = _invitation(token)
    if not 1 <= number <= len(invitation.file_ids):
        raise NotFound(_("没有找到这个文件。"))
    evidence = session.get(Evidence, invitation.file_ids[number - 1])
    if evidence is None:
        raise NotFound(_("没有找到这个文件。"))
    return send_released(evidence, number)


def _invitation(token: str) -> Invitation:
    return invitation_by_token(session, token, keys=keyring(), now=now_utc())


def _page(invitation: Invitation, token: str, form: StatementForm) -> ResponseReturnValue:
    case = invitation.case
    page = render_template(
        "public/respond.html",
        invitation=invitation,
        token=token,
        form=form,
        unit=case.acting_unit.name,
        outcome=OUTCOME_LABELS[case.outcome] if case.outcome in _TOLD else "",
        has_ended=case.has_ended or case.outcome is not None,
        ended_at=case.closed_at,
        findings=findings_of(session, case),
        denials=DENIAL_LABELS,
        is_late=beijing_date(now_utc()) > invitation.due_on,
        is_mediated=mediation_of_invitation(session, invitation.id) is not None,
    )
    return page, 422 if form.problems() else 200, UNLISTED
