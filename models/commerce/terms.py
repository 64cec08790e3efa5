"""What became of a pasted link: the closed list, in the words that its filer reads."""

from __future__ import annotations

import enum


class Verdict(enum.StrEnum):
    """How a row stands before it is sent. Only what is good is sent; what was filed before, if its filer says so."""

    GOOD = "good"
    BAD = "bad"
    TWICE = "twice"
    FILED = "filed"
    DECIDED = "decided"


VERDICT_LABELS: dict[Verdict, str] = {
    Verdict.GOOD: "可以提交",
    Verdict.BAD: "不是网址，请更正",
    Verdict.TWICE: "与前面一行是同一个",
    Verdict.FILED: "以前提交过，正在办理",
    Verdict.DECIDED: "以前提交过，已经办结",
}
BEFORE = frozenset({Verdict.FILED, Verdict.DECIDED})
MOST_LINKS = 300
