"""The decisions of a state, last changed first, each with the clock that ends first: publication is owed by a day."""

from __future__ import annotations

import datetime as dt

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from casework.decisions.loading import entry_units
from journey.deadlines import first_running
from models.clocks.queries import deadlines_of
from models.decisions.queries import counts_for_staff, list_for_staff
from models.decisions.states import STATE_LABELS, State
from models.decisions.tables import Decision
from models.people.permissions import Permission
from models.types import now_utc
from shared.access import account, requires
from shared.components import FacetValue
from shared.database import session
from shared.i18n import label
from shared.requests import row_number

SHOWN = 30

blueprint = Blueprint("publishing", __name__, url_prefix="/casework/decisions")


@blueprint.get("")
@requires(Permission.DECISION_VIEW)
def index() -> ResponseReturnValue:
    """Views by state on the left, the decisions of one of them on the right."""
    counts = counts_for_staff(session, account())
    state = _state(counts)
    rows = list_for_staff(session, account(), state=state, after=_after(), limit=SHOWN + 1)
    views = [
        FacetValue(
            label(STATE_LABELS[one]), counts[one], url_for("publishing.index", state=one), one is state
        )
        for one in State
    ]
    clocks = deadlines_of(session, rows[:SHOWN])
    next_url = _next_url(state, rows[SHOWN - 1]) if len(rows) > SHOWN else None
    return render_template(
        "casework/decisions/index.html",
        views=views,
        rows=[(row, first_running(session, clocks[row.id], now_utc())) for row in rows[:SHOWN]],
        state_label=label(STATE_LABELS[state]),
        next_url=next_url,
        first_url=url_for("publishing.index", state=state) if request.args.get("after") else None,
        may_enter=bool(entry_units(account())),
    )


def _state(counts: dict[State, int]) -> State:
    """The state asked for, else the first in which something waits for somebody."""
    asked = request.args.get("state", "")
    if asked in set(State):
        return State(asked)
    waiting = (State.IN_REVIEW, State.DRAFT, State.APPROVED)
    return next((one for one in waiting if counts[one]), State.PUBLISHED)


def _next_url(state: State, last: Decision) -> str:
    return url_for("publishing.index", state=state, after=f"{last.updated_at.isoformat()}~{last.id}")


def _after() -> tuple[dt.datetime, int] | None:
    """Where the page before ended; what can't be read leads to the first page."""
    moment, _, number = request.args.get("after", "").partition("~")
    try:
        at = dt.datetime.fromisoformat(moment)
    except ValueError:
        return None
    last = row_number(number)
    return (at, last) if at.tzinfo and last is not None else None
