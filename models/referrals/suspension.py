"""The administrative case stands still while the police have it: the clock of its decision pauses, and goes on afterwards.

程序规定 Art 46: a decision that depends on another one not yet made; the head who approves the referral approves the pause.
Merged cases pause and go on with their lead. Every other limit of the case runs on: nothing else depends on the police.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.cases.merging import members_of
from models.cases.tables import Case
from models.clocks import adjustments
from models.clocks.queries import is_open
from models.clocks.tables import Deadline, SubjectKind, Suspension
from models.clocks.terms import Reason
from models.ledger import record
from models.ledger.operations import Acts
from models.types import beijing_date

_CLOCK = "case_decision"
_DAY = dt.timedelta(days=1)


def pause(session: Session, *, case: Case, document: str, actor: Acts, now: dt.datetime) -> None:
    """Pauses from the day of the hand-over on, shown by the number of the 移送书.

    A limit that has run out stays late. One that was paused for another reason, an appraisal for instance, goes over
    into this pause without a day between them.
    """
    today = beijing_date(now)
    for deadline in _clocks(session, case):
        open_one = next((one for one in deadline.suspensions if one.to_on is None), None)
        if open_one is not None and open_one.from_on < today:
            adjustments.resume(session, deadline=deadline, on=today, actor=actor, now=now)
        elif open_one is not None:
            continue  # paused this very day: from here on for the referral as well
        # Day 0 does not count anyhow, so a case that is filed and handed over on one day pauses from the next.
        from_on = max(today, deadline.started_on + _DAY)
        if from_on <= deadline.legal_end:
            _begin(deadline, from_on, document, actor, now)
            data = {"rule": deadline.rule_id, "reason": Reason.SUSPENSION, "from": from_on.isoformat()}
            record(session, act="deadline.suspend", subject=deadline, actor=actor, now=now, data=data)
    session.flush()


def go_on(session: Session, *, case: Case, actor: Acts, now: dt.datetime) -> None:
    """Counts again from today. What was paused only today was never left out."""
    today = beijing_date(now)
    for deadline in _clocks(session, case):
        open_one = next((one for one in deadline.suspensions if one.to_on is None), None)
        if open_one is None:
            continue
        on = max(today, open_one.from_on + _DAY)
        if on == today:
            adjustments.resume(session, deadline=deadline, on=on, actor=actor, now=now)
        else:
            deadline.suspensions.remove(open_one)
            session.delete(open_one)
            deadline.paused_from = None
    session.flush()


def _begin(deadline: Deadline, from_on: dt.date, document: str, actor: Acts, now: dt.datetime) -> None:
    deadline.suspensions.append(
        Suspension(
            reason=Reason.SUSPENSION,
            from_on=from_on,
            evidence=document,
            noted_at=now,
            noted_by=actor.ledger_name,
        )
    )
    deadline.paused_from = from_on


def _clocks(session: Session, case: Case) -> Iterator[Deadline]:
    ids = [case.id, *(member.id for member in members_of(session, case))]
    yield from session.scalars(
        select(Deadline)
        .where(Deadline.subject_kind == SubjectKind.CASE, Deadline.subject_id.in_(ids))
        .where(Deadline.rule_id == _CLOCK, is_open())
        .order_by(Deadline.id)
    ).all()
