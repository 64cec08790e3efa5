"""The tables of bulletins, and of the decisions that a typical case comments on."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.bulletins.kinds import BulletinKind, BulletinState, BulletinText
from models.cases.tables import Case
from models.decisions.tables import Decision, new_public_id
from models.filings.examined import UNEXAMINED, Examined, examined_checks
from models.people.permissions import Permission
from models.people.tables import Account, Unit
from models.types import BigId, Identifier, UTCDateTime, string_enum


class Bulletin(Base):
    """典型案例, 通知公告, 咨询解答 or 海外预警, in Chinese and, where somebody has written it, in English."""

    __tablename__ = "bulletins"

    id: Mapped[Identifier]
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    kind: Mapped[BulletinKind] = mapped_column(string_enum(BulletinKind))
    state: Mapped[BulletinState] = mapped_column(string_enum(BulletinState), default=BulletinState.DRAFT)
    row_version: Mapped[int] = mapped_column(comment="counts all changes, so that two at once are noticed")

    country: Mapped[str | None] = mapped_column(String(2), comment="of a warning: which country or region")
    title: Mapped[str] = mapped_column(String(80))
    summary: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    commentary: Mapped[str] = mapped_column(Text, default="", comment="典型意义")
    english_title: Mapped[str] = mapped_column(String(240), default="")
    english_summary: Mapped[str] = mapped_column(String(600), default="")
    english_body: Mapped[str] = mapped_column(Text, default="")
    english_commentary: Mapped[str] = mapped_column(Text, default="")

    unit_id: Mapped[int] = mapped_column(BigId, ForeignKey("units.id"), index=True)
    maker_id: Mapped[int] = mapped_column(BigId, ForeignKey("accounts.id"))
    reviewer_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("accounts.id"))
    return_reason: Mapped[str | None] = mapped_column(Text)
    withdrawal_reason: Mapped[str | None] = mapped_column(Text, comment="published; names no party")
    created_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)
    updated_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)
    published_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    withdrawn_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)

    unit: Mapped[Unit] = relationship(lazy="joined", innerjoin=True)
    maker: Mapped[Account] = relationship(foreign_keys=[maker_id])
    reviewer: Mapped[Account | None] = relationship(foreign_keys=[reviewer_id])
    pictures: Mapped[list[BulletinPicture]] = relationship(order_by="BulletinPicture.id", lazy="selectin")
    decisions: Mapped[list[Decision]] = relationship(
        secondary="bulletin_decisions", order_by=Decision.decided_on, viewonly=True
    )

    source: Mapped[BulletinSource | None] = relationship(back_populates="bulletin")

    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012 - SQLAlchemy reads it once
    __table_args__ = (
        CheckConstraint("reviewer_id IS NULL OR reviewer_id <> maker_id", name="two_people"),
        CheckConstraint(
            "(state IN ('published', 'withdrawn')) = (published_at IS NOT NULL AND reviewer_id IS NOT NULL)",
            name="published_has_reviewer",
        ),
        CheckConstraint(
            "(state = 'withdrawn') = (withdrawn_at IS NOT NULL AND withdrawal_reason IS NOT NULL)",
            name="withdrawn_has_reason",
        ),
        CheckConstraint("(kind = 'warning') = (country IS NOT NULL)", name="warning_has_country"),
        CheckConstraint("kind <> 'typical_case' OR commentary <> ''", name="case_has_commentary"),
        Index("ix_bulletins_newest", "kind", "state", "published_at"),
    )

    @property
    def chinese(self) -> BulletinText:
        return BulletinText(self.title, self.summary, self.body, self.commentary)

    @property
    def english(self) -> BulletinText:
        """Empty, and false, where nobody has written one."""
        return BulletinText(
            self.english_title, self.english_summary, self.english_body, self.english_commentary
        )

    def units_for(self, _permission: Permission) -> list[Unit]:
        """Those whose people may work on it."""
        return [self.unit]


class BulletinDecision(Base):
    """A decision that a typical case comments on."""

    __tablename__ = "bulletin_decisions"

    bulletin_id: Mapped[int] = mapped_column(BigId, ForeignKey("bulletins.id"), primary_key=True)
    decision_id: Mapped[int] = mapped_column(BigId, ForeignKey("decisions.id"), primary_key=True, index=True)


class BulletinSource(Base):
    """The consultation from which a guide was made. Nothing public tells of it."""

    __tablename__ = "bulletin_sources"

    bulletin_id: Mapped[int] = mapped_column(BigId, ForeignKey("bulletins.id"), primary_key=True)
    case_id: Mapped[int] = mapped_column(BigId, ForeignKey("cases.id"), index=True)

    bulletin: Mapped[Bulletin] = relationship(back_populates="source")
    case: Mapped[Case] = relationship()


class BulletinPicture(Examined, Base):
    """A picture, kept as it came; what is shown is the copy of it."""

    __tablename__ = "bulletin_pictures"

    id: Mapped[Identifier]
    bulletin_id: Mapped[int] = mapped_column(BigId, ForeignKey("bulletins.id"), index=True)
    words: Mapped[str] = mapped_column(String(200), comment="what it shows, for whoever does not see it")

    __table_args__ = (
        *examined_checks(),
        Index(
            "ix_bulletin_pictures_to_examine",
            "id",
            sqlite_where=text(UNEXAMINED),
            postgresql_where=text(UNEXAMINED),
        ),
    )
