"""What changes the calendar of one installation: closing days of its units, and the journal of every change."""

from __future__ import annotations

import datetime as dt
import enum

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.types import BigId, Identifier, UTCDateTime, string_enum


class CalendarChangeKind(enum.StrEnum):
    """What was done to the calendar."""

    DAY = "day"
    NOTICE = "notice"
    CLOSING = "closing"
    OPENING = "opening"


CALENDAR_CHANGE_LABELS: dict[CalendarChangeKind, str] = {
    CalendarChangeKind.DAY: "修改一天",
    CalendarChangeKind.NOTICE: "导入年度安排",
    CalendarChangeKind.CLOSING: "机构停办",
    CalendarChangeKind.OPENING: "取消停办",
}


class UnitClosingDay(Base):
    """停办日: a working day on which one unit is closed. It moves no limit that the law sets."""

    __tablename__ = "unit_closing_days"

    unit_id: Mapped[int] = mapped_column(BigId, ForeignKey("units.id"), primary_key=True, autoincrement=False)
    on: Mapped[dt.date] = mapped_column("on_date", primary_key=True)
    reason: Mapped[str] = mapped_column(String(80), comment="shown in the account of a deadline")

    __table_args__ = (CheckConstraint("reason <> ''", name="has_reason"),)


class CalendarChange(Base):
    """The journal: which day or year, what it was and is, who, why, and how many deadlines moved."""

    __tablename__ = "calendar_changes"

    id: Mapped[Identifier]
    kind: Mapped[CalendarChangeKind] = mapped_column(string_enum(CalendarChangeKind))
    on: Mapped[dt.date] = mapped_column("on_date", comment="the day, or the first one of the year")
    unit_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("units.id"))
    was: Mapped[str] = mapped_column(String(16), default="")
    becomes: Mapped[str] = mapped_column(String(16), default="")
    reason: Mapped[str] = mapped_column(Text)
    actor: Mapped[str] = mapped_column(String(64), comment="as the ledger names accounts")
    at: Mapped[dt.datetime] = mapped_column(UTCDateTime)
    moved: Mapped[int] = mapped_column(default=0, comment="deadlines whose end or certainty changed")

    __table_args__ = (CheckConstraint("reason <> ''", name="has_reason"),)
