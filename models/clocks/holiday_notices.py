"""The document numbers of the State Council's holiday notices, so that the account of a day can name its own."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from models.wording import said

NOTICES_FILE = Path(__file__).parents[2] / "profiles" / "holiday-notices.toml"
NUMBER_LABELS = {
    "国办发明电": "国办发明电〔%(year)s〕%(number)s号",
    "国发明电": "国发明电〔%(year)s〕%(number)s号",
    "国办发": "国办发〔%(year)s〕%(number)s号",
    "国发": "国发〔%(year)s〕%(number)s号",
}
NUMBER = re.compile(rf"({'|'.join(NUMBER_LABELS)})〔(\d{{4}})〕(\d{{1,4}})号")


@dataclass(frozen=True, slots=True)
class NumberedNotice:
    """A notice and the first and last day that it speaks of."""

    number: str
    first: dt.date
    last: dt.date


@cache
def known_notices() -> tuple[NumberedNotice, ...]:
    """Those of the data file, in its order: a later one amends those before it."""
    tables = tomllib.loads(NOTICES_FILE.read_text(encoding="utf-8"))["notice"]
    return tuple(
        NumberedNotice(
            table["number"],
            table.get("from", dt.date(table["year"], 1, 1)),
            table.get("to", dt.date(table["year"], 12, 31)),
        )
        for table in tables
    )


def number_in(text: str) -> str:
    """The document number that a text names; "" where it names none."""
    found = NUMBER.search(text)
    return found[0] if found else ""


def cited(number: str) -> str:
    """A document number, so that it can be said in other languages."""
    found = NUMBER.fullmatch(number)
    return said(NUMBER_LABELS[found[1]], year=found[2], number=found[3]) if found else number


def number_for(on: dt.date) -> str:
    """The document number behind a day off or a make-up workday of a published year; "" where none is known."""
    return next((one.number for one in reversed(known_notices()) if one.first <= on <= one.last), "")
