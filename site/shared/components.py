"""What the components of the pages print: small frozen things that views and queries fill, so templates hold no logic."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

Text = Any  # str, Markup or a lazy string of Flask-Babel


@dataclass(frozen=True)
class Step:
    """A step of a timeline: what was done, is being done now, or comes next. Give `at` (moment) or `on` (day)."""

    phase: Literal["done", "now", "ahead"]
    title: Text
    at: dt.datetime | None = None
    on: dt.date | None = None
    who: Text = ""
    text: Text = ""


@dataclass(frozen=True)
class Row:
    """A pair of a summary list; with `change_url` a link to mend it."""

    key: Text
    value: Text
    change_url: str = ""


@dataclass(frozen=True)
class FacetValue:
    """A value of a facet, how many results have it, and the address with it switched on (or off again).

    `without_url` leaves its results out; a value without `url` is only counted.
    """

    label: Text
    count: int
    url: str
    is_chosen: bool = False
    without_url: str = ""


@dataclass(frozen=True)
class Facet:
    """A filter with its values."""

    title: Text
    values: Sequence[FacetValue]
    is_open: bool = True


@dataclass(frozen=True)
class Chip:
    """A filter or saved view as a link; `removes` when following it takes the filter away."""

    text: Text
    url: str
    is_chosen: bool = False
    removes: bool = False


class CountedDay(Protocol):
    """One day of a deadline's count."""

    @property
    def date(self) -> dt.date: ...
    @property
    def counted(self) -> bool: ...
    @property
    def why(self) -> str: ...


@dataclass(frozen=True)
class Deadline:
    """A time limit to show. `light` is late, soon, fine or waiting; `left` says in words how much time is left."""

    title: Text
    due_on: dt.date
    basis: Text = ""
    light: str = ""
    left: Text = ""
    days: Sequence[CountedDay] = ()
    is_provisional: bool = False
