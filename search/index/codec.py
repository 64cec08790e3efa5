"""The Whoosh codec of our index: Whoosh's own storage of documents and columns, our file of postings.

Whoosh writes the segments, keeps their table of contents, the deletions and the merging; it hands postings to
this codec and asks it for terms. Its own query classes work on the result, which is how the tests compare the
two; `search.executor` reads the same arrays without going through them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from whoosh.codec import base
from whoosh.codec.whoosh3 import W3Codec

from search.index.collector import Collector
from search.index.field import unpacked
from search.index.pairs import open_pairs
from search.index.terms import PairTerms

_FIELD = "text"


def pairs_path(storage: Any, segment: Any) -> Path:
    """Where a segment keeps its postings."""
    return Path(str(storage.folder), str(segment.make_filename(f".{_FIELD}.pairs")))


class PairCodec(W3Codec):  # type: ignore[misc]
    """Whoosh's codec with our postings. Its module path stands in the index: moving it is a new schema version."""

    def field_writer(self, storage: Any, segment: Any) -> PairWriter:
        return PairWriter(storage, segment)

    def terms_reader(self, storage: Any, segment: Any) -> PairTerms:
        return PairTerms({_FIELD: open_pairs(pairs_path(storage, segment))})


class PairWriter(base.FieldWriter):  # type: ignore[misc]
    """Writes the postings of a new segment."""

    def __init__(self, storage: Any, segment: Any) -> None:
        self._storage, self._segment = storage, segment
        self._older: list[tuple[Any, int, dict[int, int] | None]] = []
        self.is_closed = False

    def merge(self, segment: Any, first: int, renumbered: dict[int, int] | None) -> None:
        """Takes over an older segment's postings; its documents become `first` and after, without gaps."""
        self._older.append((segment, first, renumbered))

    def add_postings(self, _schema: Any, lengths: Any, items: Any) -> None:
        collector = Collector(lengths.doc_count_all())
        for _field, _term, document, _weight, item in items:
            collector.add(document, *unpacked(item))
        collector.flush()
        for segment, first, renumbered in self._older:
            pairs = open_pairs(pairs_path(self._storage, segment))
            alive = np.ones(len(pairs.lengths), np.bool_)
            if renumbered is not None:
                alive[:] = False
                alive[list(renumbered)] = True
            collector.take_over(pairs, alive, first)
        with self._segment.create_file(self._storage, f".{_FIELD}.pairs") as file:
            collector.write(file)

    def close(self) -> None:
        self.is_closed = True
