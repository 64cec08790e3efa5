"""Tokens of other systems: make one, see it once, take it back."""

from __future__ import annotations

import datetime as dt

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from admin.forms import NewToken
from models.errors import Invalid
from models.people.permissions import Permission
from models.people.tokens import SCOPE_LABELS, Scope, make_token, revoke_token, tokens
from models.types import now_utc
from shared.access import account, requires
from shared.database import session

blueprint = Blueprint("tokens", __name__, url_prefix="/admin/tokens")


@blueprint.get("/")
@requires(Permission.TOKEN_MANAGE)
def index() -> ResponseReturnValue:
    """All tokens, good ones and others."""
    return render_template(
        "admin/tokens.html", tokens=tokens(session), scope_labels=SCOPE_LABELS, now=now_utc()
    )


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.TOKEN_MANAGE, fresh=True)
def new() -> ResponseReturnValue:
    """Makes one. The page that answers is the only one that ever shows it."""
    form, now = NewToken(), now_utc()
    form.offer()
    if form.validate_on_submit():
        try:
            token, secret = make_token(
                session,
                name=form.name.data,
                scopes=[Scope(scope) for scope in form.scopes.data],
                expires_at=now + dt.timedelta(days=int(form.days.data)) if form.days.data else None,
                actor=account(),
                now=now,
            )
        except Invalid as error:
            form.take(error)
        else:
            return render_template("admin/token_made.html", token=token, secret=secret)
    return render_template("admin/token_new.html", form=form), 422 if form.errors else 200


@blueprint.post("/<int:token_id>/revoke")
@requires(Permission.TOKEN_MANAGE, fresh=True)
def revoke(token_id: int) -> ResponseReturnValue:
    """Takes one back."""
    revoke_token(session, token_id=token_id, actor=account(), now=now_utc())
    flash(_("令牌已经停用，用它的系统马上不能再提交。"), "done")
    return redirect(url_for("tokens.index"), code=303)
