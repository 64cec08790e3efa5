"""How many deadlines came to an end in a span of time, and how many of them in time: for public figures."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import Session

from models.clocks.queries import is_late
from models.clocks.tables import Deadline, SubjectKind


@dataclass(frozen=True, slots=True)
class Punctuality:
    """`ended` were met, or ran out unmet, in the span; `in_time` of them were met before they ran out."""

    ended: int = 0
    in_time: int = 0


def punctuality(session: Session, *, since: dt.datetime, now: dt.datetime) -> dict[SubjectKind, Punctuality]:
    """By kind of subject, over the deadlines that ended from `since` to `now`; every kind has an entry.

    An unmet deadline counts in the span in which it ran out, so that lateness can't be hidden by not answering.
    """
    met = and_(Deadline.met_at >= since, Deadline.met_at <= now)
    ran_out = and_(is_late(now), Deadline.due_at >= since)
    kept = case((and_(met, Deadline.met_at < Deadline.due_at), 1), else_=0)
    counted = (
        select(Deadline.subject_kind, func.count(), func.coalesce(func.sum(kept), 0))
        .where(or_(met, ran_out), Deadline.cancelled_at.is_(None))
        .group_by(Deadline.subject_kind)
    )
    found = {kind: Punctuality(ended, in_time) for kind, ended, in_time in session.execute(counted)}
    return {kind: found.get(kind, Punctuality()) for kind in SubjectKind}


def late_by_rule(session: Session, now: dt.datetime) -> dict[str, int]:
    """How many deadlines of each rule are late at `now`; rules of which none is are left out."""
    counted = select(Deadline.rule_id, func.count()).where(is_late(now)).group_by(Deadline.rule_id)
    return dict(session.execute(counted).all())
