"""Where somebody arrives after signing in: each kind of account at its own desk."""

from __future__ import annotations

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from models.people.roles import AccountKind
from shared.access import account, signed_in
from shared.navigation import own_menu

blueprint = Blueprint("desk", __name__)


@blueprint.get("/after-sign-in")
@signed_in()
def after_sign_in() -> ResponseReturnValue:
    """The first page that the account may open: a rights-holder's own filings, for staff the first of their menu."""
    visitor = account()
    if visitor.kind is AccountKind.RIGHTS_HOLDER:
        return redirect(f"{request.script_root}/account/", code=303)
    menu = own_menu()
    return redirect(f"{request.script_root}{menu[0].path if menu else '/'}", code=303)
