"""The kinds of signal, what each is called and what it rests on."""

from __future__ import annotations

import enum


class Signal(enum.StrEnum):
    """What a case has in common with others, in the order in which officers read it."""

    PERSON = "person"
    PHONE = "phone"
    ADDRESS = "address"
    RESPONDENT = "respondent"
    LINK = "link"
    FACTS = "facts"
    RIGHT_NUMBER = "right_number"
    DECISIONS = "decisions"


# Told only to those who may open the envelopes of both cases; see docs/decisions/0008.
OF_PEOPLE = frozenset({Signal.PERSON, Signal.PHONE, Signal.ADDRESS})
OF_MATTER = (Signal.RESPONDENT, Signal.LINK, Signal.RIGHT_NUMBER)

SIGNAL_LABELS: dict[Signal, str] = {
    Signal.PERSON: "同一举报投诉人",
    Signal.PHONE: "同一联系电话",
    Signal.ADDRESS: "同一联系地址",
    Signal.RESPONDENT: "同一被举报（投诉）方",
    Signal.LINK: "同一链接",
    Signal.FACTS: "文字相似",
    Signal.RIGHT_NUMBER: "同一权利号",
    Signal.DECISIONS: "对方已有决定书",
}

SIGNAL_BASIS_LABELS: dict[Signal, str] = {
    Signal.PERSON: "证件号码的索引相同，或者由同一账号提交。",
    Signal.PHONE: "联系电话的索引相同；可能是同一人，也可能是家人、代理人共用。",
    Signal.ADDRESS: "联系地址去掉标点和省名后的索引相同。",
    Signal.RESPONDENT: "名称或者统一社会信用代码相同。",
    Signal.LINK: "链接去掉跟踪参数后相同。",
    Signal.FACTS: "事实部分至少一半的文字片段相同。",
    Signal.RIGHT_NUMBER: "注册号或者专利号相同。",
    Signal.DECISIONS: "决定书当事人的统一社会信用代码相同，或者名称、曾用名相同。",
}
