"""The link by which an outside body answers, and what it answered. No secret is kept: see `links`."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.cases.outside.terms import Standing
from models.cases.tables import Case, Transfer
from models.filings.tables import Evidence
from models.people.tables import Account, Unit
from models.types import BigId, Identifier, UTCDateTime

HANDLE_LENGTH = 16


class OutsideLink(Base):
    """A transfer or a letter 协作函 as its outside receiver sees it: the words, the files that go with it, until when.

    Of a transfer the transfer itself says whether it was acknowledged or returned, because an officer may note that too;
    of a letter the columns here say it.
    """

    __tablename__ = "outside_links"

    id: Mapped[Identifier]
    case_id: Mapped[int] = mapped_column(BigId, ForeignKey("cases.id"), index=True)
    unit_id: Mapped[int] = mapped_column(BigId, ForeignKey("units.id"), comment="the outside body")
    transfer_id: Mapped[int | None] = mapped_column(
        BigId, ForeignKey("transfers.id"), unique=True, comment="empty: a letter"
    )
    kind: Mapped[str | None] = mapped_column(
        String(40), comment="of a letter, as in profiles/letters.toml; empty: a transfer"
    )
    handle: Mapped[str] = mapped_column(
        String(HANDLE_LENGTH),
        unique=True,
        comment="in the link, with a keyed digest; a new one at each sending",
    )
    words: Mapped[str] = mapped_column(
        Text, comment="what the body reads; nothing else of the matter is shown"
    )
    file_ids: Mapped[list[int]] = mapped_column(JSON, comment="evidence whose sanitised copy goes with it")
    made_by_id: Mapped[int] = mapped_column(BigId, ForeignKey("accounts.id"))
    made_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)
    sent_at: Mapped[dt.datetime] = mapped_column(UTCDateTime, comment="when the present link was made")
    expires_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)
    revoked_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    acknowledged_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    returned_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    return_reasons: Mapped[str | None] = mapped_column(Text)

    case: Mapped[Case] = relationship(lazy="joined", innerjoin=True)
    unit: Mapped[Unit] = relationship(lazy="joined", innerjoin=True)
    transfer: Mapped[Transfer | None] = relationship(lazy="joined")
    made_by: Mapped[Account] = relationship()
    replies: Mapped[list[OutsideReply]] = relationship(
        back_populates="link", order_by="OutsideReply.id", lazy="selectin"
    )

    __table_args__ = (
        CheckConstraint("(transfer_id IS NULL) = (kind IS NOT NULL)", name="letter_has_kind"),
        CheckConstraint("length(words) > 0", name="has_words"),
        CheckConstraint("expires_at > sent_at", name="is_good_for_a_while"),
        CheckConstraint("(returned_at IS NULL) = (return_reasons IS NULL)", name="return_has_reasons"),
        CheckConstraint("acknowledged_at IS NULL OR returned_at IS NULL", name="taken_or_returned"),
        CheckConstraint(
            "transfer_id IS NULL OR (acknowledged_at IS NULL AND returned_at IS NULL)",
            name="of_a_transfer_the_transfer_says",
        ),
    )

    @property
    def taken_at(self) -> dt.datetime | None:
        """When the body, or an officer for it, acknowledged."""
        return self.transfer.acknowledged_at if self.transfer else self.acknowledged_at

    @property
    def given_back_at(self) -> dt.datetime | None:
        """When it was returned."""
        return self.transfer.returned_at if self.transfer else self.returned_at

    @property
    def why_given_back(self) -> str:
        """The reasons of a return, or nothing."""
        return (self.transfer.return_reasons if self.transfer else self.return_reasons) or ""

    def standing(self, now: dt.datetime) -> Standing:
        """How it stands at `now`; what cannot be undone is said before what a new link would mend."""
        if self.given_back_at:
            return Standing.RETURNED
        if self.transfer and self.transfer.recalled_at:
            return Standing.RECALLED
        if self.case.has_ended or self._went_on:
            return Standing.OVER
        if self.revoked_at:
            return Standing.REVOKED
        if now >= self.expires_at:
            return Standing.EXPIRED
        if self.replies:
            return Standing.ANSWERED
        return Standing.TAKEN if self.taken_at else Standing.WAITING

    @property
    def _went_on(self) -> bool:
        """Whether what was transferred to the body has left it again."""
        return bool(self.transfer and self.transfer.acknowledged_at and self.case.unit.id != self.unit.id)


class OutsideReply(Base):
    """回复: what the body wrote, with its papers. Rows are added and never changed."""

    __tablename__ = "outside_replies"

    id: Mapped[Identifier]
    link_id: Mapped[int] = mapped_column(BigId, ForeignKey("outside_links.id"), index=True)
    signed: Mapped[str] = mapped_column(
        String(100), comment="who wrote it, as the body says: office and person"
    )
    body: Mapped[str] = mapped_column(Text)
    at: Mapped[dt.datetime] = mapped_column(UTCDateTime)

    link: Mapped[OutsideLink] = relationship(back_populates="replies")
    papers: Mapped[list[Evidence]] = relationship(
        primaryjoin=lambda: OutsideReply.id == Evidence.outside_reply_id,
        order_by=Evidence.id,
        lazy="selectin",
        viewonly=True,
    )

    __table_args__ = (
        CheckConstraint("length(body) > 0", name="has_body"),
        CheckConstraint("length(signed) > 0", name="is_signed"),
    )
