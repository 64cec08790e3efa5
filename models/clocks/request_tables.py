"""Requests for longer limits: the handler asks, the head of the department answers."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.types import BigId, Identifier, UTCDateTime

IS_OPEN = "decided_at IS NULL"


class ExtensionRequest(Base):
    """申请延长. `further_n` is asked for where the ordinary extensions are used up and the rule wants 集体讨论.

    The asker and the one who decides are two people. A deadline has one open request at a time.
    """

    __tablename__ = "deadline_extension_requests"

    id: Mapped[Identifier]
    deadline_id: Mapped[int] = mapped_column(BigId, ForeignKey("deadlines.id"), index=True)
    reason: Mapped[str] = mapped_column(Text, comment="told to the filer when it is granted")
    further_n: Mapped[int | None] = mapped_column(comment="how much longer, in the unit of the rule")
    discussed_on: Mapped[dt.date | None] = mapped_column(comment="day of the collective discussion")
    minutes: Mapped[str] = mapped_column(String(200), default="", comment="the record of it")
    asked_by_id: Mapped[int] = mapped_column(BigId, ForeignKey("accounts.id"))
    asked_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("accounts.id"))
    decided_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    is_granted: Mapped[bool | None]
    answer: Mapped[str] = mapped_column(Text, default="", comment="why it was declined")

    __table_args__ = (
        CheckConstraint("reason <> ''", name="has_reason"),
        CheckConstraint(
            "(decided_at IS NULL) = (decided_by_id IS NULL) AND (decided_at IS NULL) = (is_granted IS NULL)",
            name="decided_whole",
        ),
        CheckConstraint("decided_by_id <> asked_by_id", name="two_people"),
        CheckConstraint("is_granted IS NULL OR is_granted OR answer <> ''", name="declined_has_answer"),
        CheckConstraint(
            "(further_n IS NULL) = (discussed_on IS NULL) AND (further_n IS NULL OR minutes <> '')",
            name="further_was_discussed",
        ),
        Index(
            "uq_deadline_extension_requests_one_open",
            "deadline_id",
            unique=True,
            sqlite_where=text(IS_OPEN),
            postgresql_where=text(IS_OPEN),
        ),
    )

    @property
    def is_open(self) -> bool:
        return self.decided_at is None
