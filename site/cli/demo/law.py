"""The law that applied to an act: the version of a cause's articles in force on a day, with its fine rule."""

import datetime as dt
import random
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from models.decisions.causes import CAUSE_FILE, Cause, causes
from models.kinds import RightType

ROUNDED_TO_YUAN = 100
LEAST_FINE_YUAN = 300


@dataclass(frozen=True, slots=True)
class Provision:
    """One version of a cause: what was violated, what penalises it, and how the fine is measured."""

    cause: Cause
    law: str
    implementing: str
    since: dt.date
    until: dt.date
    violated: str
    penalised: str
    rule: Mapping[str, Any]

    @property
    def right_type(self) -> RightType:
        return RightType(self.cause.right_type)

    def fine(self, roll: random.Random, *, turnover: int, gains: int, share: float) -> int:
        """A fine in yuan within the rule; `share` from 0 (lightest) to 1 (heaviest), with some play."""
        share = min(1.0, max(0.0, share + roll.uniform(-0.12, 0.12)))
        base = self.rule["base"]
        if base == "none":
            return 0
        if base == "fixed":
            floor, cap = self.rule.get("floor_yuan", self.rule["cap_yuan"] // 10), self.rule["cap_yuan"]
            return _rounded(floor + (cap - floor) * share**1.5, cap)
        return self._proportional(gains if base == "gains" else turnover, turnover, share)

    def _proportional(self, amount: int, turnover: int, share: float) -> int:
        """From the threshold on a multiple or a percentage of `amount`, below it up to a fixed cap."""
        threshold: int = self.rule.get("threshold_yuan", 0)
        if amount < threshold or amount == 0:
            cap: int = self.rule["cap_yuan"]
            return _rounded(max(amount, turnover, 1000) * (0.4 + 2 * share), cap)
        if "percent" in self.rule:
            return _rounded(amount * self.rule["percent"] / 100 * (0.2 + 0.8 * share), None)
        most: int = amount * self.rule["multiple"]
        least: int = amount * self.rule.get("floor_multiple", 0)
        limit = most if threshold else min(most, self.rule.get("cap_yuan", most))
        return _rounded(max(least, amount * 0.3 + (most * 0.6 - amount * 0.3) * share), limit)


@cache
def _provisions() -> dict[str, tuple[Provision, ...]]:
    known = {cause.code: cause for cause in causes()}
    table = tomllib.loads(CAUSE_FILE.read_text(encoding="utf-8"))["causes"]
    return {
        entry["code"]: tuple(
            Provision(
                cause=known[entry["code"]],
                law=version["law"],
                implementing=version.get("implementing", ""),
                since=version["from"],
                until=version.get("to", dt.date.max),
                violated=version["violated"],
                penalised=version["penalised"],
                rule=version["fine_rule"],
            )
            for version in entry["versions"]
        )
        for entry in table
    }


def provision(code: str, acted_on: dt.date) -> Provision | None:
    """The version of cause `code` that applies to an act of that day; None when the cause did not exist then."""
    versions = _provisions()[code]
    return next((version for version in versions if version.since <= acted_on <= version.until), None)


def _rounded(amount: float, cap: float | None) -> int:
    rounded = max(LEAST_FINE_YUAN, round(amount / ROUNDED_TO_YUAN) * ROUNDED_TO_YUAN)
    return rounded if cap is None else min(rounded, int(cap))
