"""The closed vocabularies of case work, with their Chinese names: states, acts, outcomes."""

from __future__ import annotations

import enum

from models.kinds import Track


class State(enum.StrEnum):
    """Where a case stands. With the three last ones it has ended; a closed one can be disputed."""

    RECEIVED = "received"
    CONTESTED = "contested"  # nobody has accepted it, and a superior is to say who is competent
    FORWARDED = "forwarded"  # sent on before anybody accepted it (分送); the receiver decides on acceptance
    ACCEPTED = "accepted"
    TRANSFERRED = "transferred"  # sent on after acceptance (移交); the receiver only handles it
    CONTESTED_ACCEPTED = "contested_accepted"  # the same after acceptance
    HANDLING = "handling"
    MEDIATING = "mediating"
    MEDIATED = "mediated"  # both sides agreed; the filer is to be answered
    MEDIATION_ENDED = "mediation_ended"  # without agreement; both sides are to be told
    INVESTIGATING = "investigating"  # filed as a case of the bureau (立案)
    NOT_FILED = "not_filed"
    REFERRING = "referring"  # a report says that it is a crime; the head decides, then it is handed over
    REFERRED = "referred"  # with the police: what is administrative about it stands still
    POLICE_FILED = "police_filed"  # the police investigate and have the goods; the filer is to be answered
    ANSWERED = "answered"
    DISPUTED = "disputed"  # closed, and the filer does not accept it; supervision decides
    CLOSED = "closed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Act(enum.StrEnum):
    """What can be done to a case."""

    RECEIVE = "receive"
    ACCEPT = "accept"
    REFUSE = "refuse"
    TRANSFER = "transfer"
    ACKNOWLEDGE = "acknowledge"
    RETURN = "return"
    RECALL = "recall"
    ESCALATE = "escalate"
    DESIGNATE = "designate"
    SORT = "sort"
    ASSIGN = "assign"
    TAKE_ON = "take_on"
    RECUSE = "recuse"
    OPEN_GREEN = "open_green"
    DECIDE_AID = "decide_aid"
    OFFER_MEDIATION = "offer_mediation"
    CONSENT = "consent"
    MEDIATE = "mediate"
    ARRANGE_SESSION = "arrange_session"
    HOLD_SESSION = "hold_session"
    OBJECT_MEDIATOR = "object_mediator"
    DECIDE_MEDIATOR = "decide_mediator"
    SETTLE = "settle"
    END_MEDIATION = "end_mediation"
    FILE = "file"
    NOT_FILE = "not_file"
    MESSAGE = "message"
    SUPPLEMENT = "supplement"
    ANSWER = "answer"
    CLOSE = "close"
    DISPUTE = "dispute"
    UPHOLD = "uphold"
    REJECT = "reject"
    ASK_OUTSIDE = "ask_outside"
    HEAR_OUTSIDE = "hear_outside"
    MERGE = "merge"
    SPLIT = "split"
    PROPOSE_REFERRAL = "propose_referral"
    APPROVE_REFERRAL = "approve_referral"
    DECLINE_REFERRAL = "decline_referral"
    REFER = "refer"
    HEAR_POLICE = "hear_police"
    PURSUE_REFERRAL = "pursue_referral"
    CONCLUDE_REFERRAL = "conclude_referral"
    RESUME = "resume"
    WITHDRAW = "withdraw"


class Outcome(enum.StrEnum):
    """How a case ended; which ones a track knows stands in `OUTCOMES`."""

    FILED = "filed"
    NOT_FILED = "not_filed"
    REFERRED = "referred"
    UNFOUNDED = "unfounded"
    MEDIATED = "mediated"
    MEDIATION_ENDED = "mediation_ended"
    INFRINGEMENT_FOUND = "infringement_found"
    INFRINGEMENT_NOT_FOUND = "infringement_not_found"
    AID_GIVEN = "aid_given"
    ADVICE_GIVEN = "advice_given"


