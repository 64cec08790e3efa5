"""存量清单: what became public under an older generation of rules, whose date newer ones may have brought forward.

Newer and milder rules hold for older records as well (立法法 Art 103, 104), and the earliest date is applied by itself. That
this is right for each of them is for a lawyer to say, so they are told as a list: every date, which one holds, what has ended.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from models.decisions.kinds import EndKind
from models.decisions.queries import in_reach
from models.decisions.states import State
from models.decisions.tables import Decision
from models.decisions.term.ending import End, add_months
from models.decisions.term.planning import each_end
from models.decisions.term.policies import Policy, Stock, policies, stock
from models.people.tables import Account
from models.types import beijing_date, beijing_midnight

ONE_DAY = dt.timedelta(days=1)
Place = tuple[dt.date, int]


@dataclass(frozen=True, slots=True)
class StockRow:
    """One record. `since_on` is the day from which it counts as public; `ends` has the date of every generation."""

    decision: Decision
    since_on: dt.date
    ends: tuple[End, ...]
    old: End

    @property
    def is_earlier(self) -> bool:
        """Whether the date that holds lies before that of the older rules."""
        holds = self.decision.ends_on
        return holds is not None and holds < self.old.ends_on


def in_stock(
    session: Session, account: Account, *, today: dt.date, after: Place | None, limit: int
) -> Sequence[StockRow]:
    """The list within reach of `account`, by day of decision; `after` is the last row of the page before.

    Public ones, those that wait for a person at the end of their term, and those that a newer date has ended already.
    """
    rules = stock()
    if today < rules.force_from:
        return []
    policy = next(one for one in policies() if one.code == rules.of)
    found = select(Decision).where(in_reach(account), _standing(policy), _of_the_time(policy, rules, today))
    if after is not None:
        day, number = after
        later = and_(Decision.decided_on == day, Decision.id > number)
        found = found.where(or_(Decision.decided_on > day, later))
    rows = session.scalars(found.order_by(Decision.decided_on, Decision.id).limit(limit))
    return [_row(one, policy, today) for one in rows]


def since_on(decision: Decision) -> dt.date:
    """The day here; of one that stood elsewhere before, which keeps no original, the day of the decision."""
    is_ours = decision.served_sha256 is not None and decision.published_at is not None
    return beijing_date(decision.published_at) if is_ours and decision.published_at else decision.decided_on


def _row(decision: Decision, policy: Policy, today: dt.date) -> StockRow:
    since = since_on(decision)
    ends = tuple(each_end(decision, published_on=since, today=today))
    old = next(one for one in ends if one.policy.code == policy.code)
    return StockRow(decision, since, ends, old)


def _standing(policy: Policy) -> ColumnElement[bool]:
    ended_sooner = and_(
        Decision.state == State.ENDED,
        Decision.end_kind == EndKind.EXPIRED,
        Decision.end_policy.is_not(None),
        Decision.end_policy != policy.code,
    )
    return or_(Decision.state.in_((State.PUBLISHED, State.EXPIRED_UNFULFILLED)), ended_sooner)


def _of_the_time(policy: Policy, rules: Stock, today: dt.date) -> ColumnElement[bool]:
    """SQL twin of `since_on`: within the time of the older rules, and long enough ago."""
    last = min(policy.force_to or today, add_months(today, -rules.months))
    ours = and_(
        Decision.served_sha256.is_not(None),
        Decision.published_at >= beijing_midnight(policy.force_from),
        Decision.published_at < beijing_midnight(last + ONE_DAY),
    )
    elsewhere = and_(
        Decision.served_sha256.is_(None),
        Decision.published_at.is_not(None),
        Decision.decided_on.between(policy.force_from, last),
    )
    return or_(ours, elsewhere)
