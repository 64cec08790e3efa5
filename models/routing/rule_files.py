"""Reads `profiles/routing.toml` strictly: an unknown word or a gap is refused with its place."""

from __future__ import annotations

import datetime as dt
import enum
import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from models.kinds import RightType, Track
from models.people.profile_files import PROFILE_FOLDER, ProfileError
from models.people.profiles import BureauProfile
from models.routing.rules import Basis, Division, RoutingRule
from models.routing.terms import Competence, Conduct, Venue

ROUTING_FILE = PROFILE_FOLDER / "routing.toml"
_RULE = {"id", "tracks", "rights", "conducts", "lead", "assisting", "authority", "basis", "why"}
_NEEDED = {"id", "lead", "basis", "why"}

Word = TypeVar("Word", bound=enum.StrEnum)


@lru_cache(maxsize=4)
def read_division(path: Path = ROUTING_FILE) -> Division:
    """The division of work; ProfileError where it cannot be used."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ProfileError(f"{path.name} 不是有效的 TOML 文件：{error}。") from error
    later = _later(table, path.name)
    rules = tuple(
        _rule(row, later, f"{path.name} [[rules]] {number}") for number, row in _numbered(table, "rules")
    )
    _check_whole(rules, set(later), path.name)
    return Division(
        rules=rules,
        patent_units={key: tuple(codes) for key, codes in table.get("patent", {}).items()},
        venue_bases=dict(_venues(table, path.name)),
    )


def check_for(profile: BureauProfile, division: Division) -> None:
    """That the units named for patent disputes are units of the profile; ProfileError."""
    known = {unit.code for unit in profile.units if not unit.is_outside}
    named = division.patent_units.get(profile.key, ())
    if not named or not set(named) <= known:
        raise ProfileError(f"routing.toml [patent] {profile.key} 须列出本局配置中的机构。")


def _numbered(table: Mapping[str, Any], name: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    yield from enumerate(table.get(name, []), 1)


def _later(table: Mapping[str, Any], name: str) -> dict[str, list[Basis]]:
    found: dict[str, list[Basis]] = {}
    for number, row in _numbered(table, "later"):
        if set(row) != {"rule", "since", "basis"} or not isinstance(row["since"], dt.date):
            raise ProfileError(f"{name} [[later]] {number}：须写明 rule、since（日期）、basis。")
        found.setdefault(row["rule"], []).append(Basis(row["basis"], row["since"]))
    return found


def _rule(row: Mapping[str, Any], later: Mapping[str, list[Basis]], place: str) -> RoutingRule:
    if not _NEEDED <= set(row) <= _RULE:
        wrong = "、".join(sorted((_NEEDED - set(row)) | (set(row) - _RULE)))
        raise ProfileError(f"{place}：缺少或者不认识的设置：{wrong}。")
    lead = _word(Competence, row["lead"], place)
    if (lead is Competence.NATIONAL) != ("authority" in row):
        raise ProfileError(f"{place}：由国家主管部门办理的须写明 authority，其他不写。")
    return RoutingRule(
        id=row["id"],
        lead=lead,
        why=row["why"],
        bases=(Basis(row["basis"]), *sorted(later.get(row["id"], []), key=lambda basis: str(basis.since))),
        tracks=tuple(_word(Track, one, place) for one in row.get("tracks", [])),
        rights=tuple(_word(RightType, one, place) for one in row.get("rights", [])),
        conducts=tuple(_word(Conduct, one, place) for one in row.get("conducts", [])),
        assisting=tuple(_word(Competence, one, place) for one in row.get("assisting", [])),
        authority=row.get("authority", ""),
    )


def _venues(table: Mapping[str, Any], name: str) -> Iterator[tuple[tuple[Venue, bool], str]]:
    for number, row in _numbered(table, "venues"):
        place = f"{name} [[venues]] {number}"
        if set(row) != {"venue", "complaint", "report"}:
            raise ProfileError(f"{place}：须写明 venue、complaint、report。")
        venue = _word(Venue, row["venue"], place)
        yield (venue, True), row["complaint"]
        yield (venue, False), row["report"]


def _word(kind: type[Word], text: str, place: str) -> Word:
    if text not in set(kind):
        raise ProfileError(f"{place} 不能是“{text}”；可用：{'、'.join(kind)}。")
    return kind(text)


def _check_whole(rules: tuple[RoutingRule, ...], revised: set[str], name: str) -> None:
    """Ids are used once, later bases belong to one, and the last rule fits everything, so that every matter has an answer."""
    ids = [rule.id for rule in rules]
    if len(ids) != len(set(ids)):
        raise ProfileError(f"{name}：规则编号出现两次。")
    if unknown := revised - set(ids):
        raise ProfileError(f"{name} [[later]]：没有这样的规则：{'、'.join(sorted(unknown))}。")
    if not rules or rules[-1].tracks or rules[-1].rights or rules[-1].conducts:
        raise ProfileError(f"{name}：最后一条规则须适用于所有事项。")
