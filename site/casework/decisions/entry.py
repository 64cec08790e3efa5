"""Entering a decision, and amending one that is not public yet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from casework.decisions.forms import DecisionForm, filled_from
from casework.decisions.loading import decision_to_act_on, entry_units
from casework.decisions.served_page import ServedPage, served_page
from models.decisions.operations import amend, enter, submit_for_review
from models.decisions.queries import numbered_alike
from models.decisions.redaction.queries import served_texts
from models.decisions.served.docx import MAX_CHARACTERS
from models.decisions.served.reading import read_served
from models.decisions.states import Act, State, next_state
from models.decisions.tables import Decision
from models.errors import Invalid, NotAllowed
from models.people.permissions import Permission
from models.people.tables import Unit
from models.plain import plain
from models.types import now_utc
from shared.access import account, requires
from shared.database import session
from shared.services import services

blueprint = Blueprint("publishing_entry", __name__, url_prefix="/casework/decisions")


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.DECISION_ENTER)
def new() -> ResponseReturnValue:
    """A new draft; with the second button it goes to the reviewers at once."""
    form = fresh_form()
    if form.validate_on_submit():
        try:
            decision = _enter(form, entry_units(account()))
        except Invalid as error:
            form.take(error)
        else:
            return _to_page(decision)
    text = plain(form.served_text.data or "")[:MAX_CHARACTERS]
    served = served_page(read_served(text)) if text else None
    return entry_page(form, None, served), 422 if form.is_submitted() else 200


def fresh_form(found: Mapping[str, Any] | None = None) -> DecisionForm:
    """The form for a new decision: as sent, or with what was `found` in a served text."""
    data = {"authority_name": services().bureau.authority.name, **(found or {})}
    form = DecisionForm(data=data) if found is None else DecisionForm(formdata=None, data=data)
    form.offer(entry_units(account()))
    return form


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
    return entry_page(form, decision), 422 if form.is_submitted() else 200


def entry_page(form: DecisionForm, decision: Decision | None, served: ServedPage | None = None) -> str:
    """The form; where another decision has the number already, with the way to it for those who may view it."""
    authority, number = form.authority_name.data, form.document_number.data
    alike = numbered_alike(session, account(), authority, number) if authority and number else None
    return render_template(
        "casework/decisions/form.html",
        form=form,
        decision=decision,
        served=served,
        alike=alike if alike is not decision else None,
    )


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
