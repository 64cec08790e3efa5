"""The postings file of one segment: arrays that are used where they lie, mapped into memory.

    magic · positions · keys · starts · lengths · owners · zones · footer

Nothing is decoded when a term is looked up: its positions are a slice of the file. So a term that is asked for
the first time costs what it costs the hundredth time, and several processes share one copy of the pages.
"""

from __future__ import annotations

import functools
import mmap
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar

import numpy as np
import numpy.typing as npt

from search.analysis import END, Keys, key
from search.errors import IndexUnavailable
from search.index.inversion import BLOCK, LEAD, Move, Positions, Run, Starts

_MAGIC = b"HHPAIR01"
_FOOTER = struct.Struct("<4q8s")  # postings, terms, documents, blocks, magic
_Scalar = TypeVar("_Scalar", bound=np.generic)


class Sink(Protocol):
    """What a file for writing has to offer."""

    def write(self, data: bytes, /) -> Any: ...


@dataclass(frozen=True, eq=False)
class Pairs:
    """Postings and document tables of one segment; documents are numbered from 0 within it.

    Args:
        run: the postings.
        lengths: number of folded characters of each document.
        owners: for each block of positions the document that it belongs to.
        zones: for each position the zone that it lies in.
    """

    run: Run
    lengths: npt.NDArray[np.uint32]
    owners: npt.NDArray[np.uint32]
    zones: npt.NDArray[np.uint8]

    @functools.cached_property
    def starts(self) -> Starts:
        """The first position of each document."""
        return first_positions(self.lengths)

    def positions(self, first: int, second: int) -> Positions:
        """Where the pair stands, ascending. A view into the file: read only."""
        return self._slice(key(first, second), key(first, second) + 1)

    def positions_of_character(self, char: int) -> Positions:
        """Where the single character stands, in no order: one term for each right neighbour."""
        return self._slice(key(char, END), key(char + 1, END))

    def _slice(self, low: int, high: int) -> Positions:
        keys, starts = self.run.keys, self.run.starts
        begin, end = keys.searchsorted((low, high))
        return self.run.positions[starts[begin] : starts[end]]

    def documents(self, positions: Positions) -> npt.NDArray[np.uint32]:
        """The document of each position."""
        owners: npt.NDArray[np.uint32] = self.owners.take(positions // BLOCK)
        return owners

    def moved(self, alive: npt.NDArray[np.bool_], first_block: int) -> Run:
        """The postings as they become when the documents `alive` go, closed up, to `first_block` and after."""
        stay = alive[self.owners]
        stay[:LEAD] = False
        targets = first_block + np.cumsum(stay) - 1
        shift = (targets - np.arange(len(stay))) * BLOCK
        return Run(self.run.keys, self.run.starts, self.run.positions, Move(shift, stay))


def block_counts(lengths: npt.NDArray[np.uint32]) -> Starts:
    """How many blocks each document takes."""
    return -(-lengths.astype(np.int64) // BLOCK)


def first_positions(lengths: npt.NDArray[np.uint32]) -> Starts:
    """Where each document begins."""
    counts = block_counts(lengths)
    return (LEAD + np.cumsum(counts) - counts) * BLOCK


def write(
    sink: Sink,
    runs: Iterable[Run],
    lengths: npt.NDArray[np.uint32],
    zones: Iterable[npt.NDArray[np.uint8]],
) -> None:
    """Writes one segment's file. `zones` covers the documents' blocks in order, without the lead."""
    sink.write(_MAGIC)
    keys: list[Keys] = []
    starts: list[Starts] = [np.zeros(1, np.int64)]
    total = 0
    for run in runs:
        _put(sink, run.positions)
        keys.append(run.keys)
        starts.append(run.starts[1:] + total)
        total += len(run.positions)
    _pad(sink, total * 4)
    terms = sum(map(len, keys))
    for array in (*keys, *starts):
        _put(sink, array)
    _put(sink, lengths, padded=True)
    lead = np.zeros(LEAD, np.uint32)
    counts = block_counts(lengths)
    owners = np.concatenate([lead, np.repeat(np.arange(len(lengths), dtype=np.uint32), counts)])
    _put(sink, owners, padded=True)
    sink.write(bytes(LEAD * BLOCK))
    for piece in zones:
        _put(sink, piece)
    sink.write(_FOOTER.pack(total, terms, len(lengths), len(owners), _MAGIC))


def _put(sink: Sink, array: npt.NDArray[Any], *, padded: bool = False) -> None:
    sink.write(np.ascontiguousarray(array).tobytes())
    if padded:
        _pad(sink, array.nbytes)


def _pad(sink: Sink, written: int) -> None:
    sink.write(bytes(-written % 8))


class _Cursor:
    """Hands out the file's arrays one after the other."""

    def __init__(self, data: mmap.mmap, offset: int) -> None:
        self.data, self.offset = data, offset

    def take(self, dtype: type[_Scalar], count: int) -> npt.NDArray[_Scalar]:
        array = np.frombuffer(self.data, dtype=dtype, count=count, offset=self.offset)
        self.offset += -(-array.nbytes // 8) * 8
        return array


def open_pairs(path: Path) -> Pairs:
    """Maps a segment's file. The arrays keep the map alive, and the last of them frees it.

    Raises:
        IndexUnavailable: the file is missing, cut short, or not of this format.
    """
    try:
        with path.open("rb") as file:
            data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        return _arrays(data)
    except (OSError, ValueError, struct.error) as error:
        raise IndexUnavailable(f"{path.name} cannot be read: {error}") from error


def _arrays(data: mmap.mmap) -> Pairs:
    postings, terms, documents, blocks, magic = _FOOTER.unpack(data[-_FOOTER.size :])
    if magic != _MAGIC or data[: len(_MAGIC)] != _MAGIC:
        raise ValueError("no postings file")
    cursor = _Cursor(data, len(_MAGIC))
    positions = cursor.take(np.uint32, postings)
    pairs = Pairs(
        Run(cursor.take(np.int64, terms), cursor.take(np.int64, terms + 1), positions),
        lengths=cursor.take(np.uint32, documents),
        owners=cursor.take(np.uint32, blocks),
        zones=cursor.take(np.uint8, blocks * BLOCK),
    )
    if cursor.offset + _FOOTER.size != len(data) or int(pairs.run.starts[-1]) != postings:
        raise ValueError("cut short")
    return pairs
