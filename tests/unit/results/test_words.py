"""Every column has its words: a new one without them would break the page that shows it."""

from __future__ import annotations

from results.asked import FACETS
from results.understood import AMOUNT_WORDS
from results.words import FACET_TITLES, ZONE_WORDS
from search.documents import Amount, Facet, Zone
from search.fields import FIELDS, DayField, MoneyField


def test_every_column_has_words() -> None:
    assert set(FACET_TITLES) == set(Facet) == set(FACETS)
    assert set(ZONE_WORDS) == set(Zone)
    assert set(AMOUNT_WORDS) == set(Amount)


def test_every_number_can_be_asked_for() -> None:
    assert {one.amount for one in FIELDS if isinstance(one, DayField | MoneyField)} == set(Amount)
