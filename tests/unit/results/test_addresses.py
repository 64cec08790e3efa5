"""Addresses put together from encoded pieces are those that encoding the whole question would give."""

from __future__ import annotations

import dataclasses
import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from results.addresses import Neighbours, address, question
from results.asked import FACETS, Asked
from search.documents import Facet
from search.paging import Sort

words = st.frozensets(st.text(min_size=1, max_size=6), min_size=1, max_size=3)
filters = st.dictionaries(st.sampled_from(FACETS), words, max_size=3)
questions = st.builds(
    Asked,
    q=st.text(max_size=8),
    sort=st.sampled_from(Sort),
    size=st.integers(1, 100),
    since=st.none() | st.dates(dt.date(2000, 1, 1), dt.date(2030, 1, 1)),
    chosen=filters,
    unwanted=filters,
)


@given(questions, st.sampled_from(FACETS), st.text(min_size=1, max_size=6))
def test_a_neighbour_has_the_address_of_its_own_question(asked: Asked, facet: Facet, value: str) -> None:
    neighbours = Neighbours("/en/decisions", asked)
    chosen = {**asked.chosen, facet: asked.chosen.get(facet, frozenset()) ^ {value}}
    unwanted = {**asked.unwanted, facet: asked.unwanted.get(facet, frozenset()) ^ {value}}
    assert neighbours.toggled(facet, value) == address(
        "/en/decisions", dataclasses.replace(asked, chosen=chosen)
    )
    assert neighbours.without(facet, value) == address(
        "/en/decisions", dataclasses.replace(asked, unwanted=unwanted)
    )


def test_a_neighbour_starts_at_the_first_page() -> None:
    assert "after" not in Neighbours("/decisions", Asked(after="x")).toggled(Facet.YEAR, "2025")


def test_nothing_asked_leaves_the_bare_path() -> None:
    chosen = Asked(chosen={Facet.YEAR: frozenset({"2025"})})
    assert Neighbours("/decisions", chosen).toggled(Facet.YEAR, "2025") == "/decisions"


def test_what_was_asked_for_follows_to_the_page_of_a_decision() -> None:
    assert question("假冒 专利&x") == "?q=%E5%81%87%E5%86%92+%E4%B8%93%E5%88%A9%26x"
    assert question("") == ""
