"""Evidence for staff: the original as it was handed in, to those who may look at the case."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from casework.loading import case_to_read
from journey.evidence import send_evidence
from models.errors import NotFound
from models.filings.evidence import hand_out
from models.people.permissions import Permission
from models.types import now_utc
from shared.access import account, requires
from shared.database import session

blueprint = Blueprint("case_evidence", __name__, url_prefix="/casework/cases/<reference>/evidence")


@blueprint.post("/<int:number>")
@requires(Permission.CASE_VIEW)
def download(reference: str, number: int) -> ResponseReturnValue:
    """The file that the page lists under `number`. Giving it out is an act on record, so it is asked for by POST."""
    case = case_to_read(reference)
    found = next((file for file in case.filing.evidence if file.id == number), None)
    if found is None:
        raise NotFound("这个办件没有这份证据。")
    hand_out(session, evidence=found, actor=account(), now=now_utc())
    return send_evidence(found)
