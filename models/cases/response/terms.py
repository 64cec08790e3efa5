"""Why a named company says that it is not the party: the closed list."""

from __future__ import annotations

import enum


class Denial(enum.StrEnum):
    """不是当事人 and why; the words and the proof stand in the statement."""

    NAMESAKE = "namesake"
    TRANSFERRED = "transferred"
    MISUSED = "misused"
    OTHER = "other"


DENIAL_LABELS: dict[Denial, str] = {
    Denial.NAMESAKE: "不是：只是名称相同或者相近",
    Denial.TRANSFERRED: "不是：店铺或者业务已经转让",
    Denial.MISUSED: "不是：名义被别人冒用",
    Denial.OTHER: "不是：其他原因",
}
