"""Holds every entry of the three lists against its rule, with what anybody can download and Python alone.

    curl -O https://SITE/lists/serious.json   (and infringers.json, commended.json)
    curl -O "https://SITE/decisions.csv?bom=0"
    python recompute_lists.py decisions.csv serious.json infringers.json commended.json

Prints a line for each entry: `ok`, `unseen` (a decision that it rests on is not public any more, so its publication has
ended and nobody outside can look), or `wrong` with what is lacking. Ends with status 1 when something is wrong.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

Decisions = Mapping[str, Mapping[str, str]]


def main(arguments: Sequence[str]) -> int:
    """The table of decisions, then the lists."""
    with Path(arguments[0]).open(encoding="utf-8-sig", newline="") as file:
        decisions = {row["id"]: row for row in csv.DictReader(file)}
    wrong = 0
    for path in arguments[1:]:
        listed = json.loads(Path(path).read_text(encoding="utf-8"))
        for entry in listed["items"]:
            bases = [decisions[name] for name in entry["decisions"] if name in decisions]
            found = list(problems(entry, listed["_meta"]["recompute"], bases, decisions))
            unseen = len(entry["decisions"]) - len(bases)
            verdict = "wrong" if found else "unseen" if unseen else "ok"
            sys.stdout.write("\t".join([verdict, entry["list"], entry["id"], "; ".join(found)]) + "\n")
            wrong += bool(found)
    return 1 if wrong else 0


def problems(
    entry: Mapping[str, Any],
    meta: Mapping[str, Any],
    bases: Sequence[Mapping[str, str]],
    decisions: Decisions,
) -> Iterator[str]:
    """What of the rule and of the term does not hold; a decision that cannot be seen is given the benefit of doubt."""
    rule = meta["rules"][entry["rule"]]
    all_seen = len(bases) == len(entry["decisions"])
    if entry["listed_on"] < rule["force_from"]:
        yield "listed before its rule was in force"
    if len(entry["decisions"]) < rule["decisions"]:
        yield f"rests on {len(entry['decisions'])} decisions, the rule asks for {rule['decisions']}"
    if any(base["kind"] not in rule["kinds"] for base in bases):
        yield f"rests on a decision that is none of {', '.join(rule['kinds'])}"
    if any(base["uscc"] != entry["uscc"] for base in bases):
        yield "rests on a decision about somebody else"
    if rule["same_right_type"] and (
        len({base["right_type"] for base in bases}) > 1 or any(not base["right_type"] for base in bases)
    ):
        yield "its decisions are about different kinds of right"
    days = sorted(day(base["decided_on"]) for base in bases)
    if days and days[-1] > later(days[0], 12 * rule["window_years"]):
        yield f"its decisions lie more than {rule['window_years']} years apart"
    if rule["causes"] is not None and all_seen and not any(base["cause"] in rule["causes"] for base in bases):
        yield "none of its decisions has a cause that the list asks for"
    if entry["final_only"] and any(not one or one > entry["published_on"] for one in entry["final_on"]):
        yield "rests on a decision that was not final"
    if rule["no_public_decision"] and any(
        row["uscc"] == entry["uscc"] and row["kind"] in rule["kinds"] for row in decisions.values()
    ):
        yield "there is a public decision about the company"
    yield from term_problems(entry, meta, bases)


def term_problems(
    entry: Mapping[str, Any], meta: Mapping[str, Any], bases: Sequence[Mapping[str, str]]
) -> Iterator[str]:
    """A list with a term of its own keeps it, longer only while a restriction lasts; the register ends with its basis."""
    if meta["term_months"]:
        full = later(day(entry["published_on"]), meta["term_months"])
        if day(entry["ends_on"]) != full and entry.get("restricted_until") != entry["ends_on"]:
            yield f"ends on {entry['ends_on']}, the term of the list ends on {full}"
    elif any(base["ends_on"] and base["ends_on"] < (entry["ends_on"] or "9999") for base in bases):
        yield "is public for longer than a decision that it rests on"


def day(written: str) -> dt.date:
    """A day as the exports write it."""
    return dt.date.fromisoformat(written)


def later(start: dt.date, months: int) -> dt.date:
    """The corresponding day so many months later, or the last of that month."""
    years, month = divmod(start.month - 1 + months, 12)
    for number in range(start.day, 0, -1):
        try:
            return dt.date(start.year + years, month + 1, number)
        except ValueError:
            continue
    raise ValueError(start)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
