"""The question as a small tree. Each engine executes the tree; only `search.parse` knows how people write it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class All:
    """Every document."""


@dataclass(frozen=True)
class Phrase:
    """The folded characters `text`, one behind the other; `*` and `×` stand for any one character."""

    text: str


@dataclass(frozen=True)
class And:
    """All of the parts."""

    parts: tuple[Query, ...]


@dataclass(frozen=True)
class Or:
    """At least one of the parts."""

    parts: tuple[Query, ...]


@dataclass(frozen=True)
class Not:
    """What the part does not match."""

    part: Query


Query = All | Phrase | And | Or | Not


def phrases(query: Query) -> Iterator[str]:
    """The phrases that a hit can show: all but those that are excluded."""
    match query:
        case Phrase(text):
            yield text
        case And(parts) | Or(parts):
            for part in parts:
                yield from phrases(part)
        case All() | Not():
            return
