"""When the next mail is due: in the morning in Beijing."""

from __future__ import annotations

import datetime as dt

import pytest

from models.alerts.terms import Rhythm, next_time

MONDAY_NIGHT = dt.datetime(2026, 3, 2, 15, 59, tzinfo=dt.UTC)  # 23:59 in Beijing


@pytest.mark.parametrize(
    ("rhythm", "now", "expected"),
    [
        (Rhythm.DAILY, MONDAY_NIGHT, dt.datetime(2026, 3, 3, 0, tzinfo=dt.UTC)),
        (Rhythm.DAILY, MONDAY_NIGHT + dt.timedelta(minutes=1), dt.datetime(2026, 3, 4, 0, tzinfo=dt.UTC)),
        (Rhythm.WEEKLY, MONDAY_NIGHT, dt.datetime(2026, 3, 9, 0, tzinfo=dt.UTC)),
        (Rhythm.WEEKLY, dt.datetime(2026, 3, 8, 4, tzinfo=dt.UTC), dt.datetime(2026, 3, 9, 0, tzinfo=dt.UTC)),
    ],
)
def test_the_next_morning(rhythm: Rhythm, now: dt.datetime, expected: dt.datetime) -> None:
    assert next_time(rhythm, now) == expected
