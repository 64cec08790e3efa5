"""Addresses made from a question: the same one elsewhere, its next page, its neighbours with one filter switched over.

A page of results links to a hundred neighbours that differ from it in one parameter. So the question is encoded once,
in pieces, and an address puts one new piece between the others.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import quote_plus

from flask import request
from werkzeug.urls import iri_to_uri

from results.asked import FACETS, NOT, Asked, Values, filter_arguments
from results.finding import Page
from search.documents import Facet


def address(path: str, asked: Asked, *, after: str | None = None) -> str:
    """`path` with the question behind it."""
    query = _encoded(asked.arguments(after=after).items(multi=True))
    return f"{_uri(path)}?{query}" if query else _uri(path)


def next_url(path: str, page: Page) -> str | None:
    """The address of the next page, or None at the end."""
    return address(path, page.asked, after=page.next_cursor) if page.next_cursor else None


def with_arguments(path: str, arguments: Iterable[tuple[str, str]]) -> str:
    """`path` with these parameters behind it."""
    return f"{_uri(path)}?{_encoded(arguments)}"


def question(q: str) -> str:
    """What stands behind the path of one decision, so that its page marks what was asked for."""
    return "?" + _encoded([("q", q)]) if q else ""


def absolute(path: str) -> str:
    """A path of this server as a whole address, as the one who asks reached it."""
    return request.host_url.rstrip("/") + path


class Neighbours:
    """The addresses that differ from a question by one value of one facet. All of them start at the first page."""

    def __init__(self, path: str, asked: Asked) -> None:
        self._path, self._asked = _uri(path), asked
        pieces = {facet: _encoded(filter_arguments(facet, asked.chosen, asked.unwanted)) for facet in FACETS}
        self._around = {
            facet: (
                _joined(_encoded(asked.before_filters()), *list(pieces.values())[:place]),
                _joined(*list(pieces.values())[place + 1 :], _encoded(asked.after_filters())),
            )
            for place, facet in enumerate(FACETS)
        }
        self._untouched = {facet for facet in FACETS if facet not in {*asked.chosen, *asked.unwanted}}

    def toggled(self, facet: Facet, value: str) -> str:
        """With one value of a facet switched on, or off again."""
        if facet in self._untouched:
            return self._between(facet, f"{facet.value}={_quoted(value)}")
        chosen = self._asked.chosen.get(facet, frozenset()) ^ {value}
        return self._with(facet, {facet: chosen}, self._asked.unwanted)

    def without(self, facet: Facet, value: str) -> str:
        """With one value of a facet left out, or let in again."""
        if facet in self._untouched:
            return self._between(facet, f"{NOT}{facet.value}={_quoted(value)}")
        unwanted = self._asked.unwanted.get(facet, frozenset()) ^ {value}
        return self._with(facet, self._asked.chosen, {facet: unwanted})

    def _with(self, facet: Facet, chosen: Values, unwanted: Values) -> str:
        return self._between(facet, _encoded(filter_arguments(facet, chosen, unwanted)))

    def _between(self, facet: Facet, piece: str) -> str:
        before, behind = self._around[facet]
        query = _joined(before, piece, behind)
        return f"{self._path}?{query}" if query else self._path


def _joined(*pieces: str) -> str:
    return "&".join(filter(None, pieces))


def _encoded(pairs: Iterable[tuple[str, str]]) -> str:
    return "&".join(f"{name}={_quoted(value)}" for name, value in pairs)


@lru_cache(maxsize=64)
def _uri(path: str) -> str:
    return iri_to_uri(path)


@lru_cache(maxsize=4096)
def _quoted(value: str) -> str:
    return quote_plus(value)
