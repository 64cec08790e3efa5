"""The units of the bureau, as a tree."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from models.people.permissions import Permission
from models.people.queries import active_units, staff_counts
from models.people.roles import UNIT_KIND_LABELS
from shared.access import requires
from shared.database import session

blueprint = Blueprint("units", __name__, url_prefix="/admin/units")


@blueprint.get("/")
@requires(Permission.UNIT_MANAGE)
def index() -> ResponseReturnValue:
    """All units with the number of their staff. They come from the bureau's profile file."""
    units = sorted(
        active_units(session), key=lambda unit: [int(part) for part in unit.path.strip("/").split("/")]
    )
    return render_template(
        "admin/units.html", units=units, counts=staff_counts(session), kind_labels=UNIT_KIND_LABELS
    )
