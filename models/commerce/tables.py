"""The links of a filing, one row each; before sending they lie under the draft's token, as files do."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.commerce.platforms import LinkKind
from models.commerce.terms import Verdict
from models.filings.tables import Filing
from models.types import BigId, Identifier, UTCDateTime, string_enum


class FilingLink(Base):
    """One pasted line: as it came, and what it was read as. `mark` is equal for the same thing, `shop_mark` for a shop."""

    __tablename__ = "filing_links"

    id: Mapped[Identifier]
    filing_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("filings.id"))
    submission_token: Mapped[str | None] = mapped_column(String(64), index=True)
    place: Mapped[int] = mapped_column(comment="its row, from 1")
    given: Mapped[str] = mapped_column(Text)
    address: Mapped[str] = mapped_column(Text)
    platform: Mapped[str] = mapped_column(String(20))
    kind: Mapped[LinkKind] = mapped_column(string_enum(LinkKind))
    item: Mapped[str] = mapped_column(String(80))
    shop: Mapped[str] = mapped_column(String(80))
    mark: Mapped[str] = mapped_column(String(120), index=True)
    shop_mark: Mapped[str] = mapped_column(String(120), index=True)
    verdict: Mapped[Verdict] = mapped_column(string_enum(Verdict))
    earlier_id: Mapped[int | None] = mapped_column(
        BigId, ForeignKey("filings.id"), comment="the filer's own filing that had it before"
    )
    captured_at: Mapped[dt.datetime | None] = mapped_column(
        UTCDateTime, comment="when the page was recorded, as the filer tells"
    )
    screenshot: Mapped[str | None] = mapped_column(String(255), comment="the name of the file that shows it")
    remark: Mapped[str | None] = mapped_column(String(200))

    earlier: Mapped[Filing | None] = relationship(foreign_keys=[earlier_id])

    __table_args__ = (
        CheckConstraint("(filing_id IS NULL) <> (submission_token IS NULL)", name="belongs_to_one"),
        CheckConstraint(
            "(earlier_id IS NOT NULL) = (verdict IN ('filed', 'decided'))", name="earlier_is_named"
        ),
        CheckConstraint(
            "filing_id IS NULL OR verdict NOT IN ('bad', 'twice')", name="only_good_ones_are_sent"
        ),
        Index("ix_filing_links_filing_id_place", "filing_id", "place"),
    )
