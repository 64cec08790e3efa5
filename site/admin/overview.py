"""What an administrator should know today: what is degraded, what waits, what failed."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from models import outbox
from models.people.permissions import Permission
from shared.access import requires
from shared.database import session
from shared.readiness import degraded

blueprint = Blueprint("admin", __name__, url_prefix="/admin")


@blueprint.get("/")
@requires(Permission.ACCOUNT_MANAGE, Permission.OUTBOX_MANAGE)
def overview() -> ResponseReturnValue:
    """The administrators' first page."""
    return render_template(
        "admin/overview.html",
        degraded=degraded(),
        waiting=outbox.waiting(session),
        dead=outbox.dead(session),
    )
