"""Organisations of rights-holders, their members, their rights with proofs, and the authority of agents."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.filings.examined import UNEXAMINED, Examined, examined_checks
from models.filings.parties import Power
from models.filings.tables import Filing
from models.holders.terms import Fault, MemberRole, Standing
from models.kinds import RightType
from models.people.tables import Account
from models.types import BigId, Identifier, UTCDateTime, string_enum

_LIVING = "standing <> 'ended'"
_PENDING = "standing = 'pending'"


class Organisation(Base):
    """A rights-holder by its 统一社会信用代码. It is verified when the first of its members is."""

    __tablename__ = "organisations"

    id: Mapped[Identifier]
    uscc: Mapped[str] = mapped_column(String(18), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)
    verified_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)

    __table_args__ = (CheckConstraint("length(uscc) = 18", name="uscc_has_18_characters"),)


class Membership(Base):
    """Somebody's belonging to an organisation: claimed by them, confirmed by staff or by an owner."""

    __tablename__ = "memberships"

    id: Mapped[Identifier]
    organisation_id: Mapped[int] = mapped_column(BigId, ForeignKey("organisations.id"), index=True)
    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("accounts.id"))
    role: Mapped[MemberRole] = mapped_column(string_enum(MemberRole))
    standing: Mapped[Standing] = mapped_column(string_enum(Standing))
    claimed_name: Mapped[str] = mapped_column(
        String(200), comment="what they call the organisation; shown to nobody else but staff"
    )
    asked_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)
    decided_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("accounts.id"))
    fault: Mapped[Fault | None] = mapped_column(string_enum(Fault))
    words: Mapped[str | None] = mapped_column(Text, comment="of a refusal, shown to whoever asked")

    organisation: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)
    account: Mapped[Account] = relationship(foreign_keys=[account_id], lazy="joined", innerjoin=True)
    proofs: Mapped[list[Proof]] = relationship(order_by="Proof.id", lazy="selectin")

    __table_args__ = (
        CheckConstraint("(standing = 'refused') = (fault IS NOT NULL)", name="refusal_has_fault"),
        CheckConstraint("standing = 'pending' OR decided_at IS NOT NULL", name="decided_has_time"),
        Index(
            "uq_memberships_one_living",
            "account_id",
            unique=True,
            sqlite_where=text(_LIVING),
            postgresql_where=text(_LIVING),
        ),
        Index(
            "ix_memberships_pending",
            "asked_at",
            sqlite_where=text(_PENDING),
            postgresql_where=text(_PENDING),
        ),
    )

    @property
    def is_verified(self) -> bool:
        return self.standing is Standing.VERIFIED

    @property
    def is_owner(self) -> bool:
        """Whether they look after the organisation here."""
        return self.is_verified and self.role is MemberRole.OWNER


class Right(Base):
    """A right stored once: verified by staff, then chosen in the journey as often as it is infringed."""

    __tablename__ = "rights"

    id: Mapped[Identifier]
    organisation_id: Mapped[int] = mapped_column(BigId, ForeignKey("organisations.id"))
    right_type: Mapped[RightType] = mapped_column(string_enum(RightType))
    title: Mapped[str] = mapped_column(String(200), comment="the mark, the invention, the work")
    number: Mapped[str] = mapped_column(String(60))
    nice_class: Mapped[int | None] = mapped_column(comment="of a trademark")
    expires_on: Mapped[dt.date | None] = mapped_column(comment="its last day; empty: it has none")
    standing: Mapped[Standing] = mapped_column(string_enum(Standing))
    asked_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)
    decided_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("accounts.id"))
    fault: Mapped[Fault | None] = mapped_column(string_enum(Fault))
    words: Mapped[str | None] = mapped_column(Text, comment="of a refusal, shown to the holder")

    organisation: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)
    proofs: Mapped[list[Proof]] = relationship(order_by="Proof.id", lazy="selectin")

    __table_args__ = (
        CheckConstraint("(standing = 'refused') = (fault IS NOT NULL)", name="refusal_has_fault"),
        CheckConstraint("standing = 'pending' OR decided_at IS NOT NULL", name="decided_has_time"),
        CheckConstraint("length(title) > 0", name="has_title"),
        CheckConstraint("nice_class IS NULL OR nice_class BETWEEN 1 AND 45", name="nice_class_exists"),
        Index(
            "uq_rights_living",
            "organisation_id",
            "right_type",
            "number",
            "nice_class",
            unique=True,
            sqlite_where=text(_LIVING),
            postgresql_where=text(_LIVING),
        ),
        Index("ix_rights_pending", "asked_at", sqlite_where=text(_PENDING), postgresql_where=text(_PENDING)),
    )

    def has_expired(self, today: dt.date) -> bool:
        """Whether its last day has passed on that Beijing day."""
        return self.expires_on is not None and self.expires_on < today

    def is_usable(self, today: dt.date) -> bool:
        """Whether it can be filed under."""
        return self.standing is Standing.VERIFIED and not self.has_expired(today)


