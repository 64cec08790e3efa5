"""How many cases each view of the queue holds: all views in one query, which reads nothing but the index of open cases.

Cases that are alike for every view – same state, unit, light, whose they are – are counted together first, so that the
conditions of the views are asked of some hundred rows instead of a hundred thousand. `Sight` has them once for both.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import ColumnElement, Date, Subquery, case, func, literal, select
from sqlalchemy.orm import Session

from models.cases.queue import Wanted, column_filters, filters
from models.cases.sight import OPEN, Sight, View
from models.cases.tables import NEVER, Case

_CASES = Case.__table__.c
_SOMEBODY = 0  # no account has this number


def counts(session: Session, sight: Sight) -> Mapping[View, int]:
    """How many cases each view of open ones holds for these eyes."""
    return counts_with(session, sight, ())[0]


def counts_with(
    session: Session, sight: Sight, saved: Sequence[Wanted]
) -> tuple[Mapping[View, int], list[int]]:
    """The same, and how many each of some saved views holds, in the same query; -1 for one that is not counted."""
    alike = _alike(sight)
    over = replace(sight, of=alike.c)
    asked = [view for view in View if view is not View.DONE]
    wanted = [Wanted(view) for view in asked] + [one for one in saved if _is_cheap(one)]
    columns = [_number(session, one, sight, over, alike) for one in wanted]
    numbers = [int(number) for number in session.execute(select(*columns).select_from(alike)).one()]
    of_saved = iter(numbers[len(asked) :])
    return (
        dict(zip(asked, numbers, strict=False)),
        [next(of_saved) if _is_cheap(one) else -1 for one in saved],
    )


def _is_cheap(wanted: Wanted) -> bool:
    is_by_column = not (wanted.right_type or wanted.track or wanted.text or wanted.handler is not None)
    return wanted.view is not View.DONE and is_by_column


def _number(
    session: Session, wanted: Wanted, sight: Sight, over: Sight, alike: Subquery
) -> ColumnElement[int]:
    if wanted.view is View.TO_APPROVE or wanted.is_fast or wanted.is_unproven:
        mine = (OPEN, sight.visible_if_open(), sight.among_open(wanted.view))
        one_by_one = select(func.count(_CASES.id)).where(*mine, *filters(session, wanted, sight))
        return one_by_one.scalar_subquery()
    conditions = [over.among_open(wanted.view), *column_filters(wanted, over)]
    return func.coalesce(func.sum(alike.c.number).filter(*conditions), 0)


def _alike(sight: Sight) -> Subquery:
    """The open cases in sight, those alike in one row; days stand for the light that they give."""
    today, officer = literal(sight.today, Date), sight.officer
    mine = _CASES.handler_id == officer.id
    each = (
        select(
            _CASES.state,
            _CASES.unit_id,
            _CASES.origin_unit_id,
            _CASES.waiting_unit_id,
            _CASES.complexity,
            case((mine, officer.id), (_CASES.handler_id.is_not(None), _SOMEBODY)).label("handler_id"),
            case(
                (_CASES.due_on < sight.today, literal(sight.today - dt.timedelta(days=1), Date)),
                (_CASES.due_on < NEVER, today),
                else_=literal(NEVER, Date),
            ).label("due_on"),
            case((_CASES.alert_on < sight.soon_until, today), else_=literal(NEVER, Date)).label("alert_on"),
        )
        .where(OPEN, sight.visible_if_open())
        .subquery("each")
    )
    return select(*each.c, func.count().label("number")).group_by(*each.c).subquery("alike")
