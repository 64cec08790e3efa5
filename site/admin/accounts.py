"""Accounts of staff: make, give and take roles, close and open, set a password, end the one-time password of a lost phone."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from admin.forms import NewAccount, NewAssignment, NewPassword, offer
from models.errors import Invalid
from models.people import operations
from models.people.permissions import Permission
from models.people.queries import accounts, active_units, staff_by_id, unit_by_code
from models.people.roles import ROLE_LABELS, AccountKind, Role
from models.types import now_utc
from shared.access import account as acting
from shared.access import requires
from shared.accounts import hashed
from shared.database import session

blueprint = Blueprint("accounts", __name__, url_prefix="/admin/accounts")


@blueprint.get("/")
@requires(Permission.ACCOUNT_MANAGE)
def index() -> ResponseReturnValue:
    """All members of staff with their roles."""
    staff = accounts(session, kind=AccountKind.STAFF)
    return render_template("admin/accounts.html", staff=staff, role_labels=ROLE_LABELS)


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_MANAGE, fresh=True)
def new() -> ResponseReturnValue:
    """Makes an account with a first role."""
    form = NewAccount()
    offer(form, active_units(session))
    if form.validate_on_submit():
        try:
            made = _make(form)
        except Invalid as error:
            form.take(error)
        else:
            flash(_("账号已经建好。请把初始密码当面交给本人，并请其登录后修改。"), "done")
            return redirect(url_for("accounts.show", account_id=made), code=303)
    return render_template("admin/account_new.html", form=form), 422 if form.errors else 200


@blueprint.get("/<int:account_id>")
@requires(Permission.ACCOUNT_MANAGE)
def show(account_id: int) -> ResponseReturnValue:
    """One account, its roles, and what can be done with it."""
    return _page(account_id, NewAssignment(formdata=None), NewPassword(formdata=None))


@blueprint.post("/<int:account_id>/roles")
@requires(Permission.ACCOUNT_MANAGE, fresh=True)
def assign(account_id: int) -> ResponseReturnValue:
    """Gives a role."""
    form = NewAssignment()
    offer(form, active_units(session))
    if not form.validate():
        return _page(account_id, form, NewPassword(formdata=None)), 422
    account, unit = staff_by_id(session, account_id), unit_by_code(session, form.unit.data)
    role = Role(form.role.data)
    operations.assign_role(session, account=account, unit=unit, role=role, actor=acting(), now=now_utc())
    flash(_("岗位已经增加。"), "done")
    return redirect(url_for("accounts.show", account_id=account_id), code=303)


@blueprint.post("/<int:account_id>/roles/<int:assignment_id>/revoke")
@requires(Permission.ACCOUNT_MANAGE, fresh=True)
def revoke(account_id: int, assignment_id: int) -> ResponseReturnValue:
    """Takes a role away."""
    account = staff_by_id(session, account_id)
    operations.revoke_role(
        session, account=account, assignment_id=assignment_id, actor=acting(), now=now_utc()
    )
    flash(_("岗位已经取消。"), "done")
    return redirect(url_for("accounts.show", account_id=account_id), code=303)


@blueprint.post("/<int:account_id>/password")
@requires(Permission.ACCOUNT_MANAGE, fresh=True)
def password(account_id: int) -> ResponseReturnValue:
    """Sets a password for somebody who forgot theirs and has no e-mail address here."""
    form = NewPassword()
    try:
        if not form.validate():
            return _page(account_id, NewAssignment(formdata=None), form), 422
        secret = hashed(form.password.data)
    except Invalid as error:
        form.take(error)
        return _page(account_id, NewAssignment(formdata=None), form), 422
    account = staff_by_id(session, account_id)
    operations.set_password(session, account=account, password_hash=secret, actor=acting(), now=now_utc())
    flash(_("密码已经重设，该账号在所有设备上都已退出登录。"), "done")
    return redirect(url_for("accounts.show", account_id=account_id), code=303)


@blueprint.post("/<int:account_id>/<any(open, close):act>")
@requires(Permission.ACCOUNT_MANAGE, fresh=True)
def switch(account_id: int, act: str) -> ResponseReturnValue:
    """Opens or closes an account. Nobody closes their own: a bureau must not lock itself out."""
    account = staff_by_id(session, account_id)
    if account.id == acting().id:
        flash(_("不能停用自己的账号。"), "warn")
    else:
        operations.set_active(
            session, account=account, is_active=act == "open", actor=acting(), now=now_utc()
        )
        flash(_("账号已经启用。") if act == "open" else _("账号已经停用，在所有设备上都已退出登录。"), "done")
    return redirect(url_for("accounts.show", account_id=account_id), code=303)


@blueprint.post("/<int:account_id>/forget-one-time-password")
@requires(Permission.ACCOUNT_MANAGE, fresh=True)
def forget_one_time_password(account_id: int) -> ResponseReturnValue:
    """For an owner who lost the phone; they set it up again after signing in."""
    account = staff_by_id(session, account_id)
    operations.forget_one_time_password(session, account=account, actor=acting(), now=now_utc())
    flash(_("动态口令已经取消，请本人登录后重新设置。"), "done")
    return redirect(url_for("accounts.show", account_id=account_id), code=303)


def _make(form: NewAccount) -> int:
    """Checks everything before the first row is written, so that a refusal leaves nothing behind."""
    account = operations.create_account(
        session,
        kind=AccountKind.STAFF,
        username=form.username.data,
        display_name=form.display_name.data,
        email=form.email.data or None,
        password_hash=hashed(form.password.data),
        actor=acting(),
        now=now_utc(),
    )
    unit, role = unit_by_code(session, form.unit.data), Role(form.role.data)
    operations.assign_role(session, account=account, unit=unit, role=role, actor=acting(), now=now_utc())
    return account.id


def _page(account_id: int, roles: NewAssignment, secret: NewPassword) -> str:
    person = staff_by_id(session, account_id)
    offer(roles, active_units(session))
    return render_template(
        "admin/account.html",
        person=person,
        role_labels=ROLE_LABELS,
        form=roles if roles.errors else secret,
        roles_form=roles,
        password_form=secret,
        is_oneself=person.id == acting().id,
    )
