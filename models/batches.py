"""Many values in parts: a database takes a limited number of parameters in one statement."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TypeVar

# SQLite took 999 parameters once and PostgreSQL's driver takes 65,535: far below both, with room for the other ones.
AT_A_TIME = 500

_T = TypeVar("_T", int, str)


def in_batches(values: Collection[_T], size: int = AT_A_TIME) -> Iterator[list[_T]]:
    """The values in order, each once, at most `size` at a time."""
    ordered = sorted(set(values))
    for start in range(0, len(ordered), size):
        yield ordered[start : start + size]
