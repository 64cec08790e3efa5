"""Requests to open an envelope, where the bureau wants two people for it."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.filings.kinds import OpeningReason
from models.people.tables import Account
from models.types import BigId, Identifier, UTCDateTime, string_enum

IS_OPEN = "decided_at IS NULL"


class IdentityRequest(Base):
    """Somebody asks, somebody else agrees, and the envelope opens once, until `expires_at`."""

    __tablename__ = "identity_requests"

    id: Mapped[Identifier]
    case_id: Mapped[int] = mapped_column(BigId, ForeignKey("cases.id"), index=True)
    reason: Mapped[OpeningReason] = mapped_column(string_enum(OpeningReason))
    words: Mapped[str] = mapped_column(String(500))
    asked_by_id: Mapped[int] = mapped_column(BigId, ForeignKey("accounts.id"))
    asked_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("accounts.id"))
    decided_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    is_granted: Mapped[bool | None]
    answer: Mapped[str] = mapped_column(String(500), default="", comment="why it was declined")
    expires_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime, comment="of what was granted")
    opened_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime, comment="once, and then no more")

    asked_by: Mapped[Account] = relationship(foreign_keys=[asked_by_id])

    __table_args__ = (
        CheckConstraint("words <> ''", name="has_words"),
        CheckConstraint(
            "(decided_at IS NULL) = (decided_by_id IS NULL) AND (decided_at IS NULL) = (is_granted IS NULL)",
            name="decided_whole",
        ),
        CheckConstraint("decided_by_id <> asked_by_id", name="two_people"),
        CheckConstraint("is_granted IS NULL OR is_granted OR answer <> ''", name="declined_has_answer"),
        CheckConstraint(
            "(is_granted IS NOT NULL AND is_granted) = (expires_at IS NOT NULL)", name="granted_ends"
        ),
        CheckConstraint("opened_at IS NULL OR opened_at <= expires_at", name="opened_in_time"),
        CheckConstraint("opened_at IS NULL OR expires_at IS NOT NULL", name="opened_was_granted"),
        Index(
            "uq_identity_requests_one_open",
            "case_id",
            "asked_by_id",
            unique=True,
            sqlite_where=text(IS_OPEN),
            postgresql_where=text(IS_OPEN),
        ),
    )

    def opens_at(self, now: dt.datetime) -> bool:
        """Whether the envelope may be opened with it now."""
        return self.opened_at is None and self.expires_at is not None and now <= self.expires_at
