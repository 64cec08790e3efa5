"""A rule is data. Its versions follow each other in time; the start event's day chooses the binding one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from models.clocks.errors import NotInForce, UnknownRule
from models.clocks.terms import START_EVENTS, UNITS, Confidence, Reason, StartEvent, Unit
from models.wording import Sentence, said

LOCAL_PROMISE = "本局服务承诺"


@dataclass(frozen=True, slots=True)
class Extension:
    """By how much a rule may be extended, how often, who approves, and what may follow after that."""

    n: int
    unit: Unit
    approver: str = ""
    times: int = 1
    further: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One version of one rule. `basis` is the article as officials cite it, `law` the full name of the text.

    `in_force_from` None means that the first day is not recorded; `in_force_to` None that no end is known.
    `region` is a GB/T 2260 prefix for rules that hold in one province only.
    """

    id: str
    version: int
    title: str
    n: int
    unit: Unit
    start_event: StartEvent
    basis: str
    law: str
    extension: Extension | None = None
    excluded: tuple[Reason, ...] = ()
    in_force_from: dt.date | None = None
    in_force_to: dt.date | None = None
    is_local_promise: bool = False
    region: str = ""
    confidence: Confidence = Confidence.HIGH
    note: str = ""

    @property
    def length(self) -> str:
        """The time limit in words: 15个工作日."""
        return f"{self.n}{UNITS[self.unit]}"

    @property
    def starts_on(self) -> str:
        """The start event in words: 收到."""
        return START_EVENTS[self.start_event]

    @property
    def is_confirmed(self) -> bool:
        """Whether the rule may be relied on without asking the bureau's lawyers first."""
        return self.confidence is Confidence.HIGH

    def is_in_force(self, on: dt.date) -> bool:
        """Whether a start event on that day falls under this version."""
        begun = self.in_force_from is None or self.in_force_from <= on
        return begun and (self.in_force_to is None or on <= self.in_force_to)


class RuleBook:
    """All versions of all rules."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._versions: dict[str, list[Rule]] = {}
        for rule in sorted(rules, key=lambda rule: (rule.id, rule.version)):
            self._versions.setdefault(rule.id, []).append(rule)

    def __iter__(self) -> Iterator[Rule]:
        for versions in self._versions.values():
            yield from versions

    @property
    def ids(self) -> list[str]:
        return list(self._versions)

    def versions(self, rule_id: str) -> list[Rule]:
        """The versions of a rule, oldest first."""
        try:
            return self._versions[rule_id]
        except KeyError:
            raise UnknownRule(said("没有编号为“%(rule)s”的时限规则。", rule=rule_id)) from None

    def version(self, rule_id: str, number: int) -> Rule:
        """A certain version, as kept with a deadline."""
        for rule in self.versions(rule_id):
            if rule.version == number:
                return rule
        raise UnknownRule(said("时限规则“%(rule)s”没有第 %(number)s 版。", rule=rule_id, number=number))

    def pick(self, rule_id: str, on: dt.date) -> Rule:
        """The version that binds a start event of day `on`; refused with a sentence where there is none."""
        versions = self.versions(rule_id)
        for rule in reversed(versions):
            if rule.is_in_force(on):
                return rule
        raise NotInForce(_why_not(versions, on))

    def in_force(self, on: dt.date) -> list[Rule]:
        """The binding version of every rule that is in force on that day."""
        newest_first = (reversed(versions) for versions in self._versions.values())
        found = (next((rule for rule in rules if rule.is_in_force(on)), None) for rules in newest_first)
        return [rule for rule in found if rule]


def conflicts(versions: list[Rule]) -> Iterator[tuple[Rule, str]]:
    """What is wrong with the force dates of one rule's versions, oldest first: overlaps and gaps."""
    for older, newer in pairwise(versions):
        if older.version == newer.version:
            yield newer, f"{newer.id} 第 {newer.version} 版出现了两次"
        elif older.in_force_to is None:
            yield older, f"{older.id} 第 {older.version} 版没有失效日期，与第 {newer.version} 版重叠"
        elif newer.in_force_from is None or newer.in_force_from <= older.in_force_to:
            yield newer, f"{newer.id} 第 {newer.version} 版的施行日期与第 {older.version} 版重叠"
        elif newer.in_force_from > older.in_force_to + dt.timedelta(days=1):
            yield newer, f"{newer.id} 第 {older.version} 版失效后至第 {newer.version} 版施行前有空档"


def _why_not(versions: list[Rule], on: dt.date) -> Sentence:
    first, last = versions[0], versions[-1]
    if first.in_force_from and on < first.in_force_from:
        since = first.in_force_from
        return said(
            "%(title)s（%(rule)s）的第一个版本自 %(since)s 起施行，不适用于 %(day)s 起算的事项。",
            title=first.title,
            rule=first.id,
            since=since,
            day=on,
        )
    until = last.in_force_to
    return said(
        "%(title)s（%(rule)s）在 %(until)s 之后没有有效的版本，不适用于 %(day)s 起算的事项。",
        title=last.title,
        rule=last.id,
        until=until,
        day=on,
    )
