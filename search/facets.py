"""Filters by words and numbers, and how many documents have each word."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from search.documents import Amount, Facet
from search.fields import spoken
from search.fold import fold
from search.index.columns import MISSING, Numbers
from search.index.snapshot import Mask, Snapshot

# A document without a word is counted, and filtered, under the empty word, so that the counts add up.
NONE = ""
# Words that are counted one by one for an answer; the documents of all others come in one number.
MOST_WORDS = 100


@dataclass(frozen=True)
class Counts:
    """The words of a facet with how many documents have each, most frequent first.

    `others` documents have words that are not among them. In a column of one word a document, all numbers
    together are `documents`, those that were counted.
    """

    words: tuple[tuple[str, int], ...] = ()
    others: int = 0
    documents: int = 0


@dataclass(frozen=True)
class Filters:
    """What the hits must have: one of the words for each facet, none of those in `without`, amounts from … to …."""

    words: Mapping[Facet, frozenset[str]] = field(default_factory=dict)
    without: Mapping[Facet, frozenset[str]] = field(default_factory=dict)
    ranges: Mapping[Amount, tuple[int | None, int | None]] = field(default_factory=dict)

    def described(self) -> tuple[object, ...]:
        """The filters in one fixed order, to be told from others."""
        return (
            *(
                tuple(sorted((str(facet), tuple(sorted(chosen))) for facet, chosen in words.items()))
                for words in (self.words, self.without)
            ),
            tuple(sorted((str(amount), limits) for amount, limits in self.ranges.items())),
        )

    def __bool__(self) -> bool:
        return bool(self.words or self.without or self.ranges)


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


def within(values: Numbers, low: int | None, high: int | None) -> Mask:
    """Which documents have a number between the limits, both included."""
    mask: Mask = values != MISSING
    if low is not None:
        mask &= values >= low
    if high is not None:
        mask &= values <= high
    return mask


def words_with(snapshot: Snapshot, facet: Facet, folded: str) -> frozenset[str]:
    """The words of a column that have `folded` in them."""
    return frozenset(
        value for value in snapshot.words[facet].values if folded in fold(spoken(facet, value)).text
    )


def apply_filters(snapshot: Snapshot, documents: npt.NDArray[np.int64], filters: Filters) -> Filtered:
    """Looks at the filters' columns once."""
    mask = np.ones(len(documents), np.bool_)
    for amount, (low, high) in filters.ranges.items():
        mask &= within(snapshot.numbers[amount][documents], low, high)
    by_facet: dict[Facet, Mask] = {}
    for facet in {**filters.words, **filters.without}:
        passed = np.ones(len(documents), np.bool_)
        if chosen := filters.words.get(facet):
            passed &= _having(snapshot, facet, chosen)[documents]
        if unwanted := filters.without.get(facet):
            passed &= ~_having(snapshot, facet, unwanted)[documents]
        by_facet[facet] = passed
    return Filtered(mask, by_facet)


def _having(snapshot: Snapshot, facet: Facet, chosen: frozenset[str]) -> Mask:
    column = snapshot.words[facet]
    return column.having(chosen) | column.without() if NONE in chosen else column.having(chosen)


def count(
    snapshot: Snapshot, documents: npt.NDArray[np.int64], facet: Facet, wanted: Collection[str] = ()
) -> Counts:
    """How many of the documents have each word; `wanted` words are told however few they are."""
    column = snapshot.words[facet]
    per_tuple = np.bincount(column.refs.take(documents), minlength=len(column.tuples))
    per_value = column.per_value(per_tuple)
    told = np.flatnonzero(per_value)
    if len(told) > MOST_WORDS:
        most = np.argpartition(-per_value[told], MOST_WORDS)[:MOST_WORDS]
        asked = [n for word in wanted for n in column.number_of(word) if per_value[n]]
        told = np.union1d(told[most], np.array(asked, np.int64))
    counts = per_value.take(told)
    order = np.lexsort((told, -counts))  # words are numbered in the order of their letters
    found = [
        (column.values[n], times)
        for n, times in zip(told[order].tolist(), counts[order].tolist(), strict=True)
    ]
    without = int(per_tuple[column.empty].sum())
    if without:
        found.insert(int(np.count_nonzero(counts > without)), (NONE, without))
    return Counts(tuple(found), int(per_value.sum() - counts.sum()), len(documents))


def count_all(
    snapshot: Snapshot,
    documents: npt.NDArray[np.int64],
    filters: Filters,
    filtered: Filtered,
    facets: Iterable[Facet],
) -> dict[Facet, Counts]:
    """For each facet the counts that choosing another of its words would give: its own filter is left out."""
    passing = documents[filtered.passing()] if filters else documents
    return {
        facet: count(
            snapshot,
            documents[filtered.passing(leaving_out=facet)] if facet in filtered.by_facet else passing,
            facet,
            {*filters.words.get(facet, ()), *filters.without.get(facet, ())},
        )
        for facet in facets
    }
