"""What supervision keeps: which rung was climbed for which end, notices to staff, talks 约谈, calendar feeds."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.people.tables import Account, Unit
from models.supervision.terms import NoticeKind, Rung
from models.types import BigId, Identifier, UTCDateTime, string_enum


class RungClaim(Base):
    """A rung of the ladder climbed for one end of a deadline: the unique row that makes it happen once.

    An end that moves makes the rungs due again. A rung that a missed run left behind is kept as skipped: nobody was
    told, because a later one was due already.
    """

    __tablename__ = "rung_claims"

    id: Mapped[Identifier]
    deadline_id: Mapped[int] = mapped_column(BigId, ForeignKey("deadlines.id"))
    rung: Mapped[Rung] = mapped_column(string_enum(Rung))
    legal_end: Mapped[dt.date]
    at: Mapped[dt.datetime] = mapped_column(UTCDateTime)
    is_skipped: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (UniqueConstraint("deadline_id", "rung", "legal_end"),)


class StaffNotice(Base):
    """A notice in the list of one member of staff. `data` holds ids and days, so the words follow the language."""

    __tablename__ = "staff_notices"

    id: Mapped[Identifier]
    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("accounts.id"))
    kind: Mapped[NoticeKind] = mapped_column(string_enum(NoticeKind))
    key: Mapped[str] = mapped_column(String(120), unique=True, comment="the same notice is never given twice")
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
    at: Mapped[dt.datetime] = mapped_column(UTCDateTime)
    read_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)

    __table_args__ = (
        Index("ix_staff_notices_account_id_at", "account_id", "at"),
        Index(
            "ix_staff_notices_unread",
            "account_id",
            sqlite_where=text("read_at IS NULL"),
            postgresql_where=text("read_at IS NULL"),
        ),
    )


class Talk(Base):
    """约谈: a talk with the people of a unit about what is late, on the board of the supervisors."""

    __tablename__ = "supervision_talks"

    id: Mapped[Identifier]
    unit_id: Mapped[int] = mapped_column(BigId, ForeignKey("units.id"), index=True)
    case_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("cases.id"))
    held_on: Mapped[dt.date]
    matter: Mapped[str] = mapped_column(Text, comment="what the talk was about")
    agreed: Mapped[str] = mapped_column(Text, comment="what is to be mended by when")
    recorded_by_id: Mapped[int] = mapped_column(BigId, ForeignKey("accounts.id"))
    recorded_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)

    unit: Mapped[Unit] = relationship(lazy="joined", innerjoin=True)
    recorded_by: Mapped[Account] = relationship()

    __table_args__ = (CheckConstraint("length(matter) > 0 AND length(agreed) > 0", name="says_something"),)


class CalendarFeed(Base):
    """The secret address under which an officer's due dates can be read by a calendar program. Only its hash is here."""

    __tablename__ = "calendar_feeds"

    id: Mapped[Identifier]
    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("accounts.id"))
    token_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)
    revoked_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)

    account: Mapped[Account] = relationship()

    __table_args__ = (
        Index(
            "uq_calendar_feeds_one_open",
            "account_id",
            unique=True,
            sqlite_where=text("revoked_at IS NULL"),
            postgresql_where=text("revoked_at IS NULL"),
        ),
    )
