"""One committed state of the index, open for reading: its segments, and its columns as whole arrays."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from whoosh.filedb.filestore import FileStorage

from search.errors import IndexUnavailable
from search.index.codec import pairs_path
from search.index.columns import MISSING, NumberColumn, Numbers, WordsColumn
from search.index.pairs import Pairs, open_pairs
from search.index.schema import NUMBERS, WORDS

_REQUIRED = ("id", "audience", "revision")

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Segment:
    """A segment and the number that its first document has in the snapshot."""

    name: str
    pairs: Pairs
    base: int


@dataclass(frozen=True, eq=False)
class Words:
    """A column of words: `values[i]` for each number in a document's tuple, `tuples[refs[document]]`."""

    values: tuple[str, ...]
    tuples: tuple[tuple[int, ...], ...]
    refs: npt.NDArray[np.uint32]

    @functools.cached_property
    def _pairs(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Every word of every tuple, as two columns: the tuple's number and the word's."""
        sizes = [len(numbers) for numbers in self.tuples]
        flat = [number for numbers in self.tuples for number in numbers]
        return np.repeat(np.arange(len(sizes)), sizes), np.array(flat, np.int64)

    @functools.cached_property
    def _alone(self) -> npt.NDArray[np.int64] | None:
        """For each word the tuple that it stands in, if it stands alone and in no other: a column of one word each."""
        owners, values = self._pairs
        if len(values) != len(self.values) or len(np.unique(owners)) != len(owners):
            return None
        return owners[np.argsort(values)]

    @functools.cached_property
    def _numbers(self) -> dict[str, int]:
        return {value: number for number, value in enumerate(self.values)}

    @functools.cached_property
    def empty(self) -> Mask:
        """Which tuples have no word."""
        return np.array([not numbers for numbers in self.tuples], np.bool_)

    def number_of(self, word: str) -> tuple[int, ...]:
        """The number of a word, if any document has it."""
        return (self._numbers[word],) if word in self._numbers else ()

    def per_value(self, per_tuple: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """From how many documents have each tuple to how many have each word."""
        if self._alone is not None:
            return per_tuple.take(self._alone)
        owners, values = self._pairs
        counted = np.bincount(values, weights=per_tuple[owners], minlength=len(self.values))
        return counted.astype(np.int64)

    def having(self, wanted: frozenset[str]) -> Mask:
        """Which documents have one of the words."""
        owners, values = self._pairs
        chosen = np.zeros(len(self.tuples), np.bool_)
        numbers = [self._numbers[word] for word in wanted if word in self._numbers]
        if numbers:
            chosen[owners[np.isin(values, numbers)]] = True
        mask: Mask = chosen[self.refs]
        return mask

    def without(self) -> Mask:
        """Which documents have no word at all."""
        mask: Mask = self.empty[self.refs]
        return mask


@dataclass(frozen=True, eq=False)
class Snapshot:
    """Everything a question needs. Documents are numbered through all segments; `alive` marks those not deleted."""

    segments: tuple[Segment, ...]
    alive: Mask
    lengths: npt.NDArray[np.uint32]
    numbers: dict[str, Numbers]
    words: dict[str, Words]

    @functools.cached_property
    def ids(self) -> Numbers:
        return self.numbers["id"]


def open_snapshot(folder: Path) -> Snapshot:
    """Opens the newest commit in `folder`.

    Raises:
        IndexUnavailable: it cannot be read, for whatever reason.
    """
    try:
        return _complete(_open(folder))
    except IndexUnavailable:
        raise
    except Exception as error:  # a damaged file can make Whoosh raise anything at all
        raise IndexUnavailable(f"the index in {folder.name} cannot be read: {error!r}") from error


def _open(folder: Path) -> Snapshot:
    storage = FileStorage(str(folder))
    reader = storage.open_index().reader()
    try:
        leaves = [(leaf, base) for leaf, base in reader.leaf_readers() if leaf.doc_count_all()]
        segments = tuple(
            Segment(leaf.segment().segment_id(), open_pairs(pairs_path(storage, leaf.segment())), base)
            for leaf, base in leaves
        )
        readers = [leaf for leaf, _ in leaves]
        return Snapshot(
            segments,
            alive=_joined([_alive(leaf) for leaf in readers], np.bool_),
            lengths=_joined([segment.pairs.lengths for segment in segments], np.uint32),
            numbers={name: _numbers(readers, name) for name in NUMBERS},
            words={name: _words(readers, name) for name in WORDS},
        )
    finally:
        reader.close()


def _complete(snapshot: Snapshot) -> Snapshot:
    """Every document has an id, a kind, an audience and a revision; a column file that was lost or cut shows here."""
    for name in _REQUIRED:
        if (snapshot.numbers[name] == MISSING).any():
            raise IndexUnavailable(f"the column {name} is damaged")
    if snapshot.words["kind"].without().any():
        raise IndexUnavailable("the column kind is damaged")
    return snapshot


def _joined(parts: list[Any], dtype: type[Any]) -> Any:
    return np.concatenate(parts) if parts else np.empty(0, dtype)


def _alive(leaf: Any) -> Mask:
    alive = np.ones(leaf.doc_count_all(), np.bool_)
    alive[list(leaf.segment().deleted_docs())] = False
    return alive


def _numbers(leaves: list[Any], name: str) -> Numbers:
    parts = []
    for leaf in leaves:
        column = leaf.column_reader(name, translate=False)
        has_values = isinstance(column, NumberColumn.Reader)
        parts.append(column.array() if has_values else np.full(leaf.doc_count_all(), MISSING, np.int64))
    numbers: Numbers = _joined(parts, np.int64)
    return numbers


def _words(leaves: list[Any], name: str) -> Words:
    """Joins the segments' columns, each of which numbers its words by itself."""
    tuples: dict[tuple[str, ...], int] = {(): 0}
    refs: list[npt.NDArray[np.uint32]] = []
    for leaf in leaves:
        column = leaf.column_reader(name, translate=False)
        if isinstance(column, WordsColumn.Reader):
            renumbered = [tuples.setdefault(words, len(tuples)) for words in column.words]
            refs.append(np.array(renumbered, np.uint32)[column.array()])
        else:
            refs.append(np.zeros(leaf.doc_count_all(), np.uint32))
    values = {value: number for number, value in enumerate(sorted({v for words in tuples for v in words}))}
    return Words(tuple(values), tuple(tuple(values[v] for v in t) for t in tuples), _joined(refs, np.uint32))
