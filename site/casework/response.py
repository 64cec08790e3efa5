"""Hearing the named company, from the desk: invite it with what may be released, see what it answered, end the link."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from casework.loading import case_to_read
from casework.originals import original_page
from journey.evidence import send_copy
from journey.keys import keyring
from models.cases.response.operations import (
    DAYS,
    invitations_of,
    invite,
    revoke_invitation,
    token_of,
)
from models.cases.response.tables import Invitation, StatementFile
from models.cases.response.terms import DENIAL_LABELS
from models.cases.tables import Case
from models.errors import Invalid, NotFound
from models.filings.evidence import hand_out_copy
from models.filings.kinds import COPY_STATE_LABELS, SCAN_STATE_LABELS
from models.holders.lane.operations import find_on_statement
from models.holders.lane.queries import cleared_in, findings_of, notes_on_filer
from models.holders.lane.tables import PATTERN_LABELS
from models.people.permissions import Permission, can
from models.types import now_utc
from shared.access import account, authorise, requires
from shared.components import Row
from shared.database import session
from shared.fields import Answered, AtMost, Checkboxes, Radios, Select, TextArea, TextField
from shared.formats import day_text
from shared.forms import Form
from shared.i18n import label
from shared.services import services

blueprint = Blueprint("response", __name__, url_prefix="/casework/cases/<reference>/response")


class InvitationForm(Form):
    """Who is asked, what, and what they may see."""

    company = TextField(_l("请谁陈述"), [Answered(_l("请写明请谁陈述。")), AtMost(200)])
    words = TextArea(
        _l("请对方说明的事项"),
        [Answered(_l("请写明请对方说明的事项，对方只看到这些。"))],
        hint=_l("用您自己的话写，不要照抄举报内容，不要写能看出是谁反映的内容（121号 第37条）。"),
        who_sees=_l("被举报（投诉）的一方"),
        max_chars=3000,
        rows=6,
    )
    files = Checkboxes(
        _l("给对方看的证据"),
        hint=_l("只能选有净化副本的，文件名会换成“证据 1”。请先打开看一遍，画面里也不能有反映人的信息。"),
        choices=(),
    )
    days = Select(
        _l("几天内答复"),
        [Answered(_l("请从所列的天数中选择。"))],
        choices=lambda: [(str(days), _("%(num)s 天", num=days)) for days in DAYS],
    )


class FindingForm(Form):
    """Whether the company is right, and why."""

    upheld = Radios(
        _l("对方的陈述成立吗？"),
        [Answered(_l("请选择。"))],
        choices=[("yes", _l("成立，予以采纳")), ("no", _l("不成立，不予采纳"))],
    )
    reasons = TextArea(
        _l("理由"),
        [Answered(_l("请写明理由，对方会看到。"))],
        who_sees=_l("被举报（投诉）的一方"),
        max_chars=2000,
        rows=4,
    )


@blueprint.get("")
@requires(Permission.CASE_VIEW)
def show(reference: str) -> ResponseReturnValue:
    """Invitations and answers; the form for those who handle the case."""
    case = case_to_read(reference)
    return _page(case, InvitationForm(formdata=None, company=case.filing.respondent_name))


@blueprint.post("")
@requires(Permission.CASE_ANSWER)
def ask(reference: str) -> ResponseReturnValue:
    """Invites."""
    case, form = case_to_read(reference), InvitationForm()
    authorise(Permission.CASE_ANSWER, case)
    _offer(form, case)
    if form.validate():
        chosen = {int(one) for one in form.files.data or []}
        try:
            invite(
                session,
                case=case,
                company=form.company.data,
                words=form.words.data,
                files=[file for file in case.filing.evidence if file.id in chosen],
                days=int(form.days.data),
                actor=account(),
                now=now_utc(),
            )
        except Invalid as error:
            form.take(error)
        else:
            flash(_("邀请已经建好，请把下面的链接送给对方。"), "success")
            return redirect(url_for("response.show", reference=reference), 303)
    return _page(case, form)


@blueprint.post("/<int:invitation_id>/revoke")
@requires(Permission.CASE_ANSWER)
def revoke(reference: str, invitation_id: int) -> ResponseReturnValue:
    """Ends a link."""
    case = case_to_read(reference)
    authorise(Permission.CASE_ANSWER, case)
    revoke_invitation(session, invitation=invitation_in(case, invitation_id), actor=account(), now=now_utc())
    flash(_("链接已经停用。"), "success")
    return redirect(url_for("response.show", reference=reference), 303)


@blueprint.post("/files/<int:file_id>")
@requires(Permission.CASE_VIEW)
def download(reference: str, file_id: int) -> ResponseReturnValue:
    """The copy of a file of the company's; that is an act on record."""
    found = _file(case_to_read(reference), file_id)
    hand_out_copy(session, file=found, actor=account(), now=now_utc())
    return send_copy(found)


