"""Evidence for staff: the sanitised copy by a click, the original by an act of its own, both on record."""

from __future__ import annotations

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from casework.loading import case_to_read
from casework.originals import original_page
from journey.evidence import send_copy
from models.cases.tables import Case
from models.errors import NotFound
from models.filings.evidence import belongs_to, hand_out_copy
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
    hand_out_copy(session, file=found, actor=account(), now=now_utc())
    return send_copy(found)


@blueprint.route("/<int:number>/original", methods=["GET", "POST"])
@requires(Permission.CASE_VIEW)
def original(reference: str, number: int) -> ResponseReturnValue:
    """What the original may hold; then the original."""
    case = case_to_read(reference)
    back = (url_for("case.show", reference=case.shown_reference), _("回到办件"))
    return original_page(_evidence(case, number), kicker=case.shown_reference, back=back)


def _evidence(case: Case, number: int) -> Evidence:
    found = session.get(Evidence, number)
    if found is None or not belongs_to(found, case.filing):
        raise NotFound(_("这个办件没有这份证据。"))
    return found
