"""What the rest of the house asks: one `Engine`, here embedded, later perhaps on other machines."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from search.documents import Amount, Audience, Facet, Kind
from search.errors import IndexUnavailable, QueryError
from search.executor import Executor, Matches, Visible
from search.facets import Counts, Filtered, Filters, apply_filters, count_all
from search.index.columns import MISSING
from search.index.snapshot import Mask, Snapshot
from search.index.store import IndexStore, Signature
from search.messages import Wrong
from search.paging import Cursor, Order, Sort, behind, best, decode_cursor, order_of, question_digest
from search.parse import parse
from search.postings import DEFAULT_CACHE_BYTES, ArrayCache
from search.query import All, Query
from search.ranking import Ranking

MAX_SIZE = 1000
_MASKS_KEPT = 16


@dataclass(frozen=True)
class Hit:
    """One found record. The score is 0 where the order is not by relevance."""

    id: int
    score: float


@dataclass(frozen=True)
class Results:
    """One page of hits, the number of all, the facets' counts, and the cursor of the next page (None: the end)."""

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[Facet, Counts]
    next_cursor: str | None


class Engine(Protocol):
    """Full-text search over records."""

    def search(
        self,
        question: str | Query,
        *,
        kind: Kind,
        audience: Audience,
        today: dt.date,
        filters: Filters | None = ...,
        sort: Sort = ...,
        size: int = ...,
        after: str | None = ...,
        excluded: Collection[int] = ...,
        facets: Collection[Facet] = ...,
    ) -> Results:
        """Finds records of one kind.

        Args:
            question: as typed (empty for all), or the tree that `parse` made of it.
            audience: who asks. There is no default, so that nobody forgets it.
            today: the Beijing day; records whose last public day is before it are not found, cleaned or not.
            sort: by relevance, or for an empty question by newest instead.
            after: the `next_cursor` of the page before.
            excluded: ids of records that have ended in the database and may still be in the index. They count
                for nothing: not as hits, not in the total, not in the facets.
            facets: which facets to count.

        Raises:
            QueryError: the question cannot be asked; its text is a sentence for the reader.
            IndexUnavailable: search is being rebuilt; say so and go on with everything else.
        """

    def every_id(
        self,
        question: str | Query,
        *,
        kind: Kind,
        audience: Audience,
        today: dt.date,
        filters: Filters | None = ...,
        sort: Sort = ...,
        excluded: Collection[int] = ...,
    ) -> list[int]:
        """The ids of all that `search` finds, in order, as of one moment: what is exported. Raises like it."""

    def updated_at(self) -> dt.datetime:
        """When the index last took something in. Raises IndexUnavailable."""

    @property
    def cache_bytes(self) -> int:
        """Private memory that arrays take now; never more than the setting allows."""


class EmbeddedEngine:
    """The index in this machine's file system, read by this process. Safe to share between threads."""

    def __init__(
        self, store: IndexStore, *, ranking: Ranking | None = None, cache_bytes: int = DEFAULT_CACHE_BYTES
    ) -> None:
        self._store = store
        self._ranking = ranking or Ranking()
        self._cache = ArrayCache(cache_bytes)
        self._opened: tuple[Signature, _View] | None = None
        self._lock = threading.Lock()

    def search(
        self,
        question: str | Query,
        *,
        kind: Kind,
        audience: Audience,
        today: dt.date,
        filters: Filters | None = None,
        sort: Sort = Sort.RELEVANCE,
        size: int = 20,
        after: str | None = None,
        excluded: Collection[int] = (),
        facets: Collection[Facet] = tuple(Facet),
    ) -> Results:
        """See `Engine.search`."""
        if not 1 <= size <= MAX_SIZE:
            raise QueryError(Wrong.BAD_SIZE, most=MAX_SIZE)
        query = parse(question) if isinstance(question, str) else question
        filters = filters or Filters()
        sort = _meant(sort, query)
        digest = question_digest(query, kind, audience, sort, filters.described())
        cursor = decode_cursor(after, question=digest) if after is not None else None
        view = self._view()
        visible = view.visible(kind, audience, today, excluded)
        try:
            found, filtered = self._found(view.snapshot, visible, query, filters, sort)
            if filters or len(found.documents) < visible.count:
                counts = count_all(view.snapshot, found.documents, filters, filtered, facets)
            else:
                counts = _counts_of_all(view.snapshot, visible, found, filtered, facets)
            passing = _only(found, filtered.passing()) if filters else found
            return _page(view.snapshot, passing, counts, sort, size, cursor, digest)
        except (IndexError, ValueError) as error:
            raise IndexUnavailable("the search index is damaged") from error

    def every_id(
        self,
        question: str | Query,
        *,
        kind: Kind,
        audience: Audience,
        today: dt.date,
        filters: Filters | None = None,
        sort: Sort = Sort.RELEVANCE,
        excluded: Collection[int] = (),
    ) -> list[int]:
        """See `Engine.every_id`."""
        query = parse(question) if isinstance(question, str) else question
        filters, sort = filters or Filters(), _meant(sort, query)
        view = self._view()
        try:
            visible = view.visible(kind, audience, today, excluded)
            found, filtered = self._found(view.snapshot, visible, query, filters, sort)
            passing = _only(found, filtered.passing())
            order = order_of(view.snapshot, passing.documents, passing.scores, sort)
            ids = view.snapshot.ids[passing.documents]
            return [int(number) for number in ids[best(order, ids, len(ids))]]
        except (IndexError, ValueError) as error:
            raise IndexUnavailable("the search index is damaged") from error

    def _found(
        self, snapshot: Snapshot, visible: Visible, query: Query, filters: Filters, sort: Sort
    ) -> tuple[Matches, Filtered]:
        executor = Executor(snapshot, visible, self._ranking, self._cache, ranked=sort is Sort.RELEVANCE)
        found = executor.run(query)
        return found, apply_filters(snapshot, found.documents, filters)

    def updated_at(self) -> dt.datetime:
        """See `Engine.updated_at`."""
        return dt.datetime.fromtimestamp(self._store.signature()[0] / 1e9, dt.UTC)

    @property
    def cache_bytes(self) -> int:
        """See `Engine.cache_bytes`."""
        return self._cache.used_bytes

    def forget(self) -> None:
        """Lets go of everything that was worked out for questions; the next ones work it out again."""
        self._cache.clear()

    def refresh(self) -> None:
        """Opens the newest committed state now, rather than with the next question.

        Raises:
            IndexUnavailable: there is none.
        """
        self._view()

    def _view(self) -> _View:
        """The newest committed state; opened when it has changed since the last question."""
        signature = self._store.signature()
        opened = self._opened
        if opened is not None and opened[0] == signature:
            return opened[1]
        with self._lock:
            if self._opened is None or self._opened[0] != signature:
                self._opened = signature, _View(self._store.snapshot())
            return self._opened[1]


