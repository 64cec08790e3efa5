"""The page of a case's mediation: how it stands, the company's link, tests of goods, and what is left without agreement."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from casework.loading import case_to_see
from journey.keys import keyring
from journey.mediation import remedies_of, rows_of
from models.cases.mediation.queries import limit_of, mediations_of
from models.cases.mediation.tables import Mediation
from models.cases.mediation.terms import (
    CHOSEN_LABELS,
    EXAM_KIND_LABELS,
    SESSION_WAY_LABELS,
    SIDE_LABELS,
    WRITING_LABELS,
    Chosen,
    ExamKind,
    Writing,
)
from models.cases.mediation.testing import send_to_test, take_finding
from models.cases.response.operations import token_of
from models.cases.tables import Case
from models.errors import Invalid
from models.people.permissions import Permission, can
from models.types import beijing_date, now_utc
from shared.access import account, authorise, requires
from shared.database import session
from shared.fields import Answered, AtMost, DateField, Radios, TextArea, TextField
from shared.forms import Form
from shared.i18n import label
from shared.services import services

blueprint = Blueprint("mediation", __name__, url_prefix="/casework/cases/<reference>/mediation")


@blueprint.app_context_processor
def _rows() -> dict[str, Any]:
    return {"mediation_rows": rows_of}


class SendForm(Form):
    """To whom goods are sent, who chose the body, who pays."""

    kind = Radios(
        _l("鉴定还是检测"),
        [Answered(_l("请选择鉴定还是检测。"))],
        choices=lambda: [(one.value, label(words)) for one, words in EXAM_KIND_LABELS.items()],
    )
    body = TextField(_l("机构"), [Answered(_l("请写明鉴定、检测机构。")), AtMost(200)])
    chosen = Radios(
        _l("怎样确定的"),
        [Answered(_l("请选择怎样确定的。"))],
        choices=lambda: [(one.value, label(words)) for one, words in CHOSEN_LABELS.items()],
    )
    costs = TextField(
        _l("费用怎样承担"),
        [Answered(_l("请写明双方怎样约定费用；费用协商不成的，请办理“终止调解”，选第4项。")), AtMost(500)],
    )
    from_on = DateField(_l("从哪一天起"), [Answered(_l("请填写日期，例如 2026-11-22。"))])


class FindingForm(Form):
    """What was found, and from when on the limit counts again."""

    finding = TextArea(_l("结论"), [Answered(_l("请写明鉴定、检测的结论。"))], max_chars=3000, rows=4)
    to_on = DateField(_l("从哪一天起恢复计算"), [Answered(_l("请填写日期，例如 2026-11-22。"))])


@blueprint.get("")
@requires(Permission.CASE_VIEW)
def show(reference: str) -> ResponseReturnValue:
    """All mediations of the case."""
    return _page(case_to_see(reference))


@blueprint.route("/tests/new", methods=["GET", "POST"])
@requires(Permission.CASE_SUSPEND)
def send(reference: str) -> ResponseReturnValue:
    """Goods go to a testing body; the limit stands still."""
    case = case_to_see(reference)
    authorise(Permission.CASE_SUSPEND, case)
    form = SendForm(data={"from_on": beijing_date(now_utc())})
    if form.validate_on_submit():
        try:
            send_to_test(
                session,
                case=case,
                kind=ExamKind(form.kind.data),
                body=form.body.data,
                chosen=Chosen(form.chosen.data),
                costs=form.costs.data,
                from_on=form.from_on.data,
                actor=account(),
                now=now_utc(),
            )
        except Invalid as error:
            form.take(error)
        else:
            return _done(case, _("已记录，调解期限从这一天起中止计算。"))
    return _form(case, form, _("送鉴定、检测"))


@blueprint.route("/tests/finding", methods=["GET", "POST"])
@requires(Permission.CASE_SUSPEND)
def finding(reference: str) -> ResponseReturnValue:
    """The finding has come; the limit goes on."""
    case = case_to_see(reference)
    authorise(Permission.CASE_SUSPEND, case)
    form = FindingForm(data={"to_on": beijing_date(now_utc())})
    if form.validate_on_submit():
        try:
            take_finding(
                session,
                case=case,
                finding=form.finding.data,
                to_on=form.to_on.data,
                actor=account(),
                now=now_utc(),
            )
        except Invalid as error:
            form.take(error)
        else:
            return _done(case, _("已记录，调解期限恢复计算。"))
    return _form(case, form, _("登记鉴定、检测的结论"))


def _done(case: Case, news: str) -> ResponseReturnValue:
    flash(news, "success")
    return redirect(url_for("mediation.show", reference=case.shown_reference), 303)


def _form(case: Case, form: Form, title: str) -> ResponseReturnValue:
    page = render_template("casework/mediation/test.html", case=case, form=form, title=title)
    return page, 422 if form.problems() else 200


def _page(case: Case) -> ResponseReturnValue:
    found = mediations_of(session, case.id)
    limit = limit_of(session, case)
    may_test = bool(limit and can(account(), Permission.CASE_SUSPEND, case) and not case.has_ended)
    return render_template(
        "casework/mediation/show.html",
        case=case,
        mediations=[(one, rows_of(one), _link(case, one)) for one in found],
        limit=limit,
        may_test=may_test and bool(found) and found[0].ended_at is None,
        remedies=remedies_of(case),
        ways=SESSION_WAY_LABELS,
        sides=SIDE_LABELS,
        writings=WRITING_LABELS,
        paper=Writing.PAPER,
    )


def _link(case: Case, mediation: Mediation) -> str:
    """The company's link, for those who may send it, while it opens."""
    invitation = mediation.invitation
    may_send = can(account(), Permission.CASE_ANSWER, case)
    if invitation is None or not may_send or not invitation.is_open(now_utc()):
        return ""
    return services().config.public_url + url_for("respond.mediation", token=token_of(invitation, keyring()))
