"""What belongs to redaction: the original as served, the marks on it, and the filings whose filers must not show."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.decisions.redaction.kinds import Choice, KeepGround, MarkKind, Origin, Risk, Why
from models.filings.tables import Filing
from models.people.tables import Account
from models.types import BigId, Identifier, UTCDateTime, string_enum


class ServedOriginal(Base):
    """The texts as served, by field. They are never public; the public text is made from them and the marks."""

    __tablename__ = "served_originals"

    id: Mapped[Identifier]
    decision_id: Mapped[int] = mapped_column(BigId, ForeignKey("decisions.id"), unique=True)
    texts: Mapped[dict[str, str]] = mapped_column(JSON)
    sha256: Mapped[str] = mapped_column(String(64), comment="over the canonical JSON of the texts")
    kept_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)


class RedactionMark(Base):
    """One marked stretch of the original, and what was decided about it by whom. It holds no text of its own."""

    __tablename__ = "redaction_marks"

    id: Mapped[Identifier]
    decision_id: Mapped[int] = mapped_column(BigId, ForeignKey("decisions.id"), index=True)
    field: Mapped[str] = mapped_column(String(32))
    begin_char: Mapped[int] = mapped_column(comment="in the original text of the field")
    end_char: Mapped[int] = mapped_column(comment="half-open")
    kind: Mapped[MarkKind] = mapped_column(string_enum(MarkKind))
    risk: Mapped[Risk] = mapped_column(string_enum(Risk))
    why: Mapped[Why] = mapped_column(string_enum(Why))
    origin: Mapped[Origin] = mapped_column(string_enum(Origin))
    choice: Mapped[Choice] = mapped_column(string_enum(Choice), default=Choice.OPEN)
    replacement: Mapped[str | None] = mapped_column(String(40), comment="what stands there in public")
    ground: Mapped[KeepGround | None] = mapped_column(string_enum(KeepGround))
    words: Mapped[str | None] = mapped_column(Text, comment="the officer's reason; for staff")
    approval_number: Mapped[str | None] = mapped_column(String(100), comment="of the superior authority")
    chosen_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("accounts.id"))
    chosen_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)

    chosen_by: Mapped[Account | None] = relationship()

    __table_args__ = (
        CheckConstraint("begin_char >= 0 AND begin_char < end_char", name="is_not_empty"),
        CheckConstraint("(choice = 'masked') = (replacement IS NOT NULL)", name="masked_has_replacement"),
        CheckConstraint(
            "(choice = 'kept') = (ground IS NOT NULL AND words IS NOT NULL)", name="kept_has_reason"
        ),
        CheckConstraint(
            "choice = 'open' OR origin = 'policy' OR (chosen_by_id IS NOT NULL AND chosen_at IS NOT NULL)",
            name="chosen_has_maker",
        ),
        CheckConstraint(
            "ground IS NULL OR ground <> 'superior_approved' OR approval_number IS NOT NULL",
            name="approval_has_number",
        ),
    )


class DecisionFiling(Base):
    """A filing that a decision goes back to: known to staff, and a reason to look for its filer in the text."""

    __tablename__ = "decision_filings"

    id: Mapped[Identifier]
    decision_id: Mapped[int] = mapped_column(BigId, ForeignKey("decisions.id"))
    filing_id: Mapped[int] = mapped_column(BigId, ForeignKey("filings.id"), index=True)
    linked_by_id: Mapped[int] = mapped_column(BigId, ForeignKey("accounts.id"))
    linked_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)
    checked_sha256: Mapped[str | None] = mapped_column(
        String(64), comment="of the original in which the filer was looked for last"
    )

    filing: Mapped[Filing] = relationship(lazy="joined", innerjoin=True)

    __table_args__ = (UniqueConstraint("decision_id", "filing_id"),)
