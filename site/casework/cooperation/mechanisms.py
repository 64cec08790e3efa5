"""协作机制: with whom the bureau works together; kept by staff, read by whoever drafts a letter."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from casework.cooperation.forms import MechanismForm, MemberForm
from models.cases.operations import INTAKE_UNIT
from models.cooperation import operations
from models.cooperation.queries import mechanism_by_id, mechanisms, member_of, outside_bodies
from models.cooperation.tables import Mechanism
from models.cooperation.terms import SCOPE_LABELS
from models.errors import Invalid
from models.people.operations import add_body
from models.people.permissions import Permission, can
from models.people.profiles import OutsideKind
from models.people.queries import unit_by_code
from models.people.tables import Unit
from models.types import beijing_date, now_utc
from shared.access import account, requires
from shared.database import session

blueprint = Blueprint("mechanisms", __name__, url_prefix="/casework/mechanisms")


@blueprint.get("")
@requires(Permission.CASE_TRANSFER, Permission.MECHANISM_MANAGE)
def index() -> ResponseReturnValue:
    """All of them."""
    return render_template(
        "casework/cooperation/index.html",
        mechanisms=mechanisms(session),
        scopes=SCOPE_LABELS,
        today=beijing_date(now_utc()),
        may_keep=can(account(), Permission.MECHANISM_MANAGE),
    )


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.MECHANISM_MANAGE)
def new() -> ResponseReturnValue:
    """A new one."""
    return _kept(None)


@blueprint.route("/<int:number>/change", methods=["GET", "POST"])
@requires(Permission.MECHANISM_MANAGE)
def change(number: int) -> ResponseReturnValue:
    """Changes what is known of it; a last day ends it."""
    return _kept(mechanism_by_id(session, number))


@blueprint.get("/<int:number>")
@requires(Permission.CASE_TRANSFER, Permission.MECHANISM_MANAGE)
def show(number: int) -> ResponseReturnValue:
    """One, with its members."""
    mechanism = mechanism_by_id(session, number)
    return render_template(
        "casework/cooperation/show.html",
        mechanism=mechanism,
        scope=SCOPE_LABELS[mechanism.scope],
        holds=mechanism.holds(beijing_date(now_utc())),
        may_keep=can(account(), Permission.MECHANISM_MANAGE),
    )


@blueprint.route("/<int:number>/members/new", methods=["GET", "POST"])
@requires(Permission.MECHANISM_MANAGE)
def join(number: int) -> ResponseReturnValue:
    """A body joins, or gets another contact."""
    mechanism, units = mechanism_by_id(session, number), outside_bodies(session)
    form = MemberForm.among(units)
    if form.validate_on_submit():
        try:
            with session.begin_nested():  # a body that was named is not made where its contact is wrong
                unit = _body(form, units)
                operations.join(
                    session,
                    mechanism=mechanism,
                    unit=unit,
                    contact=form.person,
                    actor=account(),
                    now=now_utc(),
                )
        except Invalid as error:
            form.take(error)
        else:
            flash(_("已登记。"), "done")
            return redirect(url_for("mechanisms.show", number=number), code=303)
    page = render_template("casework/cooperation/member.html", mechanism=mechanism, form=form)
    return page, 422 if form.problems() else 200


@blueprint.post("/<int:number>/members/<int:member>/leave")
@requires(Permission.MECHANISM_MANAGE)
def leave(number: int, member: int) -> ResponseReturnValue:
    """The body is a member no more."""
    found = member_of(session, mechanism_by_id(session, number), member)
    operations.leave(session, member=found, actor=account(), now=now_utc())
    flash(_("已移出协作机制。"), "done")
    return redirect(url_for("mechanisms.show", number=number), code=303)


def _kept(mechanism: Mechanism | None) -> ResponseReturnValue:
    form = MechanismForm.of(mechanism)
    if form.validate_on_submit():
        try:
            kept = operations.keep(
                session, mechanism=mechanism, agreement=form.agreement, actor=account(), now=now_utc()
            )
        except Invalid as error:
            form.take(error)
        else:
            flash(_("已保存。"), "done")
            return redirect(url_for("mechanisms.show", number=kept.id), code=303)
    page = render_template("casework/cooperation/form.html", mechanism=mechanism, form=form)
    return page, 422 if form.problems() else 200


def _body(form: MemberForm, units: list[Unit]) -> Unit:
    if not form.is_new_body:
        return next(one for one in units if str(one.id) == form.unit.data)
    return add_body(
        session,
        name=form.name.data or "",
        outside_kind=OutsideKind(form.outside_kind.data),
        region_code=form.region_code.data or "",
        parent=unit_by_code(session, INTAKE_UNIT),
        actor=account(),
        now=now_utc(),
    )
