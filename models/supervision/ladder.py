"""The ladder is data: `profiles/ladder.toml` says which rung comes when and whom it tells, per rule and profile.

Days are working days. Rungs before and at the end are counted from the alert day, the last safe one; those after it
from the legal end. So nobody is reminded of something that is not late under every reading.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from models.clocks.calendar import Calendar
from models.errors import Invalid
from models.supervision.hours import AT_ANY_HOUR, MailHours
from models.supervision.terms import Rung, Told

LADDER_FILE = Path(__file__).parents[2] / "profiles" / "ladder.toml"
EVERY_RULE = "*"
FURTHEST = 60  # working days
HIGHEST = 5  # levels
FIELDS = {"name", "rules", "profile", "rungs"}
MAIL_FIELDS = {"opens", "closes", "workdays_only"}
RUNG_FIELDS = {"rung", "workdays", "to", "levels_up"}


class LadderError(Invalid):
    """The ladder file cannot be used; `errors` maps places in it to sentences."""


@dataclass(frozen=True, slots=True)
class Step:
    """One rung with its day and its readers."""

    rung: Rung
    workdays: int
    to: tuple[Told, ...]
    levels_up: int = 0

    def day(self, alert_on: dt.date, legal_end: dt.date, calendar: Calendar) -> dt.date:
        """The Beijing day from which the rung is due."""
        base = legal_end if self.workdays > 0 else alert_on
        return calendar.add_workdays(base, self.workdays)


@dataclass(frozen=True, slots=True)
class Ladder:
    """The rungs for some rules, lowest first; `profile` empty: of every bureau."""

    name: str
    rules: frozenset[str]
    steps: tuple[Step, ...]
    profile: str = ""

    @property
    def top(self) -> Rung:
        return self.steps[-1].rung


@dataclass(frozen=True)
class Ladders:
    """All ladders of a file, and when mail about them goes out."""

    ladders: tuple[Ladder, ...]
    mail: MailHours = AT_ANY_HOUR

    def of(self, rule_id: str, profile: str) -> Ladder:
        """The most particular ladder: profile and rule, rule, profile, everything."""
        wanted = ((profile, rule_id), ("", rule_id), (profile, EVERY_RULE), ("", EVERY_RULE))
        for bureau, rule in wanted:
            for ladder in self.ladders:
                if ladder.profile == bureau and rule in ladder.rules:
                    return ladder
        raise LadderError("催办督办阶梯缺少适用于所有规则（*）的一张。")

    @property
    def most_days_before(self) -> int:
        """How many working days before the alert day the earliest rung comes."""
        return max(-step.workdays for ladder in self.ladders for step in ladder.steps)


def due_steps(
    ladder: Ladder, alert_on: dt.date, legal_end: dt.date, today: dt.date, calendar: Calendar
) -> Sequence[Step]:
    """The steps whose day has come, lowest first."""
    return [step for step in ladder.steps if step.day(alert_on, legal_end, calendar) <= today]


def read_ladders(path: Path = LADDER_FILE) -> Ladders:
    """The ladders of a file; LadderError with every error found."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise LadderError(f"{path.name} 不能使用：{error}。") from error
    errors: dict[str, str] = {}
    ladders: list[Ladder] = []
    for number, table in enumerate(content.get("ladder", []), start=1):
        try:
            ladders.append(_ladder(table))
        except ValueError as wrong:
            errors[f"{path.name} [[ladder]] {number}"] = str(wrong)
    if not any(EVERY_RULE in ladder.rules and not ladder.profile for ladder in ladders):
        errors.setdefault(path.name, '缺少适用于所有规则（rules = ["*"]）的阶梯')
    mail = AT_ANY_HOUR
    try:
        mail = _mail_hours(content.get("mail", {}))
    except ValueError as wrong:
        errors[f"{path.name} [mail]"] = str(wrong)
    errors.update(_twice(ladders, path.name))
    if errors:
        raise LadderError("催办督办阶梯文件有错误。", errors)
    return Ladders(tuple(ladders), mail)


def _mail_hours(table: Mapping[str, Any]) -> MailHours:
    _refuse_unknown(table, MAIL_FIELDS)
    opens, closes = table.get("opens", AT_ANY_HOUR.opens), table.get("closes", AT_ANY_HOUR.closes)
    workdays_only = table.get("workdays_only", AT_ANY_HOUR.workdays_only)
    if not (type(opens) is type(closes) is dt.time and opens < closes):
        raise ValueError("opens 和 closes 应为时刻，例如 08:30:00，并且 opens 早于 closes")
    if type(workdays_only) is not bool:
        raise ValueError("workdays_only 应为 true 或 false")
    return MailHours(opens, closes, workdays_only)


def _twice(ladders: Sequence[Ladder], name: str) -> dict[str, str]:
    seen: set[tuple[str, str]] = set()
    errors = {}
    for ladder in ladders:
        for rule in ladder.rules:
            if (ladder.profile, rule) in seen:
                errors[f"{name} {ladder.name}"] = f"规则 {rule} 已经有另一张阶梯"
            seen.add((ladder.profile, rule))
    return errors


def _ladder(table: Mapping[str, Any]) -> Ladder:
    _refuse_unknown(table, FIELDS)
    rules, rungs, name = table.get("rules"), table.get("rungs"), table.get("name")
    if not isinstance(name, str) or not name:
        raise ValueError("缺少名称 name")
    if not isinstance(rules, list) or not rules or not all(isinstance(rule, str) for rule in rules):
        raise ValueError("缺少规则 rules")
    if not isinstance(rungs, list) or not rungs:
        raise ValueError("缺少各级 rungs")
    steps = tuple(_step(rung) for rung in rungs)
    for lower, higher in pairwise(steps):
        if lower.rung.height >= higher.rung.height or lower.workdays >= higher.workdays:
            raise ValueError(f"“{higher.rung}”应排在“{lower.rung}”之后，日期也应更晚")
    return Ladder(name, frozenset(rules), steps, str(table.get("profile", "")))


def _step(table: Mapping[str, Any]) -> Step:
    _refuse_unknown(table, RUNG_FIELDS)
    workdays, levels = table.get("workdays"), table.get("levels_up", 0)
    if type(workdays) is not int or abs(workdays) > FURTHEST:
        raise ValueError(f"workdays 应为 -{FURTHEST} 至 {FURTHEST} 的整数")
    if type(levels) is not int or not 0 <= levels <= HIGHEST:
        raise ValueError(f"levels_up 应为 0 至 {HIGHEST} 的整数")
    try:
        told = tuple(Told(name) for name in table.get("to", []))
        rung = Rung(table.get("rung", ""))
    except ValueError as error:
        raise ValueError(f"不认识的级或者告知对象：{error}") from None
    if not told:
        raise ValueError("没有写明告知谁（to）")
    return Step(rung, workdays, told, levels)


def _refuse_unknown(table: Mapping[str, Any], known: set[str]) -> None:
    if unknown := sorted(set(table) - known):
        raise ValueError(f"不认识的设置：{'、'.join(unknown)}")
