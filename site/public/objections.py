"""`/decisions/<id>/objection`: what somebody can do who is named wrongly, or is taken for who is named; no account needed."""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from journey.explaining import basis_in_words
from models.decisions.corrections.kinds import CorrectionGround, basis_of
from models.decisions.petitions.clocks import limits_of
from models.decisions.queries import decision_by_public_id
from models.decisions.term.repair import earliest_repair
from models.types import beijing_date, now_utc
from shared.access import public
from shared.database import session
from shared.i18n import label

blueprint = Blueprint("objections", __name__, url_prefix="/decisions")


@blueprint.get("/<public_id>/objection")
@public
def show(public_id: str) -> ResponseReturnValue:
    """Whether it is you, how to ask, what happens then, and a sheet to print and sign; what has ended is told at its address."""
    decision = decision_by_public_id(session, public_id)
    today = beijing_date(now_utc())
    if not decision.is_public(today):
        return redirect(url_for("decisions.show", public_id=public_id))
    page = render_template(
        "public/decisions/objection.html",
        decision=decision,
        limits=limits_of(session, decision, on=today),
        basis_in_words=basis_in_words,
        repair_from_on=earliest_repair(decision, today=today),
        correction_basis=label(basis_of(CorrectionGround.INACCURATE, decision.kind)),
    )
    response = make_response(page)
    response.headers["X-Robots-Tag"] = (
        "noindex"  # the decision's own page is to be found, and forgotten, for the name
    )
    return response
