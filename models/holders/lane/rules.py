"""Reads `profiles/fast-lane.toml` strictly: which record earns the lane or loses it, which patterns are signals."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from models.cases.terms import Outcome
from models.people.profile_files import PROFILE_FOLDER, ProfileError

LANE_FILE = PROFILE_FOLDER / "fast-lane.toml"
Table = TypeVar("Table")


@dataclass(frozen=True)
class Threshold:
    """How many ended filings say anything, and the two shares: of successes, of upheld statements."""

    at_least: int
    success: float
    upheld: float


@dataclass(frozen=True)
class Withdrawal:
    """Days between the notice and the end of the lane, and within which the holder can appeal."""

    notice_days: int
    appeal_days: int


@dataclass(frozen=True)
class SameText:
    """The same words against so many in so many days."""

    days: int
    respondents: int


@dataclass(frozen=True)
class Settled:
    """So many taken back after acceptance, and which share of what ended."""

    days: int
    withdrawn: int
    share: float


@dataclass(frozen=True)
class UnusableRight:
    """So many filings under a right that had expired, or whose number is no Chinese one."""

    days: int
    filings: int


@dataclass(frozen=True)
class LaneRules:
    """The whole file."""

    months: int
    good: frozenset[Outcome]
    bad: frozenset[Outcome]
    grant: Threshold
    withdraw: Threshold
    withdrawal: Withdrawal
    same_text: SameText
    settled: Settled
    unusable_right: UnusableRight


@lru_cache(maxsize=4)
def read_lane_rules(path: Path = LANE_FILE) -> LaneRules:
    """The rules; `ProfileError` where they cannot be used."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        record, patterns = table["record"], table["patterns"]
        rules = LaneRules(
            months=int(record["months"]),
            good=frozenset(Outcome(one) for one in record["good"]),
            bad=frozenset(Outcome(one) for one in record["bad"]),
            grant=_read(Threshold, table["grant"]),
            withdraw=_read(Threshold, table["withdraw"]),
            withdrawal=_read(Withdrawal, table["withdrawal"]),
            same_text=_read(SameText, patterns["same_text"]),
            settled=_read(Settled, patterns["settled"]),
            unusable_right=_read(UnusableRight, patterns["unusable_right"]),
        )
    except (tomllib.TOMLDecodeError, KeyError, ValueError, TypeError) as error:
        raise ProfileError(f"{path.name}：缺少设置或者写法不对：{error}。") from error
    if rules.good & rules.bad:
        raise ProfileError(f"{path.name} [record]：一种办理结果不能既算好又算不好。")
    if rules.withdraw.success > rules.grant.success or rules.withdraw.upheld < rules.grant.upheld:
        raise ProfileError(f"{path.name}：收回的界限应当比给予的宽，否则刚给就要收回。")
    return rules


def _read(kind: type[Table], given: Mapping[str, Any]) -> Table:
    names = {field.name for field in fields(kind)}  # type: ignore[arg-type]  # each is a dataclass
    if wrong := names ^ set(given):
        raise ValueError("、".join(sorted(wrong)))
    if any(
        isinstance(value, bool) or not isinstance(value, int | float) or value < 0 for value in given.values()
    ):
        raise ValueError("应是不小于 0 的数")
    return kind(**given)
