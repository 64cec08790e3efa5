"""The closed vocabulary of what an expert is asked, and how a question moves from one state to the next."""

from __future__ import annotations

import enum

from models.errors import ActRefused
from models.wording import said


class ExpertKind(enum.StrEnum):
    """What somebody in the pool is."""

    EXPERT = "expert"
    VOLUNTEER = "volunteer"
    APPRAISER = "appraiser"


EXPERT_KIND_LABELS: dict[ExpertKind, str] = {
    ExpertKind.EXPERT: "专家",
    ExpertKind.VOLUNTEER: "志愿者",
    ExpertKind.APPRAISER: "鉴定机构",
}


class RequestState(enum.StrEnum):
    """Where a question to an expert stands. The last three are over."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    GIVEN = "given"
    DECLINED = "declined"
    CANCELLED = "cancelled"


class RequestAct(enum.StrEnum):
    """What is done to it: the first three by the expert, by the link."""

    ACCEPT = "accept"
    DECLINE = "decline"
    GIVE = "give"
    RESEND = "resend"
    CANCEL = "cancel"
    PAY = "pay"


_OPEN = (RequestState.ASKED, RequestState.ACCEPTED)
MOVES: dict[RequestAct, tuple[tuple[RequestState, ...], RequestState | None]] = {
    RequestAct.ACCEPT: ((RequestState.ASKED,), RequestState.ACCEPTED),
    RequestAct.DECLINE: (_OPEN, RequestState.DECLINED),
    RequestAct.GIVE: ((RequestState.ACCEPTED,), RequestState.GIVEN),
    RequestAct.RESEND: (_OPEN, None),
    RequestAct.CANCEL: (_OPEN, RequestState.CANCELLED),
    RequestAct.PAY: ((RequestState.GIVEN,), None),
}

REQUEST_STATE_LABELS: dict[RequestState, str] = {
    RequestState.ASKED: "已邀请，待答复",
    RequestState.ACCEPTED: "已接受，待出具意见",
    RequestState.GIVEN: "已出具意见",
    RequestState.DECLINED: "已谢绝",
    RequestState.CANCELLED: "邀请已撤回",
}
REQUEST_ACT_LABELS: dict[RequestAct, str] = {
    RequestAct.ACCEPT: "接受邀请",
    RequestAct.DECLINE: "谢绝",
    RequestAct.GIVE: "出具意见",
    RequestAct.RESEND: "重新发送链接",
    RequestAct.CANCEL: "撤回邀请",
    RequestAct.PAY: "登记支付",
}
# For whoever opens a link with which nothing can be done any more.
OVER_LABELS: dict[RequestState, str] = {
    RequestState.DECLINED: "您已经谢绝这次邀请，谢谢答复。",
    RequestState.CANCELLED: "邀请已经撤回，不用再答复。有疑问的，请与邀请单位联系。",
}

DEFAULT_DAYS = 15
DAYS = (7, DEFAULT_DAYS, 30, 60)  # for how long a link may be good


def next_state(state: RequestState, act: RequestAct) -> RequestState:
    """The state after `act`; ActRefused with a sentence when the table has no such move."""
    sources, target = MOVES[act]
    if state not in sources:
        here, wanted = REQUEST_STATE_LABELS[state], REQUEST_ACT_LABELS[act]
        raise ActRefused(said("邀请现在是“%(here)s”，不能办理“%(act)s”。", here=here, act=wanted))
    return target or state
