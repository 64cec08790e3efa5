"""A mechanism and its members. A member is an outside body, with the office and the person who answer for it."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.cooperation.terms import Scope
from models.people.tables import Account, Unit
from models.types import BigId, Identifier, UTCDateTime, string_enum

_PRESENT = text("left_at IS NULL")


class Mechanism(Base):
    """协作机制, as agreed in writing. The ended ones stay to be read."""

    __tablename__ = "mechanisms"

    id: Mapped[Identifier]
    name: Mapped[str] = mapped_column(String(100))
    scope: Mapped[Scope] = mapped_column(string_enum(Scope))
    document_number: Mapped[str | None] = mapped_column(String(100), comment="of the agreement")
    covers: Mapped[str] = mapped_column(Text, comment="what is done together, and how")
    since_on: Mapped[dt.date] = mapped_column(comment="in Beijing")
    until_on: Mapped[dt.date | None] = mapped_column(comment="the last day; empty: no end agreed")
    kept_by_id: Mapped[int] = mapped_column(BigId, ForeignKey("accounts.id"), comment="who changed it last")
    kept_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)

    kept_by: Mapped[Account] = relationship()
    members: Mapped[list[Member]] = relationship(
        primaryjoin=lambda: (Mechanism.id == Member.mechanism_id) & Member.left_at.is_(None),
        order_by="Member.id",
        lazy="selectin",
        viewonly=True,
    )

    __table_args__ = (
        CheckConstraint("length(name) > 0 AND length(covers) > 0", name="has_words"),
        CheckConstraint("until_on IS NULL OR until_on >= since_on", name="ends_after_it_begins"),
    )

    def holds(self, on: dt.date) -> bool:
        """Whether it is in force on that day."""
        return self.since_on <= on and (self.until_on is None or on <= self.until_on)


class Member(Base):
    """A body in a mechanism. Whom to ask for there is a public servant's address at work, shown to staff only."""

    __tablename__ = "mechanism_members"

    id: Mapped[Identifier]
    mechanism_id: Mapped[int] = mapped_column(BigId, ForeignKey("mechanisms.id"))
    unit_id: Mapped[int] = mapped_column(BigId, ForeignKey("units.id"), comment="the outside body")
    office: Mapped[str] = mapped_column(String(100), comment="对口处室")
    contact: Mapped[str | None] = mapped_column(String(50))
    phone: Mapped[str | None] = mapped_column(String(50))
    email: Mapped[str | None] = mapped_column(String(254))
    left_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)

    mechanism: Mapped[Mechanism] = relationship(lazy="joined", innerjoin=True)
    unit: Mapped[Unit] = relationship(lazy="joined", innerjoin=True)

    __table_args__ = (
        CheckConstraint("length(office) > 0", name="has_office"),
        Index(
            "uq_mechanism_members_present",
            "mechanism_id",
            "unit_id",
            unique=True,
            sqlite_where=_PRESENT,
            postgresql_where=_PRESENT,
        ),
    )
