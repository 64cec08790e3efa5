"""One row a filing whose filer had notified the platform: the dates on which 电子商务法 Art 42 and 43 hang."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.commerce.notices.terms import Measure
from models.filings.tables import Filing
from models.types import BigId, UTCDateTime, string_enum

_WAITING = "statement_reached_on IS NOT NULL AND shown_on IS NULL"


class PlatformNotice(Base):
    """平台通知. When the fifteen days end is never kept: it follows from `statement_reached_on` and the rule."""

    __tablename__ = "platform_notices"

    filing_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("filings.id"), primary_key=True, autoincrement=False
    )
    platform: Mapped[str] = mapped_column(String(20))
    notified_on: Mapped[dt.date]
    measure: Mapped[Measure] = mapped_column(string_enum(Measure))
    statement_reached_on: Mapped[dt.date | None] = mapped_column(
        comment="when the seller's statement came to the rights-holder: day 0 of the fifteen"
    )
    statement: Mapped[str | None] = mapped_column(Text, comment="the seller's words, as the filer tells them")
    shown_on: Mapped[dt.date | None] = mapped_column(
        comment="when the platform was shown the receipt, as the filer tells"
    )
    reminded_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)

    filing: Mapped[Filing] = relationship()

    __table_args__ = (
        CheckConstraint(
            "statement_reached_on IS NULL OR statement_reached_on >= notified_on",
            name="statement_follows_notice",
        ),
        CheckConstraint("statement IS NULL OR statement_reached_on IS NOT NULL", name="statement_has_day"),
        Index(
            "ix_platform_notices_waiting",
            "statement_reached_on",
            sqlite_where=text(_WAITING),
            postgresql_where=text(_WAITING),
        ),
    )
