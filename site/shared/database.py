"""The request's database session, and its one commit at the edge.

A request that only looks (GET, HEAD, OPTIONS) gets a reading session, any other a writing one. `session` is a proxy to
it. Views and verbs never commit: `finish` does, once, after the view has answered without an error. A view that
answers with an error but has something to keep (a form with mistakes whose uploads must not be lost) says `keep()`.
"""

from __future__ import annotations

from typing import cast

from flask import Flask, Response, current_app, g, has_request_context, request
from sqlalchemy.orm import Session
from werkzeug.local import LocalProxy

from models.database import Database

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
        only_looks = has_request_context() and request.method in SAFE_METHODS
        g.huhang_session = database().reading() if only_looks else database().writing()
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


def _close(_error: BaseException | None) -> None:
    opened = g.pop("huhang_session", None)
    if opened is not None:
        opened.close()
