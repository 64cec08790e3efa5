"""The closed vocabularies of referrals, with their Chinese names: where one stands, and the steps that lead on."""

from __future__ import annotations

import enum


class Standing(enum.StrEnum):
    """Where a referral stands. Declined and resumed ones are over; a case can be referred again."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    DECLINED = "declined"
    SENT = "sent"  # handed over; the police have not signed for it yet
    RECEIVED = "received"
    PAPERS_ASKED = "papers_asked"
    FILED = "filed"
    REFUSED = "refused"
    RECONSIDERING = "reconsidering"
    UPHELD = "upheld"  # asked again, the police still do not file
    SUPERVISED = "supervised"  # the procuratorate was asked to look at it
    CONCLUDED = "concluded"  # filed, and goods and materials are with the police
    RESUMED = "resumed"  # the bureau goes on by itself


class Step(enum.StrEnum):
    """What can happen to a referral."""

    PROPOSE = "propose"
    APPROVE = "approve"
    DECLINE = "decline"
    HAND_OVER = "hand-over"
    RECEIPT = "receipt"
    FORWARD = "forward"
    ASK_PAPERS = "ask-papers"
    SEND_PAPERS = "send-papers"
    FILE = "file"
    REFUSE = "refuse"
    ASK_AGAIN = "ask-again"
    UPHOLD = "uphold"
    ASK_SUPERVISION = "ask-supervision"
    HAND_OVER_GOODS = "hand-over-goods"
    RESUME = "resume"
    TAKE_BACK = "take-back"


STANDING_LABELS: dict[Standing, str] = {
    Standing.PROPOSED: "待负责人决定",
    Standing.APPROVED: "已批准，待移送",
    Standing.DECLINED: "不批准移送",
    Standing.SENT: "已移送，待公安机关签收",
    Standing.RECEIVED: "公安机关审查中",
    Standing.PAPERS_ASKED: "待补正材料",
    Standing.FILED: "公安机关已立案",
    Standing.REFUSED: "公安机关不予立案",
    Standing.RECONSIDERING: "公安机关复议中",
    Standing.UPHELD: "复议维持不予立案",
    Standing.SUPERVISED: "已建议检察机关立案监督",
    Standing.CONCLUDED: "物品和材料已移交",
    Standing.RESUMED: "已恢复行政办理",
}

STEP_LABELS: dict[Step, str] = {
    Step.PROPOSE: "提出移送报告",
    Step.APPROVE: "批准移送",
    Step.DECLINE: "不批准移送",
    Step.HAND_OVER: "移送公安机关",
    Step.RECEIPT: "公安机关在回执上签字",
    Step.FORWARD: "公安机关转送有管辖权的机关",
    Step.ASK_PAPERS: "公安机关要求补正材料",
    Step.SEND_PAPERS: "补正材料",
    Step.FILE: "公安机关决定立案",
    Step.REFUSE: "公安机关决定不予立案",
    Step.ASK_AGAIN: "提请公安机关复议",
    Step.UPHOLD: "公安机关复议维持不予立案",
    Step.ASK_SUPERVISION: "建议检察机关立案监督",
    Step.HAND_OVER_GOODS: "移交涉案物品和材料",
    Step.RESUME: "恢复行政办理",
    Step.TAKE_BACK: "公安机关移回，依法作行政处理",
}

# What the officer writes down with a step, and why it is asked.
STEP_HINT_LABELS: dict[Step, str] = {
    Step.RECEIPT: "移送书回执的编号；谁签收、是否收到全部材料。",
    Step.FORWARD: "书面告知的文号；写明转送哪个公安机关。公安机关应当在24小时内转送并书面告知。",
    Step.ASK_PAPERS: "通知的文号；写明要补正哪些材料。",
    Step.SEND_PAPERS: "送交材料的函号或者回执编号；写明补正了什么。",
    Step.FILE: "立案通知书的文号；收到的时间按收到通知书的时间填写。",
    Step.REFUSE: "不予立案通知书的文号；写明公安机关说明的理由、是否退回案卷材料。",
    Step.ASK_AGAIN: "提请复议书的文号；写明为什么认为应当立案。",
    Step.UPHOLD: "复议决定通知书的文号；写明理由。",
    Step.ASK_SUPERVISION: "立案监督建议函的文号；写明为什么认为应当立案。",
    Step.HAND_OVER_GOODS: "交接单的编号；写明移交了哪些物品和材料、谁接收。",
    Step.RESUME: "写明为什么由本机关继续办理，例如不再提请复议。不得以行政处罚代替移送。",
    Step.TAKE_BACK: "公安机关移送函的文号；写明公安机关的认定。",
}

# The articles; Regulation 310 (移送规定) where nothing else is named.
STEP_BASIS_LABELS: dict[Step, str] = {
    Step.PROPOSE: "移送规定 第3、5条",
    Step.APPROVE: "移送规定 第5条第2款",
    Step.DECLINE: "移送规定 第5条第2款",
    Step.HAND_OVER: "移送规定 第5、6条",
    Step.RECEIPT: "移送规定 第7、8条",
    Step.FORWARD: "移送规定 第7条",
    Step.ASK_PAPERS: "公安程序规定 第180条第2款",
    Step.SEND_PAPERS: "公安程序规定 第180条第2款",
    Step.FILE: "移送规定 第8、9、12条",
    Step.REFUSE: "移送规定 第8、9条",
    Step.ASK_AGAIN: "移送规定 第9条第1款",
    Step.UPHOLD: "移送规定 第9条第2款",
    Step.ASK_SUPERVISION: "移送规定 第9、17条",
    Step.HAND_OVER_GOODS: "移送规定 第12条",
    Step.RESUME: "移送规定 第10条",
    Step.TAKE_BACK: "移送规定 第13条",
}
