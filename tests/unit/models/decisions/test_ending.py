import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.decisions.ending import Gravity, add_months, earliest_end, ends_under_each, gravity_of
from models.decisions.kinds import PenaltyKind

DAYS = st.dates(dt.date(2015, 1, 1), dt.date(2040, 12, 31))


@pytest.mark.parametrize(
    ("kinds", "gravity"),
    [
        ([PenaltyKind.CRITICISM], Gravity.MINOR),
        ([PenaltyKind.WARNING, PenaltyKind.FINE], Gravity.GENERAL),
        ([PenaltyKind.FINE, PenaltyKind.REVOKE_LICENCE], Gravity.SERIOUS),
    ],
)
def test_the_heaviest_penalty_decides_the_class(kinds: list[PenaltyKind], gravity: Gravity) -> None:
    assert gravity_of(kinds) is gravity


def test_a_fine_of_2026_ends_a_year_after_the_decision_not_three_after_publication() -> None:
    end = earliest_end(Gravity.GENERAL, decided_on=dt.date(2026, 5, 6), published_on=dt.date(2026, 5, 12))
    assert end is not None
    assert (end.ends_on, end.policy_code) == (dt.date(2027, 5, 6), "R3")


def test_before_the_later_rules_three_years_from_publication_applied() -> None:
    end = earliest_end(Gravity.GENERAL, decided_on=dt.date(2022, 5, 6), published_on=dt.date(2022, 5, 12))
    assert end is not None
    assert (end.ends_on, end.policy_code) == (dt.date(2025, 5, 12), "R1")


@given(st.sampled_from(Gravity), DAYS, st.integers(0, 400))
def test_the_earliest_date_wins(gravity: Gravity, decided_on: dt.date, delay: int) -> None:
    published_on = decided_on + dt.timedelta(days=delay)
    each = ends_under_each(gravity, decided_on=decided_on, published_on=published_on)
    end = earliest_end(gravity, decided_on=decided_on, published_on=published_on)
    assert (end.ends_on if end else None) == min((one.ends_on for one in each), default=None)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (dt.date(2026, 11, 30), 3, dt.date(2027, 2, 28)),
        (dt.date(2024, 2, 29), 12, dt.date(2025, 2, 28)),
        (dt.date(2026, 12, 31), 12, dt.date(2027, 12, 31)),
    ],
)
def test_a_month_without_that_day_ends_on_its_last(day: dt.date, months: int, later: dt.date) -> None:
    assert add_months(day, months) == later
