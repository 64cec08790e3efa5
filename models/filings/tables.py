"""Filings, their evidence and receipts, the sealed identity of the filer, codes held for the session that filed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    and_,
    false,
    text,
)
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from models.base import Base
from models.filings.examined import UNEXAMINED, Examined, examined_checks
from models.filings.kinds import Likeness, OpeningReason
from models.filings.references import REFERENCE_LENGTH, grouped
from models.filings.signing import KEY_ID_LENGTH, TOKEN_LENGTH
from models.kinds import Channel, RightType, Track
from models.types import BigId, Identifier, UTCDateTime, string_enum

_TO_EXAMINE = f"filing_id IS NOT NULL AND ({UNEXAMINED})"


class Filing(Base):
    """提交登记: one matter as it was handed in. It is never changed afterwards; supplements are messages of the case."""

    __tablename__ = "filings"

    id: Mapped[Identifier]
    reference: Mapped[str] = mapped_column(
        String(REFERENCE_LENGTH), unique=True, comment="登记编号, not grouped"
    )
    track: Mapped[Track] = mapped_column(string_enum(Track))
    channel: Mapped[Channel] = mapped_column(string_enum(Channel))
    right_type: Mapped[RightType] = mapped_column(string_enum(RightType))
    is_anonymous: Mapped[bool]
    submitted_at: Mapped[dt.datetime] = mapped_column(UTCDateTime, index=True)

    respondent_name: Mapped[str] = mapped_column(String(200))
    respondent_uscc: Mapped[str | None] = mapped_column(String(18), index=True)
    respondent_address: Mapped[str | None] = mapped_column(String(300))
    platform_link: Mapped[str | None] = mapped_column(String(2000))
    region_code: Mapped[str] = mapped_column(String(6), comment="GB/T 2260, where it happened")
    right_number: Mapped[str | None] = mapped_column(String(60))
    facts: Mapped[str] = mapped_column(Text)
    request: Mapped[str | None] = mapped_column(Text)
    data: Mapped[dict[str, Any]] = mapped_column(
        JSON, comment="answers that one kind of filing has; no identity"
    )
    language: Mapped[str] = mapped_column(String(10))
    is_unproven: Mapped[bool] = mapped_column(
        default=False,
        server_default=false(),
        comment="sent without proof of work: people look whether it is one of very many",
    )

    is_fast: Mapped[bool] = mapped_column(
        default=False, server_default=false(), comment="直通车: sent by a holder in the fast lane"
    )

    content_sha256: Mapped[str] = mapped_column(String(64), comment="over the canonical form, see content.py")
    submission_token: Mapped[str] = mapped_column(String(64), unique=True, comment="one sending, one filing")
    account_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("accounts.id"))
    query_code_hmac: Mapped[str] = mapped_column(String(64))
    receipt_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("receipts.id"), index=True)
    files_of_id: Mapped[int | None] = mapped_column(
        BigId,
        ForeignKey("filings.id"),
        index=True,
        comment="the first filing of the same sending, whose files these are too: itself, as a rule",
    )

    # Two filings of one sending (121号 第9条) show the same files: each is stored, scanned and copied once.
    evidence: Mapped[list[Evidence]] = relationship(
        primaryjoin=lambda: and_(
            Filing.files_of_id == foreign(Evidence.filing_id), Evidence.outside_reply_id.is_(None)
        ),
        order_by="Evidence.id",
        viewonly=True,
    )
    identity: Mapped[Identity | None] = relationship(back_populates="filing")
    receipt: Mapped[Receipt | None] = relationship(back_populates="filings")

    __table_args__ = (
        CheckConstraint("account_id IS NULL OR NOT is_anonymous", name="account_is_named"),
        CheckConstraint("track <> 'complaint' OR NOT is_anonymous", name="complaint_is_named"),
        CheckConstraint("track <> 'adjudication' OR NOT is_anonymous", name="adjudication_is_named"),
        CheckConstraint(
            "track IN ('aid', 'consultation') OR length(trim(respondent_name)) > 0", name="names_a_respondent"
        ),
        CheckConstraint(f"length(reference) = {REFERENCE_LENGTH}", name="reference_has_its_length"),
        CheckConstraint("length(facts) > 0", name="has_facts"),
        Index("ix_filings_account_id_submitted_at", "account_id", "submitted_at"),
        Index("ix_filings_fast", "id", sqlite_where=text("is_fast"), postgresql_where=text("is_fast")),
        Index(
            "ix_filings_unproven",
            "id",
            sqlite_where=text("is_unproven"),
            postgresql_where=text("is_unproven"),
        ),
    )

    @property
    def shown_reference(self) -> str:
        """As printed: K7QM-2XHD."""
        return grouped(self.reference)

    @property
    def together_with(self) -> list[str]:
        """The references of what the same sending became besides."""
        return list(self.data.get("together_with", []))


class FilingMark(Base):
    """One sign by which a filing is found when another may be about the same thing, see likeness.py."""

    __tablename__ = "filing_marks"

    filing_id: Mapped[int] = mapped_column(BigId, ForeignKey("filings.id"), primary_key=True)
    kind: Mapped[Likeness] = mapped_column(string_enum(Likeness), primary_key=True)
    value: Mapped[str] = mapped_column(String(16), primary_key=True, comment="a digest of what is not secret")

    __table_args__ = (Index("ix_filing_marks_kind_value", "kind", "value"),)


class SigningKey(Base):
    """The public half of a key that signs receipts. Retired ones stay, so that what they signed can be checked."""

    __tablename__ = "signing_keys"

    id: Mapped[Identifier]
    key_id: Mapped[str] = mapped_column(String(KEY_ID_LENGTH), unique=True)
    public_key: Mapped[str] = mapped_column(String(64), comment="Ed25519, 32 bytes in hexadecimal")
    published_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)
    retired_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)


class Receipt(Base):
    """回执: what was signed, to the byte, and the signature. It covers every filing that one sending became."""

    __tablename__ = "receipts"

    id: Mapped[Identifier]
    token: Mapped[str] = mapped_column(
        String(TOKEN_LENGTH), unique=True, comment="what stands after /verify/"
    )
    content: Mapped[str] = mapped_column(Text, comment="canonical JSON; no personal data")
    signature: Mapped[str] = mapped_column(String(128), comment="64 bytes in hexadecimal")
    key_id: Mapped[str] = mapped_column(String(KEY_ID_LENGTH), ForeignKey("signing_keys.key_id"))
    signed_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)

    filings: Mapped[list[Filing]] = relationship(back_populates="receipt", order_by="Filing.id")


class Evidence(Examined, Base):
    """A file handed in, kept untouched. Before sending it belongs to a submission token, afterwards to the filing."""

    __tablename__ = "evidence"

    id: Mapped[Identifier]
    filing_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("filings.id"), index=True)
    submission_token: Mapped[str | None] = mapped_column(String(64), index=True)
    outside_reply_id: Mapped[int | None] = mapped_column(
        BigId,
        ForeignKey("outside_replies.id"),
        index=True,
        comment="a paper of an outside body, not the filer's",
    )

    filing: Mapped[Filing | None] = relationship()

    __table_args__ = (
        CheckConstraint("(filing_id IS NULL) <> (submission_token IS NULL)", name="belongs_to_one"),
        CheckConstraint("outside_reply_id IS NULL OR filing_id IS NOT NULL", name="reply_is_of_a_case"),
        *examined_checks(),
        Index(
            "ix_evidence_to_examine",
            "id",
            sqlite_where=text(_TO_EXAMINE),
            postgresql_where=text(_TO_EXAMINE),
        ),
    )

    @property
    def ledger_subject(self) -> Filing | None:
        """What was done with it stands under the filing."""
        return self.filing


class Identity(Base):
    """The sealed envelope with the filer's name, phone, e-mail, address and identity number."""

    __tablename__ = "identities"

    id: Mapped[Identifier]
    filing_id: Mapped[int] = mapped_column(BigId, ForeignKey("filings.id"), unique=True)
    key_id: Mapped[str] = mapped_column(String(16), comment="which master key wraps the data key")
    wrapped_key: Mapped[bytes] = mapped_column(LargeBinary, comment="the data key of this filing, sealed")
    ciphertext: Mapped[bytes] = mapped_column(LargeBinary, comment="canonical JSON of the person, sealed")
    phone_index: Mapped[str | None] = mapped_column(String(64), index=True, comment="blind index")
    id_number_index: Mapped[str | None] = mapped_column(String(64), index=True, comment="blind index")
    address_index: Mapped[str | None] = mapped_column(
        String(64), index=True, comment="blind index; '' none, empty: not made yet"
    )
    sealed_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)
    notices_stopped_at: Mapped[dt.datetime | None] = mapped_column(
        UTCDateTime, comment="when the filer took back the consent to be told of news"
    )

    filing: Mapped[Filing] = relationship(back_populates="identity")


