"""What a page of results links to: facets with their values, the filters that are on, the orders to choose from."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from results.addresses import Neighbours, address
from results.asked import Asked
from results.finding import Page
from results.words import FACET_TITLES, SORT_WORDS, facet_value, ordered
from search.documents import Facet
from search.paging import Sort
from shared import components
from shared.formats import day_text

# How many values of a facet are shown; the chosen ones always are.
SHOWN_VALUES = 12
# Facets that are shown closed until one of their values is chosen.
FOLDED = frozenset({Facet.MONTH, Facet.DISTRICT, Facet.AUTHORITY, Facet.COMPANY})


def facets(path: str, page: Page) -> list[components.Facet]:
    """The facets for a page, each value with the addresses that switch it over and that leave it out."""
    neighbours = Neighbours(path, page.asked)
    return [
        components.Facet(title, list(_values(neighbours, page, facet)), is_open=_is_open(page.asked, facet))
        for facet, title in FACET_TITLES.items()
        if facet in page.facets
    ]


def _is_open(asked: Asked, facet: Facet) -> bool:
    return facet not in FOLDED or facet in asked.chosen or facet in asked.unwanted


def _values(neighbours: Neighbours, page: Page, facet: Facet) -> Iterator[components.FacetValue]:
    """The most frequent values and the chosen ones; what is left over in one number, so that they add up."""
    counts, asked = page.facets[facet], page.asked
    chosen, unwanted = asked.chosen.get(facet, frozenset()), asked.unwanted.get(facet, frozenset())
    shown = [pair for place, pair in enumerate(counts.words) if place < SHOWN_VALUES or pair[0] in chosen]
    for value, count in ordered(facet, shown):
        yield components.FacetValue(
            facet_value(facet, value, page.names),
            count,
            neighbours.toggled(facet, value),
            value in chosen,
            "" if value in chosen or value in unwanted else neighbours.without(facet, value),
        )
    rest = sum(count for _word, count in counts.words) + counts.others - sum(count for _word, count in shown)
    if rest:
        yield components.FacetValue(_l("其他"), rest, "")


def chips(path: str, page: Page) -> list[components.Chip]:
    """The filters that are on, each with the address that takes it away."""
    asked, neighbours = page.asked, Neighbours(path, page.asked)
    found = [
        _chip(facet_value(facet, value, page.names), neighbours.toggled(facet, value))
        for facet, values in asked.chosen.items()
        for value in sorted(values)
    ]
    found += [
        _chip(
            _("不包括：%(part)s", part=facet_value(facet, value, page.names)),
            neighbours.without(facet, value),
        )
        for facet, values in asked.unwanted.items()
        for value in sorted(values)
    ]
    if asked.since:
        words = _("%(day)s以来公示或者变动", day=day_text(asked.since))
        found.append(_chip(words, address(path, dataclasses.replace(asked, since=None, after=None))))
    return found


def _chip(words: str, url: str) -> components.Chip:
    return components.Chip(words, url, is_chosen=True, removes=True)


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
