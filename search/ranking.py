"""How well a document matches: BM25 over the phrase's occurrences, each weighed by the zone it stands in."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from search.documents import Zone
from search.index.inversion import Positions

Scores = npt.NDArray[np.float64]

# What the party did and what it cost is what people look for; every decision quotes the same statutes and ends
# with the same lines on remedies, so a word found only there says little about the document.
ZONE_WEIGHTS: Mapping[Zone, float] = {
    Zone.OTHER: 1.0,
    Zone.NUMBER: 1.0,
    Zone.PARTY: 1.0,
    Zone.FACTS: 1.0,
    Zone.EVIDENCE: 0.5,
    Zone.BASIS: 0.2,
    Zone.PENALTY: 1.0,
    Zone.REMEDY: 0.1,
    Zone.PINYIN: 1.0,
}


@dataclass(frozen=True)
class Ranking:
    """The numbers that ranking depends on. `saturation` and `length_share` are BM25's k1 and b."""

    saturation: float = 1.2
    length_share: float = 0.75
    zone_weights: Mapping[Zone, float] = field(default_factory=lambda: ZONE_WEIGHTS)

    @functools.cached_property
    def _table(self) -> Scores:
        return np.array([self.zone_weights[zone] for zone in Zone])

    def frequencies(
        self, zones: npt.NDArray[np.uint8], hits: Positions, begins: npt.NDArray[np.int64]
    ) -> Scores:
        """Weighed occurrences for each document; those of the i-th begin at `hits[begins[i]]`."""
        if not len(begins):
            return np.empty(0)
        weights = self._table.take(zones.take(hits))
        return weights if len(begins) == len(hits) else np.add.reduceat(weights, begins)

    def bm25(
        self, frequencies: Scores, lengths: npt.NDArray[np.uint32], *, mean_length: float, documents: int
    ) -> Scores:
        """Scores of the documents that hold a phrase, which is in `len(frequencies)` of all `documents`."""
        rarity = np.log1p((documents - len(frequencies) + 0.5) / (len(frequencies) + 0.5))
        norm = self.saturation * (1 - self.length_share + self.length_share * lengths / mean_length)
        scores: Scores = rarity * frequencies * (self.saturation + 1) / (frequencies + norm)
        return scores
