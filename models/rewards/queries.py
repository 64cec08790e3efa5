"""Reads: the reward of a case, those that wait for somebody, until when one can be claimed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from models.cases.recusal.queries import cases_kept_from
from models.cases.tables import Case
from models.clocks.book import book
from models.clocks.deadlines import Computed, compute
from models.errors import NotFound
from models.people.permissions import Permission, units_in_reach
from models.people.tables import Account, Unit
from models.rewards.tables import Reward
from models.rewards.terms import RewardState
from models.types import beijing_date

CLAIM = "reward_claim"
TELL = "reward_tell"
WAITING = (RewardState.PROPOSED, RewardState.GRANTED, RewardState.CLAIMED)
OVER = (RewardState.PAID, RewardState.REFUSED, RewardState.GIVEN_UP)


def reward_of(session: Session, case: Case) -> Reward | None:
    """The reward of the case that stands; a refused one does not."""
    wanted = select(Reward).where(Reward.case_id == case.id, Reward.state != RewardState.REFUSED)
    return session.scalar(wanted)


def last_reward_of(session: Session, case: Case) -> Reward | None:
    """The newest one, refused ones too."""
    wanted = select(Reward).where(Reward.case_id == case.id).order_by(Reward.id.desc()).limit(1)
    return session.scalar(wanted)


def is_told(session: Session, case: Case) -> bool:
    """Whether the reporter has something to read about a reward: it was granted, or refused."""
    wanted = select(Reward.id).where(Reward.case_id == case.id, Reward.state != RewardState.PROPOSED).limit(1)
    return session.scalar(wanted) is not None


def reward_for_staff(session: Session, case: Case) -> Reward:
    """The newest one; NotFound where nobody has proposed any."""
    found = last_reward_of(session, case)
    if found is None:
        raise NotFound("这个办件没有举报奖励。")
    return found


def rewards_in_reach(
    session: Session,
    account: Account,
    states: Collection[RewardState],
    *,
    limit: int,
    before: int | None = None,
) -> Sequence[Reward]:
    """Those of the cases in the officer's reach: what waits the oldest first, what is over the newest first, from below
    the id `before` on.
    """
    wanted = _in_reach(account).where(Reward.state.in_(states))
    wanted = wanted.order_by(Reward.id if states == WAITING else Reward.id.desc()).limit(limit)
    return session.scalars(wanted.where(Reward.id < before) if before else wanted).all()


def every_reward_in_reach(session: Session, account: Account) -> Iterator[Reward]:
    """All of them in every state, the oldest first, some at a time."""
    yield from session.scalars(_in_reach(account).order_by(Reward.id).execution_options(yield_per=500))


def _in_reach(account: Account) -> Select[Reward]:
    own, prefixes = units_in_reach(account, Permission.CASE_VIEW)
    below = [Unit.path.startswith(prefix, autoescape=True) for prefix in prefixes]
    units = select(Unit.id).where(or_(Unit.id.in_(own), *below))
    seen = (Case.unit_id.in_(units), Case.id.not_in(cases_kept_from(account)))
    return select(Reward).join(Case, Case.id == Reward.case_id).where(*seen)


def claim_period(session: Session, told_at: dt.datetime) -> Computed:
    """Until when a reward that was told at that moment can be claimed."""
    found = book(session)
    return compute(found.rules.pick(CLAIM, beijing_date(told_at)), told_at, found.calendar)
