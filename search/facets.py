"""Filters by words and numbers, and how many documents have each word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from search.documents import Amount, Facet
from search.index.columns import MISSING
from search.index.snapshot import Mask, Snapshot

# A document without a word is counted, and filtered, under the empty word, so that the counts add up.
NONE = ""

Counts = tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Filters:
    """What the hits must have: one of the words for each facet, and amounts from … to …, both included."""

    words: Mapping[Facet, frozenset[str]] = field(default_factory=dict)
    ranges: Mapping[Amount, tuple[int | None, int | None]] = field(default_factory=dict)

    def described(self) -> tuple[object, ...]:
        """The filters in one fixed order, to be told from others."""
        words = sorted((str(facet), tuple(sorted(chosen))) for facet, chosen in self.words.items())
        return tuple(words), tuple(sorted((str(amount), limits) for amount, limits in self.ranges.items()))


@dataclass(frozen=True, eq=False)
class Filtered:
    """Which of some documents pass: by ranges, and by the words of each facet."""

    in_range: Mask
    by_facet: Mapping[Facet, Mask]

    def passing(self, *, leaving_out: Facet | None = None) -> Mask:
        """Those that pass all filters, but for the filter of one facet."""
        mask = self.in_range
        for facet, passed in self.by_facet.items():
            if facet is not leaving_out:
                mask = mask & passed
        return mask


def apply_filters(snapshot: Snapshot, documents: npt.NDArray[np.int64], filters: Filters) -> Filtered:
    """Looks at the filters' columns once."""
    mask = np.ones(len(documents), np.bool_)
    for amount, (low, high) in filters.ranges.items():
        values = snapshot.numbers[amount][documents]
        mask &= values != MISSING
        if low is not None:
            mask &= values >= low
        if high is not None:
            mask &= values <= high
    by_facet = {}
    for facet, chosen in filters.words.items():
        column = snapshot.words[facet]
        passed = column.having(chosen)
        if NONE in chosen:
            passed = passed | column.without()
        by_facet[facet] = passed[documents]
    return Filtered(mask, by_facet)


def count(snapshot: Snapshot, documents: npt.NDArray[np.int64], facet: Facet) -> Counts:
    """How many of the documents have each word, most frequent first. One with two words counts for both."""
    column = snapshot.words[facet]
    per_tuple = np.bincount(column.refs[documents], minlength=len(column.tuples))
    counts: dict[str, int] = {}
    for numbers, times in zip(column.tuples, per_tuple.tolist(), strict=True):
        if times:
            for word in [column.values[n] for n in numbers] or [NONE]:
                counts[word] = counts.get(word, 0) + times
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def count_all(
    snapshot: Snapshot, documents: npt.NDArray[np.int64], filtered: Filtered, facets: Iterable[Facet]
) -> dict[Facet, Counts]:
    """For each facet the counts that choosing another of its words would give: its own filter is left out."""
    return {facet: count(snapshot, documents[filtered.passing(leaving_out=facet)], facet) for facet in facets}
