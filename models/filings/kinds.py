"""The closed lists of filings: how a file stands with the scanner, what became of its copy, why an identity may be opened."""

from __future__ import annotations

import enum


class ScanState(enum.StrEnum):
    """The malware scanner's verdict: a label, never a reason to drop a file."""

    NOT_SCANNED = "not_scanned"
    CLEAN = "clean"
    INFECTED = "infected"
    FAILED = "failed"


SCAN_STATE_LABELS: dict[ScanState, str] = {
    ScanState.NOT_SCANNED: "未扫描",
    ScanState.CLEAN: "未发现病毒",
    ScanState.INFECTED: "发现病毒",
    ScanState.FAILED: "扫描未完成",
}


class CopyState(enum.StrEnum):
    """What became of the copy that is safe to look at. The original is kept whatever it is."""

    PENDING = "pending"
    MADE = "made"
    IMPOSSIBLE = "impossible"


COPY_STATE_LABELS: dict[CopyState, str] = {
    CopyState.PENDING: "净化副本正在制作",
    CopyState.MADE: "有净化副本",
    CopyState.IMPOSSIBLE: "没有净化副本",
}


class CopyObstacle(enum.StrEnum):
    """Why there is no copy that is safe to look at."""

    SOUND_OR_FILM = "sound_or_film"
    NO_DECODER = "no_decoder"
    NO_CONVERTER = "no_converter"
    NOT_SEALED = "not_sealed"
    LOCKED = "locked"
    DAMAGED = "damaged"
    TOO_COSTLY = "too_costly"
    INFECTED = "infected"


COPY_OBSTACLE_LABELS: dict[CopyObstacle, str] = {
    CopyObstacle.SOUND_OR_FILM: "录音录像不另做副本",
    CopyObstacle.NO_DECODER: "这种图片格式本系统不能转换",
    CopyObstacle.NO_CONVERTER: "服务器没有安装 LibreOffice，Office 文档不能转成 PDF",
    CopyObstacle.NOT_SEALED: "服务器不能隔离转换程序的网络，Office 文档不予转换",
    CopyObstacle.LOCKED: "文件设有密码，打不开",
    CopyObstacle.DAMAGED: "文件损坏或不完整，打不开",
    CopyObstacle.TOO_COSTLY: "文件展开后过大或处理过久，已停止",
    CopyObstacle.INFECTED: "发现病毒，不再打开",
}


class OpeningReason(enum.StrEnum):
    """Why somebody opens the envelope with the filer's identity; a sentence of their own goes with it."""

    CONTACT = "contact"
    VERIFY = "verify"
    SERVE = "serve"
    DUPLICATES = "duplicates"
    RECOVERY = "recovery"
    REDACTION = "redaction"  # a program compares; nobody reads it
    EXPERT = "expert"  # the same: whether an expert has something to do with the filer
    OTHER = "other"


BY_PROGRAM = frozenset({OpeningReason.REDACTION, OpeningReason.EXPERT})  # no person gives these

OPENING_REASON_LABELS: dict[OpeningReason, str] = {
    OpeningReason.CONTACT: "联系举报投诉人核实情况",
    OpeningReason.VERIFY: "核验真实身份（121号 第10条）",
    OpeningReason.SERVE: "送达文书",
    OpeningReason.DUPLICATES: "核对是否重复举报投诉（121号 第35条第2款）",
    OpeningReason.RECOVERY: "本人到窗口或来电找回查询码",
    OpeningReason.REDACTION: "公示决定书前，由程序核对其中有没有写入举报投诉人信息",
    OpeningReason.EXPERT: "邀请专家前，由程序核对专家与举报投诉人有没有利害关系",
    OpeningReason.OTHER: "其他",
}


class Likeness(enum.StrEnum):
    """What two filings have in common."""

    RESPONDENT = "respondent"
    LINK = "link"
    RIGHT_NUMBER = "right_number"
    FACTS = "facts"


LIKENESS_LABELS: dict[Likeness, str] = {
    Likeness.RESPONDENT: "同一被举报（投诉）方",
    Likeness.LINK: "同一链接",
    Likeness.RIGHT_NUMBER: "同一权利号",
    Likeness.FACTS: "文字相似",
}


class Notice(enum.StrEnum):
    """By which way a filer agreed to be told that there is news."""

    EMAIL = "email"
    SMS = "sms"


# The region of what happened outside the bureau's own; the units with power there are found by people.
ELSEWHERE = "000000"
