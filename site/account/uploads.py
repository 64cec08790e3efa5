"""Files on their way into a filing, under /account/file/uploads."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from journey import resumable
from journey.surface import account_surface
from models.people.roles import AccountKind
from shared.access import account, signed_in
from shared.limits import limited

blueprint = Blueprint("account_filing_uploads", __name__, url_prefix="/account/file/uploads")
rights_holders = signed_in(AccountKind.RIGHTS_HOLDER)


@blueprint.route("", methods=["POST", "OPTIONS"])
@limited("upload")
@rights_holders
def begin() -> ResponseReturnValue:
    """Announces a file; OPTIONS says what the protocol can do here."""
    if request.method == "OPTIONS":
        return resumable.capabilities()
    return resumable.begin(_shelf())


@blueprint.route("/<address>", methods=["HEAD"])
@rights_holders
def one(address: str) -> ResponseReturnValue:
    """How far it has come."""
    return resumable.look(_shelf(), address)


@blueprint.route("/<address>", methods=["PATCH"])
@limited("upload_piece")
@rights_holders
def take(address: str) -> ResponseReturnValue:
    """The next piece."""
    return resumable.take(_shelf(), address)


@blueprint.route("/<address>", methods=["DELETE"])
@rights_holders
def end(address: str) -> ResponseReturnValue:
    """Gives it up."""
    return resumable.end(_shelf(), address)


def _shelf() -> resumable.Shelf:
    return resumable.of_draft(account_surface(account()))
