"""When a case is due, kept on the case itself: a cache of its clocks, so that a queue of a million can be sorted.

The limit that counts is the earliest one set by law that runs; where none does, the bureau's earliest promise. A paused
clock has no end until it goes on. Whatever changes a deadline through a session changes the cache in the same
transaction; `flask cases due` compares and rebuilds.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from typing import Any, cast

from sqlalchemy import ColumnElement, Date, Table, and_, bindparam, event, func, literal, or_, select, update
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction

from models.batches import in_batches
from models.cases.tables import NEVER, Case
from models.clocks.tables import ClockRule, Deadline, SubjectKind

_CASES, _DEADLINES, _RULES = (cast(Table, one.__table__) for one in (Case, Deadline, ClockRule))


def refresh(session: Session, case_ids: Collection[int]) -> None:
    """Writes the cache of these cases anew. It is no act: the version of a case stays."""
    for batch in in_batches(case_ids):
        session.connection().execute(_REFRESH, {"ids": batch})


def stale(session: Session) -> Iterator[int]:
    """The ids of cases whose cache is not what their clocks say, in order."""
    differs = or_(_CASES.c.due_on != _end("legal_end"), _CASES.c.alert_on != _end("alert_on"))
    yield from session.scalars(select(_CASES.c.id).where(differs).order_by(_CASES.c.id))


def _end(day: str) -> ColumnElement[dt.date]:
    by_law, promised = (_earliest(day, is_promise=promise) for promise in (False, True))
    return func.coalesce(by_law, promised, literal(NEVER, Date))


def _earliest(day: str, *, is_promise: bool) -> Any:
    rule = and_(
        _RULES.c.rule_id == _DEADLINES.c.rule_id,
        _RULES.c.version == _DEADLINES.c.version,
        _RULES.c.is_local_promise.is_(is_promise),
    )
    return (
        select(func.min(_DEADLINES.c[day]))
        .select_from(_DEADLINES.join(_RULES, rule))
        .where(
            _DEADLINES.c.subject_kind == SubjectKind.CASE,
            _DEADLINES.c.subject_id == _CASES.c.id,
            _DEADLINES.c.met_at.is_(None),
            _DEADLINES.c.cancelled_at.is_(None),
            _DEADLINES.c.paused_from.is_(None),
        )
        .correlate(_CASES)
        .scalar_subquery()
    )


# Built once: it runs with every act on every case.
_REFRESH = (
    update(_CASES)
    .where(_CASES.c.id.in_(bindparam("ids", expanding=True)))
    .values(due_on=_end("legal_end"), alert_on=_end("alert_on"))
)


@event.listens_for(Session, "after_flush")
def _follow_flush(session: Session, _context: UOWTransaction) -> None:
    """Deadlines that were added or changed as objects."""
    touched = (thing for group in (session.new, session.dirty, session.deleted) for thing in group)
    refresh(
        session,
        {
            deadline.subject_id
            for deadline in touched
            if isinstance(deadline, Deadline) and deadline.subject_kind is SubjectKind.CASE
        },
    )


@event.listens_for(Session, "do_orm_execute")
def _follow_bulk(state: ORMExecuteState) -> Any:
    """Deadlines that were added or changed many at a time; of changed ones each row is named by its id."""
    mapper = state.bind_mapper
    if mapper is None or mapper.class_ is not Deadline or not (state.is_update or state.is_insert):
        return None
    result = state.invoke_statement()
    rows = state.parameters if isinstance(state.parameters, list) else []
    if state.is_insert:
        cases = {row["subject_id"] for row in rows if row["subject_kind"] is SubjectKind.CASE}
    else:
        cases = _cases_of(state.session, [row["id"] for row in rows if "id" in row])
    refresh(state.session, cases)
    return result


def _cases_of(session: Session, deadline_ids: list[int]) -> set[int]:
    found: set[int] = set()
    for some in in_batches(deadline_ids):
        wanted = select(_DEADLINES.c.subject_id).where(
            _DEADLINES.c.id.in_(some), _DEADLINES.c.subject_kind == SubjectKind.CASE
        )
        found.update(session.connection().scalars(wanted))
    return found
