"""A question asked of one record at a time, as it is read from the database: for lists that are short and have no index.

The same trees with the same meaning as the executor gives them; only the order is the caller's.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

from search.documents import BORDER, SearchDocument, Zone
from search.fields import spoken
from search.fold import fold
from search.query import All, And, Between, Near, Not, Or, Phrase, Pinyin, Query, Value, Zones
from search.readings import readings
from search.snippets import hit_ranges


@dataclass(frozen=True)
class Single:
    """A record to be asked. `document` has its zones without pinyin, `name` is read aloud for that."""

    document: SearchDocument
    name: str = ""

    @functools.cached_property
    def _readings(self) -> tuple[str, ...]:
        return readings(self.name)

    def answers(self, query: Query) -> bool:
        """Whether the record is what the question asks for."""
        match query:
            case All():
                return True
            case Phrase(_text, zones) | Near(_text, _, zones):
                return any(hit_ranges(part, query) for part in self._parts(zones))
            case Pinyin(letters):
                return any(letters in one for one in self._readings)
            case Value(facet, text):
                values = self.document.facets.get(facet, ())
                return any(text in fold(spoken(facet, value)).text for value in values)
            case Between(amount, low, high):
                number = self.document.amounts.get(amount)
                if number is None:
                    return False
                return (low is None or number >= low) and (high is None or number <= high)
            case And(parts):
                return all(map(self.answers, parts))
            case Or(parts):
                return any(map(self.answers, parts))
            case Not(part):
                return not self.answers(part)

    def _parts(self, zones: Zones) -> list[str]:
        """The texts to look in, each for itself: no phrase reaches from one into the next."""
        return [
            piece
            for zone, text in self.document.zones
            if (zone in zones if zones else zone is not Zone.PINYIN)
            for piece in text.split(BORDER)
        ]
