"""Closed kinds of redaction: what is found, how grave it is, what an officer may choose, and the words for it."""

from __future__ import annotations

import enum


class MarkKind(enum.StrEnum):
    """What a marked stretch of text is."""

    IDENTITY_NUMBER = "identity_number"
    PASSPORT = "passport"
    MOBILE_PHONE = "mobile_phone"
    LANDLINE = "landline"
    BANK_ACCOUNT = "bank_account"
    PLATE = "plate"
    ONLINE_ACCOUNT = "online_account"
    EMAIL = "email"
    HOME_ADDRESS = "home_address"
    PARTY_NAME = "party_name"
    PERSON_NAME = "person_name"
    FILER = "filer"
    REPORT_CLUE = "report_clue"
    MINOR = "minor"
    HEALTH = "health"
    BIRTH_DATE = "birth_date"
    TRADE_SECRET = "trade_secret"  # noqa: S105 - a kind of text
    OTHER = "other"


MARK_KIND_LABELS = {
    MarkKind.IDENTITY_NUMBER: "身份证号码",
    MarkKind.PASSPORT: "护照、通行证号码",
    MarkKind.MOBILE_PHONE: "手机号码",
    MarkKind.LANDLINE: "固定电话",
    MarkKind.BANK_ACCOUNT: "银行卡号、账号",
    MarkKind.PLATE: "车牌号码",
    MarkKind.ONLINE_ACCOUNT: "微信、支付等网络账号",
    MarkKind.EMAIL: "电子邮箱",
    MarkKind.HOME_ADDRESS: "家庭住址",
    MarkKind.PARTY_NAME: "自然人当事人、经营者姓名",
    MarkKind.PERSON_NAME: "当事人以外的自然人姓名",
    MarkKind.FILER: "举报投诉人",
    MarkKind.REPORT_CLUE: "举报投诉线索",
    MarkKind.MINOR: "未成年人信息",
    MarkKind.HEALTH: "健康信息",
    MarkKind.BIRTH_DATE: "出生日期",
    MarkKind.TRADE_SECRET: "可能的商业秘密",
    MarkKind.OTHER: "其他",
}


class Risk(enum.StrEnum):
    """Blocking: nothing is published while it is undecided. Review: somebody should look."""

    BLOCKING = "blocking"
    REVIEW = "review"


RISK_LABELS = {Risk.BLOCKING: "阻断公示", Risk.REVIEW: "请复核"}


class Origin(enum.StrEnum):
    """Who pointed at it."""

    DETECTOR = "detector"
    LINKED_FILING = "linked_filing"
    POLICY = "policy"
    HAND = "hand"


ORIGIN_LABELS = {
    Origin.DETECTOR: "自动发现",
    Origin.LINKED_FILING: "与关联办件的举报投诉人信息一致",
    Origin.POLICY: "按本局政策处理",
    Origin.HAND: "人工标记",
}


class Choice(enum.StrEnum):
    """What was decided about a mark."""

    OPEN = "open"
    MASKED = "masked"
    KEPT = "kept"


CHOICE_LABELS = {Choice.OPEN: "待决定", Choice.MASKED: "遮去", Choice.KEPT: "保留"}


class KeepGround(enum.StrEnum):
    """Why a marked stretch stays in the public text."""

    NOT_SUCH = "not_such"
    PUBLIC_ANYWAY = "public_anyway"
    SUPERIOR_APPROVED = "superior_approved"


KEEP_GROUND_LABELS = {
    KeepGround.NOT_SUCH: "不是这类信息，系统认错了",
    KeepGround.PUBLIC_ANYWAY: "依法应当公示（企业名称、登记住所、法定代表人、机关办公电话等）",
    KeepGround.SUPERIOR_APPROVED: "涉及商业秘密或个人隐私，经上级主管部门批准公示",
}


class Why(enum.StrEnum):
    """By which sign a stretch was found."""

    FORM_OF_NUMBER = "form_of_number"
    PARTLY_MASKED = "partly_masked"
    LEAD_WORDS = "lead_words"
    OFFICE_NUMBER = "office_number"
    FINE_ACCOUNT = "fine_account"
    ROLE_OF_PERSON = "role_of_person"
    NAMED_BEFORE = "named_before"
    LIKE_A_NAME = "like_a_name"
    RIGHT_HOLDER = "right_holder"
    REPORTED_BY = "reported_by"
    REPORTED = "reported"
    AGE = "age"
    ILLNESS = "illness"
    HOUSEHOLD = "household"
    SECRET_WORDS = "secret_words"  # noqa: S105 - words that tell of secrets
    FILING = "filing"
    POLICY = "policy"
    HAND = "hand"


WHY_LABELS = {
    Why.FORM_OF_NUMBER: "号码的长度、校验位或者号段符合",
    Why.PARTLY_MASKED: "遮盖不全，剩下的部分仍能认出本人",
    Why.LEAD_WORDS: "前面的文字说明了它是什么",
    Why.OFFICE_NUMBER: "像是机关的办公电话，请核对",
    Why.FINE_ACCOUNT: "像是缴纳罚没款的账户，请核对",
    Why.ROLE_OF_PERSON: "紧跟在“证人”“办案人员”等身份之后",
    Why.NAMED_BEFORE: "同一姓名在别处已经认出",
    Why.LIKE_A_NAME: "前后文字说明像是自然人姓名",
    Why.RIGHT_HOLDER: "像是权利人的姓名，请核对是否可以公开",
    Why.REPORTED_BY: "说明了谁举报、投诉",
    Why.REPORTED: "提到案件来自举报投诉，请确认看不出是谁",
    Why.AGE: "涉及未满十八周岁的人",
    Why.ILLNESS: "涉及自然人的病情、残疾或者怀孕",
    Why.HOUSEHOLD: "像是自然人的住处",
    Why.SECRET_WORDS: "可能涉及配方、客户名单、进货价等商业秘密",
    Why.FILING: "与关联办件中举报投诉人的信息一致",
    Why.POLICY: "自然人当事人和个体工商户经营者只公示姓氏",
    Why.HAND: "工作人员标记",
}
