"""Column types and the two clocks' words: instants are aware UTC, days are Beijing days."""

from __future__ import annotations

import datetime as dt
import enum
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from sqlalchemy import BigInteger, DateTime, Dialect, Enum, Integer, TypeDecorator
from sqlalchemy.orm import mapped_column

BEIJING = ZoneInfo("Asia/Shanghai")

# SQLite numbers rows by itself only for a column of type INTEGER.
BigId = BigInteger().with_variant(Integer, "sqlite")
LARGEST_ID = 2**63 - 1
Identifier = Annotated[int, mapped_column(BigId, primary_key=True, autoincrement=True)]


class UTCDateTime(TypeDecorator[dt.datetime]):
    """An instant. Takes aware datetimes only and gives them back in UTC (SQLite itself forgets the zone)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a datetime without a time zone cannot be stored")
        return value.astimezone(dt.UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> dt.datetime | None:
        if value is None:
            return None
        instant: dt.datetime = value
        return instant.replace(tzinfo=dt.UTC) if instant.tzinfo is None else instant.astimezone(dt.UTC)


def string_enum(kind: type[enum.StrEnum], *, length: int = 32) -> Enum:
    """A column type that keeps a closed enum by its value, with a CHECK named after the enum."""
    return Enum(
        kind,
        native_enum=False,
        create_constraint=True,
        validate_strings=True,
        length=length,
        name=kind.__name__.lower(),
        values_callable=lambda members: [member.value for member in members],
    )


def now_utc() -> dt.datetime:
    """This instant, aware, in UTC. Verbs take it as an argument; only edges call this."""
    return dt.datetime.now(dt.UTC)


def beijing_date(instant: dt.datetime) -> dt.date:
    """The calendar day in Beijing on which `instant` falls: the day that legal clocks count."""
    return instant.astimezone(BEIJING).date()


def beijing_midnight(day: dt.date) -> dt.datetime:
    """The instant at which `day` begins in Beijing."""
    return dt.datetime.combine(day, dt.time(), tzinfo=BEIJING).astimezone(dt.UTC)
