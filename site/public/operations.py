"""Whether the process lives, and whether it can serve: for balancers and monitors."""

from __future__ import annotations

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from shared.access import public
from shared.readiness import degraded, failures

blueprint = Blueprint("operations", __name__)


@blueprint.get("/healthz")
@public
def healthz() -> ResponseReturnValue:
    """The process answers; nothing else is asked."""
    return jsonify(status="ok")


@blueprint.get("/readyz")
@public
def readyz() -> ResponseReturnValue:
    """503 only when the database or the file store fails; anything less is told as degraded with 200."""
    failed = failures()
    short = [] if failed else [shortcoming.code for shortcoming in degraded()]
    body = {"status": "failed" if failed else "ok", "failed": failed, "degraded": short}
    return jsonify(body), 503 if failed else 200