# Accepted, and somebody of the acting unit is at work on it.
IN_HAND = (
    State.ACCEPTED,
    State.HANDLING,
    State.MEDIATING,
    State.MEDIATED,
    State.MEDIATION_ENDED,
    State.INVESTIGATING,
    State.NOT_FILED,
    State.REFERRING,
    State.REFERRED,
    State.POLICE_FILED,
)

# Another unit is asked to take it, and has not acknowledged it.
ON_THE_WAY = (State.FORWARDED, State.TRANSFERRED)

# Nothing is owed to the filer any more. In the table only refusing and withdrawing are final: a closing can be disputed.
ENDED = frozenset({State.CLOSED, State.REFUSED, State.WITHDRAWN})

STATE_LABELS: dict[State, str] = {
    State.RECEIVED: "已登记",
    State.CONTESTED: "待指定管辖",
    State.FORWARDED: "已分送待签收",
    State.ACCEPTED: "已受理",
    State.TRANSFERRED: "已移交待签收",
    State.CONTESTED_ACCEPTED: "已受理待指定管辖",
    State.HANDLING: "核查办理中",
    State.MEDIATING: "调解中",
    State.MEDIATED: "已达成调解协议",
    State.MEDIATION_ENDED: "已终止调解",
    State.INVESTIGATING: "已立案查处中",
    State.NOT_FILED: "已决定不予立案",
    State.REFERRING: "拟移送公安机关",
    State.REFERRED: "已移送公安机关",
    State.POLICE_FILED: "公安机关已立案",
    State.ANSWERED: "已答复",
    State.DISPUTED: "申诉处理中",
    State.CLOSED: "已办结",
    State.REFUSED: "不予受理",
    State.WITHDRAWN: "已撤回",
}

# The same for the filer: what is happening now, in a sentence that needs no legal words.
STATE_SENTENCE_LABELS: dict[State, str] = {
    State.RECEIVED: "已收到并登记，等待工作人员审核。",
    State.CONTESTED: "由哪个机构处理有不同意见，等待上级机构指定。",
    State.FORWARDED: "已转给有权处理的机构，等待对方签收。",
    State.ACCEPTED: "已受理，正在安排承办人。",
    State.TRANSFERRED: "已移交，等待对方签收。",
    State.CONTESTED_ACCEPTED: "已受理；由哪个机构办理有不同意见，等待上级机构指定。",
    State.HANDLING: "正在核查办理。",
    State.MEDIATING: "正在组织调解。",
    State.MEDIATED: "双方已达成调解协议，等待书面答复。",
    State.MEDIATION_ENDED: "调解已经终止，等待书面告知。",
    State.INVESTIGATING: "已经立案，正在调查处理。",
    State.NOT_FILED: "经核查决定不予立案，等待书面答复。",
    # Nobody learns from here that a referral is being prepared.
    State.REFERRING: "已经立案，正在调查处理。",
    State.REFERRED: "已依法移送公安机关，等待公安机关决定。",
    State.POLICE_FILED: "公安机关已经立案，等待书面答复。",
    State.ANSWERED: "已经答复，答复内容见下方。",
    State.DISPUTED: "已收到您的申诉，由督办人员处理。",
    State.CLOSED: "已经办结。",
    State.REFUSED: "不予受理，理由和可以采取的其他办法见下方。",
    State.WITHDRAWN: "已按您的要求撤回。",
}

