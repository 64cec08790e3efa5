"""Addresses made from a question: the next page, another sort, a facet switched on or off, another format."""

from __future__ import annotations

import dataclasses
from urllib.parse import urlencode

from flask import request
from werkzeug.urls import iri_to_uri

from results.asked import FACETS, Asked
from results.finding import Page
from results.words import FACET_TITLES, SORT_WORDS, facet_value
from search.documents import Facet
from search.paging import Sort
from shared import components

# How many values of a facet are shown; the chosen ones always are.
SHOWN_VALUES = 12


def address(path: str, asked: Asked, *, after: str | None = None) -> str:
    """`path` with the question behind it."""
    query = urlencode(list(asked.arguments(after=after).items(multi=True)))
    return iri_to_uri(f"{path}?{query}" if query else path)


def next_url(path: str, page: Page) -> str | None:
    """The address of the next page, or None at the end."""
    return address(path, page.asked, after=page.next_cursor) if page.next_cursor else None


def absolute(path: str) -> str:
    """A path of this server as a whole address, as the one who asks reached it."""
    return request.host_url.rstrip("/") + path


def toggled(asked: Asked, facet: Facet, value: str) -> Asked:
    """The question with one value of a facet switched over; it starts at the first page."""
    values = asked.chosen.get(facet, frozenset()) ^ {value}
    chosen = {**asked.chosen, facet: values}
    return dataclasses.replace(
        asked, after=None, chosen={one: chosen[one] for one in FACETS if chosen.get(one)}
    )


def facets(path: str, page: Page) -> list[components.Facet]:
    """The facets for a page, each value with the address that switches it over."""
    shown = []
    for facet, title in FACET_TITLES.items():
        chosen = page.asked.chosen.get(facet, frozenset())
        counts = [
            pair
            for place, pair in enumerate(page.facets.get(facet, ()))
            if place < SHOWN_VALUES or pair[0] in chosen
        ]
        values = [
            components.FacetValue(
                facet_value(facet, value),
                count,
                address(path, toggled(page.asked, facet, value)),
                value in chosen,
            )
            for value, count in counts
        ]
        shown.append(components.Facet(title, values, is_open=facet is not Facet.AUTHORITY or bool(chosen)))
    return shown


def chips(path: str, asked: Asked) -> list[components.Chip]:
    """The filters that are on, each with the address that takes it away."""
    found = [
        components.Chip(
            facet_value(facet, value),
            address(path, toggled(asked, facet, value)),
            is_chosen=True,
            removes=True,
        )
        for facet, values in asked.chosen.items()
        for value in sorted(values)
    ]
    if asked.since:
        without = dataclasses.replace(asked, since=None, after=None)
        found.append(
            components.Chip(f"≥ {asked.since}", address(path, without), is_chosen=True, removes=True)
        )
    return found


def sorts(path: str, asked: Asked) -> list[components.Chip]:
    """The orders that can be chosen; relevance only where something was asked."""
    return [
        components.Chip(
            words, address(path, dataclasses.replace(asked, sort=sort, after=None)), is_chosen=sort is current
        )
        for sort, words in SORT_WORDS.items()
        if asked.q or sort is not Sort.RELEVANCE
        for current in [asked.sort if asked.q or asked.sort is not Sort.RELEVANCE else Sort.NEWEST]
    ]
