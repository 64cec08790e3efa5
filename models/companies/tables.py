"""A company by its code 统一社会信用代码, and every name it has been seen under."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.types import BigId, Identifier, UTCDateTime


class Company(Base):
    """A company, other organisation, or sole trader. Natural persons and traders' operators have none."""

    __tablename__ = "companies"

    id: Mapped[Identifier]
    uscc: Mapped[str] = mapped_column(String(18), unique=True)
    name: Mapped[str] = mapped_column(String(200), comment="the newest name")
    is_sole_trader: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)

    names: Mapped[list[CompanyName]] = relationship(
        back_populates="company", order_by="CompanyName.first_seen_on"
    )

    __table_args__ = (CheckConstraint("length(uscc) = 18", name="uscc_has_18_characters"),)


class CompanyName(Base):
    """A name that a document gave the company, with the first and last day on which one did."""

    __tablename__ = "company_names"

    id: Mapped[Identifier]
    company_id: Mapped[int] = mapped_column(BigId, ForeignKey("companies.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(200), index=True)
    first_seen_on: Mapped[dt.date]
    last_seen_on: Mapped[dt.date]

    company: Mapped[Company] = relationship(back_populates="names")

    __table_args__ = (
        UniqueConstraint("company_id", "name"),
        CheckConstraint("first_seen_on <= last_seen_on", name="seen_in_order"),
    )