class IdentityOpening(Base):
    """One opening of an envelope: who, when, why. The ledger has its number and a digest of the words."""

    __tablename__ = "identity_openings"

    id: Mapped[Identifier]
    identity_id: Mapped[int] = mapped_column(BigId, ForeignKey("identities.id"), index=True)
    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("accounts.id"))
    reason: Mapped[OpeningReason] = mapped_column(string_enum(OpeningReason))
    words: Mapped[str] = mapped_column(String(500))
    opened_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)

    __table_args__ = (CheckConstraint("length(words) > 0", name="has_words"),)


class HeldCode(Base):
    """A query code, sealed, for the session that filed: until it is noted or its time is over."""

    __tablename__ = "held_codes"

    id: Mapped[Identifier]
    filing_id: Mapped[int] = mapped_column(BigId, ForeignKey("filings.id"), unique=True)
    ciphertext: Mapped[bytes] = mapped_column(LargeBinary)
    expires_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)


class Draft(Base):
    """Answers given so far, sealed, for they may name the filer. Found by the token in the visitor's session."""

    __tablename__ = "drafts"

    id: Mapped[Identifier]
    submission_token: Mapped[str] = mapped_column(String(64), unique=True)
    ciphertext: Mapped[bytes] = mapped_column(LargeBinary, comment="JSON of the answers, sealed")
    saved_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)
    resume_hmac: Mapped[str | None] = mapped_column(
        String(64), unique=True, comment="of the code that takes it up again on another device"
    )
