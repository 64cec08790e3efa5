"""What the supervision board shows: what is late and due soon by unit and handler, bounced transfers, talks.

The limits behind the figures are those of `supervision.limits`. Cases that the reader is kept out of 回避 are in no figure.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from models.cases.recusal.queries import cases_kept_from
from models.cases.sight import Sight
from models.cases.tables import Case, Transfer
from models.clocks.queries import is_open
from models.clocks.tables import Deadline
from models.lists.queries import entry_subjects
from models.people.permissions import Permission, units_in_reach
from models.people.tables import Account, Unit
from models.supervision.limits import MOST, NOBODY, Figure, conditions, joined, soon_until
from models.supervision.tables import Talk
from models.types import beijing_date

MOST_LATE = 50
MANY_BOUNCES = 2
LOOK_BACK = dt.timedelta(days=365)
SEES_BOARD = (Permission.CASE_SUPERVISE, Permission.STATISTICS_VIEW)
COUNTED = (Figure.LATE, Figure.TODAY, Figure.SOON, Figure.PROMISES)  # the columns of `Load`


@dataclass(frozen=True, slots=True)
class Load:
    """What one person of a unit has running out; `name` is empty where nobody has been made the handler."""

    unit_id: int
    holder: int
    name: str
    late: int
    today: int
    soon: int
    promises_late: int


@dataclass(frozen=True, slots=True)
class Bounces:
    """Transfers of a unit in the last year: sent and returned to it, and returned by it."""

    unit_id: int
    sent: int
    came_back: int
    returned: int


class Passing(enum.StrEnum):
    """A column of the board that counts transfers."""

    SENT = "sent"
    CAME_BACK = "came_back"
    RETURNED = "returned"


PASSING_LABELS: dict[Passing, str] = {
    Passing.SENT: "移出",
    Passing.CAME_BACK: "移出被退回",
    Passing.RETURNED: "退回他人",
}


def units_seen(session: Session, officer: Account) -> list[Unit]:
    """The units on the officer's board, parents first; outside bodies have no clocks of ours."""
    conditions = []
    for permission in SEES_BOARD:
        own, prefixes = units_in_reach(officer, permission)
        conditions += [Unit.id.in_(own), *(Unit.path.startswith(path, autoescape=True) for path in prefixes)]
    wanted = select(Unit).where(or_(*conditions), Unit.outside_kind.is_(None)).order_by(Unit.path)
    return list(session.scalars(wanted))


def loads(session: Session, *, officer: Account, units: Collection[int], now: dt.datetime) -> list[Load]:
    """The table by unit and person, in one query; only people with something that runs out."""
    figures, soonest = conditions(session, now=now), soon_until(session, beijing_date(now))
    name = func.coalesce(Account.display_name, "")
    columns = [func.sum(case((figures[one], 1), else_=0)) for one in COUNTED]
    shown: list[Any] = [Deadline.unit_id, Account.id, name, *columns]
    wanted = (
        joined(select(*shown), entry_subjects(), officer)
        .where(is_open(), Deadline.paused_from.is_(None), Deadline.alert_on <= soonest)
        .where(Deadline.unit_id.in_(units))
        .group_by(Deadline.unit_id, Account.id, name)
        .order_by(Deadline.unit_id, name)
    )
    return [
        Load(row[0] or 0, row[1] or NOBODY, row[2], *map(int, row[3:])) for row in session.execute(wanted)
    ]


def bounces(session: Session, *, officer: Account, units: Collection[int], now: dt.datetime) -> list[Bounces]:
    """Per unit with transfers in the last year; units without a returned one are left out."""
    back = func.sum(case((Transfer.returned_at.is_not(None), 1), else_=0))
    ways = select(Transfer.from_unit_id, Transfer.to_unit_id, func.count(Transfer.id), back)
    wanted = ways.where(_lately(officer, now)).group_by(Transfer.from_unit_id, Transfer.to_unit_id)
    sent, came_back, returned = Counter[int](), Counter[int](), Counter[int]()
    for from_unit, to_unit, number, times in session.execute(wanted):
        sent[from_unit] += number
        came_back[from_unit] += int(times)
        returned[to_unit] += int(times)
    found = [Bounces(unit, sent[unit], came_back[unit], returned[unit]) for unit in units]
    return [one for one in found if one.came_back or one.returned]


def passed(
    session: Session, *, unit_id: int, passing: Passing, now: dt.datetime, sight: Sight
) -> list[Transfer]:
    """The transfers that a figure of `bounces` counts, of cases that the officer may open; the newest first."""
    ours = Transfer.to_unit_id if passing is Passing.RETURNED else Transfer.from_unit_id
    wanted = (
        select(Transfer)
        .join(Case, Case.id == Transfer.case_id)
        .where(_lately(sight.officer, now), ours == unit_id, sight.visible())
        .options(contains_eager(Transfer.case).lazyload(Case.transfers))
        .order_by(Transfer.id.desc())
        .limit(MOST)
    )
    if passing is not Passing.SENT:
        wanted = wanted.where(Transfer.returned_at.is_not(None))
    return list(session.scalars(wanted))


def _lately(officer: Account, now: dt.datetime) -> ColumnElement[bool]:
    """Transfers of the last year, but of no case that the officer is kept out of."""
    return and_(Transfer.sent_at >= now - LOOK_BACK, Transfer.case_id.not_in(cases_kept_from(officer)))


def bounced_cases(
    session: Session, *, officer: Account, units: Collection[int], now: dt.datetime
) -> list[tuple[Case, int]]:
    """Open cases that came back at least twice: somebody has to designate who is competent."""
    times = func.count(Transfer.id)
    counted = (
        select(Transfer.case_id, times.label("times"))
        .where(Transfer.returned_at.is_not(None), Transfer.sent_at >= now - LOOK_BACK)
        .group_by(Transfer.case_id)
        .having(times >= MANY_BOUNCES)
        .subquery("counted")
    )
    wanted = (
        select(Case, counted.c.times)
        .join(counted, counted.c.case_id == Case.id)
        .where(Case.closed_at.is_(None), or_(Case.unit_id.in_(units), Case.origin_unit_id.in_(units)))
        .where(Case.id.not_in(cases_kept_from(officer)))
        .order_by(counted.c.times.desc(), Case.id)
        .limit(MOST_LATE)
    )
    return [(one, int(number)) for one, number in session.execute(wanted)]


def talks(session: Session, *, officer: Account, units: Collection[int]) -> Sequence[Talk]:
    """The newest talks with people of these units, but for those about a case that the officer is kept out of."""
    seen = or_(Talk.case_id.is_(None), Talk.case_id.not_in(cases_kept_from(officer)))
    wanted = select(Talk).where(Talk.unit_id.in_(units), seen).options(joinedload(Talk.recorded_by))
    return session.scalars(wanted.order_by(Talk.held_on.desc(), Talk.id.desc()).limit(MOST_LATE)).all()
