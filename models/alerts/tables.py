"""An alert: a question, an address that only the keys open, and when the next mail is due."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from models.alerts.terms import Rhythm
from models.base import Base
from models.types import Identifier, UTCDateTime, string_enum


class Alert(Base):
    """A saved search that is sent by mail. Stopping deletes the row: nothing is left of who had it."""

    __tablename__ = "alerts"

    id: Mapped[Identifier]
    handle: Mapped[str] = mapped_column(String(16), unique=True, comment="in links, with a keyed digest")
    sealed_address: Mapped[bytes] = mapped_column(LargeBinary)
    address_digest: Mapped[str] = mapped_column(
        String(64), comment="keyed: finds equal addresses, tells none"
    )
    question: Mapped[str] = mapped_column(Text, comment="parameters of an address of search")
    rhythm: Mapped[Rhythm] = mapped_column(string_enum(Rhythm))
    locale: Mapped[str] = mapped_column(String(16))
    created_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)
    confirmed_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    seen_until: Mapped[dt.datetime | None] = mapped_column(
        UTCDateTime, comment="what was published later is news"
    )
    next_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)

    __table_args__ = (
        UniqueConstraint("address_digest", "question"),
        CheckConstraint(
            "(confirmed_at IS NULL) = (seen_until IS NULL) AND (confirmed_at IS NULL) = (next_at IS NULL)",
            name="runs_once_confirmed",
        ),
        Index(
            "ix_alerts_due",
            "next_at",
            sqlite_where=text("next_at IS NOT NULL"),
            postgresql_where=text("next_at IS NOT NULL"),
        ),
    )
