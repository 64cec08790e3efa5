"""The JSON API, under /api/v1, the services for other programs, and what the data endings of public pages share."""

from flask import Blueprint, Flask, Response, request

from api import account, deadlines, decisions, entry, filings, lists, openapi, reconcile, uploads
from shared.requests import DATA_ENDINGS

BLUEPRINTS: tuple[Blueprint, ...] = (
    account.blueprint,
    decisions.blueprint,
    lists.blueprint,
    deadlines.blueprint,
    entry.blueprint,
    filings.blueprint,
    openapi.blueprint,
    reconcile.blueprint,
    uploads.blueprint,
)


def register(app: Flask) -> None:
    """Adds the API to `app`. Reconciliation is asked by POST from other sites' pages, and changes nothing."""
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.extensions["csrf"].exempt(reconcile.blueprint)
    for blueprint in (
        account.blueprint,
        entry.blueprint,
        filings.blueprint,
        uploads.blueprint,
    ):  # programs come with a token and no cookie
        app.extensions["csrf"].exempt(blueprint)
    app.after_request(_readable_everywhere)


def _readable_everywhere(response: Response) -> Response:
    """Pages of other sites may read public data: nothing in it depends on who asks."""
    if request.path.startswith("/api/v1/account/"):
        return response
    if request.method in ("GET", "HEAD") and (
        request.path.startswith("/api/v1/") or request.path.endswith(DATA_ENDINGS)
    ):
        response.headers.setdefault("Access-Control-Allow-Origin", "*")
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
