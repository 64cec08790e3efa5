"""A reward 举报奖励 of a report. Nothing of it is ever published; who is paid is sealed and forgotten with the payment."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, Numeric, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.cases.tables import Case
from models.people.permissions import Permission
from models.people.tables import Account, Unit
from models.rewards.terms import PayWay, RewardState
from models.types import BigId, Identifier, UTCDateTime, beijing_date, string_enum

_STANDS = text("state <> 'refused'")


class Reward(Base):
    """One proposal and what became of it. The four statements of eligibility are ticked by the proposer, all of them."""

    __tablename__ = "rewards"

    id: Mapped[Identifier]
    case_id: Mapped[int] = mapped_column(BigId, ForeignKey("cases.id"), index=True)
    state: Mapped[RewardState] = mapped_column(string_enum(RewardState))
    scheme: Mapped[str] = mapped_column(String(40))
    level: Mapped[int]
    decision_number: Mapped[str] = mapped_column(String(100), comment="the penalty decision, as written")
    decision_key: Mapped[str] = mapped_column(
        String(100), comment="the same to compare: one reward a decision"
    )
    fined: Mapped[Decimal] = mapped_column(Numeric(14, 2), comment="yuan fined and confiscated")
    amount: Mapped[Decimal] = mapped_column(Numeric(14, 2), comment="yuan, by the scheme")
    people: Mapped[int] = mapped_column(
        default=1, server_default="1", comment="how many reported together and share the amount"
    )
    concluded_on: Mapped[dt.date | None] = mapped_column(
        comment="查处结案; empty: proposed before it was asked for"
    )
    is_natural_person: Mapped[bool]
    is_not_infringed: Mapped[bool] = mapped_column(comment="nor the agent of whoever is")
    is_not_interested: Mapped[bool]
    is_not_on_duty: Mapped[bool] = mapped_column(comment="no official whose duty it was to find it")
    reasons: Mapped[str] = mapped_column(Text)
    proposed_by_id: Mapped[int] = mapped_column(BigId, ForeignKey("accounts.id"))
    proposed_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("accounts.id"))
    decided_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    decision_reasons: Mapped[str | None] = mapped_column(Text, comment="of a refusal, told to the reporter")
    claim_until: Mapped[dt.date | None] = mapped_column(comment="the last day of a claim")
    claimed_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    pay_way: Mapped[PayWay | None] = mapped_column(string_enum(PayWay))
    payee_sealed: Mapped[bytes | None] = mapped_column(LargeBinary, comment="gone once it is paid")
    paid_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    paid_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("accounts.id"))
    voucher: Mapped[str | None] = mapped_column(String(100), unique=True, comment="number of the payment")
    over_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime, comment="when it was given up")
    version: Mapped[int] = mapped_column()

    case: Mapped[Case] = relationship(lazy="joined", innerjoin=True)
    proposed_by: Mapped[Account] = relationship(foreign_keys=[proposed_by_id])
    decided_by: Mapped[Account | None] = relationship(foreign_keys=[decided_by_id])

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - the base class declares it so
    __table_args__ = (
        CheckConstraint(
            "is_natural_person AND is_not_infringed AND is_not_interested AND is_not_on_duty", name="eligible"
        ),
        CheckConstraint("amount > 0 AND fined >= 0", name="amounts_are_money"),
        CheckConstraint("people > 0", name="somebody_reported"),
        CheckConstraint("decided_by_id IS NULL OR decided_by_id <> proposed_by_id", name="two_people_decide"),
        CheckConstraint("paid_by_id IS NULL OR paid_by_id <> decided_by_id", name="two_people_pay"),
        CheckConstraint(
            "(state = 'proposed') = (decided_at IS NULL) AND (decided_at IS NULL) = (decided_by_id IS NULL)",
            name="decided_by_somebody",
        ),
        CheckConstraint(
            "state <> 'refused' OR (decision_reasons IS NOT NULL AND length(decision_reasons) > 0)",
            name="refused_has_reasons",
        ),
        CheckConstraint(
            "(state IN ('granted', 'claimed', 'paid', 'given_up')) = (claim_until IS NOT NULL)",
            name="granted_has_limit",
        ),
        CheckConstraint("(state IN ('claimed', 'paid')) = (claimed_at IS NOT NULL)", name="claimed_has_time"),
        CheckConstraint("(claimed_at IS NULL) = (pay_way IS NULL)", name="claimed_says_how"),
        CheckConstraint(
            "payee_sealed IS NULL OR (state = 'claimed' AND pay_way = 'transfer')", name="payee_is_forgotten"
        ),
        CheckConstraint(
            "(state = 'paid') = (paid_at IS NOT NULL) AND (paid_at IS NULL) = (voucher IS NULL)"
            " AND (paid_at IS NULL) = (paid_by_id IS NULL)",
            name="paid_has_voucher",
        ),
        CheckConstraint("(state = 'given_up') = (over_at IS NOT NULL)", name="given_up_has_time"),
        Index(
            "uq_rewards_one_a_case", "case_id", unique=True, sqlite_where=_STANDS, postgresql_where=_STANDS
        ),
        Index(
            "uq_rewards_one_a_decision",
            "decision_key",
            unique=True,
            sqlite_where=_STANDS,
            postgresql_where=_STANDS,
        ),
        Index("ix_rewards_state", "state", "id"),
    )

    @property
    def has_lapsed(self) -> bool:
        """Whether it ended because nobody claimed it in time, and not because the reporter declined."""
        over_on = beijing_date(self.over_at) if self.over_at else None
        return over_on is not None and self.claim_until is not None and over_on > self.claim_until

    def units_for(self, permission: Permission) -> list[Unit]:
        """Those of its case."""
        return self.case.units_for(permission)

    def bars(self, account: Account) -> bool:
        """Whoever is kept out of the case is kept out of its reward."""
        return self.case.bars(account)
