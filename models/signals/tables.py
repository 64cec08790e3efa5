"""What officers have looked at and found to mean nothing: a signal's matches, with the reason."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.people.tables import Account
from models.signals.terms import Signal
from models.types import BigId, Identifier, UTCDateTime, string_enum


class SignalDismissal(Base):
    """One look at a signal of a case. What matches later, or what this officer could not see, comes up again."""

    __tablename__ = "signal_dismissals"

    id: Mapped[Identifier]
    case_id: Mapped[int] = mapped_column(BigId, ForeignKey("cases.id"), index=True)
    signal: Mapped[Signal] = mapped_column(string_enum(Signal))
    reasons: Mapped[str] = mapped_column(Text)
    made_by_id: Mapped[int] = mapped_column(BigId, ForeignKey("accounts.id"))
    made_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)

    made_by: Mapped[Account] = relationship()

    __table_args__ = (CheckConstraint("length(reasons) > 0", name="has_reasons"),)


class DismissedMatch(Base):
    """One case, or for decisions one decision, that such a look was about."""

    __tablename__ = "dismissed_matches"

    case_id: Mapped[int] = mapped_column(BigId, ForeignKey("cases.id"), primary_key=True)
    signal: Mapped[Signal] = mapped_column(string_enum(Signal), primary_key=True)
    match_id: Mapped[int] = mapped_column(
        BigId, primary_key=True, comment="of a case; for decisions, of a decision"
    )
    dismissal_id: Mapped[int] = mapped_column(BigId, ForeignKey("signal_dismissals.id"), index=True)
