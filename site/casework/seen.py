"""Noting that a case was opened. The page itself is a GET and writes nothing; its script, or a button, asks for this."""

from __future__ import annotations

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from casework.loading import case_to_see
from models.cases.seeing import mark_seen
from models.people.permissions import Permission
from models.types import now_utc
from shared.access import account, requires
from shared.database import session

blueprint = Blueprint("seen", __name__, url_prefix="/casework/cases/<reference>")


@blueprint.post("/seen")
@requires(Permission.CASE_VIEW)
def mark(reference: str) -> ResponseReturnValue:
    """Marks the case as read, once and for everybody."""
    case = case_to_see(reference)
    mark_seen(session, case=case, actor=account(), now=now_utc())
    return redirect(url_for("case.show", reference=case.shown_reference), code=303)
