"""Evidence for staff: the original as it was handed in, to those who may look at the case."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from casework.loading import case_to_read
from journey.evidence import send_evidence
from models.errors import NotFound
from models.people.permissions import Permission
from shared.access import requires

blueprint = Blueprint("case_evidence", __name__, url_prefix="/casework/cases/<reference>/evidence")


@blueprint.get("/<int:number>")
@requires(Permission.CASE_VIEW)
def download(reference: str, number: int) -> ResponseReturnValue:
    """The file that the page lists under `number`."""
    case = case_to_read(reference)
    found = next((file for file in case.filing.evidence if file.id == number), None)
    if found is None:
        raise NotFound("这个办件没有这份证据。")
    return send_evidence(found)
