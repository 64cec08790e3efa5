"""The closed vocabularies of rewards, and how a reward moves from one state to the next."""

from __future__ import annotations

import enum

from models.errors import ActRefused
from models.wording import said


class RewardState(enum.StrEnum):
    """Where a reward stands. What was refused or given up is over; another may be proposed after a refusal."""

    PROPOSED = "proposed"
    REFUSED = "refused"
    GRANTED = "granted"
    CLAIMED = "claimed"
    PAID = "paid"
    GIVEN_UP = "given_up"


class RewardAct(enum.StrEnum):
    """What is done to a reward."""

    REFUSE = "refuse"
    GRANT = "grant"
    CLAIM = "claim"
    PAY = "pay"
    LAPSE = "lapse"
    DECLINE = "decline"


class PayWay(enum.StrEnum):
    """How the money is handed over."""

    COUNTER = "counter"
    TRANSFER = "transfer"


MOVES: dict[RewardAct, tuple[RewardState, RewardState]] = {
    RewardAct.REFUSE: (RewardState.PROPOSED, RewardState.REFUSED),
    RewardAct.GRANT: (RewardState.PROPOSED, RewardState.GRANTED),
    RewardAct.CLAIM: (RewardState.GRANTED, RewardState.CLAIMED),
    RewardAct.DECLINE: (RewardState.GRANTED, RewardState.GIVEN_UP),
    RewardAct.LAPSE: (RewardState.GRANTED, RewardState.GIVEN_UP),
    RewardAct.PAY: (RewardState.CLAIMED, RewardState.PAID),
}

REWARD_STATE_LABELS: dict[RewardState, str] = {
    RewardState.PROPOSED: "待决定",
    RewardState.REFUSED: "决定不予奖励",
    RewardState.GRANTED: "已决定，待领取",
    RewardState.CLAIMED: "已申领，待支付",
    RewardState.PAID: "已支付",
    RewardState.GIVEN_UP: "放弃",
}
REWARD_ACT_LABELS: dict[RewardAct, str] = {
    RewardAct.REFUSE: "不予奖励",
    RewardAct.GRANT: "决定奖励",
    RewardAct.CLAIM: "申领",
    RewardAct.PAY: "支付",
    RewardAct.LAPSE: "逾期未领，视为放弃",
    RewardAct.DECLINE: "放弃奖励",
}
PAY_WAY_LABELS: dict[PayWay, str] = {
    PayWay.COUNTER: "凭登记编号和查询码到窗口领取，可以不说姓名",
    PayWay.TRANSFER: "转账到我的账户",
}


def next_state(state: RewardState, act: RewardAct) -> RewardState:
    """The state after `act`; ActRefused with a sentence when the table has no such move."""
    source, target = MOVES[act]
    if state is not source:
        raise ActRefused(
            said(
                "举报奖励现在是“%(here)s”，不能办理“%(act)s”。",
                here=REWARD_STATE_LABELS[state],
                act=REWARD_ACT_LABELS[act],
            )
        )
    return target
