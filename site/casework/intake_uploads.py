"""Files on their way into a filing, of somebody who tells it to staff, under /casework/intake/uploads."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from journey import resumable
from journey.surface import intake_surface
from models.people.permissions import Permission
from shared.access import account, requires
from shared.limits import limited

blueprint = Blueprint("intake_uploads", __name__, url_prefix="/casework/intake/uploads")


@blueprint.route("", methods=["POST", "OPTIONS"])
@limited("upload")
@requires(Permission.CASE_ACCEPT)
def begin() -> ResponseReturnValue:
    """Announces a file; OPTIONS says what the protocol can do here."""
    if request.method == "OPTIONS":
        return resumable.capabilities()
    return resumable.begin(_shelf())


@blueprint.route("/<address>", methods=["HEAD"])
@requires(Permission.CASE_ACCEPT)
def one(address: str) -> ResponseReturnValue:
    """How far it has come."""
    return resumable.look(_shelf(), address)


@blueprint.route("/<address>", methods=["PATCH"])
@limited("upload_piece")
@requires(Permission.CASE_ACCEPT)
def take(address: str) -> ResponseReturnValue:
    """The next piece."""
    return resumable.take(_shelf(), address)


@blueprint.route("/<address>", methods=["DELETE"])
@requires(Permission.CASE_ACCEPT)
def end(address: str) -> ResponseReturnValue:
    """Gives it up."""
    return resumable.end(_shelf(), address)


def _shelf() -> resumable.Shelf:
    return resumable.of_draft(intake_surface(account()))
