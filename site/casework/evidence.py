"""Evidence for staff: the sanitised copy by a click, the original by an act of its own, both on record."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from casework.forms import OriginalForm
from casework.loading import case_to_read
from journey.evidence import send_copy, send_evidence
from models.cases.tables import Case
from models.errors import Invalid, NotFound
from models.filings.evidence import belongs_to, hand_out, hand_out_copy
from models.filings.kinds import COPY_OBSTACLE_LABELS, COPY_STATE_LABELS, SCAN_STATE_LABELS, ScanState
from models.filings.tables import Evidence
from models.people.permissions import Permission
from models.types import now_utc
from shared.access import account, requires
from shared.database import session

blueprint = Blueprint("case_evidence", __name__, url_prefix="/casework/cases/<reference>/evidence")


@blueprint.post("/<int:number>")
@requires(Permission.CASE_VIEW)
def download(reference: str, number: int) -> ResponseReturnValue:
    """The copy that is safe to look at. Giving it out is an act on record, so it is asked for by POST."""
    found = _evidence(case_to_read(reference), number)
    hand_out_copy(session, evidence=found, actor=account(), now=now_utc())
    return send_copy(found)


@blueprint.route("/<int:number>/original", methods=["GET", "POST"])
@requires(Permission.CASE_VIEW)
def original(reference: str, number: int) -> ResponseReturnValue:
    """What the original may hold; then the original. Malware is handed out only to somebody who says to know it."""
    case = case_to_read(reference)
    found, form = _evidence(case, number), OriginalForm()
    if found.scan_state is not ScanState.INFECTED:
        del form.knows_of_malware
    if form.validate_on_submit():
        knows = "knows_of_malware" in form and bool(form.knows_of_malware.data)
        try:
            hand_out(session, evidence=found, actor=account(), now=now_utc(), knows_of_malware=knows)
        except Invalid as error:
            form.take(error)
        else:
            return send_evidence(found)
    page = render_template(
        "casework/evidence_original.html",
        case=case,
        file=found,
        form=form,
        scan=SCAN_STATE_LABELS[found.scan_state],
        copy=COPY_STATE_LABELS[found.copy_state],
        obstacle=COPY_OBSTACLE_LABELS[found.copy_obstacle] if found.copy_obstacle else "",
    )
    return page, 422 if form.problems() else 200


def _evidence(case: Case, number: int) -> Evidence:
    found = session.get(Evidence, number)
    if found is None or not belongs_to(found, case.filing):
        raise NotFound("这个办件没有这份证据。")
    return found
