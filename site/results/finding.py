"""Asking search, and checking every hit against the database before anybody sees it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from models.decisions.queries import ended_but_indexed, newest_public, public_count, public_decisions
from models.decisions.tables import Decision
from models.types import beijing_date
from results.asked import FACETS, Asked
from results.engine import engine
from search.decisions import decision_document
from search.documents import Audience, Facet, Kind, SearchDocument
from search.parse import parse
from search.query import Query
from search.snippets import Snippet, snippets

Words = tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Found:
    """A decision that was found, and where in it."""

    decision: Decision
    snippets: tuple[Snippet, ...]


@dataclass(frozen=True)
class Page:
    """One page of an answer. `query` is the question as it was understood."""

    asked: Asked
    query: Query
    total: int
    items: list[Found]
    facets: Mapping[Facet, Words]
    next_cursor: str | None


def find(session: Session, asked: Asked, *, today: dt.date) -> Page:
    """The public decisions that answer the question, a page of them.

    Raises:
        QueryError: the question cannot be asked; its text is a sentence for the reader.
        IndexUnavailable: search is being rebuilt.
    """
    query = parse(asked.q)
    results = engine().search(
        asked.q,
        kind=Kind.DECISION,
        audience=Audience.PUBLIC,
        today=today,
        filters=asked.filters,
        sort=asked.sort,
        size=asked.size,
        after=asked.after,
        excluded=ended_but_indexed(session),
        facets=FACETS,
    )
    decisions = public_decisions(session, [hit.id for hit in results.hits], today=today)
    items = [
        Found(decision, snippets(_document(decision), query))
        for hit in results.hits
        if (decision := decisions.get(hit.id)) is not None
    ]
    counts = {facet: _words(counted) for facet, counted in results.facets.items()}
    return Page(asked, query, results.total, items, counts, results.next_cursor)


def newest(session: Session, asked: Asked, *, today: dt.date) -> Page:
    """The newest decisions straight from the database: what can be shown while the index is being rebuilt."""
    found = newest_public(session, today=today, limit=asked.size)
    items = [Found(decision, ()) for decision in found]
    return Page(asked, parse(""), public_count(session, today=today), items, {}, None)


def _words(counted: Any) -> Words:
    """The words of a facet with their counts, whether the engine gives them bare or with more about them."""
    return tuple(getattr(counted, "words", counted))


def _document(decision: Decision) -> SearchDocument:
    published_on = beijing_date(decision.published_at) if decision.published_at else None
    return decision_document(decision, audience=Audience.PUBLIC, published_on=published_on)
