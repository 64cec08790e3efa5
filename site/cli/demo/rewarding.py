"""Invented rewards of reports that led to a penalty: one proposed, one granted, one claimed and one paid."""

import datetime as dt
from decimal import Decimal

from sqlalchemy import case as when
from sqlalchemy import select
from sqlalchemy.orm import Session

from cli.demo.cast import Cast
from models.cases.tables import Case, CaseAct
from models.cases.terms import Act, Outcome, State
from models.filings.sealing import Keyring
from models.kinds import Track
from models.people.roles import Role
from models.rewards.operations import claim, grant, may_have, pay, propose
from models.rewards.tables import Reward
from models.rewards.terms import PayWay, RewardState
from models.types import beijing_date

_REASONS = "举报的地点、商品和进货渠道与查实的一致（演示）。"
_FINED = (Decimal(48_000), Decimal(126_000), Decimal(9_600), Decimal(230_000))
_LEVELS = (2, 1, 3, 1)
_ENDS = (RewardState.PROPOSED, RewardState.GRANTED, RewardState.CLAIMED, RewardState.PAID)
_WITH_POLICE = (State.REFERRING, State.REFERRED, State.POLICE_FILED)
_LOOKED_AT = 40  # of the newest reports; some may not have any


def reward(session: Session, cast: Cast, keys: Keyring, *, now: dt.datetime) -> None:
    """Each goes one step further than the one before, on days of the last week."""
    filed = select(CaseAct.case_id).where(CaseAct.act == Act.FILE)
    first = when((Case.outcome == Outcome.FILED, 0), else_=1)
    own = Case.unit_id == cast.units[cast.profile.bureau.unit].id
    reports = select(Case).where(
        own, Case.track == Track.REPORT, Case.id.in_(filed), Case.state.not_in(_WITH_POLICE)
    )
    newest = session.scalars(reports.order_by(first, Case.id.desc()).limit(_LOOKED_AT)).all()
    entitled = [case for case in newest if not may_have(session, case)]
    for number, (case, end) in enumerate(zip(entitled, _ENDS, strict=False)):
        _follow(session, cast, _proposed(session, cast, case, number, now), end, keys, now)


def _proposed(session: Session, cast: Cast, case: Case, number: int, now: dt.datetime) -> Reward:
    concluded = max(beijing_date(now) - dt.timedelta(days=10), beijing_date(case.filing.submitted_at))
    return propose(
        session,
        case=case,
        level=_LEVELS[number],
        decision_number=f"演示罚决〔{concluded.year}〕{number + 1}号",
        fined=_FINED[number],
        concluded_on=concluded,
        is_eligible=True,
        reasons=_REASONS,
        actor=cast.with_role(Role.HANDLER),
        now=now - dt.timedelta(days=4),
    )


def _follow(
    session: Session, cast: Cast, made: Reward, end: RewardState, keys: Keyring, now: dt.datetime
) -> None:
    """Decided by the head, claimed at the counter without a name, paid by the desk."""
    if end is RewardState.PROPOSED:
        return
    grant(session, reward=made, actor=cast.with_role(Role.HEAD), now=now - dt.timedelta(days=3))
    if end is RewardState.GRANTED:
        return
    claimed = now - dt.timedelta(days=2)
    claim(session, reward=made, way=PayWay.COUNTER, payee="", keys=keys, now=claimed)
    if end is RewardState.PAID:
        desk = cast.with_role(Role.INTAKE)
        pay(session, reward=made, voucher="演示凭证1号", actor=desk, now=now - dt.timedelta(days=1))
