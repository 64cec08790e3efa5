"""The table of decisions. Its checks bind the state to the data that the state needs."""

from __future__ import annotations

import datetime as dt
import secrets

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.companies.tables import Company
from models.decisions.kinds import DecisionKind, EndKind, Fulfilment, PartyKind, PenaltyKind
from models.decisions.states import State
from models.kinds import RightType
from models.people.permissions import Permission
from models.people.tables import Account, Unit
from models.types import BigId, Identifier, UTCDateTime, string_enum

# Without 0, 1, i, l, o: an address that can be read out and typed. 10 characters of 31 are about 49 bits.
_PUBLIC_ID_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
PUBLIC_ID_LENGTH = 10

# Rows that are no longer public and that the index may still hold: few at any time, and asked for by every search.
ENDED_AND_INDEXED = "state IN ('withdrawn', 'ended') AND left_index_at IS NULL"


def new_public_id() -> str:
    """A short random name for the permanent address; it says nothing about the decision."""
    return "".join(secrets.choice(_PUBLIC_ID_ALPHABET) for _ in range(PUBLIC_ID_LENGTH))


class Decision(Base):
    """决定书. `party_name` and the zones are public text; `served_party_name`, as served, is never shown.

    Identity numbers of persons have no column. Amounts are fen. `ends_on` is the last public day.
    """

    __tablename__ = "decisions"

    id: Mapped[Identifier]
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)

    kind: Mapped[DecisionKind] = mapped_column(string_enum(DecisionKind), server_default="penalty")
    document_number: Mapped[str] = mapped_column(String(128), comment="as written")
    number_key: Mapped[str] = mapped_column(String(128), comment="folded for matching")
    party_kind: Mapped[PartyKind] = mapped_column(string_enum(PartyKind))
    party_name: Mapped[str] = mapped_column(String(200))
    served_party_name: Mapped[str] = mapped_column(String(200))
    party_uscc: Mapped[str | None] = mapped_column(String(18))
    legal_representative: Mapped[str | None] = mapped_column(String(50))
    cause_code: Mapped[str | None] = mapped_column(String(16))
    cause_name: Mapped[str] = mapped_column(Text)
    right_type: Mapped[RightType | None] = mapped_column(string_enum(RightType))
    penalty_kinds: Mapped[list[str]] = mapped_column(JSON, comment="the law's words, see PenaltyKind")
    fine_fen: Mapped[int | None] = mapped_column(BigId)
    confiscated_fen: Mapped[int | None] = mapped_column(BigId)
    licence: Mapped[str | None] = mapped_column(String(200), comment="暂扣或吊销证照名称及编号")
    decided_on: Mapped[dt.date] = mapped_column(Date)
    valid_until_on: Mapped[dt.date | None] = mapped_column(Date)
    served_on: Mapped[dt.date | None] = mapped_column(Date, comment="when the party got it")
    final_on: Mapped[dt.date | None] = mapped_column(Date, comment="cache, see challenges/finality.py")
    changed_on: Mapped[dt.date | None] = mapped_column(Date, comment="changed, annulled, unlawful or void")
    stated_end_on: Mapped[dt.date | None] = mapped_column(Date, comment="公示截止期 as the source states it")
    authority_name: Mapped[str] = mapped_column(String(200))
    authority_uscc: Mapped[str | None] = mapped_column(String(18))
    source_name: Mapped[str | None] = mapped_column(String(200))
    source_uscc: Mapped[str | None] = mapped_column(String(18))
    remarks: Mapped[str | None] = mapped_column(String(512), comment="for staff, not public")
    industry: Mapped[str | None] = mapped_column(String(5), comment="of the party, GB/T 4754: C2614")

    party_text: Mapped[str] = mapped_column(Text, default="")
    facts: Mapped[str] = mapped_column(Text)
    evidence_text: Mapped[str] = mapped_column(Text, default="")
    basis: Mapped[str] = mapped_column(Text)
    penalty: Mapped[str] = mapped_column(Text)
    remedy: Mapped[str] = mapped_column(Text, default="")
    performance: Mapped[str] = mapped_column(Text, default="", server_default="", comment="履行方式和期限")
    full_text: Mapped[str] = mapped_column(Text, default="", comment="the public text in one piece, if any")

    state: Mapped[State] = mapped_column(string_enum(State), default=State.DRAFT)
    revision: Mapped[int] = mapped_column(default=1, comment="counts changes of the content")
    row_version: Mapped[int] = mapped_column(comment="counts all changes, so that two at once are noticed")
    content_sha256: Mapped[str] = mapped_column(String(64))
    source_sha256: Mapped[str | None] = mapped_column(String(64), comment="of the imported file")
    served_sha256: Mapped[str | None] = mapped_column(String(64), comment="of the original as served")
    unit_id: Mapped[int] = mapped_column(BigId, ForeignKey("units.id"), index=True)
    company_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("companies.id"), index=True)
    maker_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("accounts.id"))
    reviewer_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("accounts.id"))
    return_reason: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)
    updated_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)
    submitted_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    approved_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    publish_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime, comment="not before this instant")
    published_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    ends_on: Mapped[dt.date | None] = mapped_column(Date, comment="the last public day")
    end_policy: Mapped[str | None] = mapped_column(String(16))
    term_rules: Mapped[str | None] = mapped_column(String(16), comment="newest rules that ends_on knows of")
    fulfilment: Mapped[Fulfilment] = mapped_column(string_enum(Fulfilment), default=Fulfilment.UNKNOWN)
    fulfilled_on: Mapped[dt.date | None] = mapped_column(Date)
    end_kind: Mapped[EndKind | None] = mapped_column(string_enum(EndKind))
    end_basis: Mapped[str | None] = mapped_column(Text)
    ended_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    left_index_at: Mapped[dt.datetime | None] = mapped_column(
        UTCDateTime, comment="when search had let go of an ended one"
    )
    withdrawal_reason: Mapped[str | None] = mapped_column(Text, comment="published; names no party")

    unit: Mapped[Unit] = relationship(lazy="joined", innerjoin=True)
    company: Mapped[Company | None] = relationship()
    maker: Mapped[Account | None] = relationship(foreign_keys=[maker_id])
    reviewer: Mapped[Account | None] = relationship(foreign_keys=[reviewer_id])

    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012 - SQLAlchemy reads it once
    __table_args__ = (
        UniqueConstraint("authority_name", "number_key"),
        CheckConstraint("maker_id IS NOT NULL OR source_sha256 IS NOT NULL", name="has_an_origin"),
        CheckConstraint(
            "reviewer_id IS NULL OR maker_id IS NULL OR reviewer_id <> maker_id", name="two_people"
        ),
        CheckConstraint(
            "state NOT IN ('approved', 'published') OR (reviewer_id IS NOT NULL AND approved_at IS NOT NULL)",
            name="approved_has_reviewer",
        ),
        CheckConstraint("state <> 'published' OR (published_at IS NOT NULL)", name="published_has_time"),
        CheckConstraint(
            "state <> 'withdrawn' OR (withdrawal_reason IS NOT NULL AND ended_at IS NOT NULL)",
            name="withdrawn_has_reason",
        ),
        CheckConstraint(
            "(state IN ('withdrawn', 'ended')) = (ended_at IS NOT NULL AND end_kind IS NOT NULL)",
            name="ended_has_kind",
        ),
        CheckConstraint("(fulfilment = 'fulfilled') = (fulfilled_on IS NOT NULL)", name="fulfilled_has_day"),
        CheckConstraint(
            "state <> 'expired_unfulfilled' OR (ends_on IS NOT NULL AND fulfilment = 'unfulfilled')",
            name="held_is_unfulfilled",
        ),
        CheckConstraint("fine_fen IS NULL OR fine_fen >= 0", name="fine_not_negative"),
        CheckConstraint("kind = 'penalty' OR fine_fen IS NULL", name="only_penalties_fine"),
        CheckConstraint("confiscated_fen IS NULL OR confiscated_fen >= 0", name="confiscated_not_negative"),
        Index("ix_decisions_state_published_at", "state", "published_at", "id"),
        Index("ix_decisions_party_name", "party_name"),
        Index("ix_decisions_state_updated_at", "state", "updated_at", "id"),
        # All that the names of parties ask for, so that no row with its long texts is read.
        Index(
            "ix_decisions_names_by_code", "party_uscc", "state", "ends_on", "decided_on", "id", "party_name"
        ),
        Index(
            "ix_decisions_leaving_index",
            "left_index_at",
            "id",
            sqlite_where=text(ENDED_AND_INDEXED),
            postgresql_where=text(ENDED_AND_INDEXED),
        ),
        Index(
            "ix_decisions_ended_at",
            "ended_at",
            sqlite_where=text("ended_at IS NOT NULL"),
            postgresql_where=text("ended_at IS NOT NULL"),
        ),
        Index(
            "ix_decisions_ending",
            "ends_on",
            sqlite_where=text("state = 'published'"),
            postgresql_where=text("state = 'published'"),
        ),
    )

    @property
    def kinds(self) -> tuple[PenaltyKind, ...]:
        return tuple(PenaltyKind(kind) for kind in self.penalty_kinds)

    def is_public(self, today: dt.date) -> bool:
        """Whether anybody may read it on that Beijing day, however late the worker may be."""
        return self.state is State.PUBLISHED and (self.ends_on is None or today <= self.ends_on)

    def units_for(self, permission: Permission) -> list[Unit]:
        """The unit that publishes it."""
        return [self.unit]
