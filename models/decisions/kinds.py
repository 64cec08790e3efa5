"""Closed kinds: decisions, parties, penalties, reasons for the end of publication, and their legal names."""

import enum


class PartyKind(enum.StrEnum):
    """行政相对人类别 of the double-publicity tables."""

    ORGANISATION = "organisation"
    SOLE_TRADER = "sole_trader"
    PERSON = "person"


PARTY_KIND_LABELS = {
    PartyKind.ORGANISATION: "法人及非法人组织",
    PartyKind.SOLE_TRADER: "个体工商户",
    PartyKind.PERSON: "自然人",
}


class DecisionKind(enum.StrEnum):
    """What a decision is: only a penalty has kinds of penalty and a fine (行政处罚法 Art 2, 9).

    An adjudication 行政裁决 orders an infringer to stop (专利法 Art 65); what else a law lets a bureau decide, such as an
    order to correct a wrong patent marking, is another decision.
    """

    PENALTY = "penalty"
    ADJUDICATION = "adjudication"
    OTHER = "other"


DECISION_KIND_LABELS = {
    DecisionKind.PENALTY: "行政处罚",
    DecisionKind.ADJUDICATION: "行政裁决",
    DecisionKind.OTHER: "其他行政决定",
}


DECISION_TITLE_LABELS = {
    DecisionKind.PENALTY: "行政处罚决定",
    DecisionKind.ADJUDICATION: "行政裁决",
    DecisionKind.OTHER: "其他行政决定",
}
# What the paper itself is called.
DECISION_PAPER_LABELS = {
    DecisionKind.PENALTY: "行政处罚决定书",
    DecisionKind.ADJUDICATION: "行政裁决书",
    DecisionKind.OTHER: "行政决定书",
}


class PenaltyKind(enum.StrEnum):
    """Kinds of penalty, Administrative Penalty Law (2021) Art 9; the values are the law's own words."""

    WARNING = "警告"
    CRITICISM = "通报批评"
    FINE = "罚款"
    CONFISCATE_GAINS = "没收违法所得"
    CONFISCATE_GOODS = "没收非法财物"
    SUSPEND_LICENCE = "暂扣许可证件"
    LOWER_GRADE = "降低资质等级"
    REVOKE_LICENCE = "吊销许可证件"
    RESTRICT_BUSINESS = "限制开展生产经营活动"
    STOP_BUSINESS = "责令停产停业"
    CLOSE = "责令关闭"
    RESTRICT_PROFESSION = "限制从业"
    DETENTION = "行政拘留"
    OTHER = "法律、行政法规规定的其他行政处罚"


PENALTY_KIND_LABELS = {
    PenaltyKind.WARNING: "警告",
    PenaltyKind.CRITICISM: "通报批评",
    PenaltyKind.FINE: "罚款",
    PenaltyKind.CONFISCATE_GAINS: "没收违法所得",
    PenaltyKind.CONFISCATE_GOODS: "没收非法财物",
    PenaltyKind.SUSPEND_LICENCE: "暂扣许可证件",
    PenaltyKind.LOWER_GRADE: "降低资质等级",
    PenaltyKind.REVOKE_LICENCE: "吊销许可证件",
    PenaltyKind.RESTRICT_BUSINESS: "限制开展生产经营活动",
    PenaltyKind.STOP_BUSINESS: "责令停产停业",
    PenaltyKind.CLOSE: "责令关闭",
    PenaltyKind.RESTRICT_PROFESSION: "限制从业",
    PenaltyKind.DETENTION: "行政拘留",
    PenaltyKind.OTHER: "法律、行政法规规定的其他行政处罚",
}

# What the tables of the bureaus hold for the same kinds: words of the earlier law and short forms.
PENALTY_KIND_SYNONYMS = {
    "没收违法所得、没收非法财物": (PenaltyKind.CONFISCATE_GAINS, PenaltyKind.CONFISCATE_GOODS),
    "没收违法所得没收非法财物": (PenaltyKind.CONFISCATE_GAINS, PenaltyKind.CONFISCATE_GOODS),
    "没收": (PenaltyKind.CONFISCATE_GAINS, PenaltyKind.CONFISCATE_GOODS),
    "暂扣或者吊销许可证": (PenaltyKind.SUSPEND_LICENCE, PenaltyKind.REVOKE_LICENCE),
    "暂扣许可证": (PenaltyKind.SUSPEND_LICENCE,),
    "吊销许可证": (PenaltyKind.REVOKE_LICENCE,),
    "吊销执照": (PenaltyKind.REVOKE_LICENCE,),
    "吊销营业执照": (PenaltyKind.REVOKE_LICENCE,),
    "停产停业": (PenaltyKind.STOP_BUSINESS,),
    "限制开展生产经营": (PenaltyKind.RESTRICT_BUSINESS,),
    "拘留": (PenaltyKind.DETENTION,),
    "其他": (PenaltyKind.OTHER,),
    "其它": (PenaltyKind.OTHER,),
    "法律、行政法规规定的其他": (PenaltyKind.OTHER,),
}


class EndKind(enum.StrEnum):
    """Why a record is no longer public; shown on its address, which answers 410."""

    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    REPAIRED = "repaired"


END_KIND_LABELS = {
    EndKind.EXPIRED: "公示期届满，停止公示",
    EndKind.WITHDRAWN: "撤回公示",
    EndKind.REPAIRED: "信用修复，提前停止公示",
}


class Fulfilment(enum.StrEnum):
    """Whether the party has done what the decision orders, as far as staff have noted it."""

    UNKNOWN = "unknown"
    FULFILLED = "fulfilled"
    UNFULFILLED = "unfulfilled"


FULFILMENT_LABELS = {
    Fulfilment.UNKNOWN: "没有记录",
    Fulfilment.FULFILLED: "已经履行",
    Fulfilment.UNFULFILLED: "没有履行",
}
