"""Several people report one offence: who is rewarded, and how those who report together share.

国市监稽规〔2021〕4号 (the articles are to be confirmed; the words stand in `profiles/rewards.toml`): of reports made apart the
first one earns it; of a joint report all share one reward. Reports count as of one offence where they are merged 并案.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_DOWN, Decimal

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from models.cases.sight import Sight
from models.cases.tables import Case
from models.filings.parties import joint_of, mandate_of
from models.filings.tables import Filing
from models.kinds import Track
from models.rewards.tables import Reward
from models.rewards.terms import RewardState

_FEN = Decimal("0.01")


def reports_of_one_offence(session: Session, case: Case, sight: Sight | None = None) -> Sequence[Case]:
    """The case and those merged with it, by the time at which they were filed; what `sight` sees of them."""
    lead_id = case.lead_id or case.id
    wanted = select(Case).join(Filing, Filing.id == Case.filing_id)
    group = wanted.where(or_(Case.id == lead_id, Case.lead_id == lead_id))
    seen = group.where(sight.visible()) if sight else group
    return session.scalars(seen.order_by(Filing.submitted_at, Case.id)).all()


def earlier_report(session: Session, case: Case) -> Case | None:
    """Who comes first: an earlier report that can be rewarded. One that was refused a reward does not stand in the way."""
    group = reports_of_one_offence(session, case)
    before = [one for one in group[: group.index(case)] if is_rewardable(one)]
    refused = _refused(session, before) if before else set()
    return next((one for one in before if one.id not in refused), None)


def is_rewardable(case: Case) -> bool:
    """Whether it is a report that nobody made for somebody else."""
    return case.track is Track.REPORT and mandate_of(case.filing.data) is None


def people_of(case: Case) -> int:
    """How many reported together."""
    joint = joint_of(case.filing.data)
    return joint.people if joint else 1


def shares(amount: Decimal, people: int) -> tuple[Decimal, Decimal]:
    """What each of those who reported together gets, and the fen that are left for the first representative."""
    each = (amount / people).quantize(_FEN, ROUND_DOWN)
    return each, amount - each * people


def _refused(session: Session, cases: Sequence[Case]) -> set[int]:
    newest = (
        select(func.max(Reward.id))
        .where(Reward.case_id.in_([one.id for one in cases]))
        .group_by(Reward.case_id)
    )
    wanted = select(Reward.case_id).where(Reward.id.in_(newest), Reward.state == RewardState.REFUSED)
    return set(session.scalars(wanted))
