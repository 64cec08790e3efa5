"""The closed vocabularies of triage, with their Chinese names: questions, and what a procedure needs."""

from __future__ import annotations

import enum


class Question(enum.StrEnum):
    """The first one is asked of everybody; each other one only of those who gave its name as their situation."""

    SITUATION = "situation"
    REFUND = "refund"
    OWNER = "owner"
    OTHER = "other"


class Need(enum.StrEnum):
    """What has to be answered before it can be sent; everything else is asked and may stay empty."""

    RESPONDENT = "respondent"
    RESPONDENT_ADDRESS = "respondent_address"  # or a link, for what was bought online
    PLACE = "place"
    FACTS = "facts"
    REQUEST = "request"
    NAMED = "named"  # a name, and a phone or an e-mail address
    IDENTITY = "identity"  # name, phone and postal address: Order 121 Art 10


QUESTION_LABELS: dict[Question, str] = {
    Question.SITUATION: "您遇到的是哪种情况？",
    Question.REFUND: "您想怎么做？",
    Question.OWNER: "您希望怎么办？",
    Question.OTHER: "是哪一类事情？",
}

NEED_LABELS: dict[Need, str] = {
    Need.RESPONDENT: "对方的名称",
    Need.RESPONDENT_ADDRESS: "对方的地址（网购的为链接）",
    Need.PLACE: "发生的地方",
    Need.FACTS: "事情经过",
    Need.REQUEST: "具体请求",
    Need.NAMED: "姓名，电话或者邮箱",
    Need.IDENTITY: "姓名、电话、通讯地址",
}
