"""On-time rates: how many deadlines ended in each month, and how many of them in time, by rule or by unit.

A deadline ends when it is met in time, or else when it runs out: then it stays counted as late in that month, answered
or not, for the unit that had it, so that past figures don't change and lateness can neither be hidden nor handed on.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import Session

from models.clocks.tables import Deadline, SubjectKind
from models.supervision.charged import charged_unit, was_kept
from models.types import beijing_midnight


@dataclass(frozen=True, slots=True)
class Rate:
    """So many ended, so many of them in time."""

    ended: int = 0
    in_time: int = 0

    @property
    def share(self) -> float | None:
        """The share in time, 0 to 1; None where nothing ended."""
        return self.in_time / self.ended if self.ended else None

    def __add__(self, other: Rate) -> Rate:
        return Rate(self.ended + other.ended, self.in_time + other.in_time)


@dataclass(frozen=True)
class Cell:
    """What ended in one month under one rule in one unit."""

    month: dt.date
    kind: SubjectKind
    rule_id: str
    unit_id: int | None
    rate: Rate


def months_before(today: dt.date, number: int) -> list[dt.date]:
    """The first days of the last `number` months, the present one last."""
    first = today.year * 12 + today.month - 1
    return [dt.date((first - back) // 12, (first - back) % 12 + 1, 1) for back in reversed(range(number))]


def monthly_rates(
    session: Session, *, months: Sequence[dt.date], now: dt.datetime, units: Collection[int] | None = None
) -> list[Cell]:
    """The cells of consecutive months in one query, empty ones left out; with `units` theirs only."""
    edges = [beijing_midnight(month) for month in [*months, _next(months[-1])]]
    is_kept = was_kept()
    ended_at = case((is_kept, Deadline.met_at), else_=Deadline.due_at)
    columns = []
    for since, until in pairwise(edges):
        inside = and_(ended_at >= since, ended_at < until)
        columns += [
            func.coalesce(func.sum(case((inside, 1), else_=0)), 0),
            func.coalesce(func.sum(case((and_(inside, is_kept), 1), else_=0)), 0),
        ]
    has_ended = or_(is_kept, and_(Deadline.due_at <= now, Deadline.paused_from.is_(None)))
    wanted = (
        select(Deadline.subject_kind, Deadline.rule_id, charged_unit().label("charged_id"), *columns)
        .where(has_ended, Deadline.cancelled_at.is_(None))
        .where(Deadline.due_at >= edges[0])  # what was met in time ended before that
        .group_by(Deadline.subject_kind, Deadline.rule_id, "charged_id")
    )
    # The units are told apart here: as a condition, who is charged would be looked up a second time for each row.
    found = [cell for row in session.execute(wanted) for cell in _cells(row, months)]
    return found if units is None else [cell for cell in found if cell.unit_id in units]


def summed(cells: Collection[Cell], by: str) -> dict[object, Rate]:
    """The rates of the cells by one of their fields: month, kind, rule_id, unit_id."""
    found: defaultdict[object, Rate] = defaultdict(Rate)
    for cell in cells:
        found[getattr(cell, by)] += cell.rate
    return dict(found)


def _cells(row: Sequence[Any], months: Sequence[dt.date]) -> list[Cell]:
    kind, rule_id, unit_id = row[0], row[1], row[2]
    pairs = zip(months, row[3::2], row[4::2], strict=True)
    return [
        Cell(month, kind, rule_id, unit_id, Rate(int(ended), int(kept)))
        for month, ended, kept in pairs
        if ended
    ]


def _next(month: dt.date) -> dt.date:
    return (month.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
