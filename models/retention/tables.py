"""What retention keeps: holds on cases, lists proposed for destruction, and the certificate of what was done."""

from __future__ import annotations

import datetime as dt
import enum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.cases.tables import Case
from models.filings.signing import KEY_ID_LENGTH
from models.people.tables import Account
from models.types import BigId, Identifier, UTCDateTime, string_enum

IN_FORCE = "lifted_at IS NULL"


class DisposalState(enum.StrEnum):
    """How far a list has come."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    REJECTED = "rejected"
    DONE = "done"


class Fate(enum.StrEnum):
    """What became of one case of a list."""

    WAITING = "waiting"
    DESTROYED = "destroyed"
    KEPT = "kept"  # held, or no longer due when its turn came


DISPOSAL_LABELS: dict[DisposalState, str] = {
    DisposalState.PROPOSED: "待审批",
    DisposalState.APPROVED: "已批准，正在执行",
    DisposalState.REJECTED: "不批准",
    DisposalState.DONE: "已执行",
}

FATE_LABELS: dict[Fate, str] = {
    Fate.WAITING: "等待",
    Fate.DESTROYED: "已销毁",
    Fate.KEPT: "没有销毁",
}


class RetentionHold(Base):
    """暂缓销毁: a case that is not destroyed while this is in force, whatever its schedule says."""

    __tablename__ = "retention_holds"

    id: Mapped[Identifier]
    case_id: Mapped[int] = mapped_column(BigId, ForeignKey("cases.id"))
    words: Mapped[str] = mapped_column(String(500), comment="why: a lawsuit, a review, an audit")
    placed_by_id: Mapped[int] = mapped_column(BigId, ForeignKey("accounts.id"))
    placed_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)
    lifted_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("accounts.id"))
    lifted_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)

    case: Mapped[Case] = relationship()
    placed_by: Mapped[Account] = relationship(foreign_keys=[placed_by_id])

    __table_args__ = (
        CheckConstraint("words <> ''", name="has_words"),
        CheckConstraint("(lifted_at IS NULL) = (lifted_by_id IS NULL)", name="lifted_by_somebody"),
        Index(
            "uq_retention_holds_one",
            "case_id",
            unique=True,
            sqlite_where=text(IN_FORCE),
            postgresql_where=text(IN_FORCE),
        ),
    )


class Disposal(Base):
    """销毁清册: cases whose time is over, proposed by one person, approved by another, destroyed by the worker."""

    __tablename__ = "disposals"

    id: Mapped[Identifier]
    schedule: Mapped[str] = mapped_column(String(40), comment="key in profiles/retention.toml")
    terms: Mapped[str] = mapped_column(Text, comment="title, years, basis as they stood when proposed")
    state: Mapped[DisposalState] = mapped_column(string_enum(DisposalState))
    proposed_by_id: Mapped[int] = mapped_column(BigId, ForeignKey("accounts.id"))
    proposed_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("accounts.id"))
    decided_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    answer: Mapped[str] = mapped_column(String(500), default="", comment="why it was rejected")
    done_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    certificate: Mapped[str | None] = mapped_column(Text, comment="canonical JSON; no personal data")
    signature: Mapped[str | None] = mapped_column(String(128), comment="64 bytes in hexadecimal")
    key_id: Mapped[str | None] = mapped_column(String(KEY_ID_LENGTH))

    proposed_by: Mapped[Account] = relationship(foreign_keys=[proposed_by_id])
    decided_by: Mapped[Account | None] = relationship(foreign_keys=[decided_by_id])
    items: Mapped[list[DisposalItem]] = relationship(back_populates="disposal", order_by="DisposalItem.id")

    __table_args__ = (
        CheckConstraint("decided_by_id <> proposed_by_id", name="two_people"),
        CheckConstraint(
            "(state = 'proposed') = (decided_at IS NULL) AND (decided_at IS NULL) = (decided_by_id IS NULL)",
            name="decided_whole",
        ),
        CheckConstraint("state <> 'rejected' OR answer <> ''", name="rejected_has_answer"),
        CheckConstraint(
            "(state = 'done') = (done_at IS NOT NULL) AND (done_at IS NULL) = (certificate IS NULL)"
            " AND (done_at IS NULL) = (signature IS NULL) AND (done_at IS NULL) = (key_id IS NULL)",
            name="done_is_certified",
        ),
    )


class DisposalItem(Base):
    """One case of a list. `hashes` are what the certificate proves: digests of what is gone."""

    __tablename__ = "disposal_items"

    id: Mapped[Identifier]
    disposal_id: Mapped[int] = mapped_column(BigId, ForeignKey("disposals.id"))
    case_id: Mapped[int] = mapped_column(BigId, ForeignKey("cases.id"), index=True)
    fate: Mapped[Fate] = mapped_column(string_enum(Fate), default=Fate.WAITING)
    hashes: Mapped[str] = mapped_column(Text, default="", comment="SHA-256, one a line: content, then files")

    disposal: Mapped[Disposal] = relationship(back_populates="items")
    case: Mapped[Case] = relationship(lazy="joined", innerjoin=True)

    __table_args__ = (
        UniqueConstraint("disposal_id", "case_id"),
        CheckConstraint("(fate = 'destroyed') = (hashes <> '')", name="destroyed_is_named"),
    )
