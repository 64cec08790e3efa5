"""The closed vocabularies of papers, with their Chinese names."""

from __future__ import annotations

import enum


class PaperState(enum.StrEnum):
    """Where a paper stands. Once issued it never changes; a void one stays readable as such."""

    DRAFT = "draft"
    SUBMITTED = "submitted"  # waits for the word of another person
    APPROVED = "approved"
    ISSUED = "issued"
    VOID = "void"


class Addressee(enum.StrEnum):
    """To whom a kind of paper goes."""

    FILER = "filer"
    RESPONDENT = "respondent"
    BOTH = "both"
    UNIT = "unit"
    OUTSIDE = "outside"
    FILE = "file"  # it stays in the bureau's file


class Approver(enum.StrEnum):
    """Who has to agree before a paper is issued."""

    NONE = "none"
    HEAD = "head"


class Way(enum.StrEnum):
    """How a paper was handed over (行政处罚法 Art 61; 民事诉讼法 ch. 7 section 2; 121号 for notices)."""

    ONLINE = "online"
    HAND = "hand"
    POST = "post"
    EMAIL = "email"
    SMS = "sms"
    ENTRUSTED = "entrusted"
    LEFT = "left"
    PUBLIC_NOTICE = "public_notice"


class Recipient(enum.StrEnum):
    """Who received it, by role: never by name."""

    FILER = "filer"
    RESPONDENT = "respondent"
    AGENT = "agent"
    UNIT = "unit"
    OUTSIDE = "outside"


PAPER_STATE_LABELS: dict[PaperState, str] = {
    PaperState.DRAFT: "草稿",
    PaperState.SUBMITTED: "待审批",
    PaperState.APPROVED: "已批准待签发",
    PaperState.ISSUED: "已签发",
    PaperState.VOID: "已作废",
}

ADDRESSEE_LABELS: dict[Addressee, str] = {
    Addressee.FILER: "举报投诉人",
    Addressee.RESPONDENT: "被举报（投诉）方",
    Addressee.BOTH: "双方当事人",
    Addressee.UNIT: "本系统其他机构",
    Addressee.OUTSIDE: "其他机关",
    Addressee.FILE: "存卷，不送达",
}

WAY_LABELS: dict[Way, str] = {
    Way.ONLINE: "网上领取",
    Way.HAND: "直接送达",
    Way.POST: "邮寄送达",
    Way.EMAIL: "电子邮件",
    Way.SMS: "手机短信",
    Way.ENTRUSTED: "委托送达",
    Way.LEFT: "留置送达",
    Way.PUBLIC_NOTICE: "公告送达",
}

RECIPIENT_LABELS: dict[Recipient, str] = {
    Recipient.FILER: "举报投诉人",
    Recipient.RESPONDENT: "被举报（投诉）方",
    Recipient.AGENT: "代理人",
    Recipient.UNIT: "本系统机构",
    Recipient.OUTSIDE: "其他机关",
}

RECIPIENTS: dict[Addressee, tuple[Recipient, ...]] = {
    Addressee.FILER: (Recipient.FILER, Recipient.AGENT),
    Addressee.RESPONDENT: (Recipient.RESPONDENT, Recipient.AGENT),
    Addressee.BOTH: (Recipient.FILER, Recipient.RESPONDENT, Recipient.AGENT),
    Addressee.UNIT: (Recipient.UNIT,),
    Addressee.OUTSIDE: (Recipient.OUTSIDE, Recipient.UNIT),
    Addressee.FILE: (),
}

FOR_FILER = frozenset({Addressee.FILER, Addressee.BOTH})
TO_A_BODY = frozenset({Addressee.UNIT, Addressee.OUTSIDE})
