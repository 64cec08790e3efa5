"""`/api/v1/decisions`: the collection and each decision, as at the data endings of the public pages."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from results.answers import collection_answer, decision_answer
from shared.access import public
from shared.limits import limited

blueprint = Blueprint("api_decisions", __name__, url_prefix="/api/v1/decisions")


@blueprint.get("")
@public
@limited("api", unsafe_only=False)
def index() -> ResponseReturnValue:
    """Search; the parameters are those of /decisions."""
    return collection_answer()


@blueprint.get("/<public_id>")
@public
@limited("api", unsafe_only=False)
def show(public_id: str) -> ResponseReturnValue:
    """One decision; 410 when it is no longer public."""
    return decision_answer(public_id)
