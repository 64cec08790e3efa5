"""Entering a decision, and amending one that is not public yet."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from casework.decisions.forms import DecisionForm, filled_from
from casework.decisions.loading import decision_to_act_on, entry_units
from models.decisions.operations import amend, enter, submit_for_review
from models.decisions.redaction.queries import served_texts
from models.decisions.states import Act, State, next_state
from models.decisions.tables import Decision
from models.errors import Invalid, NotAllowed
from models.people.permissions import Permission
from models.people.tables import Unit
from models.types import now_utc
from shared.access import account, requires
from shared.database import session
from shared.services import services

blueprint = Blueprint("publishing_entry", __name__, url_prefix="/casework/decisions")


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.DECISION_ENTER)
def new() -> ResponseReturnValue:
    """A new draft; with the second button it goes to the reviewers at once."""
    units = entry_units(account())
    form = DecisionForm(data={"authority_name": services().bureau.authority.name})
    form.offer(units)
    if form.validate_on_submit():
        try:
            decision = _enter(form, units)
        except Invalid as error:
            form.take(error)
        else:
            return _to_page(decision)
    page = render_template("casework/decisions/form.html", form=form, decision=None)
    return page, 422 if form.is_submitted() else 200


@blueprint.route("/<int:decision_id>/edit", methods=["GET", "POST"])
@requires(Permission.DECISION_ENTER)
def edit(decision_id: int) -> ResponseReturnValue:
    """Amends a draft or one in review; the reviewer then reads the new revision."""
    decision = decision_to_act_on(decision_id, Permission.DECISION_ENTER)
    next_state(decision.state, Act.AMEND)
    form = DecisionForm(data=filled_from(decision, served_texts(session, decision)))
    form.offer([decision.unit], decision.cause_name)
    if form.validate_on_submit():
        try:
            amend(session, decision, content=form.content(), actor=account(), now=now_utc())
            _submit_if_asked(decision)
        except Invalid as error:
            form.take(error)
        else:
            return _to_page(decision)
    page = render_template("casework/decisions/form.html", form=form, decision=decision)
    return page, 422 if form.is_submitted() else 200


def _enter(form: DecisionForm, units: list[Unit]) -> Decision:
    unit = next((one for one in units if one.code == form.unit.data), None)
    if unit is None:
        raise NotAllowed(_("您不能为这个机构录入决定书。"))
    decision = enter(session, content=form.content(), unit=unit, actor=account(), now=now_utc())
    _submit_if_asked(decision)
    return decision


def _submit_if_asked(decision: Decision) -> None:
    if request.form.get("then") == "submit" and decision.state is State.DRAFT:
        submit_for_review(session, decision, actor=account(), now=now_utc())


def _to_page(decision: Decision) -> ResponseReturnValue:
    session.flush()
    words = _("已保存为草稿。") if decision.state is State.DRAFT else _("已提交，等待另一位审核员审核。")
    flash(words, "done")
    return redirect(url_for("publishing_review.show", decision_id=decision.id), code=303)
