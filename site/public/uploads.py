"""Files on their way into a filing, under /file/uploads."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from journey import resumable
from journey.surface import public_surface
from shared.access import public
from shared.limits import limited

blueprint = Blueprint("filing_uploads", __name__, url_prefix="/file/uploads")


@blueprint.route("", methods=["POST", "OPTIONS"])
@limited("upload")
@public
def begin() -> ResponseReturnValue:
    """Announces a file; OPTIONS says what the protocol can do here."""
    if request.method == "OPTIONS":
        return resumable.capabilities()
    return resumable.begin(_shelf())


@blueprint.route("/<address>", methods=["HEAD"])
@public
def one(address: str) -> ResponseReturnValue:
    """How far it has come."""
    return resumable.look(_shelf(), address)


@blueprint.route("/<address>", methods=["PATCH"])
@limited("upload_piece")
@public
def take(address: str) -> ResponseReturnValue:
    """The next piece."""
    return resumable.take(_shelf(), address)


@blueprint.route("/<address>", methods=["DELETE"])
@public
def end(address: str) -> ResponseReturnValue:
    """Gives it up."""
    return resumable.end(_shelf(), address)


def _shelf() -> resumable.Shelf:
    return resumable.of_draft(public_surface())
