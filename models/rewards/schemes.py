"""How much: the schemes of `profiles/rewards.toml`, each with its levels and the days on which it holds."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any

from models.errors import ActRefused

SCHEMES_FILE = Path(__file__).parents[2] / "profiles" / "rewards.toml"
_FEN = Decimal("0.01")


class SchemeError(Exception):
    """The file cannot be used; the text says where and why."""


@dataclass(frozen=True, slots=True)
class Level:
    """What a report of this worth earns: so many per cent of what was fined and confiscated, and at least `least` yuan."""

    level: int
    title: str
    percent: Decimal
    least: Decimal


@dataclass(frozen=True, slots=True)
class Scheme:
    """One set of rules, in force from `starts_on` to `ends_on`; nobody gets more than `most` yuan for a case.

    `several` says who is rewarded where more than one reported; `remind`, on how many days before the end of the claim the
    reporter is reminded.
    """

    id: str
    title: str
    levels: tuple[Level, ...]
    most: Decimal
    several: str
    starts_on: dt.date
    ends_on: dt.date = dt.date.max
    remind: tuple[int, ...] = ()
    confirm: bool = False

    def level(self, number: int) -> Level | None:
        return next((one for one in self.levels if one.level == number), None)

    def amount(self, level: Level, fined: Decimal) -> Decimal:
        """Yuan and fen for a case in which `fined` yuan were fined and confiscated."""
        share = (fined * level.percent / 100).quantize(_FEN, ROUND_HALF_UP)
        return min(max(share, level.least), self.most)


def scheme_on(day: dt.date) -> Scheme:
    """The scheme in force on the Beijing day; ActRefused where there is none."""
    found = next((one for one in read_schemes() if one.starts_on <= day <= one.ends_on), None)
    if found is None:
        raise ActRefused("这一天没有有效的举报奖励标准。")
    return found


@cache
def read_schemes(path: Path = SCHEMES_FILE) -> tuple[Scheme, ...]:
    """All schemes; SchemeError where the file is wrong."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        return tuple(_scheme(one, tables["levels"]) for one in tables["schemes"])
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise SchemeError(f"{path.name}：{error}") from error


def _scheme(table: dict[str, Any], worth: list[dict[str, Any]]) -> Scheme:
    levels = tuple(
        Level(one["level"], one["title"], Decimal(str(one["percent"])), Decimal(str(one["least"])))
        for one in worth
        if one["scheme"] == table["id"]
    )
    if len({one.level for one in levels}) < len(levels):
        twice = "同一标准里 level 不能重复"
        raise ValueError(twice)
    return Scheme(
        id=table["id"],
        title=table["title"],
        levels=levels,
        most=Decimal(str(table["most"])),
        several=table["several"],
        starts_on=table["from"],
        ends_on=table.get("to", dt.date.max),
        remind=tuple(int(days) for days in table.get("remind", ())),
        confirm=table.get("confirm", False),
    )
