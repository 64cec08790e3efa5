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

# What a page of another site may read of an answer besides its body.
TOLD = "ETag, Retry-After, Content-Digest, Content-Disposition, Link, X-Row-Count, X-Content-SHA256"


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
    """Pages of other sites may read public data: nothing in it depends on who asks. They may also ask whether it is new."""
    path = request.path
    if path.startswith("/api/v1/account/") or not (
        path.startswith(("/api/v1/", "/data/files/")) or path.endswith(DATA_ENDINGS)
    ):
        return response
    if request.method in ("GET", "HEAD"):
        response.headers.setdefault("Access-Control-Allow-Origin", "*")
        response.headers["Access-Control-Expose-Headers"] = TOLD
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    elif request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Allow-Methods"] = "GET, HEAD"
        response.headers["Access-Control-Allow-Headers"] = "If-None-Match, If-Modified-Since"
        response.headers["Access-Control-Max-Age"] = "86400"
    return response
