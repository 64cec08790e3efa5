"""Two Whoosh column types that give all their values at once, as arrays: numbers and words.

Whoosh's own columns read one document at a time, in Python; counting a facet over a hundred thousand
documents needs the whole column.
"""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import numpy.typing as npt
from whoosh import columns

MISSING = -(1 << 63)  # "no value" in a column of numbers; sorts before everything

Numbers = npt.NDArray[np.int64]


class NumberColumn(columns.NumericColumn):  # type: ignore[misc]  # Whoosh's classes are untyped for mypy
    """Signed 64-bit numbers; a document without one has `MISSING`."""

    def __init__(self) -> None:
        super().__init__("q", default=MISSING)

    class Reader(columns.NumericColumn.Reader):  # type: ignore[misc]
        def array(self) -> Numbers:
            """The numbers of all documents, in document order."""
            values = np.full(self._doccount, MISSING, dtype=np.int64)
            stored = min(self._count, self._doccount)  # the file ends with the last document that has a value
            values[:stored] = np.frombuffer(self._dbfile.get(self._basepos, stored * 8), dtype=">i8")
            return values


class WordsColumn(columns.Column):  # type: ignore[misc]
    """For each document a tuple of words. Distinct tuples are stored once, documents refer to them by number.

    On disk: one 32-bit number per document, the tuples as JSON, the length of that JSON.
    """

    def writer(self, dbfile: Any) -> Any:
        return self.Writer(dbfile)

    def reader(self, dbfile: Any, basepos: int, length: int, doccount: int) -> Any:
        return self.Reader(dbfile, basepos, length, doccount)

    def default_value(self, reverse: bool = False) -> tuple[str, ...]:
        return ()

    class Writer(columns.ColumnWriter):  # type: ignore[misc]
        def __init__(self, dbfile: Any) -> None:
            super().__init__(dbfile)
            self._numbers: dict[tuple[str, ...], int] = {(): 0}
            self._refs: list[int] = []

        def add(self, docnum: int, value: tuple[str, ...]) -> None:
            self._refs.extend([0] * (docnum - len(self._refs)))
            self._refs.append(self._numbers.setdefault(tuple(value), len(self._numbers)))

        def finish(self, doccount: int) -> None:
            self._refs.extend([0] * (doccount - len(self._refs)))
            words = json.dumps(list(self._numbers), ensure_ascii=False).encode()
            self._dbfile.write(np.array(self._refs, dtype="<u4").tobytes())
            self._dbfile.write(words)
            self._dbfile.write(len(words).to_bytes(8, "little"))

    class Reader(columns.ColumnReader):  # type: ignore[misc]
        def __init__(self, dbfile: Any, basepos: int, length: int, doccount: int) -> None:
            super().__init__(dbfile, basepos, length, doccount)
            size = int.from_bytes(dbfile.get(basepos + length - 8, 8), "little")
            self.words = [tuple(w) for w in json.loads(dbfile.get(basepos + length - 8 - size, size))]

        def __getitem__(self, docnum: int) -> tuple[str, ...]:
            return self.words[int.from_bytes(self._dbfile.get(self._basepos + docnum * 4, 4), "little")]

        def array(self) -> npt.NDArray[np.uint32]:
            """For each document the number of its tuple in `words`."""
            return np.frombuffer(self._dbfile.get(self._basepos, self._doccount * 4), dtype="<u4").copy()