class _View:
    """A snapshot with what each kind of asker may see of it on a day, made once for each of them."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._made: dict[tuple[Kind, Audience, dt.date, frozenset[int]], Visible] = {}

    def visible(self, kind: Kind, audience: Audience, today: dt.date, excluded: Collection[int]) -> Visible:
        key = kind, audience, today, frozenset(excluded)
        made = self._made.get(key)
        if made is None:
            if len(self._made) >= _MASKS_KEPT:
                self._made.clear()  # days pass and records end while nothing is committed
            mask = self._mask(kind, audience, today)
            if excluded:
                mask &= ~np.isin(self.snapshot.ids, np.fromiter(excluded, np.int64, len(excluded)))
            made = self._made[key] = Visible.of(mask, self.snapshot.lengths)
        return made

    def _mask(self, kind: Kind, audience: Audience, today: dt.date) -> Mask:
        numbers = self.snapshot.numbers
        ends_on = numbers[Amount.ENDS_ON]
        mask: Mask = self.snapshot.alive & self.snapshot.words["kind"].having(frozenset({kind}))
        mask &= numbers["audience"] <= audience
        mask &= (ends_on == MISSING) | (ends_on >= today.toordinal())
        return mask


def _meant(sort: Sort, query: Query) -> Sort:
    """Where nothing was asked, nothing is more relevant: the newest come first."""
    return Sort.NEWEST if sort is Sort.RELEVANCE and isinstance(query, All) else sort


def _counts_of_all(
    snapshot: Snapshot, visible: Visible, found: Matches, filtered: Filtered, facets: Collection[Facet]
) -> dict[Facet, Counts]:
    """The counts where everything visible is found: made once for each view of the index."""
    lacking = [facet for facet in facets if facet not in visible.counted]
    visible.counted.update(count_all(snapshot, found.documents, Filters(), filtered, lacking))
    return {facet: visible.counted[facet] for facet in facets}


def _only(found: Matches, passing: Mask) -> Matches:
    return Matches(found.documents[passing], found.scores[passing])


def _page(
    snapshot: Snapshot,
    found: Matches,
    counts: Mapping[Facet, Counts],
    sort: Sort,
    size: int,
    cursor: Cursor | None,
    question: str,
) -> Results:
    order: Order = order_of(snapshot, found.documents, found.scores, sort)
    ids, scores = snapshot.ids[found.documents], found.scores
    if cursor is not None:
        later = behind(order, ids, cursor)
        order, ids, scores = order[later], ids[later], scores[later]
    chosen = best(order, ids, size + 1)
    page = chosen[:size]
    hits = tuple(Hit(int(ids[i]), float(scores[i])) for i in page)
    more = len(chosen) > size
    end = Cursor(order[page[-1]].item(), hits[-1].id, question).encode() if more else None
    return Results(len(found.documents), hits, counts, end)
