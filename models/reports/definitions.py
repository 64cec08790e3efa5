"""What each report counts, read from `profiles/reports.toml`, and its periods."""

from __future__ import annotations

import datetime as dt
import enum
import functools
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.cases.terms import Act
from models.decisions.term.ending import add_months
from models.errors import NotFound
from models.kinds import RightType

REPORT_FILE = Path(__file__).parents[2] / "profiles" / "reports.toml"
MONTHS = {"month": 1, "quarter": 3, "year": 12}
_WRITTEN = {"month": r"(\d{4})-(0[1-9]|1[0-2])", "quarter": r"(\d{4})-Q([1-4])", "year": r"(\d{4})()"}


class Measure(enum.StrEnum):
    """How a figure comes about."""

    ACT = "act"
    DECISIONS = "decisions"
    MONEY = "money"
    HAND = "hand"


@dataclass(frozen=True, slots=True)
class Count:
    """One cell: what is counted. None for a filter is no filter; an empty one lets nothing through."""

    measure: Measure
    act: Act | None = None
    right_types: tuple[RightType, ...] | None = None
    causes: tuple[str, ...] | None = None
    outside: str | None = None
    has_links: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A row or a column."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class Period:
    """`name` is what stands in the address: 2026-03, 2026-Q1, 2026."""

    name: str
    first: dt.date
    last: dt.date


@dataclass(frozen=True)
class Report:
    """One report in one version. `cells` by `row.column`."""

    code: str
    version: int
    title: str
    basis: str
    note: str
    confidence: str
    force_from: dt.date
    force_to: dt.date | None
    every: str
    due: str
    rows: tuple[Heading, ...]
    columns: tuple[Heading, ...]
    cells: Mapping[str, Count]

    def period(self, name: str) -> Period:
        """The period of that name; NotFound when there is none of this report."""
        found = re.fullmatch(_WRITTEN[self.every], name)
        if found is None or not 1 < int(found[1]) < dt.MAXYEAR:
            raise NotFound("没有这个统计期。")
        length = MONTHS[self.every]
        first = dt.date(int(found[1]), (int(found[2] or 1) - 1) * length + 1, 1)
        return Period(name, first, add_months(first, length) - dt.timedelta(days=1))

    def periods_before(self, today: dt.date, number: int) -> list[Period]:
        """The last periods that have begun, the newest first."""
        length = MONTHS[self.every]
        start = dt.date(today.year, (today.month - 1) // length * length + 1, 1)
        return [self.period(self._name(add_months(start, -length * back))) for back in range(number)]

    def _name(self, first: dt.date) -> str:
        quarter = f"{first.year}-Q{(first.month + 2) // 3}"
        return {"month": f"{first:%Y-%m}", "quarter": quarter, "year": str(first.year)}[self.every]


@functools.cache
def reports(path: Path = REPORT_FILE) -> tuple[Report, ...]:
    """All reports in all versions, in the order of the file."""
    return tuple(_report(entry) for entry in tomllib.loads(path.read_text(encoding="utf-8"))["reports"])


def report_named(code: str, on: dt.date) -> Report:
    """The version in force for a period that ends on that day; NotFound when there is none."""
    for one in reversed(reports()):
        if one.code == code and one.force_from <= on and (one.force_to is None or on <= one.force_to):
            return one
    raise NotFound("没有这张报表。")


def _report(entry: Mapping[str, Any]) -> Report:
    rows, columns = entry["rows"], entry["columns"]
    cells = {
        f"{row['code']}.{column['code']}": _count({**row, **column}) for row in rows for column in columns
    }
    return Report(
        code=entry["code"],
        version=entry["version"],
        title=entry["title"],
        basis=entry["basis"],
        note=entry.get("note", ""),
        confidence=entry["confidence"],
        force_from=entry["from"],
        force_to=entry.get("to"),
        every=entry["period"],
        due=entry["due"],
        rows=tuple(Heading(one["code"], one["title"]) for one in rows),
        columns=tuple(Heading(one["code"], one["title"]) for one in columns),
        cells=cells,
    )


def _count(told: Mapping[str, Any]) -> Count:
    right_types = told.get("right_types")
    return Count(
        Measure(told["measure"]),
        Act(told["act"]) if told["measure"] == "act" else None,
        tuple(RightType(one) for one in right_types) if right_types is not None else None,
        _causes(told),
        told.get("outside"),
        told.get("links", False),
    )


def _causes(told: Mapping[str, Any]) -> tuple[str, ...] | None:
    """By codes, or by the row of the State Administration's table."""
    if "samr_rows" in told:
        return tuple(code for code, row in _samr_rows().items() if row in told["samr_rows"])
    return tuple(told["causes"]) if "causes" in told else None


@functools.cache
def _samr_rows() -> dict[str, str]:
    found = tomllib.loads((REPORT_FILE.parent / "causes.toml").read_text(encoding="utf-8"))["causes"]
    return {one["code"]: one["samr_row"] for one in found}
