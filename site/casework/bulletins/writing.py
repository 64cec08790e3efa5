"""Drafting a bulletin, and amending a draft."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from casework.bulletins.forms import BulletinForm, filled_from
from casework.decisions.loading import entry_units
from models.bulletins.kinds import BulletinAct, BulletinKind, next_state
from models.bulletins.operations import amend, draft, submit
from models.bulletins.queries import bulletin_for_staff
from models.bulletins.tables import Bulletin
from models.errors import Invalid, NotAllowed
from models.people.permissions import Permission
from models.types import now_utc
from shared.access import account, authorise, requires
from shared.database import session

blueprint = Blueprint("bulletin_writing", __name__, url_prefix="/casework/bulletins")


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.DECISION_ENTER)
def new() -> ResponseReturnValue:
    """A new draft; with the first button it goes to the reviewers at once."""
    form = BulletinForm(data={"kind": BulletinKind.TYPICAL_CASE})
    form.offer(entry_units(account()))
    if form.validate_on_submit():
        try:
            return _done(_drafted(form))
        except Invalid as error:
            form.take(error)
    return _form(form, None)


@blueprint.route("/<int:bulletin_id>/edit", methods=["GET", "POST"])
@requires(Permission.DECISION_ENTER)
def edit(bulletin_id: int) -> ResponseReturnValue:
    """Amends a draft."""
    bulletin = bulletin_for_staff(session, bulletin_id)
    authorise(Permission.DECISION_ENTER, bulletin)
    next_state(bulletin.state, BulletinAct.AMEND)
    form = BulletinForm(data=filled_from(bulletin))
    form.offer([bulletin.unit])
    if form.validate_on_submit():
        try:
            return _done(amend(session, bulletin, **form.content(), actor=account(), now=now_utc()))
        except Invalid as error:
            form.take(error)
    return _form(form, bulletin)


def _drafted(form: BulletinForm) -> Bulletin:
    unit = next((one for one in entry_units(account()) if one.code == form.unit.data), None)
    if unit is None:
        raise NotAllowed(_("您不能为这个机构发布。"))
    kind = BulletinKind(form.kind.data)
    return draft(session, kind=kind, unit=unit, **form.content(), actor=account(), now=now_utc())


def _done(bulletin: Bulletin) -> ResponseReturnValue:
    words = _("已保存为草稿。")
    if request.form.get("then") == "submit":
        submit(session, bulletin, actor=account(), now=now_utc())
        words = _("已提交，等待另一位审核员审核。")
    session.flush()
    flash(words, "done")
    return redirect(url_for("bulletin_desk.show", bulletin_id=bulletin.id), code=303)


def _form(form: BulletinForm, bulletin: Bulletin | None) -> ResponseReturnValue:
    page = render_template("casework/bulletins/form.html", form=form, bulletin=bulletin)
    return page, 422 if form.is_submitted() else 200
