"""Reads `profiles/triage.toml` strictly: an unknown word or a gap is refused with its place."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from models.kinds import RightType, Track
from models.people.profile_files import PROFILE_FOLDER, ProfileError
from models.routing.terms import Competence, Conduct
from models.triage.rules import Kind, Option, PlatformAdvice, Triage, TriageRule, join
from models.triage.terms import Need, Question

TRIAGE_FILE = PROFILE_FOLDER / "triage.toml"
_OPTION = ({"question", "value", "text", "hint"}, set[str]())
_KIND = ({"value", "right", "text", "hint"}, {"conduct"})
_RULE = ({"id", "row", "ways", "tracks", "needs", "basis", "tells"}, {"kinds", "authority", "reach"})
_PLATFORM = ({"row", "ways", "basis", "tells"}, set[str]())
_REACH = ({"competence", "how"}, set[str]())

Word = TypeVar("Word", bound=str)


@lru_cache(maxsize=4)
def read_triage(path: Path = TRIAGE_FILE) -> Triage:
    """The table of triage; ProfileError where it cannot be used."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ProfileError(f"{path.name} 不是有效的 TOML 文件：{error}。") from error
    found = Triage(
        options=tuple(_option(row, place) for row, place in _rows(table, "options", _OPTION)),
        kinds=tuple(_kind(row, place) for row, place in _rows(table, "kinds", _KIND)),
        rules=tuple(_rule(row, place) for row, place in _rows(table, "rules", _RULE)),
        platform=_platform(table),
        reach={
            _word(Competence, row["competence"], place): row["how"]
            for row, place in _rows(table, "reach", _REACH)
        },
    )
    _check_whole(found)
    return found


def _rows(
    table: Mapping[str, Any], section: str, names: tuple[set[str], set[str]]
) -> Iterator[tuple[Mapping[str, Any], str]]:
    """The rows of an array of tables, each with its place, names checked."""
    needed, more = names
    for number, row in enumerate(table.get(section, []), 1):
        place = f"triage.toml [[{section}]] {number}"
        if not needed <= set(row) <= needed | more:
            wrong = "、".join(sorted((needed - set(row)) | (set(row) - needed - more)))
            raise ProfileError(f"{place}：缺少或者不认识的设置：{wrong}。")
        yield row, place


def _option(row: Mapping[str, Any], place: str) -> Option:
    return Option(_word(Question, row["question"], place), row["value"], row["text"], row["hint"])


def _kind(row: Mapping[str, Any], place: str) -> Kind:
    return Kind(
        row["value"],
        _word(RightType, row["right"], place),
        row["text"],
        row["hint"],
        _word(Conduct, row.get("conduct", Conduct.INFRINGEMENT), place),
    )


def _rule(row: Mapping[str, Any], place: str) -> TriageRule:
    if bool(row["tracks"]) == ("authority" in row) or ("authority" in row) != ("reach" in row):
        raise ProfileError(f"{place}：不归本局的须写明 authority 和 reach，其他不写。")
    return TriageRule(
        id=row["id"],
        row=row["row"],
        ways=tuple(row["ways"]),
        tracks=tuple(_word(Track, one, place) for one in row["tracks"]),
        needs=tuple(_word(Need, one, place) for one in row["needs"]),
        basis=row["basis"],
        tells=row["tells"],
        kinds=tuple(row.get("kinds", [])),
        authority=row.get("authority", ""),
        reach=row.get("reach", ""),
    )


def _platform(table: Mapping[str, Any]) -> PlatformAdvice:
    rows = list(_rows({"platform": [table.get("platform", {})]}, "platform", _PLATFORM))
    row = rows[0][0]
    return PlatformAdvice(row["row"], tuple(row["ways"]), row["basis"], row["tells"])


def _word(kind: type[Word], text: str, place: str) -> Word:
    known = list(kind)  # type: ignore[call-overload]  # each is a StrEnum
    if text not in known:
        raise ProfileError(f"{place} 不能是“{text}”；可用：{'、'.join(known)}。")
    return kind(text)


def _check_whole(triage: Triage) -> None:
    """Every combination of answers has a rule, every rule some combination, and no name stands twice."""
    for what, names in (
        ("rules", [rule.id for rule in triage.rules]),
        ("kinds", [kind.value for kind in triage.kinds]),
        ("options", [f"{option.question}.{option.value}" for option in triage.options]),
    ):
        if not names or len(names) != len(set(names)):
            raise ProfileError(f"triage.toml [[{what}]]：为空，或者有名称出现两次。")
    known = {join(option.question, option.value) for option in triage.options}
    known |= {option.value for option in triage.options_of(Question.SITUATION)}
    for rule in triage.rules:
        if unknown := (set(rule.ways) - known) | (set(rule.kinds) - {kind.value for kind in triage.kinds}):
            raise ProfileError(f"triage.toml 规则 {rule.id}：没有这样的问题或者种类：{'、'.join(unknown)}。")
    used = set()
    for way, kind in triage.ways():
        found = triage.rule_for(way, kind.value if kind else "")
        if found is None:
            raise ProfileError(f"triage.toml：{way} {kind.value if kind else ''} 没有适用的规则。")
        used.add(found.id)
    if idle := {rule.id for rule in triage.rules} - used:
        raise ProfileError(f"triage.toml：规则 {'、'.join(sorted(idle))} 没有机会适用。")