ACT_LABELS: dict[Act, str] = {
    Act.RECEIVE: "登记",
    Act.ACCEPT: "受理",
    Act.REFUSE: "不予受理",
    Act.TRANSFER: "移交",
    Act.ACKNOWLEDGE: "签收",
    Act.RETURN: "退回",
    Act.RECALL: "撤销移交",
    Act.ESCALATE: "报请指定管辖",
    Act.DESIGNATE: "指定管辖",
    Act.SORT: "繁简分流",
    Act.ASSIGN: "指派承办人",
    Act.TAKE_ON: "领办",
    Act.OPEN_GREEN: "转入绿色通道",
    Act.DECIDE_AID: "援助决定",
    Act.OFFER_MEDIATION: "征求调解意见",
    Act.CONSENT: "记录是否同意调解",
    Act.MEDIATE: "组织调解",
    Act.ARRANGE_SESSION: "安排调解",
    Act.HOLD_SESSION: "调解记录",
    Act.OBJECT_MEDIATOR: "申请调解员回避",
    Act.DECIDE_MEDIATOR: "决定调解员是否回避",
    Act.SETTLE: "达成调解协议",
    Act.END_MEDIATION: "终止调解",
    Act.FILE: "立案",
    Act.NOT_FILE: "不予立案",
    Act.RECUSE: "回避",
    Act.MESSAGE: "给举报投诉人留言",
    Act.SUPPLEMENT: "补充材料",
    Act.ANSWER: "答复",
    Act.CLOSE: "办结",
    Act.DISPUTE: "申诉",
    Act.UPHOLD: "申诉成立，重新办理",
    Act.REJECT: "申诉不成立",
    Act.ASK_OUTSIDE: "致函外部单位",
    Act.HEAR_OUTSIDE: "外部单位回复",
    Act.MERGE: "并案",
    Act.SPLIT: "分案",
    Act.PROPOSE_REFERRAL: "报请移送公安机关",
    Act.APPROVE_REFERRAL: "批准移送",
    Act.DECLINE_REFERRAL: "不批准移送",
    Act.REFER: "移送公安机关",
    Act.HEAR_POLICE: "登记公安机关的答复",
    Act.PURSUE_REFERRAL: "补正、复议、建议监督",
    Act.CONCLUDE_REFERRAL: "移交涉案物品和材料",
    Act.RESUME: "恢复行政办理",
    Act.WITHDRAW: "撤回",
}

# What stands in the timeline once it is done.
DONE_LABELS: dict[Act, str] = {
    Act.RECEIVE: "已收到并登记",
    Act.ACCEPT: "已受理",
    Act.REFUSE: "不予受理",
    Act.TRANSFER: "已移交，待签收",
    Act.ACKNOWLEDGE: "已签收",
    Act.RETURN: "被退回，重新安排",
    Act.RECALL: "移交已撤销",
    Act.ESCALATE: "已报请上级指定管辖",
    Act.DESIGNATE: "上级已指定管辖",
    Act.SORT: "已调整繁简",
    Act.ASSIGN: "已指派承办人",
    Act.TAKE_ON: "已有人领办",
    Act.OPEN_GREEN: "已转入绿色通道",
    Act.DECIDE_AID: "已作出援助决定",
    Act.OFFER_MEDIATION: "已征求双方调解意见",
    Act.CONSENT: "已答复是否同意调解",
    Act.MEDIATE: "正在组织调解",
    Act.ARRANGE_SESSION: "已安排调解",
    Act.HOLD_SESSION: "进行了调解",
    Act.OBJECT_MEDIATOR: "已申请调解员回避",
    Act.DECIDE_MEDIATOR: "已决定调解员是否回避",
    Act.SETTLE: "已达成调解协议",
    Act.END_MEDIATION: "已终止调解",
    Act.FILE: "已立案",
    Act.NOT_FILE: "不予立案",
    Act.RECUSE: "有人回避",
    Act.MESSAGE: "工作人员留言",
    Act.SUPPLEMENT: "举报投诉人补充",
    Act.ANSWER: "已答复",
    Act.CLOSE: "已办结",
    Act.DISPUTE: "举报投诉人申诉",
    Act.UPHOLD: "申诉成立，重新办理",
    Act.REJECT: "申诉不成立",
    Act.ASK_OUTSIDE: "已致函外部单位",
    Act.HEAR_OUTSIDE: "外部单位已回复",
    Act.MERGE: "核查安排有调整",
    Act.SPLIT: "核查安排有调整",
    Act.PROPOSE_REFERRAL: "已报请移送公安机关",
    Act.APPROVE_REFERRAL: "已批准移送公安机关",
    Act.DECLINE_REFERRAL: "没有批准移送",
    Act.REFER: "已移送公安机关",
    Act.HEAR_POLICE: "公安机关有答复",
    Act.PURSUE_REFERRAL: "移送有进展",
    Act.CONCLUDE_REFERRAL: "公安机关已立案，物品和材料已移交",
    Act.RESUME: "恢复行政办理",
    Act.WITHDRAW: "已撤回",
}

