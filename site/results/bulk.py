"""Bulk files: which there are, what each holds, and how it is made. A name says everything about a file.

`decisions.*` and `entities.ftm.json` hold all that is public, `decisions-2026-03.*` what was published in a month,
`delta-2026-03-02.jsonl` what happened on a day. None is a record for ever: when a decision ends, what holds it is made anew
without it. What lasts are the signed heads.
"""

from __future__ import annotations

import calendar
import datetime as dt
import io
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO, Any

from sqlalchemy.orm import Session

from models.data.queries import Days, changed_on, how_many_ended, public_in_order
from models.decisions.tables import Decision
from results.entities import entities_of
from results.exports import Export, csv_export, finished, row_of, xlsx_export

EVERYTHING: Days = (None, None)
WHOLE = ("decisions.csv", "decisions.jsonl", "decisions.xlsx", "entities.ftm.json")
OF_A_MONTH = ("csv", "jsonl")
MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/jsonl; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/jsonl; charset=utf-8",
}
_MONTH = re.compile(r"decisions-(\d{4})-(\d\d)\.(csv|jsonl)")
_DELTA = re.compile(r"delta-(\d{4})-(\d\d)-(\d\d)\.jsonl")


@dataclass(frozen=True)
class Made:
    """A finished file, what it covers, how much had ended by then, and until when all of it is public."""

    export: Export
    days: Days
    ended_seen: int
    good_until_on: dt.date | None


def month_names(month: dt.date) -> list[str]:
    """The files of a month."""
    return [f"decisions-{month:%Y-%m}.{ending}" for ending in OF_A_MONTH]


def delta_name(day: dt.date) -> str:
    """The file of what happened on a day."""
    return f"delta-{day.isoformat()}.jsonl"


def media_type(name: str) -> str:
    """What a file is, by its ending."""
    return MEDIA_TYPES[name.rpartition(".")[2]]


def days_of(name: str) -> Days | None:
    """The days of publication that a file covers; None when there is no such file."""
    if name in WHOLE:
        return EVERYTHING
    if found := _MONTH.fullmatch(name):
        first = _date(int(found[1]), int(found[2]), 1)
        return first and (first, first.replace(day=calendar.monthrange(first.year, first.month)[1]))
    if found := _DELTA.fullmatch(name):
        day = _date(*map(int, found.groups()))
        return day and (None, day)
    return None


def make(session: Session, name: str, *, today: dt.date) -> Made:
    """Makes the file; the ends are counted before anything is read, so that none is missed."""
    days = days_of(name)
    if days is None:
        raise ValueError(f"there is no data file named {name}")
    ended_seen = how_many_ended(session, days)
    ends: list[dt.date] = []
    export = _written(session, name, days, today, ends)
    return Made(export, days, ended_seen, min(ends, default=None))


def _written(session: Session, name: str, days: Days, today: dt.date, ends: list[dt.date]) -> Export:
    if name.startswith("delta-") and days[1] is not None:
        return json_lines(_changes(session, days[1], today, ends))
    found = _noting_ends(public_in_order(session, today=today, days=days), ends)
    if name.startswith("entities"):
        return json_lines(entity for decision in found for entity in entities_of(decision))
    rows = map(row_of, found)
    if name.endswith(".csv"):
        return csv_export(rows, bom=False)
    if name.endswith(".xlsx"):
        return xlsx_export(rows, note=[("生成时间", today.isoformat())])
    return json_lines(rows)


def json_lines(found: Iterable[Any]) -> Export:
    """One JSON object a line, UTF-8."""

    def write(file: IO[bytes]) -> int:
        text = io.TextIOWrapper(file, encoding="utf-8", newline="\n")
        count = 0
        for one in found:
            text.write(json.dumps(one, ensure_ascii=False) + "\n")
            count += 1
        text.flush()
        text.detach()
        return count

    return finished(write)


def _changes(session: Session, day: dt.date, today: dt.date, ends: list[dt.date]) -> Iterator[dict[str, Any]]:
    for op, decision in changed_on(session, day=day, today=today):
        if op == "DEL":
            ended = decision.ended_at.isoformat() if decision.ended_at else None
            yield {"op": op, "id": decision.public_id, "end_kind": decision.end_kind, "ended_at": ended}
        else:
            if decision.ends_on:
                ends.append(decision.ends_on)
            yield {"op": op, "id": decision.public_id, "record": row_of(decision)}


def _noting_ends(found: Iterable[Decision], ends: list[dt.date]) -> Iterator[Decision]:
    """Passes them on and keeps the first last day in `ends`."""
    for decision in found:
        if decision.ends_on:
            ends[:] = [min([*ends, decision.ends_on])]
        yield decision


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
