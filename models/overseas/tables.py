"""观察企业和社会组织: who tells the bureau of the risks abroad, and whom it warns."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.overseas.terms import ObserverKind
from models.people.permissions import Permission
from models.people.tables import Account, Unit
from models.types import BigId, Identifier, UTCDateTime, string_enum

_PRESENT = text("left_at IS NULL")


class Observer(Base):
    """An enterprise or association with trade abroad. `countries` are codes of `models.overseas`; none: wherever.

    Whom to ask for there is an address at work, shown to those who keep the list.
    """

    __tablename__ = "overseas_observers"

    id: Mapped[Identifier]
    unit_id: Mapped[int] = mapped_column(BigId, ForeignKey("units.id"), index=True, comment="who keeps it")
    kind: Mapped[ObserverKind] = mapped_column(string_enum(ObserverKind))
    name: Mapped[str] = mapped_column(String(200))
    uscc: Mapped[str | None] = mapped_column(String(18))
    products: Mapped[str] = mapped_column(String(200), comment="what is watched: goods, marks, trade")
    countries: Mapped[list[str]] = mapped_column(JSON, comment="none: wherever")
    contact: Mapped[str | None] = mapped_column(String(100), comment="person and telephone")
    email: Mapped[str | None] = mapped_column(String(254), comment="where the warnings go")
    since_on: Mapped[dt.date] = mapped_column(comment="in Beijing")
    added_by_id: Mapped[int] = mapped_column(BigId, ForeignKey("accounts.id"))
    added_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)
    left_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    left_reasons: Mapped[str | None] = mapped_column(Text)
    version: Mapped[int] = mapped_column()

    unit: Mapped[Unit] = relationship(lazy="joined", innerjoin=True)
    added_by: Mapped[Account] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - the base class declares it so
    __table_args__ = (
        CheckConstraint("length(name) > 0 AND length(products) > 0", name="has_words"),
        CheckConstraint("(left_at IS NULL) = (left_reasons IS NULL)", name="left_with_reasons"),
        Index(
            "uq_overseas_observers_present",
            "name",
            unique=True,
            sqlite_where=_PRESENT,
            postgresql_where=_PRESENT,
        ),
    )

    def is_about(self, country: str) -> bool:
        """Whether it trades there, as far as it said."""
        return not self.countries or country in self.countries

    def units_for(self, _permission: Permission) -> list[Unit]:
        """The unit that keeps it."""
        return [self.unit]
