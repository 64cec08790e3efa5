"""Papers, the counters of their numbers, the bureau's own templates, and the proof of delivery."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import (
    DDL,
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    event,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.cases.tables import Case
from models.papers.terms import PaperState, Recipient, Way
from models.people.permissions import Permission
from models.people.tables import Account, Unit
from models.types import BigId, Identifier, UTCDateTime, string_enum

_ISSUED = "state IN ('issued', 'void')"


class PaperCounter(Base):
    """How many papers of a series have been issued in a year."""

    __tablename__ = "paper_counters"

    series: Mapped[str] = mapped_column(
        String(60), primary_key=True, comment="机构代字 and 文号字: 平市监受字"
    )
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, comment="in Beijing")
    last: Mapped[int]

    __table_args__ = (CheckConstraint("last > 0", name="counts_from_one"),)


class PaperTemplate(Base):
    """One version of a bureau's own template of a kind. The newest not retired is used; without one, ours."""

    __tablename__ = "paper_templates"

    id: Mapped[Identifier]
    kind: Mapped[str] = mapped_column(String(40))
    version: Mapped[int]
    file_name: Mapped[str] = mapped_column(String(255))
    size: Mapped[int] = mapped_column(BigId, comment="bytes")
    sha256: Mapped[str] = mapped_column(String(64))
    store_key: Mapped[str] = mapped_column(String(64), unique=True)
    uploaded_by_id: Mapped[int] = mapped_column(BigId, ForeignKey("accounts.id"))
    uploaded_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)
    retired_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)

    uploaded_by: Mapped[Account] = relationship()

    __table_args__ = (
        UniqueConstraint("kind", "version"),
        Index(
            "uq_paper_templates_in_use",
            "kind",
            unique=True,
            sqlite_where=text("retired_at IS NULL"),
            postgresql_where=text("retired_at IS NULL"),
        ),
    )


