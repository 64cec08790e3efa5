"""Columns stand side by side inside the drawing, and what is not zero is seen."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from results.charts import HEIGHT, WIDTH, columns


@given(st.lists(st.integers(0, 10**6), max_size=60))
def test_columns_stay_inside_and_apart(values: list[int]) -> None:
    drawn = columns([(str(place), value) for place, value in enumerate(values)])
    assert [one.value for one in drawn] == values
    assert all(one.x >= 0 and one.x + one.width <= WIDTH + 0.2 for one in drawn)
    assert all(abs(one.y + one.height - HEIGHT) < 0.2 for one in drawn)
    assert all((one.height > 0) == (one.value > 0) for one in drawn)
    assert all(left.x + left.width <= right.x + 0.2 for left, right in itertools.pairwise(drawn))
