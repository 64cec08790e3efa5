"""The three tables. What they have in common stands once, in `Entry`; nothing else joins them."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    String,
    Table,
    Text,
    false,
    text,
    true,
)
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from models.base import Base
from models.decisions.tables import Decision, new_public_id
from models.lists.kinds import EntryEnd, EntryState, Hearing, ListKind
from models.people.permissions import Permission
from models.people.tables import Account, Unit
from models.types import BigId, Identifier, UTCDateTime, string_enum


def _bases(table: str, entries: str) -> Table:
    """Which decisions an entry rests on."""
    return Table(
        table,
        Base.metadata,
        Column("entry_id", BigId, ForeignKey(f"{entries}.id"), primary_key=True),
        Column("decision_id", BigId, ForeignKey("decisions.id"), primary_key=True, index=True),
    )


class Entry(Base):
    """What every list keeps of an entry. `name` is the company's as it is public; `reason` is public as well."""

    __abstract__ = True
    kind: ClassVar[ListKind]

    id: Mapped[Identifier]
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    uscc: Mapped[str] = mapped_column(String(18), index=True)
    name: Mapped[str] = mapped_column(String(200))
    reason: Mapped[str] = mapped_column(Text, comment="列入事由, public")
    rule: Mapped[str] = mapped_column(
        String(16), comment="code and version of the rule, see profiles/lists.toml"
    )
    state: Mapped[EntryState] = mapped_column(string_enum(EntryState), default=EntryState.PROPOSED)
    notified_on: Mapped[dt.date | None] = mapped_column(Date)
    decided_on: Mapped[dt.date | None] = mapped_column(Date)
    document_number: Mapped[str | None] = mapped_column(String(128))
    published_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    ends_on: Mapped[dt.date | None] = mapped_column(Date, comment="the last public day")
    ended_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    end_kind: Mapped[EntryEnd | None] = mapped_column(string_enum(EntryEnd))
    end_reason: Mapped[str | None] = mapped_column(Text, comment="for staff")
    objected_on: Mapped[dt.date | None] = mapped_column(Date, comment="an objection is open since then")
    needs_inquiry: Mapped[bool] = mapped_column(
        default=False,
        server_default=false(),
        comment="that objection needs another unit's check: a longer limit",
    )
    created_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)
    updated_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)
    row_version: Mapped[int]

    @declared_attr
    @classmethod
    def unit_id(cls) -> Mapped[int]:
        return mapped_column(BigId, ForeignKey("units.id"), index=True)

    @declared_attr
    @classmethod
    def maker_id(cls) -> Mapped[int]:
        return mapped_column(BigId, ForeignKey("accounts.id"))

    @declared_attr
    @classmethod
    def decider_id(cls) -> Mapped[int | None]:
        return mapped_column(BigId, ForeignKey("accounts.id"))

    @declared_attr
    @classmethod
    def unit(cls) -> Mapped[Unit]:
        return relationship(lazy="joined", innerjoin=True)

    @declared_attr
    @classmethod
    def maker(cls) -> Mapped[Account]:
        return relationship(foreign_keys=[cls.maker_id])

    @declared_attr
    @classmethod
    def decider(cls) -> Mapped[Account | None]:
        return relationship(foreign_keys=[cls.decider_id])

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, object]:
        return {} if cls.__name__ == "Entry" else {"version_id_col": cls.__table__.c.row_version}

    @property
    def bases(self) -> list[Decision]:
        """The decisions that it rests on; the list of the commended has none."""
        return []

    def units_for(self, permission: Permission) -> list[Unit]:
        """The unit that keeps the list."""
        return [self.unit]


def _checks(*more: CheckConstraint) -> tuple[CheckConstraint, ...]:
    return (
        CheckConstraint("decider_id IS NULL OR decider_id <> maker_id", name="two_people"),
        CheckConstraint(
            "state NOT IN ('decided', 'published') OR "
            "(notified_on IS NOT NULL AND decider_id IS NOT NULL AND decided_on IS NOT NULL)",
            name="decided_after_notice",
        ),
        CheckConstraint("state <> 'published' OR published_at IS NOT NULL", name="published_has_time"),
        CheckConstraint("(state = 'ended') = (ended_at IS NOT NULL)", name="ended_has_time"),
        CheckConstraint("(ended_at IS NULL) = (end_kind IS NULL)", name="ended_has_kind"),
        *more,
    )


def _one_at_a_time(table: str) -> Index:
    """A company is on a list once, and on its way onto it once."""
    live = text("state NOT IN ('ended', 'dropped')")
    return Index(f"uq_{table}_one_live", "uscc", unique=True, sqlite_where=live, postgresql_where=live)


serious_bases = _bases("serious_bases", "serious_entries")
infringer_bases = _bases("infringer_bases", "infringer_entries")


