"""An invented holiday notice, in the form in which the real one is imported."""

from __future__ import annotations

import datetime as dt
from typing import Any

_BLOCKS = (
    ("元旦", "2027-01-01", 3),
    ("春节", "2027-02-05", 8),
    ("清明节", "2027-04-03", 3),
    ("劳动节", "2027-05-01", 5),
    ("端午节", "2027-06-09", 1),
    ("中秋节", "2027-09-15", 1),
    ("国庆节", "2027-10-01", 7),
)
_MAKEUPS = (("春节", "2027-02-20"), ("劳动节", "2027-05-08"), ("国庆节", "2027-10-09"))


def notice_2027() -> dict[str, Any]:
    """A notice for 2027; a fresh one for every caller to change."""
    days = []
    for name, first, length in _BLOCKS:
        start = dt.date.fromisoformat(first)
        for offset in range(length):
            on = start + dt.timedelta(days=offset)
            days.append({"name": name, "date": on.isoformat(), "isOffDay": True})
    days += [{"name": name, "date": on, "isOffDay": False} for name, on in _MAKEUPS]
    return {"year": 2027, "papers": ["https://example.org/notice-2027"], "days": days}
