"""`fold` makes texts comparable: one function for what is indexed and for what is asked.

Width, case, script, brackets and quotation marks are levelled character by character (see `fold_table`); blanks stay, as one,
only between two letters or digits of a script that uses blanks, and vanish elsewhere (at both ends, too).
So for every part of a text, fold(part).text is a part of fold(text).text.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from search.fold_table import SPACE, TABLE_SIZE, FoldTable, fold_table

Codes = npt.NDArray[np.uint32]
Offsets = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Folded:
    """A folded text as code points, and for each of them the index of the original character it came from."""

    original: str
    codes: Codes
    offsets: Offsets

    @functools.cached_property
    def text(self) -> str:
        return self.codes.tobytes().decode("utf-32-le", "surrogatepass")

    def __len__(self) -> int:
        return len(self.codes)

    def original_range(self, start: int, stop: int) -> tuple[int, int]:
        """The range of the original text that folded to [start, stop), with the diacritics that follow it."""
        if start >= stop:
            return (0, 0)
        first, end = int(self.offsets[start]), int(self.offsets[stop - 1]) + 1
        while end < len(self.original) and 0x300 <= ord(self.original[end]) <= 0x36F:
            end += 1
        return first, end


def fold(text: str) -> Folded:
    """Folds `text`, keeping the way back to the original characters."""
    table = fold_table()
    raw = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint32)
    known = np.minimum(raw, TABLE_SIZE - 1)
    codes = table.single[known]
    codes[raw >= TABLE_SIZE] = raw[raw >= TABLE_SIZE]
    lengths = table.length[known]
    if (lengths != 1).any():
        codes, offsets = _expand(table, raw, codes, lengths)
    else:
        offsets = np.arange(len(raw), dtype=np.int64)
    kept = _kept_blanks(table, codes)
    return Folded(text, codes, offsets) if kept is None else Folded(text, codes[kept], offsets[kept])


def _expand(
    table: FoldTable, raw: Codes, codes: Codes, lengths: npt.NDArray[np.uint8]
) -> tuple[Codes, Offsets]:
    """Puts in the characters that fold to several, and takes out those that fold to none."""
    offsets = np.repeat(np.arange(len(raw), dtype=np.int64), lengths)
    out = codes[offsets]
    starts = np.cumsum(lengths, dtype=np.int64) - lengths
    for index in np.flatnonzero(lengths > 1):
        out[starts[index] : starts[index] + lengths[index]] = table.several[int(raw[index])]
    return out, offsets


def _kept_blanks(table: FoldTable, codes: Codes) -> npt.NDArray[np.bool_] | None:
    """Which characters stay: all that are no blank, and the first blank between two spaced letters."""
    blank = codes == SPACE
    if not blank.any():
        return None
    kept: npt.NDArray[np.bool_] = ~blank
    solid = np.flatnonzero(kept)
    if not len(solid):
        return kept
    between = np.flatnonzero(np.diff(solid) > 1)  # pairs of neighbours with blanks between them
    spaced = table.spaced[np.minimum(codes, TABLE_SIZE - 1)]
    meaningful = between[spaced[solid[between]] & spaced[solid[between + 1]]]
    kept[solid[meaningful] + 1] = True
    return kept
