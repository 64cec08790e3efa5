"""The fields of the index, and how a document becomes their values."""

from __future__ import annotations

from typing import Any

import numpy as np
from whoosh.fields import COLUMN, Schema

from search.documents import BORDER, Amount, Facet, SearchDocument
from search.fold import fold
from search.index.columns import NumberColumn, WordsColumn
from search.index.field import PairField
from search.index.inversion import NO_ZONE

# Part of the index directory's name. Anything that changes what is written, folding too, raises it.
SCHEMA_VERSION = 4

NUMBERS = ("id", "audience", "revision", *Amount)
WORDS = ("kind", *Facet)


def schema() -> Schema:
    """The Whoosh schema: one field of text, and columns."""
    return Schema(
        text=PairField(),
        **{str(name): COLUMN(NumberColumn()) for name in NUMBERS},
        **{str(name): COLUMN(WordsColumn()) for name in WORDS},
    )


def fields(document: SearchDocument) -> dict[str, Any]:
    """What Whoosh's writer takes for `document`."""
    folded = fold(document.text)
    lengths = [len(text) for _, text in document.zones]
    zones = np.repeat(np.array([zone for zone, _ in document.zones], np.uint8), lengths)[folded.offsets]
    zones[folded.codes == ord(BORDER)] = NO_ZONE
    return {
        "text": (folded.codes, zones.tobytes()),
        "id": document.id,
        "audience": int(document.audience),
        "revision": document.revision,
        "kind": (str(document.kind),),
        **{str(name): number for name, number in document.amounts.items()},
        **{str(name): words for name, words in document.facets.items()},
    }
