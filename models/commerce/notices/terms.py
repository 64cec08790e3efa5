"""What a rights-holder tells about the platform: notified when, done what, and when the seller's statement came."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models.commerce.platform_files import read_platforms
from models.commerce.platforms import UNKNOWN
from models.errors import Invalid
from models.wording import said

WAIT_RULE = "platform_wait"
LONGEST_STATEMENT = 1000


class Measure(enum.StrEnum):
    """What the platform did upon the notice (电子商务法 Art 42)."""

    NONE = "none"
    TAKEN = "taken"
    LIFTED = "lifted"
    UNKNOWN = "unknown"


MEASURE_LABELS: dict[Measure, str] = {
    Measure.NONE: "没有采取措施",
    Measure.TAKEN: "已经删除、屏蔽、断开链接，或者终止交易和服务",
    Measure.LIFTED: "采取过措施，后来又恢复了",
    Measure.UNKNOWN: "不清楚",
}


@dataclass(frozen=True)
class Told:
    """The filer's words about the platform; what stands in the filing's data and so in its digest."""

    platform: str
    notified_on: dt.date
    measure: Measure = Measure.UNKNOWN
    statement_reached_on: dt.date | None = None
    statement: str = ""

    def as_data(self) -> dict[str, Any]:
        """As JSON, under the key `platform` of a filing's data."""
        reached = self.statement_reached_on
        return {
            "platform": self.platform,
            "notified_on": self.notified_on.isoformat(),
            "measure": self.measure.value,
            **({"statement_reached_on": reached.isoformat()} if reached else {}),
            **({"statement": self.statement} if self.statement else {}),
        }


def told_in(data: Mapping[str, Any]) -> Told | None:
    """What a filing's data say; None where the platform was not notified."""
    found = data.get("platform")
    if not found:
        return None
    reached = found.get("statement_reached_on")
    return Told(
        platform=str(found["platform"]),
        notified_on=dt.date.fromisoformat(found["notified_on"]),
        measure=Measure(found["measure"]),
        statement_reached_on=dt.date.fromisoformat(reached) if reached else None,
        statement=str(found.get("statement", "")),
    )


def check_told(told: Told, today: dt.date) -> Told:
    """The same, checked; `Invalid` with a sentence for each answer that cannot be."""
    errors: dict[str, str] = {}
    if told.platform != UNKNOWN and read_platforms().get(told.platform) is None:
        errors["platform"] = said("请从所列的平台中选择。")
    if told.notified_on > today:
        errors["notified_on"] = said("通知平台的日期还没有到。")
    if why := why_not_reached(told.statement_reached_on, told.notified_on, today):
        errors["statement_reached_on"] = why
    if len(told.statement) > LONGEST_STATEMENT:
        errors["statement"] = said("声明的内容太长，请摘要填写。")
    if errors:
        raise Invalid("通知平台的情况有误，请按提示更正。", errors)
    return told


def why_not_reached(reached_on: dt.date | None, notified_on: dt.date, today: dt.date) -> str:
    """Why a statement cannot have come on that day; "" where it can, or none came."""
    if reached_on is None:
        return ""
    if reached_on > today:
        return said("声明转到的日期还没有到。")
    return said("声明是在通知平台以后才转来的，请核对两个日期。") if reached_on < notified_on else ""
