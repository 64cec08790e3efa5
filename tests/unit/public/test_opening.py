"""Opening days follow the working-day calendar, make-up workdays and holidays included."""

from __future__ import annotations

import pytest

from public.opening import opening
from tests.support.clocks import calendar, day


@pytest.mark.parametrize(
    ("today", "is_open", "next_closed", "next_open", "holiday"),
    [
        ("2026-03-02", True, "2026-03-07", "2026-03-03", "清明"),  # a Monday
        ("2026-03-06", True, "2026-03-07", "2026-03-09", "清明"),  # a Friday
        ("2026-09-20", True, "2026-09-25", "2026-09-21", "中秋"),  # a Sunday that is worked
        ("2026-10-01", False, "2026-10-02", "2026-10-08", "国庆节"),
        ("2026-12-31", True, "2027-01-01", "2027-01-04", "元旦"),
    ],
)
def test_opening(today: str, is_open: bool, next_closed: str, next_open: str, holiday: str) -> None:
    found = opening(calendar(), day(today))
    assert found.today.is_worked is is_open
    assert found.next_closed.on == day(next_closed)
    assert found.next_open.on == day(next_open)
    assert found.next_holiday is not None
    assert found.next_holiday.name == holiday


def test_a_holiday_of_a_year_without_notice_is_provisional() -> None:
    found = opening(calendar(), day("2026-12-01")).next_holiday
    assert found is not None
    assert found.is_provisional
