"""Reading `profiles/rules/*.toml`: one file per law, one `[[rule]]` table per version of a rule.

Everything wrong in all files is found in one go and reported as file:line with a sentence.
"""

from __future__ import annotations

import datetime as dt
import enum
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from models.clocks.errors import RuleFileError
from models.clocks.rules import LOCAL_PROMISE, Extension, Rule, conflicts
from models.clocks.terms import Confidence, Reason, StartEvent, Unit

E = TypeVar("E", bound=enum.StrEnum)

RULE_FOLDER = Path(__file__).parents[2] / "profiles" / "rules"
RULE_HEADER = re.compile(r"^[ \t]*\[\[rule\]\]", re.MULTILINE)
RULE_ID = re.compile(r"[a-z][a-z0-9_]{2,39}")
FIELDS = {
    *("id", "version", "title", "n", "unit", "start", "basis", "extension", "excluded"),
    *("from", "to", "local", "region", "confidence", "note"),
}
EXTENSION_FIELDS = {"n", "unit", "approver", "times", "further"}


@dataclass(frozen=True, slots=True)
class Placed:
    """A rule and where it stands."""

    rule: Rule
    place: str


class _TableError(Exception):
    """One thing wrong in one table; the message is the sentence."""


def read_rules(directory: Path = RULE_FOLDER) -> list[Rule]:
    """All rules of all files in `directory`, checked; raises `RuleFileError` with every error found."""
    placed: list[Placed] = []
    errors: dict[str, str] = {}
    for path in sorted(directory.glob("*.toml")):
        _read_file(path, placed, errors)
    if not placed and not errors:
        errors[str(directory)] = "没有找到时限规则文件"
    errors.update(_check_versions(placed))
    if errors:
        raise RuleFileError(f"时限规则文件有 {len(errors)} 处错误。", errors)
    return [item.rule for item in placed]


def _read_file(path: Path, placed: list[Placed], errors: dict[str, str]) -> None:
    text = path.read_text(encoding="utf-8")
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        errors[path.name] = f"不是有效的 TOML 文件：{error}"
        return
    law, tables = content.get("law"), content.get("rule", [])
    name = law.get("name") if isinstance(law, dict) else None
    if not isinstance(name, str) or not name:
        errors[path.name] = "缺少 [law] name：规则出自哪部法规"
        return
    lines = [text.count("\n", 0, found.start()) + 1 for found in RULE_HEADER.finditer(text)]
    if set(content) != {"law", "rule"} or not isinstance(tables, list) or len(lines) != len(tables):
        errors[path.name] = "除 [law] 外应只有逐条写成的 [[rule]] 表"
        return
    for line, table in zip(lines, tables, strict=True):
        place = f"{path.name}:{line}"
        try:
            placed.append(Placed(_rule(table, name), place))
        except _TableError as wrong:
            errors[place] = str(wrong)


def _check_versions(placed: Iterable[Placed]) -> dict[str, str]:
    by_id: dict[str, list[Placed]] = {}
    for item in placed:
        by_id.setdefault(item.rule.id, []).append(item)
    errors = {}
    for items in by_id.values():
        items.sort(key=lambda item: item.rule.version)
        places = {id(item.rule): item.place for item in items}
        for rule, sentence in conflicts([item.rule for item in items]):
            errors[places[id(rule)]] = sentence
    return errors


def _rule(table: Mapping[str, Any], law: str) -> Rule:
    _refuse_unknown(table, FIELDS)
    identity = _required(table, "id", str)
    if not RULE_ID.fullmatch(identity):
        raise _TableError(f"编号“{identity}”应为小写字母、数字和下划线")
    is_local = _optional(table, "local", bool, False)
    rule = Rule(
        id=identity,
        version=_positive(table, "version"),
        title=_required(table, "title", str),
        n=_positive(table, "n"),
        unit=_member(Unit, table, "unit"),
        start_event=_member(StartEvent, table, "start"),
        basis=LOCAL_PROMISE if is_local else _required(table, "basis", str),
        law=LOCAL_PROMISE if is_local else law,
        extension=_extension(table),
        excluded=_reasons(table),
        in_force_from=_optional(table, "from", dt.date, None),
        in_force_to=_optional(table, "to", dt.date, None),
        is_local_promise=is_local,
        region=_optional(table, "region", str, ""),
        confidence=_member(Confidence, {"confidence": Confidence.HIGH, **table}, "confidence"),
        note=_optional(table, "note", str, ""),
    )
    _check_sense(rule)
    return rule


def _check_sense(rule: Rule) -> None:
    """What no single field can show."""
    if rule.in_force_from and rule.in_force_to and rule.in_force_to < rule.in_force_from:
        raise _TableError("失效日期早于施行日期")
    if rule.unit is Unit.HOURS and (rule.extension or rule.excluded):
        raise _TableError("按小时计算的时限不能延长，也不能扣除时间")
    if rule.extension and rule.extension.unit is not rule.unit:
        raise _TableError("延长的单位应与时限的单位相同")


def _extension(table: Mapping[str, Any]) -> Extension | None:
    if "extension" not in table:
        return None
    inner = _required(table, "extension", dict)
    _refuse_unknown(inner, EXTENSION_FIELDS)
    return Extension(
        n=_positive(inner, "n"),
        unit=_member(Unit, inner, "unit"),
        approver=_optional(inner, "approver", str, ""),
        times=_positive({"times": 1, **inner}, "times"),
        further=_optional(inner, "further", str, ""),
    )


def _reasons(table: Mapping[str, Any]) -> tuple[Reason, ...]:
    listed = _optional(table, "excluded", list, [])
    return tuple(_member(Reason, {"excluded": value}, "excluded") for value in listed)


def _refuse_unknown(table: Mapping[str, Any], known: set[str]) -> None:
    if unknown := sorted(set(table) - known):
        raise _TableError(f"不认识的字段：{'、'.join(unknown)}")


def _required(table: Mapping[str, Any], field: str, kind: type) -> Any:
    if field not in table or table[field] == "":
        raise _TableError(f"缺少字段 {field}")
    return _typed(table[field], field, kind)


def _optional(table: Mapping[str, Any], field: str, kind: type, default: Any) -> Any:
    return _typed(table[field], field, kind) if field in table else default


def _typed(value: Any, field: str, kind: type) -> Any:
    if type(value) is not kind:  # exactly: a bool is no number, a datetime no date
        raise _TableError(f"字段 {field} 的类型不对")
    return value


def _positive(table: Mapping[str, Any], field: str) -> int:
    number: int = _required(table, field, int)
    if number < 1:
        raise _TableError(f"字段 {field} 应为正整数")
    return number


def _member(kind: type[E], table: Mapping[str, Any], field: str) -> E:
    value = table.get(field, "")
    try:
        return kind(value)
    except ValueError:
        raise _TableError(f"字段 {field} 的值“{value}”不在允许的范围内") from None
