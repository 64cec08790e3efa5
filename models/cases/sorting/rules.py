"""The rules of the split, read strictly from `profiles/split.toml`: the first one that fits a filing decides."""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from models.cases.sorting.terms import Complexity
from models.filings.parties import joint_of, more_respondents
from models.filings.tables import Filing
from models.kinds import RightType, Track

SPLIT_FILE = Path(__file__).parents[3] / "profiles" / "split.toml"
_PATH_KEYS = {"take_on", "papers_without_approval"}


class SplitRuleError(Exception):
    """The file cannot be used; the text says where and why. Whoever runs the site reads it."""


@dataclass(frozen=True, slots=True)
class SplitRule:
    """One rule. What it does not ask fits every filing; all that it asks has to hold."""

    id: str
    complexity: Complexity
    why: str
    tracks: tuple[Track, ...] = ()
    rights: tuple[RightType, ...] = ()
    joint: bool = False
    least_respondents: int = 0
    least_links: int = 0
    has_right_number: bool = False

    @property
    def fits_all(self) -> bool:
        """Whether it asks nothing."""
        return self == SplitRule(self.id, self.complexity, self.why)

    def fits(self, filing: Filing) -> bool:
        """Whether it speaks of such a filing."""
        links = filing.data.get("links", {}).get("count", 0)
        return (
            (not self.tracks or filing.track in self.tracks)
            and (not self.rights or filing.right_type in self.rights)
            and (not self.joint or joint_of(filing.data) is not None)
            and 1 + len(more_respondents(filing.data)) >= self.least_respondents
            and links >= self.least_links
            and (not self.has_right_number or bool(filing.right_number))
        )


@dataclass(frozen=True, slots=True)
class Split:
    """The rules in order, and how the path of a simple case is shorter."""

    rules: tuple[SplitRule, ...]
    take_on: bool
    papers_without_approval: frozenset[str]

    def rule_for(self, filing: Filing) -> SplitRule:
        """The rule that decides; the last one fits everything."""
        return next(rule for rule in self.rules if rule.fits(filing))

    def why(self, rule_id: str | None) -> str:
        """The words of the rule of that id; "" for one that the file has no more."""
        return next((rule.why for rule in self.rules if rule.id == rule_id), "")


@cache
def read_split(path: Path = SPLIT_FILE) -> Split:
    """The rules; SplitRuleError where the file cannot be used."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SplitRuleError(f"{path.name}：{error}") from error
    short = table.get("short_path", {})
    if set(table) != {"short_path", "rules"} or set(short) != _PATH_KEYS:
        raise SplitRuleError(
            f"{path.name}：须写明 [short_path]（{'、'.join(sorted(_PATH_KEYS))}）和 [[rules]]。"
        )
    rules = tuple(
        _rule(row, f"{path.name} [[rules]] {number}") for number, row in enumerate(table["rules"], 1)
    )
    if len({rule.id for rule in rules}) < len(rules):
        raise SplitRuleError(f"{path.name}：规则编号出现两次。")
    if not rules or not rules[-1].fits_all:
        raise SplitRuleError(f"{path.name}：最后一条规则须适用于所有办件。")
    return Split(rules, bool(short["take_on"]), frozenset(short["papers_without_approval"]))


def _rule(row: Mapping[str, Any], place: str) -> SplitRule:
    known = {one.name for one in dataclasses.fields(SplitRule)}
    if unknown := sorted(set(row) - known):
        raise SplitRuleError(f"{place} 有不认识的设置：{'、'.join(unknown)}。")
    try:
        return SplitRule(
            **{
                **row,
                "complexity": Complexity(row["complexity"]),
                "tracks": tuple(map(Track, row.get("tracks", ()))),
                "rights": tuple(map(RightType, row.get("rights", ()))),
            }
        )
    except (KeyError, ValueError, TypeError) as error:
        raise SplitRuleError(f"{place}：{error}") from error
