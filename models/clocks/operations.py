"""Verbs of a deadline: start, meet, cancel. The verb of the case or decision that calls them writes the event."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from models.clocks.book import book
from models.clocks.deadlines import compute
from models.clocks.subjects import Numbered, SubjectRef, ref
from models.clocks.tables import Deadline, take_ends
from models.errors import ActRefused
from models.types import beijing_date


def start_deadline(
    session: Session,
    *,
    rule_id: str,
    subject: Numbered | SubjectRef,
    started_at: dt.datetime,
    now: dt.datetime,
) -> Deadline:
    """Starts a clock under the version in force on the Beijing day of `started_at`.

    Refused when the same clock already runs on the subject, when no version was in force, and when the event
    lies in the future.
    """
    if started_at > now:
        raise ActRefused("时限的起算时间不能晚于现在。")
    session.flush()
    target = ref(subject)
    if session.scalar(_open(target, rule_id)):
        raise ActRefused(f"该事项的时限“{rule_id}”正在计算，不能重复开始。")
    found = book(session)
    rule = found.rules.pick(rule_id, beijing_date(started_at))
    computed = compute(rule, started_at, found.calendar)
    deadline = Deadline(
        subject_kind=target.kind,
        subject_id=target.id,
        rule_id=rule.id,
        version=rule.version,
        started_at=started_at,
        started_on=computed.started_on,
    )
    take_ends(deadline, computed)
    session.add(deadline)
    return deadline


def meet_deadline(
    session: Session, *, rule_id: str, subject: Numbered | SubjectRef, now: dt.datetime
) -> Deadline | None:
    """Stops the open clock as met, in time or late. None when that clock does not run on the subject."""
    deadline = session.scalar(_open(ref(subject), rule_id))
    if deadline:
        deadline.met_at = now
        deadline.paused_from = None
    return deadline


def cancel_deadline(
    session: Session, *, rule_id: str, subject: Numbered | SubjectRef, now: dt.datetime
) -> Deadline | None:
    """Stops the open clock because what it waits for is no longer owed. None when it does not run."""
    deadline = session.scalar(_open(ref(subject), rule_id))
    if deadline:
        deadline.cancelled_at = now
        deadline.paused_from = None
    return deadline


def _open(subject: SubjectRef, rule_id: str) -> Select[Deadline]:
    return select(Deadline).where(
        Deadline.subject_kind == subject.kind,
        Deadline.subject_id == subject.id,
        Deadline.rule_id == rule_id,
        Deadline.met_at.is_(None),
        Deadline.cancelled_at.is_(None),
    )
