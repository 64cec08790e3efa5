"""The question as a small tree. Each engine executes the tree; only `search.parse` knows how people write it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from search.documents import Amount, Facet, Zone

Zones = tuple[Zone, ...]


@dataclass(frozen=True)
class All:
    """Every document."""


@dataclass(frozen=True)
class Phrase:
    """The folded characters `text`, one behind the other; `*` and `×` stand for any one character.

    With `zones`, only where it stands in one of them.
    """

    text: str
    zones: Zones = ()


@dataclass(frozen=True)
class Near:
    """All of the folded `texts` in one stretch in which at most `distance` other characters lie, in any order."""

    texts: tuple[str, ...]
    distance: int
    zones: Zones = ()


@dataclass(frozen=True)
class Value:
    """A word of the column `facet` has the folded `text` in it."""

    facet: Facet
    text: str


@dataclass(frozen=True)
class Between:
    """A number from `low` to `high`, both included, None for no limit: fen, or days as ordinals."""

    amount: Amount
    low: int | None
    high: int | None

    @property
    def ends(self) -> tuple[int | None, int | None]:
        return self.low, self.high


@dataclass(frozen=True)
class Pinyin:
    """A party's name read aloud: `letters` are part of its pinyin or of the initials of its syllables."""

    letters: str


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


Leaf = Phrase | Near | Value | Between | Pinyin
Query = All | Leaf | And | Or | Not


def shown(query: Query) -> Iterator[Phrase | Near]:
    """What a hit can show in its text: all phrases but those that are excluded."""
    match query:
        case Phrase() | Near():
            yield query
        case And(parts) | Or(parts):
            for part in parts:
                yield from shown(part)
        case _:
            return


def phrases(query: Query) -> Iterator[str]:
    """The texts of what a hit can show."""
    for leaf in shown(query):
        yield from (leaf.text,) if isinstance(leaf, Phrase) else leaf.texts
