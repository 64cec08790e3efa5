"""From which day on a record may end early by credit repair: the shortest term of publication under the rules of today."""

from __future__ import annotations

import datetime as dt

from models.decisions.tables import Decision
from models.decisions.term.ending import add_months
from models.decisions.term.planning import facts_of
from models.decisions.term.policies import Start, newest_in_force
from models.types import beijing_date


def earliest_repair(decision: Decision, *, today: dt.date) -> dt.date | None:
    """The first day, under the newest generation in force; None where its penalty never ends early, or it is not public."""
    policy = newest_in_force(today)
    if policy is None or decision.published_at is None:
        return None
    published_on = beijing_date(decision.published_at)
    if any(kind in policy.never_early for kind in decision.kinds):
        return None
    gravity = policy.gravity(
        decision.kinds, has_low_fine=facts_of(decision, published_on=published_on).has_low_fine
    )
    start = decision.decided_on if policy.start is Start.DECISION else published_on
    return add_months(start, policy.least_months[gravity])