class Authority(Base):
    """委托书: what an agent may do for an organisation, about which rights, and until when (Order 121 Art 11)."""

    __tablename__ = "authorities"

    id: Mapped[Identifier]
    organisation_id: Mapped[int] = mapped_column(BigId, ForeignKey("organisations.id"), index=True)
    agent_email: Mapped[str] = mapped_column(String(255), index=True, comment="in its one form")
    agent_id: Mapped[int | None] = mapped_column(
        BigId, ForeignKey("accounts.id"), index=True, comment="who took it on"
    )
    matters: Mapped[str] = mapped_column(String(200))
    power: Mapped[Power] = mapped_column(string_enum(Power))
    right_ids: Mapped[list[Any] | None] = mapped_column(
        JSON(none_as_null=True), comment="empty: every right of the organisation"
    )
    ends_on: Mapped[dt.date] = mapped_column(comment="its last day")
    given_by_id: Mapped[int] = mapped_column(BigId, ForeignKey("accounts.id"))
    given_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)
    taken_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    revoked_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)

    organisation: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)
    agent: Mapped[Account | None] = relationship(foreign_keys=[agent_id], lazy="joined")
    proofs: Mapped[list[Proof]] = relationship(order_by="Proof.id", lazy="selectin")

    __table_args__ = (
        CheckConstraint("(agent_id IS NULL) = (taken_at IS NULL)", name="taken_by_somebody"),
        CheckConstraint("length(matters) > 0", name="has_matters"),
    )

    def covers(self, right: Right) -> bool:
        """Whether it is about that right."""
        is_ours = right.organisation_id == self.organisation_id
        return is_ours and (self.right_ids is None or right.id in self.right_ids)

    def is_in_force(self, today: dt.date) -> bool:
        """Whether the agent may act under it on that Beijing day."""
        return self.taken_at is not None and self.revoked_at is None and today <= self.ends_on


class Proof(Examined, Base):
    """A file that proves a membership, a right or an authority: kept untouched and examined as evidence is."""

    __tablename__ = "proofs"

    id: Mapped[Identifier]
    membership_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("memberships.id"), index=True)
    right_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("rights.id"), index=True)
    authority_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("authorities.id"), index=True)

    __table_args__ = (
        CheckConstraint(
            "(CASE WHEN membership_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN right_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN authority_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="proves_one_thing",
        ),
        *examined_checks(),
        Index(
            "ix_proofs_to_examine",
            "id",
            sqlite_where=text(UNEXAMINED),
            postgresql_where=text(UNEXAMINED),
        ),
    )


class HeldFiling(Base):
    """Which organisation's filing it is, under which right, and by which agent's authority."""

    __tablename__ = "held_filings"

    filing_id: Mapped[int] = mapped_column(BigId, ForeignKey("filings.id"), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(BigId, ForeignKey("organisations.id"))
    right_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("rights.id"), index=True)
    authority_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("authorities.id"), index=True)

    filing: Mapped[Filing] = relationship()
    right: Mapped[Right | None] = relationship()

    __table_args__ = (Index("ix_held_filings_organisation_id_filing_id", "organisation_id", "filing_id"),)
