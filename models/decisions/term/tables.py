"""延后停止公示: a day later than the earliest that the rules give, asked by one person and approved by another."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.decisions.tables import Decision
from models.people.tables import Account
from models.types import BigId, Identifier, UTCDateTime

IS_OPEN = "approved_at IS NULL AND refused_at IS NULL"


class Postponement(Base):
    """`until_on` is the new last public day. Without approval it changes nothing."""

    __tablename__ = "term_postponements"

    id: Mapped[Identifier]
    decision_id: Mapped[int] = mapped_column(BigId, ForeignKey("decisions.id"), index=True)
    until_on: Mapped[dt.date] = mapped_column(Date)
    basis: Mapped[str] = mapped_column(Text, comment="law and article; published with the term")
    reason: Mapped[str] = mapped_column(Text, comment="for staff")
    asked_by_id: Mapped[int] = mapped_column(BigId, ForeignKey("accounts.id"))
    asked_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("accounts.id"))
    approved_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    refused_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    refusal_reason: Mapped[str | None] = mapped_column(Text)

    decision: Mapped[Decision] = relationship()
    asked_by: Mapped[Account] = relationship(foreign_keys=[asked_by_id])
    decided_by: Mapped[Account | None] = relationship(foreign_keys=[decided_by_id])

    __table_args__ = (
        CheckConstraint("length(trim(basis)) > 0 AND length(trim(reason)) > 0", name="has_basis_and_reason"),
        CheckConstraint("decided_by_id IS NULL OR decided_by_id <> asked_by_id", name="two_people"),
        CheckConstraint(
            "(decided_by_id IS NOT NULL) = (approved_at IS NOT NULL OR refused_at IS NOT NULL)",
            name="decided_has_approver",
        ),
        CheckConstraint("approved_at IS NULL OR refused_at IS NULL", name="approved_or_refused"),
        CheckConstraint("refused_at IS NULL OR refusal_reason IS NOT NULL", name="refused_has_reason"),
        Index(
            "uq_term_postponements_one_open",
            "decision_id",
            unique=True,
            sqlite_where=text(IS_OPEN),
            postgresql_where=text(IS_OPEN),
        ),
    )

    @property
    def is_open(self) -> bool:
        return self.approved_at is None and self.refused_at is None
