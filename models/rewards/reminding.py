"""Word to the reporter before the time to claim ends, on the days that the scheme names; only that there is news.

Each stage is told once: its key is never queued twice. Whoever left no address reads it under the reference.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import outbox
from models.cases.moves import NOTIFY_FILER
from models.rewards.schemes import read_schemes
from models.rewards.tables import Reward
from models.rewards.terms import RewardState
from models.types import beijing_date

_BATCH = 500


def remind_unclaimed(session: Session, now: dt.datetime) -> int:
    """Queues the reminders that are due; how many rewards are in a stage."""
    today = beijing_date(now)
    stages = {one.id: one.remind for one in read_schemes()}
    furthest = max((days for remind in stages.values() for days in remind), default=0)
    near = (Reward.claim_until >= today, Reward.claim_until <= today + dt.timedelta(days=furthest))
    wanted = select(Reward).where(Reward.state == RewardState.GRANTED, *near)
    found = 0
    for reward in session.scalars(wanted.order_by(Reward.claim_until, Reward.id).limit(_BATCH)):
        stage = _stage(reward, stages.get(reward.scheme, ()), today)
        if stage is not None:
            key, payload = f"{NOTIFY_FILER}:reward:{reward.id}:{stage}", {"case_id": reward.case_id}
            outbox.put(session, kind=NOTIFY_FILER, key=key, payload=payload, now=now)
            found += 1
    return found


def _stage(reward: Reward, days: tuple[int, ...], today: dt.date) -> int | None:
    """The nearest of the `days` before the end that has come."""
    assert reward.claim_until is not None, "the query asks for it"  # noqa: S101
    left = (reward.claim_until - today).days
    return min((one for one in days if left <= one), default=None)