class Paper(Base):
    """公文. `fields` is what a person wrote; what was issued is a file, named by its SHA-256.

    A paper that names the filer is sealed in the store with a key of its own, as the identity is; its SHA-256 is that
    of the sealed bytes, for a digest of the plain ones would let anybody try names.
    """

    __tablename__ = "papers"

    id: Mapped[Identifier]
    case_id: Mapped[int] = mapped_column(BigId, ForeignKey("cases.id"), index=True)
    unit_id: Mapped[int] = mapped_column(BigId, ForeignKey("units.id"), comment="which makes it")
    kind: Mapped[str] = mapped_column(String(40), comment="as in profiles/papers.toml")
    title: Mapped[str] = mapped_column(String(60))
    state: Mapped[PaperState] = mapped_column(string_enum(PaperState))
    fields: Mapped[dict[str, Any]] = mapped_column(JSON)
    is_approved: Mapped[bool] = mapped_column(comment="whether the kind wants another person's word")
    is_for_filer: Mapped[bool]
    to_unit_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("units.id"), comment="to a body")
    replaces_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("papers.id"), unique=True)

    drafted_by_id: Mapped[int] = mapped_column(BigId, ForeignKey("accounts.id"))
    drafted_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)
    remarks: Mapped[str | None] = mapped_column(Text, comment="why it was sent back, until it is sent again")
    approved_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("accounts.id"))
    approved_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)

    series: Mapped[str | None] = mapped_column(String(60))
    year: Mapped[int | None]
    number: Mapped[int | None]
    issued_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("accounts.id"))
    issued_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    template_id: Mapped[int | None] = mapped_column(
        BigId, ForeignKey("paper_templates.id"), comment="empty: ours"
    )
    docx_key: Mapped[str | None] = mapped_column(String(64), unique=True)
    docx_size: Mapped[int | None] = mapped_column(BigId, comment="bytes, as stored")
    docx_sha256: Mapped[str | None] = mapped_column(String(64), comment="as stored")
    pdf_key: Mapped[str | None] = mapped_column(String(64), unique=True, comment="made afterwards, once")
    pdf_size: Mapped[int | None] = mapped_column(BigId)
    pdf_sha256: Mapped[str | None] = mapped_column(String(64))
    seal_key_id: Mapped[str | None] = mapped_column(
        String(16), comment="which vault key wraps, if it is sealed"
    )
    wrapped_key: Mapped[bytes | None] = mapped_column(LargeBinary)

    voided_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("accounts.id"))
    voided_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    void_reasons: Mapped[str | None] = mapped_column(Text)

    case: Mapped[Case] = relationship()
    unit: Mapped[Unit] = relationship(foreign_keys=[unit_id], lazy="joined", innerjoin=True)
    to_unit: Mapped[Unit | None] = relationship(foreign_keys=[to_unit_id], lazy="joined")
    drafted_by: Mapped[Account] = relationship(foreign_keys=[drafted_by_id])
    replaces: Mapped[Paper | None] = relationship(remote_side="Paper.id")
    deliveries: Mapped[list[PaperDelivery]] = relationship(
        back_populates="paper", order_by="PaperDelivery.id", lazy="selectin"
    )

    __table_args__ = (
        UniqueConstraint("series", "year", "number"),
        CheckConstraint(
            f"({_ISSUED}) = (series IS NOT NULL AND year IS NOT NULL AND number IS NOT NULL"
            " AND issued_at IS NOT NULL AND issued_by_id IS NOT NULL"
            " AND docx_key IS NOT NULL AND docx_size IS NOT NULL AND docx_sha256 IS NOT NULL)",
            name="issued_is_whole",
        ),
        CheckConstraint("number IS NULL OR number > 0", name="counts_from_one"),
        CheckConstraint(
            f"NOT is_approved OR NOT ({_ISSUED} OR state = 'approved') OR approved_by_id IS NOT NULL",
            name="approved_where_asked",
        ),
        CheckConstraint(
            "approved_by_id IS NULL OR approved_by_id <> drafted_by_id", name="approved_by_another"
        ),
        CheckConstraint("(approved_by_id IS NULL) = (approved_at IS NULL)", name="approval_has_time"),
        CheckConstraint(
            "(state = 'void') = (voided_at IS NOT NULL) AND (voided_at IS NULL) = (voided_by_id IS NULL)"
            " AND (voided_at IS NULL) = (void_reasons IS NULL)",
            name="void_has_reasons",
        ),
        CheckConstraint(
            "(pdf_key IS NULL) = (pdf_sha256 IS NULL) AND (pdf_key IS NULL) = (pdf_size IS NULL)",
            name="pdf_is_whole",
        ),
        CheckConstraint("(seal_key_id IS NULL) = (wrapped_key IS NULL)", name="seal_is_whole"),
        CheckConstraint("replaces_id IS NULL OR replaces_id <> id", name="replaces_another"),
        Index(
            "ix_papers_to_approve",
            "unit_id",
            sqlite_where=text("state = 'submitted'"),
            postgresql_where=text("state = 'submitted'"),
        ),
    )

    @property
    def is_issued(self) -> bool:
        """Whether it was ever issued; a void one was."""
        return self.issued_at is not None

    @property
    def is_sealed(self) -> bool:
        return self.wrapped_key is not None

    @property
    def document_number(self) -> str:
        """文号; "" before it is issued."""
        return f"{self.series}〔{self.year}〕{self.number}号" if self.number else ""

    def units_for(self, permission: Permission) -> list[Unit]:
        """Whose people may use `permission` on it: those of the unit that makes it; the case's people look."""
        if permission in (Permission.PAPER_WRITE, Permission.PAPER_APPROVE):
            return [self.unit]
        return self.case.units_for(permission)

    def bars(self, account: Account) -> bool:
        """Whoever is kept out of the case is kept out of its papers."""
        return self.case.bars(account)


