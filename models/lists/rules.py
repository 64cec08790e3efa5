"""What puts a company on a list, read from `profiles/lists.toml`, and whether given decisions satisfy it.

The check takes plain facts, so that anyone can repeat it with what the exports of lists and decisions hold.
"""

from __future__ import annotations

import datetime as dt
import functools
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.decisions.kinds import DECISION_KIND_LABELS, DecisionKind
from models.decisions.term.ending import add_months
from models.lists.kinds import ListKind
from models.people.roles import UnitKind
from models.wording import Sentence, said

LIST_FILE = Path(__file__).parents[2] / "profiles" / "lists.toml"


@dataclass(frozen=True, slots=True)
class BasisFact:
    """What a rule asks of one decision. `final_on` is None while it can be challenged."""

    uscc: str
    right_type: str | None
    decided_on: dt.date
    is_serious_cause: bool
    final_on: dt.date | None
    kind: DecisionKind = DecisionKind.PENALTY


@dataclass(frozen=True, slots=True)
class ListRule:
    """One version of what a list asks for. `kinds`: the decisions that count, as basis or against a clean record."""

    code: str
    version: int
    force_from: dt.date
    decisions: int
    window_years: int
    same_right_type: bool
    serious_causes: bool
    clean: bool
    kinds: tuple[DecisionKind, ...]
    text: str

    @property
    def name(self) -> str:
        return f"{self.code}.{self.version}"

    def problems(self, uscc: str, facts: Sequence[BasisFact], *, final_by: dt.date | None) -> list[Sentence]:
        """What is lacking, without full stops; none when the decisions satisfy the rule.

        With `final_by` only decisions that were final on that day count (河南省社会信用条例 Art 20(2)).
        """
        found = []
        if len(facts) < self.decisions:
            found.append(
                said(
                    "需要至少 %(wanted)s 份依据决定书，现在是 %(count)s 份",
                    wanted=self.decisions,
                    count=len(facts),
                )
            )
        if any(fact.kind not in self.kinds for fact in facts):
            wanted = [DECISION_KIND_LABELS[kind] for kind in self.kinds]
            found.append(said("有依据决定书不是%(wanted)s", wanted=wanted))
        if any(fact.uscc != uscc for fact in facts):
            found.append(said("依据决定书的当事人不是这一家"))
        if self.same_right_type and len({fact.right_type for fact in facts}) > 1:
            found.append(said("依据决定书涉及的不是同一类知识产权"))
        if self.same_right_type and any(fact.right_type is None for fact in facts):
            found.append(said("有依据决定书没有写明权利类型"))
        days = [fact.decided_on for fact in facts]
        if days and max(days) > add_months(min(days), 12 * self.window_years):
            found.append(said("依据决定书的作出日期相隔超过 %(years)s 年", years=self.window_years))
        if self.serious_causes and not any(fact.is_serious_cause for fact in facts):
            found.append(said("依据决定书的案由不属于名单管理办法第九条所列行为"))
        if final_by and any(fact.final_on is None or fact.final_on > final_by for fact in facts):
            found.append(said("依据决定书还没有终局：复议、诉讼期限届满或者经复议、诉讼维持后，才能列入"))
        return found


@dataclass(frozen=True, slots=True)
class ListLaw:
    """One list: on what it rests, what it does, how long an entry stays at most, and its rules, oldest first."""

    kind: ListKind
    basis: str
    effect: str
    leaving: str
    term_months: int | None
    early_months: int | None
    hearing_rule: str
    rules: tuple[ListRule, ...]
    consent: tuple[UnitKind, ...] = ()
    consent_from: dt.date | None = None
    consent_to: dt.date | None = None

    def needs_consent(self, kind: UnitKind, day: dt.date) -> bool:
        """Whether a unit of that level needs its superior's consent to list on that day (总局令第44号 Art 22)."""
        began = self.consent_from is None or self.consent_from <= day
        return kind in self.consent and began and (self.consent_to is None or day <= self.consent_to)

    def rule_on(self, day: dt.date) -> ListRule:
        """The version in force on that day."""
        return [rule for rule in self.rules if rule.force_from <= day][-1]

    def rule_named(self, name: str) -> ListRule:
        """The version that an entry names; KeyError when there is none."""
        return {rule.name: rule for rule in self.rules}[name]


@functools.cache
def laws(path: Path = LIST_FILE) -> dict[ListKind, ListLaw]:
    """The three lists."""
    table = _table(path)
    return {law.kind: law for law in (_law(entry, table["rules"]) for entry in table["lists"])}


def is_final_only(region_code: str | None) -> bool:
    """Whether only final decisions count in that region."""
    return any((region_code or "").startswith(entry["region"]) for entry in _table(LIST_FILE)["final_only"])


def heavier_penalties() -> frozenset[str]:
    """The kinds of penalty that count as heavier by themselves (总局令第44号 Art 2)."""
    return frozenset(_table(LIST_FILE)["heavier"]["kinds"])


@functools.cache
def _table(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _law(entry: dict[str, Any], rules: list[dict[str, Any]]) -> ListLaw:
    own = sorted((rule for rule in rules if rule["kind"] == entry["kind"]), key=lambda rule: rule["from"])
    return ListLaw(
        ListKind(entry["kind"]),
        entry["basis"],
        entry["effect"],
        entry["leaving"],
        entry.get("term_months"),
        entry.get("early_months"),
        entry["hearing_rule"],
        tuple(_rule(rule) for rule in own),
        tuple(UnitKind(kind) for kind in entry.get("consent", ())),
        entry.get("consent_from"),
        entry.get("consent_to"),
    )


def _rule(entry: dict[str, Any]) -> ListRule:
    fields = {name: value for name, value in entry.items() if name not in ("from", "kind", "kinds")}
    kinds = tuple(DecisionKind(kind) for kind in entry["kinds"])
    return ListRule(force_from=entry["from"], kinds=kinds, **fields)
