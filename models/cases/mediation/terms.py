"""The closed vocabularies of mediation, with their Chinese names."""

from __future__ import annotations

import enum

from models.clocks.terms import Reason


class Side(enum.StrEnum):
    """Who speaks: one of the two sides, or the mediator about itself."""

    FILER = "filer"
    RESPONDENT = "respondent"
    MEDIATOR = "mediator"


PARTIES = (Side.FILER, Side.RESPONDENT)


class ConsentWay(enum.StrEnum):
    """How a side said whether it agrees."""

    ONLINE = "online"
    PHONE = "phone"
    IN_PERSON = "in_person"
    LETTER = "letter"


class SessionWay(enum.StrEnum):
    """How people meet (Art 20): at one place, or by a line."""

    ON_SITE = "on_site"
    PHONE = "phone"
    VIDEO = "video"
    ONLINE = "online"


class Result(enum.StrEnum):
    """How a mediation ended."""

    SETTLED = "settled"
    ENDED = "ended"


class Writing(enum.StrEnum):
    """What is written about an agreement (Art 24): a settlement paper, unless one of the others holds."""

    PAPER = "paper"
    PERFORMED = "performed"
    WAIVED = "waived"
    RECORD = "record"


class ExamKind(enum.StrEnum):
    """What goods or a service are sent to (Art 22); its time is left out of the limit."""

    APPRAISAL = "appraisal"
    TESTING = "testing"

    @property
    def reason(self) -> Reason:
        """Why the clock stands still."""
        return Reason(self.value)


class Chosen(enum.StrEnum):
    """By whom the testing body was chosen (Art 22)."""

    AGREED = "agreed"
    DESIGNATED = "designated"


SIDE_LABELS: dict[Side, str] = {
    Side.FILER: "投诉人",
    Side.RESPONDENT: "被投诉人",
    Side.MEDIATOR: "调解员本人",
}
CONSENT_WAY_LABELS: dict[ConsentWay, str] = {
    ConsentWay.ONLINE: "在网上答复",
    ConsentWay.PHONE: "电话答复",
    ConsentWay.IN_PERSON: "当面答复",
    ConsentWay.LETTER: "来信答复",
}
SESSION_WAY_LABELS: dict[SessionWay, str] = {
    SessionWay.ON_SITE: "现场调解",
    SessionWay.PHONE: "电话调解",
    SessionWay.VIDEO: "视频调解",
    SessionWay.ONLINE: "互联网文字调解",
}
RESULT_LABELS: dict[Result, str] = {Result.SETTLED: "达成协议", Result.ENDED: "终止"}
WRITING_LABELS: dict[Writing, str] = {
    Writing.PAPER: "制作调解书",
    Writing.PERFORMED: "协议已经即时履行，不制作调解书",
    Writing.WAIVED: "双方同意不制作调解书",
    Writing.RECORD: "没有现场调解，以调解记录备查",
}
EXAM_KIND_LABELS: dict[ExamKind, str] = {ExamKind.APPRAISAL: "鉴定", ExamKind.TESTING: "检测"}
CHOSEN_LABELS: dict[Chosen, str] = {
    Chosen.AGREED: "双方协商确定",
    Chosen.DESIGNATED: "协商不成，由本机构指定",
}
# What stands in the timeline when a side has answered.
ANSWER_LABELS: dict[tuple[Side, bool], str] = {
    (Side.FILER, True): "投诉人同意调解。",
    (Side.FILER, False): "投诉人不同意调解。",
    (Side.RESPONDENT, True): "被投诉人同意调解。",
    (Side.RESPONDENT, False): "被投诉人不同意调解。",
}
