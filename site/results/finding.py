"""Asking search, and checking every hit against the database before anybody sees it."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from models.decisions.queries import (
    ended_but_indexed,
    newest_public,
    public_count,
    public_names,
)
from results.asked import FACETS, Asked
from results.engine import engine
from results.looser import Looser, looser
from results.shown import Shown, shelf, shown
from search.documents import Audience, Facet, Kind
from search.engine import Results
from search.facets import MOST_WORDS, NONE, Counts
from search.parse import parse
from search.query import Phrase, Pinyin, Query
from search.snippets import Snippet, snippets


@dataclass(frozen=True)
class Found:
    """A decision that was found, and where in it."""

    decision: Shown
    snippets: tuple[Snippet, ...]


@dataclass(frozen=True)
class Page:
    """One page of an answer. `query` is the question as a tree; `names` are those of the companies in facets."""

    asked: Asked
    query: Query
    total: int
    items: list[Found]
    facets: Mapping[Facet, Counts]
    next_cursor: str | None
    names: Mapping[str, str] = field(default_factory=dict)


def find(session: Session, asked: Asked, *, today: dt.date, named: int = MOST_WORDS) -> Page:
    """The public decisions that answer the question, a page of them; `named` companies of the facet get their names.

    Letters that stand in no text are looked for in the pinyin of names instead.

    Raises:
        QueryError: the question cannot be asked; its text is a sentence for the reader.
        IndexUnavailable: search is being rebuilt.
    """
    query = parse(asked.q)
    excluded = ended_but_indexed(session)
    results = _search(query, asked, today, excluded)
    spelt = as_pinyin(query) if not results.total else None
    if spelt is not None:
        read_aloud = _search(spelt, asked, today, excluded)
        query, results = (spelt, read_aloud) if read_aloud.total else (query, results)
    decisions = shelf.public(session, [hit.id for hit in results.hits], today=today)
    items = [Found(decision, snippets(decision.text, query)) for decision in decisions]
    names = _names(session, asked, results.facets.get(Facet.COMPANY, Counts()).words[:named], today)
    return Page(asked, query, results.total, items, results.facets, results.next_cursor, names)


def instead(session: Session, page: Page, *, today: dt.date) -> list[Looser]:
    """What else could be asked when nothing was found."""
    excluded = ended_but_indexed(session)

    def count(query: Query, asked: Asked) -> int:
        return _search(
            query, dataclasses.replace(asked, size=1, after=None), today, excluded, facets=()
        ).total

    return looser(page.query, page.asked, count)


def _search(
    query: Query, asked: Asked, today: dt.date, excluded: set[int], *, facets: Collection[Facet] = FACETS
) -> Results:
    return engine().search(
        query,
        kind=Kind.DECISION,
        audience=Audience.PUBLIC,
        today=today,
        filters=asked.filters,
        sort=asked.sort,
        size=asked.size,
        after=asked.after,
        excluded=excluded,
        facets=facets,
    )


def as_pinyin(query: Query) -> Query | None:
    """The question read as pinyin, if it is nothing but letters."""
    if isinstance(query, Phrase) and not query.zones and query.text.isascii() and query.text.isalpha():
        return Pinyin(query.text.replace("v", "u"))
    return None


def newest(session: Session, asked: Asked, *, today: dt.date) -> Page:
    """The newest decisions straight from the database: what can be shown while the index is being rebuilt."""
    found = newest_public(session, today=today, limit=asked.size)
    items = [Found(shown(decision), ()) for decision in found]
    return Page(asked, parse(""), public_count(session, today=today), items, {}, None)


def _names(
    session: Session, asked: Asked, counted: Sequence[tuple[str, int]], today: dt.date
) -> dict[str, str]:
    """Names of the companies that are counted or chosen."""
    chosen = (values.get(Facet.COMPANY, frozenset[str]()) for values in (asked.chosen, asked.unwanted))
    codes = {code for code, _ in counted}.union(*chosen) - {NONE}
    return public_names(session, codes, today=today) if codes else {}
