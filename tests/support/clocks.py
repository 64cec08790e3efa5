"""The calendar and the rules that come with the product, for tests that need no database."""

from __future__ import annotations

import datetime as dt
from functools import cache

from models.clocks.calendar import Calendar
from models.clocks.rule_files import read_rules
from models.clocks.rules import Rule, RuleBook
from models.clocks.seeds import computed_days, seeded_days, seeded_years
from models.clocks.terms import StartEvent, Unit


@cache
def calendar() -> Calendar:
    """Published to 2026, computed after that."""
    return Calendar(seeded_days(), seeded_years(), computed_days)


@cache
def rule_book() -> RuleBook:
    """The rules of `profiles/rules`."""
    return RuleBook(read_rules())


def day(text: str) -> dt.date:
    """`day("2026-02-09")`."""
    return dt.date.fromisoformat(text)


def plain_rule(n: int, unit: Unit, **others: object) -> Rule:
    """A rule that is about nothing in particular."""
    names = {"id": "some_rule", "version": 1, "title": "某事", "basis": "某法 第1条", "law": "某法"}
    return Rule(**{**names, "n": n, "unit": unit, "start_event": StartEvent.RECEIVED, **others})  # type: ignore[arg-type]