class SeriousEntry(Entry):
    """严重违法失信名单 (总局令第44号): measures follow, so every step of the procedure is kept."""

    __tablename__ = "serious_entries"
    kind = ListKind.SERIOUS

    hearing: Mapped[Hearing | None] = mapped_column(string_enum(Hearing))
    heard_on: Mapped[dt.date | None] = mapped_column(Date)
    consent_by: Mapped[str | None] = mapped_column(String(200), comment="the superior authority")
    consent_number: Mapped[str | None] = mapped_column(String(128))
    consent_on: Mapped[dt.date | None] = mapped_column(Date)
    needs_consent: Mapped[bool] = mapped_column(
        default=True, server_default=true(), comment="whether the unit's level needs its superior's consent"
    )
    restricted_until_on: Mapped[dt.date | None] = mapped_column(
        Date, comment="last day of the restrictions that the penalty imposes"
    )
    restored_from_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("serious_entries.id"))

    decisions: Mapped[list[Decision]] = relationship(secondary=serious_bases, order_by=Decision.decided_on)
    requests: Mapped[list[RemovalRequest]] = relationship(
        back_populates="entry", order_by="RemovalRequest.id", lazy="selectin"
    )

    __table_args__ = (
        *_checks(
            CheckConstraint(
                "state NOT IN ('consented', 'decided', 'published') OR (heard_on IS NOT NULL AND hearing IS NOT NULL "
                "AND (NOT needs_consent OR (consent_by IS NOT NULL AND consent_number IS NOT NULL "
                "AND consent_on IS NOT NULL)))",
                name="consented_after_hearing",
            ),
            CheckConstraint("state <> 'published' OR ends_on IS NOT NULL", name="published_has_end"),
        ),
        _one_at_a_time("serious_entries"),
    )

    @property
    def bases(self) -> list[Decision]:
        return self.decisions

    @property
    def open_request(self) -> RemovalRequest | None:
        """The request for early removal that waits for an answer."""
        return next((one for one in self.requests if one.decided_at is None), None)


class RemovalRequest(Base):
    """申请提前移出 (总局令第44号 Art 16, 17): asked, accepted once the material is complete, answered by another person."""

    __tablename__ = "removal_requests"

    id: Mapped[Identifier]
    entry_id: Mapped[int] = mapped_column(BigId, ForeignKey("serious_entries.id"), index=True)
    asked_on: Mapped[dt.date] = mapped_column(Date)
    accepted_on: Mapped[dt.date | None] = mapped_column(
        Date, comment="application, promise and proof are there"
    )
    noted_by_id: Mapped[int] = mapped_column(BigId, ForeignKey("accounts.id"))
    decided_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("accounts.id"))
    decided_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    is_granted: Mapped[bool | None]
    answer: Mapped[str] = mapped_column(Text, default="", comment="with the grounds; the company is told")

    entry: Mapped[SeriousEntry] = relationship(back_populates="requests")

    __table_args__ = (
        CheckConstraint(
            "(decided_at IS NULL) = (is_granted IS NULL) AND (decided_at IS NULL OR answer <> '')",
            name="decided_whole",
        ),
        CheckConstraint("decided_by_id <> noted_by_id", name="two_people"),
        CheckConstraint(
            "is_granted IS NULL OR NOT is_granted OR accepted_on IS NOT NULL", name="granted_was_accepted"
        ),
        CheckConstraint("accepted_on >= asked_on", name="accepted_after_asked"),
        Index(
            "uq_removal_requests_one_open",
            "entry_id",
            unique=True,
            sqlite_where=text("decided_at IS NULL"),
            postgresql_where=text("decided_at IS NULL"),
        ),
    )


class InfringerEntry(Entry):
    """重复侵权、故意侵权企业名录: told to the public, nothing follows from it; no longer public than what it rests on."""

    __tablename__ = "infringer_entries"
    kind = ListKind.INFRINGERS

    decisions: Mapped[list[Decision]] = relationship(secondary=infringer_bases, order_by=Decision.decided_on)

    __table_args__ = (*_checks(), _one_at_a_time("infringer_entries"))

    @property
    def bases(self) -> list[Decision]:
        return self.decisions


class CommendedEntry(Entry):
    """守信红榜: rests on no decision, and on there being none."""

    __tablename__ = "commended_entries"
    kind = ListKind.COMMENDED

    __table_args__ = (*_checks(), _one_at_a_time("commended_entries"))


TABLES: dict[ListKind, type[SeriousEntry | InfringerEntry | CommendedEntry]] = {
    ListKind.SERIOUS: SeriousEntry,
    ListKind.INFRINGERS: InfringerEntry,
    ListKind.COMMENDED: CommendedEntry,
}
