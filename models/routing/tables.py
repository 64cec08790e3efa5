"""What an officer made of the proposal: followed it, or chose another unit and said why."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.people.tables import Unit
from models.routing.terms import Conduct, Venue
from models.types import BigId, Identifier, UTCDateTime, string_enum


class RoutingChoice(Base):
    """One transfer or acceptance against the proposal of that moment. Rows are added and never changed."""

    __tablename__ = "routing_choices"

    id: Mapped[Identifier]
    case_id: Mapped[int] = mapped_column(BigId, ForeignKey("cases.id"), index=True)
    transfer_id: Mapped[int | None] = mapped_column(
        BigId, ForeignKey("transfers.id"), unique=True, comment="empty: kept and accepted here"
    )
    rule_id: Mapped[str] = mapped_column(String(40), comment="of profiles/routing.toml")
    conduct: Mapped[Conduct] = mapped_column(string_enum(Conduct))
    venue: Mapped[Venue] = mapped_column(string_enum(Venue))
    proposed_unit_id: Mapped[int | None] = mapped_column(
        BigId, ForeignKey("units.id"), comment="empty: no unit to send it to was proposed"
    )
    chosen_unit_id: Mapped[int] = mapped_column(BigId, ForeignKey("units.id"))
    departure: Mapped[str | None] = mapped_column(Text, comment="why not as proposed; for staff")
    chosen_by_id: Mapped[int] = mapped_column(BigId, ForeignKey("accounts.id"))
    chosen_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)

    proposed_unit: Mapped[Unit | None] = relationship(foreign_keys=[proposed_unit_id])
    chosen_unit: Mapped[Unit] = relationship(foreign_keys=[chosen_unit_id])

    __table_args__ = (
        CheckConstraint(
            "proposed_unit_id IS NULL OR proposed_unit_id = chosen_unit_id OR departure IS NOT NULL",
            name="departure_has_reasons",
        ),
        CheckConstraint("departure IS NULL OR length(departure) > 0", name="reasons_are_words"),
    )

    @property
    def follows(self) -> bool:
        """Whether the officer did as proposed."""
        return self.departure is None
