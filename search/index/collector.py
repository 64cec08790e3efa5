"""One segment's text while it is being written: new texts first, then what comes from older segments."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from search.errors import IndexFull
from search.fold import Codes
from search.index.inversion import BLOCK, LEAD, MAX_POSITIONS, Run, invert, merged
from search.index.pairs import Pairs, Sink, block_counts, write

_BATCH = 1 << 21  # characters inverted at a time


class Collector:
    """Gathers postings, lengths and zones of documents in the order of their numbers."""

    def __init__(self, documents: int) -> None:
        self.lengths = np.zeros(documents, np.uint32)
        self.runs: list[Run] = []
        self.zones: list[npt.NDArray[np.uint8]] = []
        self._waiting: list[tuple[int, Codes]] = []
        self._waiting_size = 0
        self._end = LEAD * BLOCK

    def add(self, document: int, codes: Codes, zones: npt.NDArray[np.uint8]) -> None:
        self.lengths[document] = len(codes)
        self._waiting.append((self._end, codes))
        self.zones.append(np.pad(zones, (0, -len(zones) % BLOCK)))
        self._end += len(self.zones[-1])
        self._waiting_size += len(codes)
        if self._waiting_size >= _BATCH:
            self.flush()

    def flush(self) -> None:
        if self._waiting:
            self.runs.append(invert(self._waiting))
        self._waiting, self._waiting_size = [], 0

    def take_over(self, pairs: Pairs, alive: npt.NDArray[np.bool_], first: int) -> None:
        """The living documents of an older segment, as documents `first` and after."""
        self.lengths[first : first + int(alive.sum())] = pairs.lengths[alive]
        self.runs.append(pairs.moved(alive, self._end // BLOCK))
        stay = np.repeat(alive, block_counts(pairs.lengths))
        self.zones.append(pairs.zones[LEAD * BLOCK :].reshape(-1, BLOCK)[stay].ravel())
        self._end += len(self.zones[-1])

    def write(self, sink: Sink) -> None:
        """Writes the segment's file.

        Raises:
            IndexFull: more characters than 32-bit positions can count.
        """
        self.flush()
        if self._end >= MAX_POSITIONS:
            raise IndexFull(f"{self._end} characters are too many for one segment")
        write(sink, merged(self.runs), self.lengths, self.zones)
