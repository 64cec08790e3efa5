"""The files of a petition, for those who handle it: the safe copy, and the original after a word about it."""

from __future__ import annotations

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from casework.decisions.loading import decision_to_act_on
from casework.originals import original_page
from journey.evidence import send_copy
from models.decisions.petitions.files import file_of_petition
from models.decisions.petitions.queries import petition_to_act_on
from models.decisions.petitions.tables import PetitionFile
from models.filings.evidence import hand_out_copy
from models.people.permissions import Permission
from models.types import now_utc
from shared.access import account, requires
from shared.database import session

blueprint = Blueprint(
    "petition_files",
    __name__,
    url_prefix="/casework/decisions/<int:decision_id>/petitions/<int:petition_id>/files/<int:file_id>",
)


@blueprint.post("")
@requires(Permission.DECISION_WITHDRAW)
def copy(decision_id: int, petition_id: int, file_id: int) -> ResponseReturnValue:
    """Hands the copy out that is safe to look at; that is an act on record."""
    found = _file(decision_id, petition_id, file_id)
    hand_out_copy(session, file=found, actor=account(), now=now_utc())
    return send_copy(found)


@blueprint.route("/original", methods=["GET", "POST"])
@requires(Permission.DECISION_WITHDRAW)
def original(decision_id: int, petition_id: int, file_id: int) -> ResponseReturnValue:
    """What the original may hold; then the original."""
    found = _file(decision_id, petition_id, file_id)
    back = (url_for("publishing_review.show", decision_id=decision_id), _("回到这份决定书"))
    return original_page(found, kicker=_("异议和信用修复"), back=back)


def _file(decision_id: int, petition_id: int, file_id: int) -> PetitionFile:
    decision = decision_to_act_on(decision_id, Permission.DECISION_WITHDRAW)
    return file_of_petition(petition_to_act_on(session, decision, petition_id), file_id)
