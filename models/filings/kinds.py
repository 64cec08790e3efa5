"""The closed lists of filings: how a file stands with the scanner, why a filer's identity may be opened."""

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


class OpeningReason(enum.StrEnum):
    """Why somebody opens the envelope with the filer's identity; a sentence of their own goes with it."""

    CONTACT = "contact"
    VERIFY = "verify"
    SERVE = "serve"
    DUPLICATES = "duplicates"
    RECOVERY = "recovery"
    OTHER = "other"


OPENING_REASON_LABELS: dict[OpeningReason, str] = {
    OpeningReason.CONTACT: "联系举报投诉人核实情况",
    OpeningReason.VERIFY: "核验真实身份（121号 第10条）",
    OpeningReason.SERVE: "送达文书",
    OpeningReason.DUPLICATES: "核对是否重复举报投诉（121号 第35条第2款）",
    OpeningReason.RECOVERY: "本人到窗口或来电找回查询码",
    OpeningReason.OTHER: "其他",
}

# The region of what happened outside the bureau's own; the units with power there are found by people.
ELSEWHERE = "000000"
