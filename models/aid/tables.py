"""What was decided about an application: the green channel, and the aid itself, each with its reasons."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.cases.tables import Case
from models.people.tables import Account
from models.types import BigId, Identifier, UTCDateTime


class GreenChannel(Base):
    """绿色通道: an officer has found that the ground holds; from then on the shorter promise runs."""

    __tablename__ = "aid_green_channels"

    id: Mapped[Identifier]
    case_id: Mapped[int] = mapped_column(BigId, ForeignKey("cases.id"), unique=True)
    ground: Mapped[str] = mapped_column(String(40), comment="value in profiles/aid.toml")
    reasons: Mapped[str] = mapped_column(Text)
    opened_by_id: Mapped[int] = mapped_column(BigId, ForeignKey("accounts.id"))
    opened_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)

    __table_args__ = (CheckConstraint("length(reasons) > 0", name="has_reasons"),)


class AidDecision(Base):
    """援助决定: given or not, which helps, and why. A later one replaces it; rows are added and never changed."""

    __tablename__ = "aid_decisions"

    id: Mapped[Identifier]
    case_id: Mapped[int] = mapped_column(BigId, ForeignKey("cases.id"), index=True)
    is_given: Mapped[bool]
    helps: Mapped[list[str]] = mapped_column(JSON, comment="values in profiles/aid.toml")
    rule: Mapped[str | None] = mapped_column(
        String(40), comment="the rule that spoke; empty: nothing was asked"
    )
    reasons: Mapped[str] = mapped_column(Text, comment="told to the applicant")
    decided_by_id: Mapped[int] = mapped_column(BigId, ForeignKey("accounts.id"))
    decided_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)

    case: Mapped[Case] = relationship()
    decided_by: Mapped[Account] = relationship()

    __table_args__ = (CheckConstraint("length(reasons) > 0", name="has_reasons"),)
