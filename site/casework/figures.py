"""What stands behind a figure of the supervision board: its limits or its transfers, as far as the officer may open them."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from models.cases.queue import sight_of
from models.errors import NotFound
from models.people.permissions import Permission
from models.people.tables import Unit
from models.supervision import board
from models.supervision.board import PASSING_LABELS, Passing, passed
from models.supervision.limits import FIGURE_LABELS, MOST, NOBODY, Figure, limits
from models.supervision.rates import months_before
from models.supervision.terms import RUNG_LABELS
from models.types import LARGEST_ID, beijing_date, beijing_midnight, now_utc
from shared.access import account, requires
from shared.database import session
from shared.i18n import in_script

MONTHS = 3  # the months of the board's on-time rates

blueprint = Blueprint("figures", __name__, url_prefix="/casework/supervision")


@blueprint.get("/limits/<int:unit_id>/<any(late, today, soon, promises, missed):figure>")
@requires(Permission.CASE_VIEW)
def of_limits(unit_id: int, figure: str) -> ResponseReturnValue:
    """The limits of one unit that a figure counts; `holder` asks for those of one person, 0 for what nobody has yet."""
    unit, now = _unit(unit_id), now_utc()
    today, wanted = beijing_date(now), Figure(figure)
    found = limits(
        session,
        officer=account(),
        units=[unit.id],
        figure=wanted,
        now=now,
        since=beijing_midnight(months_before(today, MONTHS)[0]),
        holder=request.args.get("holder", type=_number),
        sight=sight_of(session, account(), today),
    )
    return render_template(
        "casework/supervision/limits.html",
        unit=unit,
        figure=FIGURE_LABELS[wanted],
        limits=found,
        names={unit.id: in_script(unit.name)},
        rung_labels=RUNG_LABELS,
        most=MOST,
    )


@blueprint.get("/transfers/<int:unit_id>/<any(sent, came_back, returned):passing>")
@requires(Permission.CASE_VIEW)
def of_transfers(unit_id: int, passing: str) -> ResponseReturnValue:
    """The transfers of one unit that a figure counts."""
    unit, now = _unit(unit_id), now_utc()
    sight = sight_of(session, account(), beijing_date(now))
    found = passed(session, unit_id=unit.id, passing=Passing(passing), now=now, sight=sight)
    return render_template(
        "casework/supervision/transfers.html",
        unit=unit,
        passing=PASSING_LABELS[Passing(passing)],
        transfers=found,
        most=MOST,
    )


def _unit(unit_id: int) -> Unit:
    """A unit of the officer's board; NotFound for any other."""
    found = next((one for one in board.units_seen(session, account()) if one.id == unit_id), None)
    if found is None:
        raise NotFound(_("没有找到这个机构。"))
    return found


def _number(text: str) -> int:
    """The number of an account, or NOBODY; ValueError makes Flask take it for absent."""
    number = int(text)
    if not NOBODY <= number <= LARGEST_ID:
        raise ValueError(text)
    return number
