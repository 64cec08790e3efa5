"""The deadlines of a case as pages show them: when, on what basis, how they stand, and counted day by day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from models.cases.tables import Case
from models.clocks.book import Book, book
from models.clocks.queries import Standing, deadlines_of, light
from models.clocks.recompute import recount
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
    """A deadline to show that also knows whether it still runs, and whether it is only promised."""

    is_met: bool = False
    is_promise: bool = False


@dataclass(frozen=True)
class CountedDay:
    """One day of the count, under the names that the component asks for."""

    date: dt.date
    counted: bool
    why: str


def shown_deadlines(session: Session, case: Case, now: dt.datetime) -> list[CaseDeadline]:
    """All clocks of the case, met ones last; cancelled ones are left out."""
    clocks = deadlines_of(session, [case])[case.id]
    found, today = book(session), beijing_date(now)
    return [_shown(session, clock, found, today) for clock in clocks]


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
    days: Sequence[CountedDay] = [
        CountedDay(day.on, day.counted, day.why) for day in recount(session, clock).days
    ]
    basis = label(rule.basis) if not rule.is_local_promise else _("本局服务承诺，不是法定时限")
    return CaseDeadline(
        title=label(rule.title),
        due_on=clock.legal_end,
        basis=_(
            "%(basis)s：自%(start)s之日起%(length)s",
            basis=basis,
            start=label(rule.starts_on),
            length=rule.length,
        ),
        light=LIGHT_NAMES[standing.light],
        left=left_in_words(standing),
        days=days,
        is_provisional=clock.provisional and clock.is_open,
        is_met=not clock.is_open,
        is_promise=rule.is_local_promise,
    )