class PaperDelivery(Base):
    """送达: one handing over. Rows are added and never changed."""

    __tablename__ = "paper_deliveries"

    id: Mapped[Identifier]
    paper_id: Mapped[int] = mapped_column(BigId, ForeignKey("papers.id"), index=True)
    way: Mapped[Way] = mapped_column(string_enum(Way))
    recipient: Mapped[Recipient] = mapped_column(string_enum(Recipient))
    delivered_on: Mapped[dt.date] = mapped_column(comment="in Beijing")
    proof: Mapped[str] = mapped_column(Text, comment="number of the parcel, of the receipt, of the notice")
    noted_by: Mapped[str] = mapped_column(String(64), comment="as in the ledger: account:12, filer")
    noted_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)

    paper: Mapped[Paper] = relationship(back_populates="deliveries")

    __table_args__ = (
        CheckConstraint("length(proof) > 0", name="has_proof"),
        Index(
            "uq_paper_deliveries_online",
            "paper_id",
            unique=True,
            sqlite_where=text("way = 'online'"),
            postgresql_where=text("way = 'online'"),
        ),
    )


class PrefixConfirmation(Base):
    """A head said that this is the unit's 机关代字. The newest row of a unit holds, as long as the profile says the same."""

    __tablename__ = "paper_prefixes"

    id: Mapped[Identifier]
    unit_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("units.id"), index=True, comment="whose prefix it is"
    )
    prefix: Mapped[str] = mapped_column(String(40))
    confirmed_by_id: Mapped[int] = mapped_column(BigId, ForeignKey("accounts.id"))
    confirmed_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)

    confirmed_by: Mapped[Account] = relationship()

    __table_args__ = (CheckConstraint("length(prefix) > 0", name="has_prefix"),)


# What an issued row says never changes; a PDF is added once, a seal is wrapped anew, and it can become void.
FROZEN = [
    "case_id",
    "unit_id",
    "kind",
    "title",
    "fields",
    "is_approved",
    "is_for_filer",
    "to_unit_id",
    "replaces_id",
    "drafted_by_id",
    "drafted_at",
    "approved_by_id",
    "approved_at",
    "series",
    "year",
    "number",
    "issued_by_id",
    "issued_at",
    "template_id",
    "docx_key",
    "docx_size",
    "docx_sha256",
]


def _differs(sign: str, names: list[str]) -> str:
    """`fields` is JSON, which PostgreSQL compares as text."""
    cast = {"IS DISTINCT FROM": "::text"}.get(sign, "")
    return " OR ".join(
        f"NEW.{name}{cast if name == 'fields' else ''} {sign} OLD.{name}{cast if name == 'fields' else ''}"
        for name in names
    )


def _broken(sign: str) -> str:
    pdf = f"(OLD.pdf_key IS NOT NULL AND ({_differs(sign, ['pdf_key', 'pdf_size', 'pdf_sha256'])}))"
    back = "OLD.state = 'void' AND NEW.state <> 'void' OR NEW.state NOT IN ('issued', 'void')"
    return f"OLD.issued_at IS NOT NULL AND ({_differs(sign, FROZEN)} OR {pdf} OR {back})"


SQLITE_TRIGGERS = (
    f"CREATE TRIGGER papers_frozen BEFORE UPDATE ON papers WHEN {_broken('IS NOT')} "
    "BEGIN SELECT RAISE(ABORT, 'an issued paper never changes'); END",
    "CREATE TRIGGER papers_kept BEFORE DELETE ON papers WHEN OLD.issued_at IS NOT NULL "
    "BEGIN SELECT RAISE(ABORT, 'an issued paper never changes'); END",
)
POSTGRESQL_TRIGGERS = (
    "CREATE OR REPLACE FUNCTION papers_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'an issued paper never changes'; END $$",
    f"CREATE TRIGGER papers_frozen BEFORE UPDATE ON papers FOR EACH ROW WHEN ({_broken('IS DISTINCT FROM')}) "
    "EXECUTE FUNCTION papers_refuse()",
    "CREATE TRIGGER papers_kept BEFORE DELETE ON papers FOR EACH ROW WHEN (OLD.issued_at IS NOT NULL) "
    "EXECUTE FUNCTION papers_refuse()",
)

for _dialect, _statements in (("sqlite", SQLITE_TRIGGERS), ("postgresql", POSTGRESQL_TRIGGERS)):
    for _statement in _statements:
        _ddl = DDL(_statement).execute_if(dialect=_dialect)  # type: ignore[no-untyped-call]
        event.listen(Paper.__table__, "after_create", _ddl)
