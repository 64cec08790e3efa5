"""Small numbers of what is not public are withheld, and so is a sum that would give one away."""

from __future__ import annotations

from models.decisions.coverage import GROUND_BASIS_LABELS, GROUND_LABELS, Ground, publishable


def test_a_small_number_of_public_decisions_is_told() -> None:
    year = publishable(2026, {Ground.PUBLIC: 1, Ground.TERM_OVER: 9})
    assert (year.made, year.by_ground[Ground.PUBLIC], year.by_ground[Ground.WITHDRAWN]) == (10, 1, 0)


def test_the_only_withheld_number_takes_the_sum_along() -> None:
    year = publishable(2026, {Ground.PUBLIC: 7, Ground.WITHDRAWN: 2})
    assert (year.made, year.by_ground[Ground.WITHDRAWN]) == (None, None)


def test_two_withheld_numbers_leave_the_sum() -> None:
    year = publishable(2026, {Ground.PUBLIC: 7, Ground.WITHDRAWN: 2, Ground.WARNING_ONLY: 3})
    assert (year.made, year.by_ground[Ground.WARNING_ONLY]) == (12, None)


def test_every_ground_has_a_name_and_a_basis() -> None:
    assert set(GROUND_LABELS) == set(GROUND_BASIS_LABELS) == set(Ground)
