"""Verbs of a deadline: start, meet, cancel. The verb of the case or decision that calls them writes the event."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, insert, select
from sqlalchemy.orm import Session

from models.clocks.book import book
from models.clocks.deadlines import compute
from models.clocks.errors import NotInForce, OutsideCalendar
from models.clocks.queries import is_open
from models.clocks.recompute import recompute
from models.clocks.subjects import Numbered, SubjectRef, ref
from models.clocks.tables import Deadline, ends_of
from models.errors import ActRefused
from models.types import beijing_date
from models.wording import said


@dataclass(frozen=True, slots=True)
class NewClock:
    """A clock to be started on a subject that is new in this transaction, on which nothing can run."""

    rule_id: str
    subject: Numbered | SubjectRef
    started_at: dt.datetime
    unit_id: int


# The end moved by a closing day of the receiver: no news for anybody.
HANDED_OVER = said("移交后由接收机构办理")


def start_deadline(
    session: Session,
    *,
    rule_id: str,
    subject: Numbered | SubjectRef,
    started_at: dt.datetime,
    now: dt.datetime,
    unit_id: int | None = None,
) -> Deadline:
    """Starts a clock under the version in force on the Beijing day of `started_at`; `unit_id` has to act.

    Refused when the same clock already runs on the subject, when no version was in force, and when the event
    lies in the future.
    """
    if started_at > now:
        raise ActRefused("时限的起算时间不能晚于现在。")
    session.flush()
    target = ref(subject)
    if session.scalar(_open(target, rule_id)):
        raise ActRefused(said("该事项的时限“%(rule)s”正在计算，不能重复开始。", rule=rule_id))
    deadline = Deadline(**_new(session, target, rule_id, unit_id, started_at))
    session.add(deadline)
    return deadline


def start_deadlines(
    session: Session,
    *,
    units: Mapping[str, int],
    subject: Numbered | SubjectRef,
    started_at: dt.datetime,
    is_new: bool = False,
) -> None:
    """Starts the clocks of one event, by rule the unit that has to act; one that runs already goes on as it is.

    One look at the database however many there are, and none for a subject that `is_new` in this transaction, on which
    nothing can run; one statement writes them all.
    """
    target = ref(subject)
    running = set() if is_new or not units else _running(session, target)
    fresh = {rule_id: unit_id for rule_id, unit_id in units.items() if rule_id not in running}
    rows = [_new(session, target, rule_id, unit_id, started_at) for rule_id, unit_id in fresh.items()]
    if rows:
        session.execute(insert(Deadline), rows)


def start_new_clocks(session: Session, clocks: Iterable[NewClock]) -> None:
    """Starts clocks on thousands of new subjects by one statement; a rule that was not in force then starts none.

    What starts on one day under one rule ends on one day, so that is counted once.
    """
    counted: dict[tuple[str, dt.date, int], dict[str, Any] | None] = {}
    rows = []
    for clock in clocks:
        target = ref(clock.subject)
        same = (clock.rule_id, beijing_date(clock.started_at), clock.unit_id)
        if same not in counted:
            counted[same] = _new_if_in_force(session, target, clock)
        if found := counted[same]:
            own = {"subject_kind": target.kind, "subject_id": target.id, "started_at": clock.started_at}
            rows.append({**found, **own})
    if rows:
        session.execute(insert(Deadline), rows)


def hand_over(session: Session, *, subject: Numbered | SubjectRef, unit_id: int, now: dt.datetime) -> None:
    """Gives the open clocks of the subject to another unit, whose closing days count from then on."""
    session.flush()
    target = ref(subject)
    wanted = select(Deadline).where(
        Deadline.subject_kind == target.kind, Deadline.subject_id == target.id, is_open()
    )
    for deadline in session.scalars(wanted):
        deadline.unit_id = unit_id
        recompute(session, deadline, why=HANDED_OVER, now=now)


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


def _new(
    session: Session, target: SubjectRef, rule_id: str, unit_id: int | None, started_at: dt.datetime
) -> dict[str, Any]:
    """A clock under the version in force on that day, column by column."""
    found = book(session)
    rule = found.rules.pick(rule_id, beijing_date(started_at))
    computed = compute(rule, started_at, found.calendar, office=found.office(unit_id))
    return {
        "subject_kind": target.kind,
        "subject_id": target.id,
        "rule_id": rule.id,
        "version": rule.version,
        "unit_id": unit_id,
        "started_at": started_at,
        "started_on": computed.started_on,
        **ends_of(computed),
    }


def _new_if_in_force(session: Session, target: SubjectRef, clock: NewClock) -> dict[str, Any] | None:
    try:
        return _new(session, target, clock.rule_id, clock.unit_id, clock.started_at)
    except (NotInForce, OutsideCalendar):
        return None


def _running(session: Session, target: SubjectRef) -> set[str]:
    mine = (Deadline.subject_kind == target.kind, Deadline.subject_id == target.id)
    return set(session.scalars(select(Deadline.rule_id).where(*mine, is_open())))


def _open(subject: SubjectRef, rule_id: str) -> Select[Deadline]:
    return select(Deadline).where(
        Deadline.subject_kind == subject.kind,
        Deadline.subject_id == subject.id,
        Deadline.rule_id == rule_id,
        is_open(),
    )
