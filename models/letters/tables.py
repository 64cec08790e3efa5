"""A letter that came in, and the reply to it. Once the reply is issued, neither changes any more."""

from __future__ import annotations

import datetime as dt
import hashlib

from sqlalchemy import DDL, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, event, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.filings.examined import UNEXAMINED, Examined, examined_checks
from models.people.permissions import Permission
from models.people.tables import Unit
from models.signed_links import HANDLE_LENGTH
from models.types import BigId, Identifier, UTCDateTime

_ISSUED = (
    "series IS NOT NULL AND year IS NOT NULL AND number IS NOT NULL AND issued_by_id IS NOT NULL"
    " AND docx_key IS NOT NULL AND docx_size IS NOT NULL AND docx_sha256 IS NOT NULL"
)


class IncomingLetter(Base):
    """来函. `reply` is what an officer wrote; somebody else issues it, with the next number of the series."""

    __tablename__ = "incoming_letters"

    id: Mapped[Identifier]
    unit_id: Mapped[int] = mapped_column(BigId, ForeignKey("units.id"), index=True, comment="which answers")
    from_unit_id: Mapped[int] = mapped_column(BigId, ForeignKey("units.id"), comment="the outside body")
    kind: Mapped[str] = mapped_column(String(40), comment="as in profiles/letters.toml")
    their_number: Mapped[str] = mapped_column(String(100))
    words: Mapped[str] = mapped_column(Text, comment="what they ask")
    received_on: Mapped[dt.date] = mapped_column(comment="in Beijing: day 0 of the clock")
    registered_by_id: Mapped[int] = mapped_column(BigId, ForeignKey("accounts.id"))
    registered_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)

    reply: Mapped[str | None] = mapped_column(Text)
    drafted_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("accounts.id"))
    drafted_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    remarks: Mapped[str | None] = mapped_column(
        Text, comment="why the draft was sent back, until the next one"
    )

    series: Mapped[str | None] = mapped_column(String(60))
    year: Mapped[int | None]
    number: Mapped[int | None]
    issued_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("accounts.id"))
    issued_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    docx_key: Mapped[str | None] = mapped_column(String(64), unique=True)
    docx_size: Mapped[int | None] = mapped_column(BigId, comment="bytes")
    docx_sha256: Mapped[str | None] = mapped_column(String(64))
    pdf_key: Mapped[str | None] = mapped_column(String(64), unique=True)
    pdf_size: Mapped[int | None] = mapped_column(BigId, comment="bytes")
    pdf_sha256: Mapped[str | None] = mapped_column(String(64))

    handle: Mapped[str | None] = mapped_column(
        String(HANDLE_LENGTH), unique=True, comment="which link opens the reply"
    )
    link_expires_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)

    delivered_on: Mapped[dt.date | None] = mapped_column(comment="in Beijing")
    delivery_way: Mapped[str | None] = mapped_column(String(32))
    delivery_proof: Mapped[str | None] = mapped_column(Text, comment="number of the parcel, of the receipt")

    unit: Mapped[Unit] = relationship(foreign_keys=[unit_id], lazy="joined", innerjoin=True)
    from_unit: Mapped[Unit] = relationship(foreign_keys=[from_unit_id], lazy="joined", innerjoin=True)
    files: Mapped[list[LetterFile]] = relationship(order_by="LetterFile.id")

    __table_args__ = (
        UniqueConstraint("from_unit_id", "their_number"),
        UniqueConstraint("series", "year", "number"),
        CheckConstraint("length(words) > 0 AND length(their_number) > 0", name="has_words"),
        CheckConstraint(
            "(reply IS NULL) = (drafted_by_id IS NULL) AND (reply IS NULL) = (drafted_at IS NULL)",
            name="draft_is_whole",
        ),
        CheckConstraint(f"issued_at IS NULL OR (reply IS NOT NULL AND {_ISSUED})", name="issued_is_whole"),
        CheckConstraint("issued_by_id IS NULL OR issued_by_id <> drafted_by_id", name="issued_by_another"),
        CheckConstraint(
            "delivered_on IS NULL OR (issued_at IS NOT NULL AND delivery_way IS NOT NULL"
            " AND delivery_proof IS NOT NULL)",
            name="delivery_is_whole",
        ),
        CheckConstraint(
            "(pdf_key IS NULL) = (pdf_sha256 IS NULL) AND (pdf_key IS NULL) = (pdf_size IS NULL)"
            " AND (pdf_key IS NULL OR issued_at IS NOT NULL)",
            name="pdf_is_whole",
        ),
        CheckConstraint(
            "(handle IS NULL) = (link_expires_at IS NULL) AND (handle IS NULL OR issued_at IS NOT NULL)",
            name="link_is_whole",
        ),
    )

    @property
    def is_answered(self) -> bool:
        return self.issued_at is not None

    @property
    def draft_mark(self) -> str:
        """Tells this draft of the reply from any other; "" before there is one."""
        return hashlib.sha256(self.reply.encode()).hexdigest() if self.reply else ""

    @property
    def waits_for_head(self) -> bool:
        """Whether the reply is drafted and wants the word of another person."""
        return self.reply is not None and self.remarks is None and not self.is_answered

    def has_link(self, now: dt.datetime) -> bool:
        """Whether a link opens the reply at that moment."""
        return self.link_expires_at is not None and now < self.link_expires_at

    @property
    def document_number(self) -> str:
        """文号 of the reply; "" before it is issued."""
        return f"{self.series}〔{self.year}〕{self.number}号" if self.number else ""

    def units_for(self, _permission: Permission) -> list[Unit]:
        """Its people: those of the unit that answers."""
        return [self.unit]


