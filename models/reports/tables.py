"""What was reported. A return is never changed; what turns out to be otherwise stands beside it as a correction."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.people.permissions import Permission
from models.people.tables import Account, Unit
from models.types import BigId, Identifier, UTCDateTime


class ReportReturn(Base):
    """报出的一期: figures and what stood behind them on that day, frozen."""

    __tablename__ = "report_returns"

    id: Mapped[Identifier]
    report: Mapped[str] = mapped_column(String(32), comment="code, see profiles/reports.toml")
    version: Mapped[int]
    period: Mapped[str] = mapped_column(String(8), comment="2026-03, 2026-Q1, 2026")
    unit_id: Mapped[int] = mapped_column(BigId, ForeignKey("units.id"), index=True)
    figures: Mapped[dict[str, str]] = mapped_column(JSON, comment="by row.column, as reported")
    evidence: Mapped[dict[str, list[str]]] = mapped_column(JSON, comment="case:12, decision:7 by row.column")
    is_zero: Mapped[bool] = mapped_column(comment="a zero report 零报告")
    checked_by: Mapped[str] = mapped_column(String(40), comment="who checked it 审核人, as on the form")
    reported_by_id: Mapped[int] = mapped_column(BigId, ForeignKey("accounts.id"))
    reported_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)

    unit: Mapped[Unit] = relationship(lazy="joined", innerjoin=True)
    reported_by: Mapped[Account] = relationship()
    corrections: Mapped[list[ReportCorrection]] = relationship(
        back_populates="made_to", order_by="ReportCorrection.id", lazy="selectin"
    )

    __table_args__ = (
        UniqueConstraint("report", "period", "unit_id"),
        CheckConstraint("checked_by <> ''", name="was_checked"),
    )

    @property
    def present(self) -> dict[str, str]:
        """The figures with the corrections made since."""
        return {**self.figures, **{one.cell: one.new for one in self.corrections}}

    def units_for(self, permission: Permission) -> list[Unit]:
        """The unit that reported."""
        return [self.unit]


class ReportCorrection(Base):
    """更正: one figure that is otherwise than reported, and why."""

    __tablename__ = "report_corrections"

    id: Mapped[Identifier]
    return_id: Mapped[int] = mapped_column(BigId, ForeignKey("report_returns.id"), index=True)
    cell: Mapped[str] = mapped_column(String(64))
    old: Mapped[str] = mapped_column(String(32))
    new: Mapped[str] = mapped_column(String(32))
    reason: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int] = mapped_column(BigId, ForeignKey("accounts.id"))
    at: Mapped[dt.datetime] = mapped_column(UTCDateTime)

    made_to: Mapped[ReportReturn] = relationship(back_populates="corrections")
    by: Mapped[Account] = relationship()

    __table_args__ = (
        CheckConstraint("reason <> ''", name="has_reason"),
        CheckConstraint("old <> new", name="changes_something"),
    )
