"""The page of a decision and the acts on it: submit, approve, return, withdraw."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from casework.decisions.challenge_page import withdrawal_reason
from casework.decisions.forms import ApproveForm, ReturnForm, WithdrawForm
from casework.decisions.loading import decision_to_act_on, decision_to_read
from casework.decisions.page import page_of
from journey.deadlines import shown_deadlines
from models.decisions.operations import approve as approve_decision
from models.decisions.operations import return_to_maker, submit_for_review
from models.decisions.publication import withdraw as withdraw_decision
from models.decisions.states import STATE_LABELS
from models.decisions.tables import Decision
from models.errors import Conflict, Invalid
from models.filings.kinds import COPY_STATE_LABELS, SCAN_STATE_LABELS
from models.people.permissions import Permission
from models.types import beijing_date, now_utc
from shared.access import account, requires
from shared.database import session
from shared.i18n import label

blueprint = Blueprint("publishing_review", __name__, url_prefix="/casework/decisions/<int:decision_id>")


@blueprint.get("")
@requires(Permission.DECISION_VIEW)
def show(decision_id: int) -> ResponseReturnValue:
    """The decision as it will be public, with what blocks it and what can be done."""
    return page(decision_to_read(decision_id))


@blueprint.post("/submit")
@requires(Permission.DECISION_ENTER)
def submit(decision_id: int) -> ResponseReturnValue:
    """To the reviewers."""
    decision = decision_to_act_on(decision_id, Permission.DECISION_ENTER)
    submit_for_review(session, decision, actor=account(), now=now_utc())
    return back(decision, _("已提交，等待另一位审核员审核。"))


@blueprint.post("/approve")
@requires(Permission.DECISION_REVIEW)
def approve(decision_id: int) -> ResponseReturnValue:
    """Clears the revision on the screen; the worker publishes it."""
    decision = decision_to_act_on(decision_id, Permission.DECISION_REVIEW)
    revision = ApproveForm().revision.data or ""
    if not revision.isascii() or not revision.isdigit():
        raise Conflict(_("页面已经过期。请重新阅读最新的内容再审核。"))
    approve_decision(session, decision, revision=int(revision), actor=account(), now=now_utc())
    return back(decision, _("审核通过，很快就会公示。"))


@blueprint.post("/return")
@requires(Permission.DECISION_REVIEW)
def send_back(decision_id: int) -> ResponseReturnValue:
    """Back to the one who entered it, with the reason."""
    decision = decision_to_act_on(decision_id, Permission.DECISION_REVIEW)
    form = ReturnForm()
    if not form.validate():
        return page(decision, return_form=form), 422
    return_to_maker(session, decision, reason=form.reason.data, actor=account(), now=now_utc())
    return back(decision, _("已退回录入人。"))


@blueprint.post("/withdraw")
@requires(Permission.DECISION_WITHDRAW)
def withdraw(decision_id: int) -> ResponseReturnValue:
    """Off the site from this moment, with a reason that is published."""
    decision = decision_to_act_on(decision_id, Permission.DECISION_WITHDRAW)
    form = WithdrawForm()
    if form.validate():
        try:
            withdraw_decision(session, decision, reason=form.reason.data, actor=account(), now=now_utc())
        except Invalid as error:
            form.take(error)
        else:
            return back(decision, _("已撤回：从现在起页面、检索和数据都不再显示。"))
    return page(decision, withdraw_form=form), 422


def page(
    decision: Decision,
    *,
    return_form: ReturnForm | None = None,
    withdraw_form: WithdrawForm | None = None,
    **forms: Any,
) -> str:
    """The page again, with the form that was sent in and found wrong."""
    now = now_utc()
    wrong = [form for form in (return_form, withdraw_form, *forms.values()) if form]
    return render_template(
        "casework/decisions/show.html",
        decision=decision,
        page=page_of(decision, account(), forms),
        state_label=label(STATE_LABELS[decision.state]),
        deadlines=shown_deadlines(session, decision, now),
        is_public=decision.is_public(beijing_date(now)),
        return_form=return_form or ReturnForm(formdata=None),
        withdraw_form=withdraw_form
        or WithdrawForm(formdata=None, data={"reason": withdrawal_reason(decision)}),
        form=wrong[0] if wrong else None,
        scan_labels=SCAN_STATE_LABELS,
        copy_labels=COPY_STATE_LABELS,
    )


def back(decision: Decision, words: str) -> ResponseReturnValue:
    """To the page of the decision, with a word of what was done."""
    flash(words, "done")
    return redirect(url_for("publishing_review.show", decision_id=decision.id), code=303)