class LetterFile(Examined, Base):
    """A file that came with the letter, kept untouched and examined as evidence is."""

    __tablename__ = "incoming_letter_files"

    id: Mapped[Identifier]
    letter_id: Mapped[int] = mapped_column(BigId, ForeignKey("incoming_letters.id"), index=True)

    __table_args__ = (
        *examined_checks(),
        Index(
            "ix_incoming_letter_files_to_examine",
            "id",
            sqlite_where=text(UNEXAMINED),
            postgresql_where=text(UNEXAMINED),
        ),
    )


FROZEN = [
    "unit_id",
    "from_unit_id",
    "kind",
    "their_number",
    "words",
    "received_on",
    "reply",
    "drafted_by_id",
    "series",
    "year",
    "number",
    "issued_by_id",
    "issued_at",
    "docx_key",
    "docx_size",
    "docx_sha256",
]


def _changed(sign: str) -> str:
    return (
        "OLD.issued_at IS NOT NULL AND (" + " OR ".join(f"NEW.{one} {sign} OLD.{one}" for one in FROZEN) + ")"
    )


SQLITE_TRIGGERS = (
    f"CREATE TRIGGER incoming_letters_frozen BEFORE UPDATE ON incoming_letters WHEN {_changed('IS NOT')} "
    "BEGIN SELECT RAISE(ABORT, 'an answered letter never changes'); END",
)
POSTGRESQL_TRIGGERS = (
    "CREATE OR REPLACE FUNCTION incoming_letters_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'an answered letter never changes'; END $$",
    "CREATE TRIGGER incoming_letters_frozen BEFORE UPDATE ON incoming_letters FOR EACH ROW WHEN "
    f"({_changed('IS DISTINCT FROM')}) EXECUTE FUNCTION incoming_letters_refuse()",
)

for _dialect, _statements in (("sqlite", SQLITE_TRIGGERS), ("postgresql", POSTGRESQL_TRIGGERS)):
    for _statement in _statements:
        _ddl = DDL(_statement).execute_if(dialect=_dialect)  # type: ignore[no-untyped-call]
        event.listen(IncomingLetter.__table__, "after_create", _ddl)
