"""The dictionary and the postings as Whoosh's readers and query classes want them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
from whoosh.codec import base
from whoosh.matching import ListMatcher
from whoosh.reading import TermInfo, TermNotFound

from search.analysis import key_text
from search.index.pairs import Pairs


class PairTerms(base.TermsReader):  # type: ignore[misc]
    """Answers Whoosh's questions about terms from one file of pairs for each field."""

    def __init__(self, fields: dict[str, Pairs]) -> None:
        self._fields = fields

    def indexed_field_names(self) -> list[str]:
        return list(self._fields)

    def _positions(self, field: str, term: bytes) -> npt.NDArray[np.uint32]:
        text = term.decode()
        if field not in self._fields or len(text) != 2:
            return np.empty(0, np.uint32)
        return self._fields[field].positions(ord(text[0]), ord(text[1]))

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return bool(len(self._positions(*term)))

    def terms(self) -> Iterator[tuple[str, bytes]]:
        for field in self._fields:
            yield from self.terms_from(field, b"")

    def terms_from(self, field: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """All terms from `prefix` on, in order: also the way single characters are looked up by Whoosh."""
        texts = (key_text(int(number)).encode() for number in self._fields[field].run.keys)
        return ((field, text) for text in texts if text >= prefix)

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, field: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms_from(field, prefix))

    def term_info(self, field: str, term: bytes) -> TermInfo:
        positions = self._positions(field, term)
        if not len(positions):
            raise TermNotFound(f"No term {field}:{term!r}")
        owners, counts = np.unique(self._fields[field].documents(positions), return_counts=True)
        first, last = int(owners[0]), int(owners[-1])
        return TermInfo(
            weight=float(len(positions)),
            df=len(owners),
            maxweight=float(counts.max()),
            minid=first,
            maxid=last,
        )

    def matcher(self, field: str, term: bytes, format_: Any, scorer: Any = None) -> ListMatcher:
        pairs, positions = self._fields[field], self._positions(field, term)
        owners, begins = np.unique(pairs.documents(positions), return_index=True)
        places = np.split((positions - pairs.starts[pairs.documents(positions)]).tolist(), begins[1:])
        values = [format_.encode([int(p) for p in part]) for part in places]
        weights = [float(len(part)) for part in places]
        info = self.term_info(field, term)
        return ListMatcher(
            owners.tolist(), weights, values, format_, scorer, term=(field, term), terminfo=info
        )

    def close(self) -> None:
        self._fields = {}
