"""The calendar and the rules that come with the product without a database, and short words for days and subjects."""

from __future__ import annotations

import datetime as dt
from functools import cache

from models.clocks.calendar import Calendar
from models.clocks.rule_files import read_rules
from models.clocks.rules import Rule, RuleBook
from models.clocks.seeds import computed_days, seeded_days, seeded_years
from models.clocks.subjects import SubjectRef
from models.clocks.tables import SubjectKind
from models.clocks.terms import StartEvent, Unit

NOW = dt.datetime(2026, 11, 22, 2, 0, tzinfo=dt.UTC)


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


def case(number: int) -> SubjectRef:
    """A case by number; clocks do not ask whether it exists."""
    return SubjectRef(SubjectKind.CASE, number)


def decision(number: int) -> SubjectRef:
    """A decision by number."""
    return SubjectRef(SubjectKind.DECISION, number)


def at(text: str) -> dt.datetime:
    """Ten in the morning of a day in Beijing."""
    return dt.datetime.fromisoformat(f"{text}T02:00:00+00:00")
