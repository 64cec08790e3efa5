"""Large files of a filing that another system hands in, under /api/v1/uploads: piece by piece, before the filing itself.

They gather under the Idempotency-Key that the filing will come with, and are its evidence when it comes.
"""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from api.sending import submission_token, whose
from journey import resumable
from models.errors import Conflict
from models.filings.queries import filing_by_token
from models.people.tokens import Scope
from shared.access import needs_token, public
from shared.database import session
from shared.limits import limited

blueprint = Blueprint("api_uploads", __name__, url_prefix="/api/v1/uploads")


@blueprint.route("", methods=["OPTIONS"])
@public
def able() -> ResponseReturnValue:
    """What the protocol can do here; asked by tus clients before they hold a token."""
    return resumable.capabilities()


@blueprint.post("", provide_automatic_options=False)
@limited("upload", key=whose)
@needs_token(Scope.FILING_CREATE)
def begin() -> ResponseReturnValue:
    """Announce a file of a filing that is yet to come, by the tus protocol 1.0.0. 201 with its address."""
    if request.headers.get("Tus-Resumable") == resumable.VERSION and filing_by_token(
        session, submission_token()
    ):
        raise Conflict(_("这份登记已经收下，不能再加文件；请用查询码补充材料。"))
    return resumable.begin(_shelf())


@blueprint.route("/<address>", methods=["HEAD"])
@needs_token(Scope.FILING_CREATE)
def one(address: str) -> ResponseReturnValue:
    """How far the file has come."""
    return resumable.look(_shelf(), address)


@blueprint.route("/<address>", methods=["PATCH"])
@limited("upload_piece", key=whose)
@needs_token(Scope.FILING_CREATE)
def take(address: str) -> ResponseReturnValue:
    """The next piece; the last one completes the file."""
    return resumable.take(_shelf(), address)


@blueprint.route("/<address>", methods=["DELETE"])
@needs_token(Scope.FILING_CREATE)
def end(address: str) -> ResponseReturnValue:
    """Give the file up."""
    return resumable.end(_shelf(), address)


def _shelf() -> resumable.Shelf:
    return resumable.Shelf(submission_token, "api_uploads.one")