@blueprint.route("/files/<int:file_id>/original", methods=["GET", "POST"])
@requires(Permission.CASE_VIEW)
def original(reference: str, file_id: int) -> ResponseReturnValue:
    """What the original may hold; then the original."""
    case = case_to_read(reference)
    back = (url_for("response.show", reference=case.shown_reference), _("回到对方的陈述"))
    return original_page(_file(case, file_id), kicker=case.shown_reference, back=back)


@blueprint.route("/statements/<int:statement_id>", methods=["GET", "POST"])
@requires(Permission.CASE_ANSWER)
def find(reference: str, statement_id: int) -> ResponseReturnValue:
    """Whether a statement is upheld; it counts in the record of who filed."""
    case, form = case_to_read(reference), FindingForm()
    authorise(Permission.CASE_ANSWER, case)
    said = [one for invitation in invitations_of(session, case) for one in invitation.statements]
    statement = next((one for one in said if one.id == statement_id), None)
    if statement is None:
        raise NotFound(_("没有找到这份陈述。"))
    if form.validate_on_submit():
        find_on_statement(
            session,
            statement=statement,
            is_upheld=form.upheld.data == "yes",
            reasons=form.reasons.data,
            actor=account(),
            now=now_utc(),
        )
        flash(_("认定已经记录，对方在陈述的链接里看得到。"), "success")
        return redirect(url_for("response.show", reference=reference), 303)
    page = render_template("casework/response_finding.html", case=case, statement=statement, form=form)
    return page, 422 if form.problems() else 200


def invitation_in(case: Case, invitation_id: int) -> Invitation:
    """One invitation of the case; `NotFound`."""
    found = next((one for one in invitations_of(session, case) if one.id == invitation_id), None)
    if found is None:
        raise NotFound(_("没有找到这份邀请。"))
    return found


def cleared_rows(case: Case) -> Iterator[Row]:
    """Who was named wrongly, on the page of the case: found by an officer, with reasons."""
    for company, found in cleared_in(session, case):
        words = _(
            "%(company)s（%(day)s认定）：%(reasons)s",
            company=company,
            day=day_text(found.found_at),
            reasons=found.reasons,
        )
        yield Row(_("经核实与此事无关"), words)


def _file(case: Case, file_id: int) -> StatementFile:
    said = [one for invitation in invitations_of(session, case) for one in invitation.statements]
    found = next((file for one in said for file in one.files if file.id == file_id), None)
    if found is None:
        raise NotFound(_("没有找到这个文件。"))
    return found


def _offer(form: InvitationForm, case: Case) -> None:
    form.files.choices = [(str(file.id), file.file_name) for file in case.filing.evidence if file.copy_key]


def _page(case: Case, form: InvitationForm) -> ResponseReturnValue:
    _offer(form, case)
    base, keys, now = services().config.public_url, keyring(), now_utc()
    may_invite = can(account(), Permission.CASE_ANSWER, case)
    page = render_template(
        "casework/response.html",
        case=case,
        form=form,
        may_invite=may_invite and not case.has_ended,
        may_revoke=may_invite,
        now=now,
        findings=findings_of(session, case),
        denials=DENIAL_LABELS,
        scan_labels=SCAN_STATE_LABELS,
        copy_labels=COPY_STATE_LABELS,
        notes=[
            (label(PATTERN_LABELS[one.pattern]), one.noted_at)
            for one in notes_on_filer(session, case.filing_id)
        ],
        invitations=[
            (one, f"{base}{url_for('respond.show', token=token_of(one, keys))}" if may_invite else "")
            for one in invitations_of(session, case)
        ],
    )
    return page, 422 if form.problems() else 200
