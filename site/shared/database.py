"""The request's database session, and its one commit at the edge.

A request that only looks (GET, HEAD, OPTIONS) gets a reading session, any other a writing one. `session` is a proxy to
it. Views and verbs never commit: `finish` does, once, after the view has answered without an error. A view that
answers with an error but has something to keep (a form with mistakes whose uploads must not be lost) says `keep()`.
A request that ends by an exception keeps nothing.
"""

from __future__ import annotations

import contextlib
from typing import cast

from flask import Flask, Response, current_app, g, has_request_context, request
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from werkzeug.local import LocalProxy

from models.database import Database

_KEPT_WHOLE = frozenset({"", "application/json", "application/x-www-form-urlencoded", "multipart/form-data"})
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def init_app(app: Flask, database: Database) -> None:
    """Gives `app` its database; every context closes its session at its end."""
    app.extensions["huhang_database"] = database
    app.teardown_appcontext(_close)


def database() -> Database:
    """The database of the current app."""
    return cast(Database, current_app.extensions["huhang_database"])


def current_session() -> Session:
    """The session of this request or command; opened when first asked for."""
    if "huhang_session" not in g:
        g.huhang_session = database().reading() if _only_looks() else database().writing()
    return cast(Session, g.huhang_session)


session = cast(Session, LocalProxy(current_session))


def keep() -> None:
    """Says that this request's changes are to be committed although it answers with an error status."""
    g.huhang_keep = True


def commit() -> None:
    """Commits what a command has done so far. Views never call this."""
    current_session().commit()


def finish(response: Response) -> None:
    """The edge: commits an unsafe request that went well, rolls anything else back."""
    opened = cast(Session | None, g.get("huhang_session"))
    if opened is None:
        return
    went_well = response.status_code < 400 or g.get("huhang_keep", False)
    if went_well and request.method not in SAFE_METHODS:
        opened.commit()
    else:
        opened.rollback()


def undo() -> None:
    """Throws away what a failed request did and lets go of its locks; its error page can still look things up."""
    g.huhang_failed = True
    _close(None)


def start_again() -> bool:
    """Throws away what the request did, so that it can be done once more from the start; False where it cannot.

    Files were read from the line, and a piece of an upload too: those are sent again by whoever sent them.
    """
    if request.mimetype not in _KEPT_WHOLE or request.files:
        return False
    _close(None)
    for name in ("_login_user", "huhang_keep"):
        g.pop(name, None)
    return True


def _only_looks() -> bool:
    if not has_request_context():
        return False
    if request.method in SAFE_METHODS or g.get("huhang_failed", False):
        return True
    if not g.get("huhang_received", False):
        # A writing session holds SQLite's one door from its first statement on. So the whole form is taken in before
        # one is opened: else one slow line with a large attachment would keep everybody out for minutes.
        g.huhang_received = True
        _ = request.form
    return False


def _close(_error: BaseException | None) -> None:
    opened = g.pop("huhang_session", None)
    if opened is not None:
        with contextlib.suppress(
            SQLAlchemyError
        ):  # the connection may be gone, and there is nothing left to do
            opened.close()
