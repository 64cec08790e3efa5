"""A company by its code 统一社会信用代码, and every name it has been seen under."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, Date, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.types import BigId, Identifier, UTCDateTime


class Company(Base):
    """A company, other organisation, or sole trader. Natural persons and traders' operators have none.

    One that was merged into another keeps its row and its code, from which readers are sent on.
    """

    __tablename__ = "companies"

    id: Mapped[Identifier]
    uscc: Mapped[str] = mapped_column(String(18), unique=True)
    name: Mapped[str] = mapped_column(String(200), comment="the newest name")
    is_sole_trader: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)
    merged_into_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("companies.id"), index=True)
    merged_on: Mapped[dt.date | None] = mapped_column(Date)
    merge_basis: Mapped[str | None] = mapped_column(String(300), comment="register entry or paper, for staff")
    head_office_id: Mapped[int | None] = mapped_column(
        BigId, ForeignKey("companies.id"), index=True, comment="of a branch 分支机构"
    )

    merged_into: Mapped[Company | None] = relationship(
        foreign_keys=[merged_into_id], remote_side="Company.id"
    )
    head_office: Mapped[Company | None] = relationship(
        foreign_keys=[head_office_id], remote_side="Company.id"
    )
    names: Mapped[list[CompanyName]] = relationship(
        back_populates="company", order_by="CompanyName.first_seen_on"
    )

    __table_args__ = (
        CheckConstraint("length(uscc) = 18", name="uscc_has_18_characters"),
        CheckConstraint("merged_into_id IS NULL OR merged_into_id <> id", name="not_merged_into_itself"),
        CheckConstraint("head_office_id IS NULL OR head_office_id <> id", name="not_its_own_head_office"),
        CheckConstraint(
            "(merged_into_id IS NULL) = (merged_on IS NULL) AND (merged_into_id IS NULL) = (merge_basis IS NULL)",
            name="merger_has_day_and_basis",
        ),
    )


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
