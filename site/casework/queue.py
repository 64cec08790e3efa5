"""The queue: one address says which saved view, which filters and which order; the page prints it."""

from __future__ import annotations

import enum
import re
from collections.abc import Mapping
from typing import TypeVar

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from casework.queue_page import NONE, Filters, bulk_acts, chips, lines_of, views
from casework.saved import asked_of, lines
from models.cases.counting import counts_with
from models.cases.queries import case_by_reference
from models.cases.queue import (
    NOBODY,
    Sort,
    Wanted,
    default_view,
    only_case_with,
    people_to_choose,
    queue,
    sight_of,
    units_to_choose,
)
from models.cases.saved.operations import views_of
from models.cases.sight import View
from models.cases.sorting.terms import Complexity
from models.cases.terms import State
from models.clocks.terms import Light
from models.errors import NotFound
from models.filings.references import is_reference, normalise
from models.filings.submissions import FAST, UNPROVEN
from models.kinds import RightType, Track
from models.people.permissions import Permission, can
from models.signals.matching import signals_of_rows
from models.types import LARGEST_ID, beijing_date, now_utc
from search.fold import fold
from shared.access import account, requires
from shared.database import session

blueprint = Blueprint("queue", __name__, url_prefix="/casework")

Kind = TypeVar("Kind", bound=enum.StrEnum)
LONGEST_TEXT = 100
# Numbers of other systems, rights, companies: what holds at least five digits and no words.
NUMBER = re.compile(r"(?=(?:[^\d]*\d){5})[0-9a-z.()\-]+号?", re.ASCII)


@blueprint.get("/")
@requires(Permission.CASE_VIEW)
def index() -> ResponseReturnValue:
    """A page of the queue; a whole reference, or a number of one case only, leads straight to it."""
    officer = account()
    sight = sight_of(session, officer, beijing_date(now_utc()))
    wanted = read(request.args, default_view(officer))
    if is_reference(normalise(wanted.text)) and _may_open(wanted.text):
        return redirect(url_for("case.show", reference=normalise(wanted.text)), code=303)
    number = wanted.folded.replace(" ", "")
    if NUMBER.fullmatch(number):
        only = only_case_with(session, sight, number)
        if only is not None:
            return redirect(url_for("case.show", reference=only.shown_reference), code=303)
    saved = views_of(session, officer)
    number_of, of_saved = counts_with(session, sight, [read(one.asked, View.OPEN) for one in saved])
    page = queue(session, sight, wanted, counted=number_of)
    signals = signals_of_rows(session, [row.case for row in page.rows], sight)
    units = units_to_choose(session, sight)
    people = people_to_choose(session, sight, wanted)
    return render_template(
        "casework/queue.html",
        wanted=wanted,
        views=views(wanted, number_of, officer),
        saved=lines(saved, of_saved, request.args, officer),
        asked=asked_of({**request.args, "view": wanted.view}),
        chips=chips(wanted, units, people),
        filters=Filters.of(wanted, units, people),
        lines=lines_of(page.rows, officer, signals),
        bulk_acts=bulk_acts(officer),
        total=page.total,
        is_counted=page.is_counted,
        next_url=_address(after=page.after) if page.after else None,
        first_url=_address(after=None) if wanted.after else None,
    )


def read(given: Mapping[str, str], fallback: View) -> Wanted:
    """What the address asks for; a value that no list holds is as good as absent."""
    text = given.get("q", "").strip()[:LONGEST_TEXT]
    return Wanted(
        view=_one_of(View, given.get("view")) or fallback,
        state=_one_of(State, given.get("state")),
        right_type=_one_of(RightType, given.get("right_type")),
        track=_one_of(Track, given.get("track")),
        complexity=_one_of(Complexity, given.get("complexity")),
        unit=given.get("unit", ""),
        handler=_handler(given.get("handler", "")),
        light=_one_of(Light, given.get("light")),
        is_unproven=given.get("proof") == UNPROVEN,
        is_fast=given.get("lane") == FAST,
        text=text,
        folded=fold(text).text,
        sort=_one_of(Sort, given.get("sort")) or Sort.DUE,
        after=given.get("after", ""),
    )


def _one_of(kind: type[Kind], text: str | None) -> Kind | None:
    return kind(text) if text in set(kind) else None


def _handler(text: str) -> int | None:
    """The number of an account, `NOBODY`, or None where the address names no handler."""
    if text == NONE:
        return NOBODY
    found = int(text) if text.isascii() and text.isdigit() else 0
    return found if 0 < found <= LARGEST_ID else None


def _may_open(reference: str) -> bool:
    try:
        found = case_by_reference(session, reference)
    except NotFound:
        return False
    return can(account(), Permission.CASE_VIEW, found)


def _address(**changes: str | None) -> str:
    """This address with some of its values changed; None takes one out."""
    return url_for("queue.index", **{**request.args.to_dict(), **changes})
