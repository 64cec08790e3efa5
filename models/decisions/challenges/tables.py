"""A challenge to a decision: filed on a day before an authority, and its outcome when there is one."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.decisions.challenges.kinds import CHANGES, ChallengeKind, Outcome
from models.decisions.tables import Decision
from models.types import BigId, Identifier, UTCDateTime, string_enum


class Challenge(Base):
    """`outcome_served_on` is the day on which the party got the ruling: the next remedy runs from it."""

    __tablename__ = "decision_challenges"

    id: Mapped[Identifier]
    decision_id: Mapped[int] = mapped_column(BigId, ForeignKey("decisions.id"), index=True)
    kind: Mapped[ChallengeKind] = mapped_column(string_enum(ChallengeKind))
    authority_name: Mapped[str] = mapped_column(String(200), comment="who rules on it")
    filed_on: Mapped[dt.date] = mapped_column(Date)
    outcome: Mapped[Outcome | None] = mapped_column(string_enum(Outcome))
    outcome_on: Mapped[dt.date | None] = mapped_column(Date)
    outcome_served_on: Mapped[dt.date | None] = mapped_column(Date)
    document_number: Mapped[str | None] = mapped_column(String(128), comment="of the ruling; for staff")
    noted_by_id: Mapped[int] = mapped_column(BigId, ForeignKey("accounts.id"))
    noted_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)
    outcome_noted_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("accounts.id"))
    outcome_noted_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)

    decision: Mapped[Decision] = relationship()

    __table_args__ = (
        CheckConstraint(
            "(outcome IS NULL) = (outcome_on IS NULL) AND (outcome IS NULL) = (outcome_noted_at IS NULL) "
            "AND (outcome IS NULL) = (outcome_noted_by_id IS NULL)",
            name="outcome_has_day_and_officer",
        ),
        CheckConstraint("outcome_on IS NULL OR outcome_on >= filed_on", name="ends_after_it_began"),
        CheckConstraint(
            "outcome_served_on IS NULL OR (outcome_on IS NOT NULL AND outcome_served_on >= outcome_on)",
            name="served_after_it_was_made",
        ),
        Index(
            "uq_decision_challenges_one_open",
            "decision_id",
            unique=True,
            sqlite_where=text("outcome IS NULL"),
            postgresql_where=text("outcome IS NULL"),
        ),
    )

    @property
    def is_open(self) -> bool:
        return self.outcome is None

    @property
    def changes_decision(self) -> bool:
        return self.outcome in CHANGES
