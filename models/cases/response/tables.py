"""An invitation to the named company with what staff released to it, and what it answered."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.cases.response.terms import Denial
from models.cases.tables import Case
from models.filings.examined import UNEXAMINED, Examined, examined_checks
from models.people.tables import Account
from models.signed_links import HANDLE_LENGTH
from models.types import BigId, Identifier, UTCDateTime, string_enum


class Invitation(Base):
    """请对方陈述: the words that the company reads, the copies of evidence released to it, by when, and the link's end."""

    __tablename__ = "invitations"

    id: Mapped[Identifier]
    case_id: Mapped[int] = mapped_column(BigId, ForeignKey("cases.id"), index=True)
    handle: Mapped[str] = mapped_column(String(HANDLE_LENGTH), unique=True, comment="in the link")
    company: Mapped[str] = mapped_column(String(200), comment="who is invited")
    words: Mapped[str] = mapped_column(
        Text, comment="written by staff for the company; no text of the filer's"
    )
    file_ids: Mapped[list[int]] = mapped_column(JSON, comment="evidence whose sanitised copy is released")
    invited_by_id: Mapped[int] = mapped_column(BigId, ForeignKey("accounts.id"))
    invited_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)
    due_on: Mapped[dt.date] = mapped_column(comment="the last day of an answer in time")
    expires_at: Mapped[dt.datetime] = mapped_column(UTCDateTime, comment="when the link ends")
    revoked_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)

    case: Mapped[Case] = relationship(lazy="joined", innerjoin=True)
    statements: Mapped[list[Statement]] = relationship(
        back_populates="invitation", order_by="Statement.id", lazy="selectin"
    )

    __table_args__ = (
        CheckConstraint("length(words) > 0", name="has_words"),
        CheckConstraint("length(company) > 0", name="names_somebody"),
        CheckConstraint("expires_at > invited_at", name="is_good_for_a_while"),
    )

    def is_open(self, now: dt.datetime) -> bool:
        """Whether the link still opens."""
        return self.revoked_at is None and now < self.expires_at


class Statement(Base):
    """陈述: what the company answered, by its link or on paper. Rows are added and never changed."""

    __tablename__ = "statements"

    id: Mapped[Identifier]
    invitation_id: Mapped[int] = mapped_column(BigId, ForeignKey("invitations.id"), index=True)
    signed: Mapped[str] = mapped_column(String(100), comment="who answers for the company")
    represented_by: Mapped[str | None] = mapped_column(String(200), comment="an agent and their office")
    body: Mapped[str] = mapped_column(Text)
    at: Mapped[dt.datetime] = mapped_column(UTCDateTime)
    is_late: Mapped[bool]
    denial: Mapped[Denial | None] = mapped_column(
        string_enum(Denial), comment="why it says that it is not the party"
    )
    received_on: Mapped[dt.date | None] = mapped_column(
        comment="on paper: in Beijing; counts for in time or late"
    )
    entered_by_id: Mapped[int | None] = mapped_column(
        BigId, ForeignKey("accounts.id"), comment="who entered what came on paper"
    )
    digest: Mapped[str | None] = mapped_column(String(64), comment="of what was sent; sent twice it is one")

    invitation: Mapped[Invitation] = relationship(back_populates="statements")
    files: Mapped[list[StatementFile]] = relationship(order_by="StatementFile.id", lazy="selectin")
    entered_by: Mapped[Account | None] = relationship(lazy="joined")

    __table_args__ = (
        CheckConstraint("length(body) > 0", name="has_body"),
        CheckConstraint("length(signed) > 0", name="is_signed"),
        CheckConstraint("(received_on IS NULL) = (entered_by_id IS NULL)", name="paper_has_its_day"),
        UniqueConstraint("invitation_id", "digest"),
    )


class StatementFile(Examined, Base):
    """A file of the company's, kept untouched and examined as evidence is, apart from the filer's."""

    __tablename__ = "statement_files"

    id: Mapped[Identifier]
    statement_id: Mapped[int] = mapped_column(BigId, ForeignKey("statements.id"), index=True)

    __table_args__ = (
        *examined_checks(),
        Index(
            "ix_statement_files_to_examine",
            "id",
            sqlite_where=text(UNEXAMINED),
            postgresql_where=text(UNEXAMINED),
        ),
    )
