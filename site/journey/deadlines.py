"""The deadlines of a case as pages show them: when, on what basis, how they stand, and counted day by day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from journey.explaining import basis_in_words, counted_days, notes_of
from models.cases.procedures import INTERNAL_CLOCKS
from models.cases.tables import Case
from models.clocks.book import Book, book
from models.clocks.queries import Standing, deadlines_of, light
from models.clocks.questions import as_document
from models.clocks.recompute import recount
from models.clocks.subjects import Numbered
from models.clocks.tables import Deadline as Clock
from models.clocks.terms import Light
from models.types import beijing_date
from shared import components
from shared.i18n import label

LIGHT_NAMES: dict[Light, str] = {
    Light.IN_TIME: "fine",
    Light.DUE_SOON: "soon",
    Light.LATE: "late",
    Light.PAUSED: "waiting",
    Light.MET: "fine",
    Light.MET_LATE: "late",
    Light.CANCELLED: "waiting",
}


@dataclass(frozen=True)
class CaseDeadline(components.Deadline):
    """A deadline to show that also knows its row, whether it still runs, and whether it is only promised."""

    id: int = 0
    is_met: bool = False
    is_promise: bool = False
    notes: Sequence[str] = ()


@dataclass(frozen=True)
class RunningClock:
    """A clock that runs, as a row of a table shows it: what it is for, its last day, its light, how much time is left."""

    title: str
    due_on: dt.date
    light: str
    left: str


def clocks_of(session: Session, case: Numbered) -> list[Clock]:
    """The clocks of a case or decision, met ones last; cancelled ones are left out. Read once for everything on a page."""
    return deadlines_of(session, [case])[case.id]


def filers_clocks(session: Session, case: Case) -> list[Clock]:
    """The same without what the desk keeps for itself."""
    return [clock for clock in clocks_of(session, case) if clock.rule_id not in INTERNAL_CLOCKS]


def first_running(session: Session, clocks: Sequence[Clock], now: dt.datetime) -> RunningClock | None:
    """Of the clocks of one case or decision, as `deadlines_of` gives them, the open one that ends first."""
    clock = next((one for one in clocks if one.is_open), None)
    if clock is None:
        return None
    found = book(session)
    standing = light(clock, beijing_date(now), found.calendar)
    title = label(found.rule_of(clock).title)
    return RunningClock(title, clock.legal_end, LIGHT_NAMES[standing.light], left_in_words(standing))


def shown_deadlines(session: Session, case: Numbered, now: dt.datetime) -> list[CaseDeadline]:
    """All clocks of a case or decision as a page shows them."""
    return shown_clocks(session, clocks_of(session, case), now)


def shown_clocks(session: Session, clocks: Sequence[Clock], now: dt.datetime) -> list[CaseDeadline]:
    """Clocks that were read already, as a page shows them."""
    found, today = book(session), beijing_date(now)
    return [_shown(session, clock, found, today) for clock in clocks]


def deadline_documents(session: Session, clocks: Sequence[Clock], now: dt.datetime) -> list[dict[str, Any]]:
    """The same for programs: the shape of /api/v1/deadlines, and how each stands today."""
    found, today = book(session), beijing_date(now)
    return [
        {
            **as_document(recount(session, clock), label),
            "title": label(found.rule_of(clock).title),
            "local_promise": found.rule_of(clock).is_local_promise,
            "standing": light(clock, today, found.calendar).light,
            "extended": clock.extended,
            "paused_from": clock.paused_from.isoformat() if clock.paused_from else None,
            "suspended": [
                [one.from_on.isoformat(), one.to_on.isoformat() if one.to_on else None, one.reason]
                for one in clock.suspensions
            ],
        }
        for clock in clocks
    ]


def left_in_words(standing: Standing) -> str:
    """How much time is left, or how it ended."""
    days = abs(standing.workdays_left)
    if standing.light in (Light.IN_TIME, Light.DUE_SOON):
        return ngettext("还有 %(num)s 个工作日", "还有 %(num)s 个工作日", days) if days else _("今天到期")
    if standing.light is Light.LATE:
        return ngettext("已超过 %(num)s 个工作日", "已超过 %(num)s 个工作日", days)
    return label(standing.label)


def _shown(session: Session, clock: Clock, found: Book, today: dt.date) -> CaseDeadline:
    rule, standing = found.rule_of(clock), light(clock, today, found.calendar)
    computed = recount(session, clock)
    return CaseDeadline(
        title=label(rule.title),
        due_on=clock.legal_end,
        basis=basis_in_words(rule),
        light=LIGHT_NAMES[standing.light],
        left=left_in_words(standing),
        days=counted_days(computed),
        is_provisional=clock.provisional and clock.is_open,
        id=clock.id,
        is_met=not clock.is_open,
        is_promise=rule.is_local_promise,
        notes=notes_of(computed, found),
    )
