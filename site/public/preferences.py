"""Large print 长者模式, kept in a cookie of the reader's browser and nowhere else.

A link does, without scripts and without a form: the cookie is no secret and changes nothing on the server.
"""

from __future__ import annotations

from flask import Blueprint, current_app, redirect, request
from flask.typing import ResponseReturnValue

from shared.access import public
from shared.pages import LARGE_PRINT_COOKIE

blueprint = Blueprint("preferences", __name__, url_prefix="/large-print")

ONE_YEAR_SECONDS = 365 * 24 * 3600


@blueprint.get("/on")
@public
def large_print_on() -> ResponseReturnValue:
    """Bigger letters from now on."""
    answer = redirect(_back(), code=303)
    answer.set_cookie(
        LARGE_PRINT_COOKIE,
        "on",
        max_age=ONE_YEAR_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
    )
    return answer


@blueprint.get("/off")
@public
def large_print_off() -> ResponseReturnValue:
    """The usual size again."""
    answer = redirect(_back(), code=303)
    answer.delete_cookie(LARGE_PRINT_COOKIE)
    return answer


def _back() -> str:
    """The page the reader came from, of this site only: "//elsewhere" and "/\\elsewhere" are other sites to a browser."""
    path = request.args.get("back", "/")
    is_ours = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return request.script_root + (path if is_ours else "/")
