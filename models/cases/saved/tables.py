"""自存视图: a name for an address of the queue."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.people.tables import Account, Unit
from models.types import BigId, Identifier, UTCDateTime

LONGEST_NAME = 20


class SavedView(Base):
    """What the address of a queue asks for, under a name; it shows each reader what that reader may see."""

    __tablename__ = "saved_views"

    id: Mapped[Identifier]
    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("accounts.id"))
    unit_id: Mapped[int | None] = mapped_column(
        BigId, ForeignKey("units.id"), index=True, comment="whose people have it too; empty: nobody else"
    )
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    asked: Mapped[dict[str, str]] = mapped_column(JSON, comment="parameters of the queue's address")
    made_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)

    account: Mapped[Account] = relationship()
    unit: Mapped[Unit | None] = relationship()

    __table_args__ = (
        UniqueConstraint("account_id", "name"),
        CheckConstraint("length(name) > 0", name="has_name"),
    )
