"""`/deadlines`: if I file today, or on this date, what must be done by when – counted day by day, without a script."""

from __future__ import annotations

import datetime as dt

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from journey.explaining import length_in_words
from models.clocks.book import Book, book
from models.clocks.questions import parse_start
from models.clocks.rules import Rule
from models.errors import ActRefused, Invalid, NotFound
from models.kinds import TRACK_LABELS, Track
from models.types import beijing_date, now_utc
from public.deadline_chains import chain, single
from shared.access import public
from shared.database import session
from shared.i18n import label
from shared.services import services

blueprint = Blueprint("deadlines", __name__)


@blueprint.get("/deadlines")
@public
def index() -> ResponseReturnValue:
    """The limits of one track, or of one rule, for what starts on a day."""
    found = book(session)
    today = beijing_date(now_utc())
    start, problem = _start(request.args.get("start", ""), today)
    track = _track(request.args.get("track", ""))
    rule_id = request.args.get("rule", "")
    limits = []
    if not problem:
        try:
            limits = [single(found, rule_id, start)] if rule_id else chain(found, track, start)
        except (ActRefused, NotFound) as refused:
            problem = label(refused.sentence)
    page = render_template(
        "public/deadlines.html",
        start=start,
        problem=problem,
        track=track,
        tracks=[(one, label(TRACK_LABELS[one])) for one in Track],
        rule_id=rule_id,
        limits=limits,
        length_in_words=length_in_words,
        rules=_rules_here(found, start),
    )
    return page, 422 if problem else 200


def _start(text: str, today: dt.date) -> tuple[dt.date, str]:
    """The day asked for; today where none was, or where what stands there is no day."""
    if not text.strip():
        return today, ""
    try:
        start = parse_start(text.strip())
    except Invalid:
        return today, _("请填写日期，例如 2026-11-22。")
    return (beijing_date(start) if isinstance(start, dt.datetime) else start), ""


def _track(name: str) -> Track:
    return next((track for track in Track if track.value == name), Track.REPORT)


def _rules_here(found: Book, on: dt.date) -> list[Rule]:
    """The rules that are in force on that day in the bureau's region, by title."""
    region = services().bureau.bureau.region_code
    rules = [rule for rule in found.rules.in_force(on) if region.startswith(rule.region)]
    return sorted(rules, key=lambda rule: (rule.is_local_promise, rule.id))
