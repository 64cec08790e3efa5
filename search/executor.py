"""Executes a tree on a snapshot: sorted arrays of documents, with scores where somebody wants them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from search.documents import Facet, Zone
from search.facets import Counts, within, words_with
from search.index.inversion import Positions
from search.index.snapshot import Mask, Segment, Snapshot
from search.places import in_zones, near_positions
from search.postings import ArrayCache, phrase_positions
from search.query import All, And, Between, Near, Not, Or, Phrase, Pinyin, Query, Value, Zones
from search.ranking import Ranking

Documents = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float64]
Weighed = tuple[
    npt.NDArray[np.uint32], Scores
]  # documents of a segment, ascending, and their weighed occurrences


@dataclass(frozen=True, eq=False)
class Matches:
    """Matching documents in ascending order, and their scores (all zero where nothing was ranked)."""

    documents: Documents
    scores: Scores


@dataclass(frozen=True, eq=False)
class Visible:
    """The documents that the asker may see, and what ranking needs to know of them: nothing else counts.

    `counted` keeps the facets of all of them, which every question that finds them all has.
    """

    mask: Mask
    count: int
    mean_length: float
    counted: dict[Facet, Counts] = field(default_factory=dict)

    @classmethod
    def of(cls, mask: Mask, lengths: npt.NDArray[np.uint32]) -> Visible:
        count = int(np.count_nonzero(mask))
        return cls(mask, count, float(lengths[mask].mean()) if count else 1.0)


@dataclass(frozen=True, eq=False)
class Executor:
    """Answers for one snapshot and those of its documents that the asker may see (`visible`)."""

    snapshot: Snapshot
    visible: Visible
    ranking: Ranking
    cache: ArrayCache
    ranked: bool = True

    def run(self, query: Query) -> Matches:
        """The visible documents that `query` matches."""
        match query:
            case Phrase(text, zones):
                return self._counted(lambda segment: self._weighed(segment, text, zones))
            case Near(texts, distance, zones):
                return self._counted(
                    lambda segment: self._weigh(segment, self._near(segment, texts, distance, zones))
                )
            case Pinyin(letters):
                return self._counted(lambda segment: self._weighed(segment, letters, (Zone.PINYIN,)))
            case Value(facet, text):
                return self._holding(
                    self.snapshot.words[facet].having(words_with(self.snapshot, facet, text))
                )
            case Between(amount, low, high):
                return self._holding(within(self.snapshot.numbers[amount], low, high))
            case And(parts):
                return self._and(parts)
            case Or(parts):
                return self._or(parts)
            case Not(part):
                rest = self.visible.mask.copy()
                rest[self.run(part).documents] = False
                return _unscored(np.flatnonzero(rest))
            case All():
                return _unscored(np.flatnonzero(self.visible.mask))

    def _holding(self, mask: Mask) -> Matches:
        return _unscored(np.flatnonzero(mask & self.visible.mask))

    def _phrase(self, segment: Segment, text: str, zones: Zones) -> Positions:
        """Where the phrase begins: in these zones, or anywhere but in what is no text."""
        hits = phrase_positions(segment, text, self.cache)
        if zones:
            return in_zones(segment, hits, len(text), zones)
        if text.isascii() and text.isalpha():
            hits = hits[segment.pairs.zones[hits] != Zone.PINYIN]
        return hits

    def _near(self, segment: Segment, texts: tuple[str, ...], distance: int, zones: Zones) -> Positions:
        places = [self._phrase(segment, text, zones) for text in texts]
        return near_positions(segment, places, [len(text) for text in texts], distance, self.cache)

    def _weighed(self, segment: Segment, text: str, zones: Zones) -> Weighed:
        """The documents of a segment that hold a phrase; kept, whoever may see them."""
        owners, weights = self.cache.get(
            (segment.name, text, zones), lambda: self._weigh(segment, self._phrase(segment, text, zones))
        )
        return owners, weights

    def _weigh(self, segment: Segment, hits: Positions) -> Weighed:
        """The documents of these places, and how many places each has, weighed by the zones that they lie in."""
        owners = segment.pairs.documents(hits)
        begins = _begins(owners)
        return owners[begins], self.ranking.frequencies(segment.pairs.zones, hits, begins)

    def _counted(self, look: Callable[[Segment], Weighed]) -> Matches:
        """The visible documents that `look` finds in the segments, scored where the order asks for it."""
        found = [(look(segment), segment.base) for segment in self.snapshot.segments]
        if not found:
            return _unscored(np.empty(0, np.int64))
        documents = np.concatenate([owners.astype(np.int64) + base for (owners, _weights), base in found])
        seen = self.visible.mask[documents]
        is_all = bool(seen.all())
        visible = documents if is_all else documents[seen]
        if not self.ranked:
            return _unscored(visible)
        weights = np.concatenate([weights for (_owners, weights), _base in found])
        return Matches(visible, self._scores(visible, weights if is_all else weights[seen]))

    def _scores(self, documents: Documents, frequencies: Scores) -> Scores:
        return self.ranking.bm25(
            frequencies,
            self.snapshot.lengths[documents],
            mean_length=self.visible.mean_length,
            documents=self.visible.count,
        )

    def _and(self, parts: tuple[Query, ...]) -> Matches:
        result: Matches | None = None
        for part in parts:
            found = self.run(part)
            result = found if result is None else _intersection(result, found)
            if not len(result.documents):
                break
        return result or _unscored(np.flatnonzero(self.visible.mask))

    def _or(self, parts: tuple[Query, ...]) -> Matches:
        found = [self.run(part) for part in parts]
        documents = np.unique(np.concatenate([matches.documents for matches in found]))
        scores = np.zeros(len(documents))
        for matches in found:
            scores[np.searchsorted(documents, matches.documents)] += matches.scores
        return Matches(documents, scores)


def _begins(owners: npt.NDArray[np.uint32]) -> Documents:
    """Where each document's hits begin."""
    if not len(owners):
        return np.empty(0, np.int64)
    return np.concatenate([np.zeros(1, np.int64), np.flatnonzero(owners[1:] != owners[:-1]) + 1])


def _unscored(documents: Documents) -> Matches:
    return Matches(documents, np.zeros(len(documents)))


def _intersection(one: Matches, other: Matches) -> Matches:
    few, many = sorted((one, other), key=lambda matches: len(matches.documents))
    at = np.searchsorted(many.documents, few.documents)
    at[at == len(many.documents)] = 0
    both = many.documents[at] == few.documents if len(many.documents) else np.zeros(0, np.bool_)
    return Matches(few.documents[both], few.scores[both] + many.scores[at[both]])
