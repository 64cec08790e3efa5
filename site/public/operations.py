"""Whether the process lives, whether it can serve, and how it does: for balancers and monitors."""

from __future__ import annotations

from flask import Blueprint, Response, abort, jsonify
from flask.typing import ResponseReturnValue
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4

from shared.access import public
from shared.metrics import exposition, may_read
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
    """503 only when the database, its schema or the file store fails; anything less is told as degraded with 200."""
    failed = failures()
    short = [] if failed else [shortcoming.code for shortcoming in degraded()]
    body = {"status": "failed" if failed else "ok", "failed": failed, "degraded": short}
    return jsonify(body), 503 if failed else 200


@blueprint.get("/metrics")
@public
def metrics() -> ResponseReturnValue:
    """Figures for Prometheus; for those who show the token, and to everybody else an address that isn't there."""
    if not may_read():
        abort(404)
    return Response(
        exposition(), content_type=CONTENT_TYPE_PLAIN_0_0_4, headers={"Cache-Control": "no-store"}
    )
