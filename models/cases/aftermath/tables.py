"""Ratings and disputes of closings. A closing is the row of `case_acts` that closed the case."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.cases.tables import Case
from models.cases.terms import Outcome
from models.people.tables import Account, Unit
from models.types import BigId, Identifier, UTCDateTime, string_enum

BEST = 5


class CaseRating(Base):
    """满意度: what the filer thinks of one closing, given once; shown to nobody but as a mean of many."""

    __tablename__ = "case_ratings"

    id: Mapped[Identifier]
    case_id: Mapped[int] = mapped_column(BigId, ForeignKey("cases.id"), index=True)
    closing_id: Mapped[int] = mapped_column(BigId, ForeignKey("case_acts.id"), unique=True)
    unit_id: Mapped[int] = mapped_column(BigId, ForeignKey("units.id"), comment="which unit closed it")
    score: Mapped[int] = mapped_column(comment="1 (very dissatisfied) to 5")
    words: Mapped[str | None] = mapped_column(String(500))
    rated_at: Mapped[dt.datetime] = mapped_column(UTCDateTime, index=True)

    __table_args__ = (CheckConstraint(f"score BETWEEN 1 AND {BEST}", name="score_is_a_mark"),)


class CaseDispute(Base):
    """申诉 against one closing, with the closing as it was: another person decides, upheld or rejected with reasons."""

    __tablename__ = "case_disputes"

    id: Mapped[Identifier]
    case_id: Mapped[int] = mapped_column(BigId, ForeignKey("cases.id"), index=True)
    closing_id: Mapped[int] = mapped_column(BigId, ForeignKey("case_acts.id"), unique=True)
    unit_id: Mapped[int] = mapped_column(BigId, ForeignKey("units.id"), comment="which unit closed it")
    handler_id: Mapped[int | None] = mapped_column(
        BigId,
        ForeignKey("accounts.id"),
        comment="who handled or closed it: neither decides nor gets it again",
    )
    outcome: Mapped[Outcome] = mapped_column(string_enum(Outcome), comment="of the closing")
    closing_reasons: Mapped[str] = mapped_column(Text)
    closed_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)
    grounds: Mapped[str] = mapped_column(Text, comment="what the filer says against it")
    filed_at: Mapped[dt.datetime] = mapped_column(UTCDateTime, index=True)
    is_upheld: Mapped[bool | None]
    decided_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("accounts.id"))
    decided_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    decision: Mapped[str | None] = mapped_column(Text, comment="the reasons, told to the filer")

    case: Mapped[Case] = relationship()
    unit: Mapped[Unit] = relationship()
    handler: Mapped[Account | None] = relationship(foreign_keys=[handler_id])

    __table_args__ = (
        CheckConstraint("length(grounds) > 0", name="has_grounds"),
        CheckConstraint(
            "(decided_at IS NULL) = (is_upheld IS NULL) AND (decided_at IS NULL) = (decision IS NULL)"
            " AND (decided_at IS NULL) = (decided_by_id IS NULL)",
            name="decided_with_reasons",
        ),
        CheckConstraint("decided_by_id IS NULL OR decided_by_id <> handler_id", name="not_by_its_handler"),
        Index(
            "uq_case_disputes_one_open",
            "case_id",
            unique=True,
            sqlite_where=text("decided_at IS NULL"),
            postgresql_where=text("decided_at IS NULL"),
        ),
    )
