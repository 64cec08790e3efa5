"""A correction of a published record: proposed by one person, confirmed by another, and from then on part of its history."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.decisions.corrections.kinds import CorrectionGround
from models.decisions.tables import Decision
from models.people.tables import Account
from models.types import BigId, Identifier, UTCDateTime, string_enum

Amounts = dict[str, list[int | None]]  # by column, in fen: before and after


class Correction(Base):
    """`old_words` gave way to `new_words` wherever they stood in the public text: in the columns `fields`.

    What had to be hidden is forgotten with the confirmation, so that the history doesn't bring it back.
    """

    __tablename__ = "decision_corrections"

    id: Mapped[Identifier]
    decision_id: Mapped[int] = mapped_column(BigId, ForeignKey("decisions.id"), index=True)
    ground: Mapped[CorrectionGround] = mapped_column(string_enum(CorrectionGround))
    reason: Mapped[str] = mapped_column(Text, comment="public")
    old_words: Mapped[str | None] = mapped_column(Text)
    new_words: Mapped[str] = mapped_column(Text)
    fields: Mapped[list[str]] = mapped_column(JSON)
    amounts: Mapped[Amounts] = mapped_column(JSON)
    proposed_by_id: Mapped[int] = mapped_column(BigId, ForeignKey("accounts.id"))
    proposed_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)
    confirmed_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("accounts.id"))
    confirmed_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)

    decision: Mapped[Decision] = relationship()
    proposed_by: Mapped[Account] = relationship(foreign_keys=[proposed_by_id])

    __table_args__ = (
        CheckConstraint("(confirmed_by_id IS NULL) = (confirmed_at IS NULL)", name="confirmed_by_somebody"),
        CheckConstraint("confirmed_by_id IS NULL OR confirmed_by_id <> proposed_by_id", name="two_people"),
        CheckConstraint(
            "ground <> 'hidden' OR confirmed_at IS NULL OR old_words IS NULL", name="hidden_is_forgotten"
        ),
        Index(
            "uq_decision_corrections_one_open",
            "decision_id",
            unique=True,
            sqlite_where=text("confirmed_at IS NULL"),
            postgresql_where=text("confirmed_at IS NULL"),
        ),
    )
