"""Small documents and indexes for the tests of search: build the least that shows the behaviour."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from search.documents import Amount, Audience, Facet, Kind, SearchDocument, Zone
from search.engine import EmbeddedEngine, Results
from search.index.store import IndexStore
from search.query import Query

TODAY = dt.date(2026, 3, 2)


def document(number: int, text: str = "罚款五万元", **changes: Any) -> SearchDocument:
    given: dict[str, Any] = {
        "id": number,
        "kind": Kind.DECISION,
        "audience": Audience.PUBLIC,
        "revision": 1,
        "zones": ((Zone.FACTS, text),),
    }
    return SearchDocument(**given | changes)


def decided(number: int, day: dt.date, text: str = "罚款五万元", **changes: Any) -> SearchDocument:
    return document(number, text, amounts={Amount.DECIDED_ON: day.toordinal()}, **changes)


def with_words(number: int, facet: Facet, *words: str, text: str = "罚款五万元") -> SearchDocument:
    return document(number, text, facets={facet: words})


def store_of(folder: Path, documents: Iterable[SearchDocument]) -> IndexStore:
    store = IndexStore(folder)
    store.rebuild(documents)
    return store


def engine_of(folder: Path, documents: Iterable[SearchDocument]) -> EmbeddedEngine:
    return EmbeddedEngine(store_of(folder, documents))


def ask(engine: EmbeddedEngine, text: str | Query, **options: Any) -> Results:
    defaults: dict[str, Any] = {"kind": Kind.DECISION, "audience": Audience.PUBLIC, "today": TODAY}
    return engine.search(text, **defaults | options)


def ids(results: Results) -> list[int]:
    return [hit.id for hit in results.hits]


def found(engine: EmbeddedEngine, text: str, **options: Any) -> set[int]:
    return set(ids(ask(engine, text, size=1000, **options)))


def all_pages(engine: EmbeddedEngine, text: str | Query, **options: Any) -> list[Sequence[int]]:
    pages, cursor = [], None
    while True:
        results = ask(engine, text, after=cursor, **options)
        pages.append(ids(results))
        cursor = results.next_cursor
        if cursor is None:
            return pages
