"""The ledger as an administrator reads it: who did what and when, by ids; never what was written."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from models.ledger.queries import latest
from models.people.permissions import Permission
from models.plain import plain
from models.types import LARGEST_ID
from shared.access import requires
from shared.database import session

PAGE = 50
LONGEST_OBJECT = 120

blueprint = Blueprint("ledger", __name__, url_prefix="/admin/ledger")


@blueprint.get("/")
@requires(Permission.LEDGER_VIEW)
def index() -> ResponseReturnValue:
    """The newest events, then older ones page by page; `object` asks for those about one, as "accounts 8"."""
    before = request.args.get("before", type=_number_of_event)
    wanted = plain(request.args.get("object", ""))[:LONGEST_OBJECT]
    kind, _space, number = wanted.partition(" ")
    events = latest(session, before=before, limit=PAGE + 1, of=(kind, number.strip()) if wanted else None)
    older = events[PAGE - 1].id if len(events) > PAGE else None
    return render_template(
        "admin/ledger.html", events=events[:PAGE], older=older, is_first=before is None, wanted=wanted
    )


def _number_of_event(text: str) -> int:
    """A number that an event can have; ValueError makes Flask take it for absent."""
    number = int(text)
    if not 0 < number <= LARGEST_ID:
        raise ValueError(text)
    return number
