"""Referrals, the steps of each, and the links by which a procuratorate looks at them."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.cases.tables import Case
from models.people.permissions import Permission
from models.people.tables import Account, Unit
from models.referrals.states import OVER
from models.referrals.terms import Standing, Step
from models.signed_links import HANDLE_LENGTH
from models.types import BigId, Identifier, UTCDateTime, string_enum

_OVER = ", ".join(f"'{one}'" for one in sorted(OVER))
_GOES_ON = f"standing NOT IN ({_OVER})"
_BEFORE_DECISION = "standing = 'proposed'"
_BEFORE_HAND_OVER = "standing IN ('proposed', 'approved', 'declined')"


class Referral(Base):
    """移送: the report of two handlers, the head's decision, the pack, and where it stands with the police."""

    __tablename__ = "referrals"

    id: Mapped[Identifier]
    case_id: Mapped[int] = mapped_column(BigId, ForeignKey("cases.id"), index=True)
    standing: Mapped[Standing] = mapped_column(string_enum(Standing))
    police_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("units.id"), comment="同级公安机关 (移送规定 Art 5)"
    )
    procuratorate_id: Mapped[int | None] = mapped_column(
        BigId, ForeignKey("units.id"), index=True, comment="who gets a copy and looks on"
    )

    crime: Mapped[str] = mapped_column(String(200), comment="涉嫌罪名")
    facts: Mapped[str] = mapped_column(Text, comment="查明的事实")
    suspicion: Mapped[str] = mapped_column(
        Text, comment="合理嫌疑: which evidence, why the police are needed"
    )
    goods: Mapped[str] = mapped_column(Text, comment="涉案物品: one a line")
    evidence_ids: Mapped[list[int]] = mapped_column(JSON, comment="what goes along, originals")
    appraisal_ids: Mapped[list[int]] = mapped_column(JSON, comment="those among them that are 检验鉴定")
    first_handler_id: Mapped[int] = mapped_column(BigId, ForeignKey("accounts.id"))
    second_handler_id: Mapped[int] = mapped_column(BigId, ForeignKey("accounts.id"))
    proposed_by_id: Mapped[int] = mapped_column(BigId, ForeignKey("accounts.id"))
    proposed_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)

    decided_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("accounts.id"))
    decided_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    decline_reasons: Mapped[str | None] = mapped_column(Text, comment="put on record (移送规定 Art 5)")
    identity_reasons: Mapped[str | None] = mapped_column(
        Text, comment="why the head ordered that the pack names the filer; empty: it does not"
    )

    pack_key: Mapped[str | None] = mapped_column(
        String(64), unique=True, comment="the archive, without the paper that names the filer"
    )
    pack_size: Mapped[int | None] = mapped_column(BigId, comment="bytes of the whole archive")
    pack_sha256: Mapped[str | None] = mapped_column(String(64), comment="of the whole archive")
    pack_made_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    handed_over_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)

    case: Mapped[Case] = relationship(lazy="joined", innerjoin=True)
    police: Mapped[Unit] = relationship(foreign_keys=[police_id], lazy="joined", innerjoin=True)
    procuratorate: Mapped[Unit | None] = relationship(foreign_keys=[procuratorate_id], lazy="joined")
    first_handler: Mapped[Account] = relationship(foreign_keys=[first_handler_id])
    second_handler: Mapped[Account] = relationship(foreign_keys=[second_handler_id])
    decided_by: Mapped[Account | None] = relationship(foreign_keys=[decided_by_id])
    steps: Mapped[list[ReferralStep]] = relationship(
        back_populates="referral", order_by="ReferralStep.id", lazy="selectin"
    )

    __table_args__ = (
        CheckConstraint("first_handler_id <> second_handler_id", name="has_two_handlers"),
        CheckConstraint(
            "length(crime) > 0 AND length(facts) > 0 AND length(suspicion) > 0", name="has_report"
        ),
        CheckConstraint(f"({_BEFORE_DECISION}) = (decided_at IS NULL)", name="decided_has_time"),
        CheckConstraint("(decided_at IS NULL) = (decided_by_id IS NULL)", name="decided_by_somebody"),
        CheckConstraint(
            "decided_by_id IS NULL OR (decided_by_id <> first_handler_id"
            " AND decided_by_id <> second_handler_id AND decided_by_id <> proposed_by_id)",
            name="decided_by_another",
        ),
        CheckConstraint(
            "(standing = 'declined') = (decline_reasons IS NOT NULL)", name="declined_has_reasons"
        ),
        CheckConstraint(
            "(pack_key IS NULL) = (pack_sha256 IS NULL) AND (pack_key IS NULL) = (pack_size IS NULL)"
            " AND (pack_key IS NULL) = (pack_made_at IS NULL)",
            name="pack_is_whole",
        ),
        CheckConstraint(
            f"({_BEFORE_HAND_OVER}) = (handed_over_at IS NULL) AND (handed_over_at IS NULL OR pack_key IS NOT NULL)",
            name="handed_over_with_pack",
        ),
        Index(
            "uq_referrals_one_open",
            "case_id",
            unique=True,
            sqlite_where=text(_GOES_ON),
            postgresql_where=text(_GOES_ON),
        ),
    )

    @property
    def is_over(self) -> bool:
        return self.standing in OVER

    @property
    def names_filer(self) -> bool:
        """Whether the head ordered that the pack says who filed."""
        return self.identity_reasons is not None

    def units_for(self, permission: Permission) -> list[Unit]:
        """As the case's."""
        return self.case.units_for(permission)

    def bars(self, account: Account) -> bool:
        """Whoever is kept out of the case is kept out of its referral."""
        return self.case.bars(account)


class ReferralStep(Base):
    """One step: when it happened in fact, when and by whom it was written down. Rows are added and never changed."""

    __tablename__ = "referral_steps"

    id: Mapped[Identifier]
    referral_id: Mapped[int] = mapped_column(BigId, ForeignKey("referrals.id"), index=True)
    step: Mapped[Step] = mapped_column(string_enum(Step))
    at: Mapped[dt.datetime] = mapped_column(UTCDateTime, comment="when it happened: clocks start here")
    document: Mapped[str] = mapped_column(String(100), default="", comment="文号 of the paper behind it")
    words: Mapped[str] = mapped_column(Text, default="")
    noted_by_id: Mapped[int] = mapped_column(BigId, ForeignKey("accounts.id"))
    noted_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)

    referral: Mapped[Referral] = relationship(back_populates="steps")
    noted_by: Mapped[Account] = relationship()

    __table_args__ = (CheckConstraint("at <= noted_at", name="noted_afterwards"),)


class ReferralWatch(Base):
    """The link of a procuratorate: it shows every referral of which that office gets a copy, until it expires."""

    __tablename__ = "referral_watches"

    id: Mapped[Identifier]
    unit_id: Mapped[int] = mapped_column(BigId, ForeignKey("units.id"), index=True)
    handle: Mapped[str] = mapped_column(
        String(HANDLE_LENGTH), unique=True, comment="in the link, with a keyed digest"
    )
    made_by_id: Mapped[int] = mapped_column(BigId, ForeignKey("accounts.id"))
    made_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)
    expires_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)
    revoked_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)

    unit: Mapped[Unit] = relationship(lazy="joined", innerjoin=True)
    made_by: Mapped[Account] = relationship()

    __table_args__ = (CheckConstraint("expires_at > made_at", name="is_good_for_a_while"),)

    def is_open(self, now: dt.datetime) -> bool:
        """Whether it still shows anything."""
        return self.revoked_at is None and now < self.expires_at
