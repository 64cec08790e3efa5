"""Where a phrase stands in a segment, by set operations on sorted arrays of positions."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any

import numpy as np
import numpy.typing as npt

from search.analysis import Unit, units
from search.index.inversion import Positions
from search.index.snapshot import Mask, Segment

DEFAULT_CACHE_BYTES = 256 << 20
# How many times as long an array may be as what is looked for in it, before looking up is faster than merging.
MERGED_UP_TO = 12
_ENTRY_BYTES = 512  # what an entry takes besides its arrays, about

Array = npt.NDArray[Any]
CacheKey = tuple[Hashable, ...]


class ArrayCache:
    """Arrays that cost something to make, up to a number of bytes; the one not used for longest goes first.

    Pairs need none: their positions lie ready in the file. A single character is the union of all the pairs
    that begin with it, and has to be sorted; a phrase is looked up and weighed once, for whoever asks for it goes on to
    its next page, another order, a filter. Segments never change, so an entry stays true as long as it is kept.
    """

    def __init__(self, max_bytes: int = DEFAULT_CACHE_BYTES) -> None:
        self.max_bytes = max_bytes
        self.used_bytes = 0
        self._arrays: OrderedDict[CacheKey, tuple[Array, ...]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: CacheKey, make: Callable[[], tuple[Array, ...]]) -> tuple[Array, ...]:
        """The arrays of `key`, made if they are not there."""
        with self._lock:
            if key in self._arrays:
                self._arrays.move_to_end(key)
                return self._arrays[key]
        arrays = make()
        with self._lock:
            if key not in self._arrays and _size(arrays) <= self.max_bytes:
                self._arrays[key] = arrays
                self.used_bytes += _size(arrays)
            while self.used_bytes > self.max_bytes:
                self.used_bytes -= _size(self._arrays.popitem(last=False)[1])
        return arrays

    def clear(self) -> None:
        """Lets go of everything."""
        with self._lock:
            self._arrays.clear()
            self.used_bytes = 0


def _size(arrays: tuple[Array, ...]) -> int:
    return _ENTRY_BYTES + sum(array.nbytes for array in arrays)


def phrase_positions(segment: Segment, folded: str, cache: ArrayCache) -> Positions:
    """The positions at which the phrase begins, ascending.

    The rarest pair goes first, and a pair whose two characters are covered already is not looked at, so that
    twenty characters cost hardly more than two.
    """
    asked = units(folded)
    if not asked:
        return np.empty(0, np.uint32)
    found = sorted(
        ((_positions(segment, unit, cache), unit) for unit in asked), key=lambda pair: len(pair[0])
    )
    rarest, first = found[0]
    hits = rarest - np.uint32(first.offset)
    covered = _places(first)
    for positions, unit in found[1:]:
        if not len(hits):
            break
        if not covered.issuperset(_places(unit)):
            hits = _common(positions, hits + np.uint32(unit.offset)) - np.uint32(unit.offset)
            covered |= _places(unit)
    gaps = len(covered) < asked[-1].offset - asked[0].offset + (2 if asked[-1].second is not None else 1)
    return _within_documents(segment, hits, asked) if gaps else hits


def _places(unit: Unit) -> set[int]:
    return {unit.offset} if unit.second is None else {unit.offset, unit.offset + 1}


def _positions(segment: Segment, unit: Unit, cache: ArrayCache) -> Positions:
    if unit.second is not None:
        return segment.pairs.positions(unit.first, unit.second)
    (positions,) = cache.get(
        (segment.name, unit.first), lambda: (np.sort(segment.pairs.positions_of_character(unit.first)),)
    )
    return positions


def _common(positions: Positions, wanted: Positions) -> Positions:
    """Those of `wanted` that are in `positions`; both are sorted and without repeats.

    Few are looked up one by one. Many are put behind the others and sorted, which for two sorted stretches is a plain
    merge: then what is in both stands twice.
    """
    if len(positions) > MERGED_UP_TO * len(wanted):
        at = np.searchsorted(positions, wanted)
        at[at == len(positions)] = 0
        found: Positions = wanted[positions.take(at) == wanted]
        return found
    both: Positions = np.concatenate([positions, wanted])
    both.sort(kind="stable")
    twice: Mask = both[1:] == both[:-1]
    return both[:-1][twice]


def _within_documents(segment: Segment, hits: Positions, asked: tuple[Unit, ...]) -> Positions:
    """Drops hits whose gap reaches over the end of a document; pairs without a gap cannot."""
    first, last = np.uint32(asked[0].offset), np.uint32(asked[-1].offset)
    inside: Mask = segment.pairs.documents(hits + first) == segment.pairs.documents(hits + last)
    kept: Positions = hits[inside]
    return kept
