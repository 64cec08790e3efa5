"""What a person said about a party without a code."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.types import BigId, Identifier, UTCDateTime


class PartyMatch(Base):
    """The company that the decision's party is, or none of those that were proposed; with the score it had then."""

    __tablename__ = "party_matches"

    id: Mapped[Identifier]
    decision_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("decisions.id", ondelete="CASCADE"), unique=True
    )
    company_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("companies.id"), index=True)
    score: Mapped[float | None] = mapped_column(comment="out of 100, see models.companies.likeness")
    decided_by_id: Mapped[int] = mapped_column(BigId, ForeignKey("accounts.id"))
    decided_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)

    __table_args__ = (
        CheckConstraint("(company_id IS NULL) = (score IS NULL)", name="company_has_score"),
        CheckConstraint("score BETWEEN 0 AND 100", name="score_out_of_100"),
    )
