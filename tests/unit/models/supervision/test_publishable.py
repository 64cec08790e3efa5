"""No figure behind which few people stand is published, nor one that gives it away."""

from __future__ import annotations

from models.supervision.publishable import Shown, publishable
from models.supervision.verdicts import Verdict

LARGE = Verdict(1, closed=40, rated=20, scores=80, disputed=9, upheld=0, rejected=6)


def test_small_counts_are_withheld_and_zero_is_told() -> None:
    _whole, (row, _other) = publishable([Verdict(2, closed=8, rated=4, scores=12, disputed=3), LARGE])
    assert row == Shown(closed=8, satisfaction=None, disputed=None, upheld=0, rejected=0)


def test_a_unit_that_closed_few_cases_is_withheld_whole() -> None:
    _whole, (row, _other) = publishable([Verdict(2, closed=4), LARGE])
    assert row == Shown()


def test_a_total_that_would_give_the_only_withheld_figure_away_is_withheld() -> None:
    whole, rows = publishable([Verdict(2, closed=8, rated=6, scores=18, disputed=3), LARGE])
    assert (rows[0].disputed, rows[1].disputed) == (None, 9)
    assert whole == Shown(closed=48, satisfaction=3.8, disputed=None, upheld=0, rejected=6)


def test_where_two_are_withheld_the_total_tells_their_sum_only() -> None:
    small = [Verdict(number, closed=8, disputed=3) for number in (2, 3)]
    whole, _rows = publishable([*small, LARGE])
    assert whole.disputed == 15


def test_a_bureau_without_closings_shows_no_row() -> None:
    assert publishable([]) == (Shown(), [])
