"""From texts to postings and from several sets of postings to one, by sorting whole arrays.

Positions count characters over a whole segment, its documents one behind the other, each beginning at a
multiple of `BLOCK`; so one 32-bit number says document and place, and a phrase is a plain shift of arrays.
A `Run` is a sorted set of postings; runs are merged a range of terms at a time, so that memory stays bounded
however large the segments are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from search.analysis import SHIFT, Keys, pairs
from search.fold import Codes

BLOCK = 64
# Blocks before the first document, so that a position less the length of a question is never below zero.
LEAD = 16
# What stands instead of a zone where two pieces of text do not touch.
NO_ZONE = 255
MAX_POSITIONS = (1 << 32) - (1 << 12)  # and room to add the length of a question
_AT_ONCE = 1 << 21  # postings sorted at a time: about 50 MB of work space

Positions = npt.NDArray[np.uint32]
Starts = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Move:
    """Where the blocks of a merged segment go: positions to add, and which blocks stay."""

    shift: npt.NDArray[np.int64]
    alive: npt.NDArray[np.bool_]

    def __call__(self, positions: Positions, ranks: Starts) -> tuple[Positions, Starts]:
        blocks = positions // BLOCK
        stay = self.alive[blocks]
        moved = positions[stay] + self.shift[blocks[stay]]
        return moved.astype(np.uint32), ranks[stay]


@dataclass(frozen=True)
class Run:
    """Postings of many terms: those of `keys[i]` are `positions[starts[i]:starts[i + 1]]`, ascending."""

    keys: Keys
    starts: Starts
    positions: Positions
    move: Move | None = None

    def between(self, first: int, last: int, terms: Keys) -> tuple[Positions, Starts]:
        """Positions of the terms from `first` to `last`, and for each the rank of its term within `terms`."""
        low, high = np.searchsorted(self.keys, [first, last + 1])
        counts = np.diff(self.starts[low : high + 1])
        ranks = np.repeat(np.searchsorted(terms, self.keys[low:high]), counts)
        positions = self.positions[self.starts[low] : self.starts[high]]
        return (positions, ranks) if self.move is None else self.move(positions, ranks)


def invert(texts: Iterable[tuple[int, Codes]]) -> Run:
    """The postings of texts, each given with its first position; first positions ascend."""
    parts = [(first, second, at + start) for start, codes in texts for first, second, at in [pairs(codes)]]
    if not parts:
        return Run(np.empty(0, np.int64), np.zeros(1, np.int64), np.empty(0, np.uint32))
    firsts, seconds, places = (np.concatenate(column) for column in zip(*parts, strict=True))
    seen = np.zeros(1 << SHIFT, dtype=np.bool_)
    seen[firsts] = seen[seconds] = True
    letters = np.flatnonzero(seen)
    if len(letters) > 1 << 16:
        return _invert_many_letters(firsts, seconds, places)
    rank = np.zeros(1 << SHIFT, dtype=np.uint64)
    rank[letters] = np.arange(len(letters), dtype=np.uint64)
    ordered = np.sort(
        rank[firsts] << np.uint64(48) | rank[seconds] << np.uint64(32) | places.astype(np.uint64)
    )
    terms, starts = _groups((ordered >> np.uint64(32)).astype(np.int64))
    keys = letters[terms >> 16] << SHIFT | letters[terms & 0xFFFF]
    return Run(keys, starts, ordered.astype(np.uint32))


def _invert_many_letters(firsts: Codes, seconds: Codes, places: Starts) -> Run:
    """The same for texts of more different characters than 16 bits can number: slower, and hardly ever used."""
    numbers = firsts.astype(np.int64) << SHIFT | seconds
    order = np.argsort(numbers, kind="stable")
    keys, starts = _groups(numbers[order])
    return Run(keys, starts, places[order].astype(np.uint32))


def _groups(ordered: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.int64], Starts]:
    """Distinct values of a sorted array, and where each begins (and the end)."""
    begins = np.flatnonzero(np.diff(ordered, prepend=-1))
    return ordered[begins], np.append(begins, len(ordered))


def merged(runs: Sequence[Run]) -> Iterator[Run]:
    """The union of `runs` as runs that follow each other in term order."""
    if len(runs) == 1 and runs[0].move is None:
        yield runs[0]
        return
    terms = np.unique(np.concatenate([run.keys for run in runs]))
    weights = np.zeros(len(terms), dtype=np.int64)
    for run in runs:
        weights[np.searchsorted(terms, run.keys)] += np.diff(run.starts)
    batch = np.cumsum(weights) // _AT_ONCE
    for part in np.split(terms, np.flatnonzero(np.diff(batch)) + 1):
        if len(part):
            yield _merge_range(runs, part)


def _merge_range(runs: Sequence[Run], terms: Keys) -> Run:
    pieces = [run.between(int(terms[0]), int(terms[-1]), terms) for run in runs]
    packed = [ranks.astype(np.uint64) << np.uint64(32) | positions for positions, ranks in pieces]
    ordered = np.sort(np.concatenate(packed))
    ranks, starts = _groups((ordered >> np.uint64(32)).astype(np.int64))
    return Run(terms[ranks], starts, ordered.astype(np.uint32))