# The same as news for the units concerned, where more has to be said.
NEWS_LABELS: dict[Act, str] = {
    Act.RECEIVE: "下级机构收到了新的举报投诉",
    Act.TRANSFER: "移交来了办件，请按期签收或者退回",
    Act.RETURN: "移交的办件被退回，请重新安排",
    Act.RECALL: "移交方撤销了移交，不必再签收",
    Act.ESCALATE: "请指定由哪个机构管辖",
    Act.DESIGNATE: "上级已指定管辖，请查看由谁办理",
    Act.RECUSE: "有人回避，需要时请重新指派承办人",
    Act.CLOSE: "移交出去的办件已经办结，这是反馈",
    Act.REFUSE: "移交出去的办件没有被受理，这是反馈",
    Act.DISPUTE: "举报投诉人对办结提出申诉，请处理",
    Act.UPHOLD: "申诉成立，请重新办理",
    Act.REJECT: "申诉不成立，办结维持不变",
    Act.CONSENT: "有一方答复了是否同意调解，请查看",
    Act.OBJECT_MEDIATOR: "有人申请调解员回避，请负责人决定",
    Act.SUPPLEMENT: "举报投诉人有补充",
    Act.HEAR_OUTSIDE: "外部单位有回复，请查看",
    Act.PROPOSE_REFERRAL: "报请移送公安机关，请在三日内决定",
    Act.APPROVE_REFERRAL: "移送已经批准，请在二十四小时内移送",
    Act.DECLINE_REFERRAL: "移送没有批准，理由在办件里",
    Act.HEAR_POLICE: "公安机关有答复，请查看",
    Act.WITHDRAW: "举报投诉人撤回了",
}

OUTCOME_LABELS: dict[Outcome, str] = {
    Outcome.FILED: "已立案查处",
    Outcome.NOT_FILED: "不予立案",
    Outcome.REFERRED: "已移送其他机关处理",
    Outcome.UNFOUNDED: "未发现违法事实",
    Outcome.MEDIATED: "调解达成协议",
    Outcome.MEDIATION_ENDED: "终止调解",
    Outcome.INFRINGEMENT_FOUND: "认定侵权成立",
    Outcome.INFRINGEMENT_NOT_FOUND: "认定侵权不成立",
    Outcome.AID_GIVEN: "已提供援助",
    Outcome.ADVICE_GIVEN: "已解答咨询",
}

_VERIFIED = (Outcome.FILED, Outcome.NOT_FILED, Outcome.UNFOUNDED, Outcome.REFERRED)

OUTCOMES: dict[Track, tuple[Outcome, ...]] = {
    Track.COMPLAINT: (Outcome.MEDIATED, Outcome.MEDIATION_ENDED, Outcome.REFERRED),
    Track.REPORT: _VERIFIED,
    Track.CLUE: _VERIFIED,
    Track.ADJUDICATION: (
        Outcome.INFRINGEMENT_FOUND,
        Outcome.INFRINGEMENT_NOT_FOUND,
        Outcome.MEDIATED,
        Outcome.REFERRED,
    ),
    Track.AID: (Outcome.AID_GIVEN, Outcome.ADVICE_GIVEN, Outcome.REFERRED),
    Track.CONSULTATION: (Outcome.ADVICE_GIVEN, Outcome.REFERRED),
}

# Which outcomes go with how a case was decided; an act that is not here decides nothing.
OUTCOMES_OF: dict[Act, frozenset[Outcome]] = {
    Act.SETTLE: frozenset({Outcome.MEDIATED}),
    Act.END_MEDIATION: frozenset({Outcome.MEDIATION_ENDED, Outcome.REFERRED}),
    Act.FILE: frozenset({Outcome.FILED, Outcome.REFERRED}),
    Act.NOT_FILE: frozenset({Outcome.NOT_FILED, Outcome.UNFOUNDED, Outcome.REFERRED}),
    Act.CONCLUDE_REFERRAL: frozenset({Outcome.REFERRED}),
    Act.RESUME: frozenset({Outcome.FILED, Outcome.REFERRED}),
}
