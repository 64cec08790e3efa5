"""The account of a deadline, day by day: which day counts, which doesn't, and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from models.clocks.calendar import Calendar, Day
from models.clocks.rules import Rule
from models.clocks.spans import Span
from models.clocks.terms import REASONS, Unit
from models.wording import Sentence, said

FIRST_DAY = said("起算日，不计入（首日不计）")


@dataclass(frozen=True, slots=True)
class ExplainedDay:
    """One day of the account."""

    on: dt.date
    counted: bool
    why: Sentence


def explain(
    rule: Rule,
    started_on: dt.date,
    raw_end: dt.date,
    legal_end: dt.date,
    calendar: Calendar,
    suspensions: Sequence[Span] = (),
) -> list[ExplainedDay]:
    """Every day from `started_on` to `legal_end`; the counted ones are as many as the rule is long."""
    account = [ExplainedDay(started_on, counted=False, why=FIRST_DAY)]
    on = started_on
    while on < legal_end:
        on += dt.timedelta(days=1)
        day = calendar.day(on)
        if on > raw_end:
            account.append(ExplainedDay(on, counted=False, why=_rolled(day, is_last=on == legal_end)))
        elif span := next((span for span in suspensions if span.holds(on)), None):
            account.append(
                ExplainedDay(on, counted=False, why=said("中止：%(reason)s", reason=REASONS[span.reason]))
            )
        elif rule.unit is Unit.WORKING_DAYS:
            account.append(ExplainedDay(on, counted=day.is_worked, why=day.why))
        else:
            account.append(ExplainedDay(on, counted=True, why=said("自然日（%(day)s）", day=day.why)))
    return account


def _rolled(day: Day, *, is_last: bool) -> Sentence:
    if is_last:
        return said("顺延后的届满日（%(day)s）", day=day.why)
    return said("顺延：%(day)s", day=day.why)
