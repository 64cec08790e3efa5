"""The words of alerts, and when the next mail is due."""

from __future__ import annotations

import datetime as dt
import enum

from models.types import BEIJING

MORNING = dt.time(8)


class Rhythm(enum.StrEnum):
    """How often a mail may come."""

    DAILY = "daily"
    WEEKLY = "weekly"


RHYTHM_LABELS = {Rhythm.DAILY: "每天", Rhythm.WEEKLY: "每周一"}


def next_time(rhythm: Rhythm, now: dt.datetime) -> dt.datetime:
    """The next morning at eight in Beijing, or that of the next Monday."""
    local = now.astimezone(BEIJING)
    day = local.date() + dt.timedelta(days=1)
    if rhythm is Rhythm.WEEKLY:
        day += dt.timedelta(days=(7 - day.weekday()) % 7)
    return dt.datetime.combine(day, MORNING, tzinfo=BEIJING).astimezone(dt.UTC)
