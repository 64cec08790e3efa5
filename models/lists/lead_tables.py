"""What a person made of a lead 线索: taken up, or put aside with a reason. A later decision raises the lead anew."""

from __future__ import annotations

import datetime as dt
import enum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.kinds import RightType
from models.people.permissions import Permission
from models.people.tables import Account, Unit
from models.types import BigId, Identifier, UTCDateTime, string_enum


class LeadOutcome(enum.StrEnum):
    """What somebody made of a lead."""

    TAKEN = "taken"
    DISMISSED = "dismissed"


LEAD_OUTCOME_LABELS = {LeadOutcome.TAKEN: "已接手", LeadOutcome.DISMISSED: "不采用"}


class LeadAnswer(Base):
    """The answer covers the decisions up to `newest_decision_id`; one that is entered later is not covered."""

    __tablename__ = "lead_answers"

    id: Mapped[Identifier]
    uscc: Mapped[str] = mapped_column(String(18))
    right_type: Mapped[RightType] = mapped_column(string_enum(RightType))
    outcome: Mapped[LeadOutcome] = mapped_column(string_enum(LeadOutcome))
    reason: Mapped[str] = mapped_column(Text, default="")
    newest_decision_id: Mapped[int] = mapped_column(BigId, ForeignKey("decisions.id"))
    evidence: Mapped[list[str]] = mapped_column(JSON, comment="permanent ids of the decisions, oldest first")
    unit_id: Mapped[int] = mapped_column(BigId, ForeignKey("units.id"))
    by_id: Mapped[int] = mapped_column(BigId, ForeignKey("accounts.id"))
    at: Mapped[dt.datetime] = mapped_column(UTCDateTime)

    unit: Mapped[Unit] = relationship(lazy="joined", innerjoin=True)
    by: Mapped[Account] = relationship()

    __table_args__ = (
        CheckConstraint("outcome <> 'dismissed' OR reason <> ''", name="dismissed_has_reason"),
        Index("ix_lead_answers_uscc_right_type", "uscc", "right_type"),
    )

    def units_for(self, permission: Permission) -> list[Unit]:
        """The unit that answered."""
        return [self.unit]
