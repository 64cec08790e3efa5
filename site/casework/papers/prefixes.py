"""The head's word for what stands before document numbers."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from models.errors import NotFound
from models.papers import prefixes
from models.people.permissions import OfUnit, Permission
from models.people.tables import Unit
from models.types import now_utc
from shared.access import account, authorise, requires
from shared.database import session
from shared.services import services

blueprint = Blueprint("paper_prefixes", __name__, url_prefix="/casework/papers/prefixes")


@blueprint.post("/<int:number>/confirm")
@requires(Permission.PAPER_APPROVE)
def confirm(number: int) -> ResponseReturnValue:
    """确认机关代字 of the unit `number`, as it stood on the page."""
    unit = session.get(Unit, number)
    if unit is None:
        raise NotFound(_("没有这个机构。"))
    authorise(Permission.PAPER_APPROVE, OfUnit(unit))
    said = request.form.get("prefix", "")
    prefixes.confirm(session, profile=services().bureau, unit=unit, text=said, actor=account(), now=now_utc())
    flash(_("已确认机关代字“%(prefix)s”。", prefix=said), "done")
    return redirect(url_for("papers.waiting"), code=303)
