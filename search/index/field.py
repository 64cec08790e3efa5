"""The field of text: how it goes from a document to the codec, as one item for the whole text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
from whoosh.fields import FieldType
from whoosh.formats import Positions

from search.analysis import PairTokenizer
from search.fold import Codes, fold


class PairField(FieldType):  # type: ignore[misc]  # Whoosh's classes are untyped for mypy
    """A field of folded text, indexed by pairs of characters.

    Its value is `(codes, zones)`, two arrays of one length; a plain string is folded first, without zones.
    The whole text goes to the codec as one item, and becomes postings there, by arrays.
    """

    def __init__(self) -> None:
        super().__init__(format=Positions(), analyzer=PairTokenizer(), scorable=False, stored=False)

    def index(self, value: Any, **_options: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        codes, zones = (fold(value).codes, b"") if isinstance(value, str) else value
        yield b"", len(codes), 1.0, codes.astype("<u4").tobytes() + bytes(zones or bytes(len(codes)))


def unpacked(item: bytes) -> tuple[Codes, npt.NDArray[np.uint8]]:
    """Codes and zones of a text from what `PairField.index` made of it."""
    count = len(item) // 5
    return np.frombuffer(item, np.uint32, count), np.frombuffer(item, np.uint8, count, offset=count * 4)
