"""The experts of the pool, and the questions put to them with the opinions that they signed."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, Numeric, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.cases.tables import Case
from models.experts.terms import ExpertKind, RequestState
from models.people.permissions import Permission
from models.people.tables import Account, Unit
from models.types import BigId, Identifier, UTCDateTime, string_enum

_WAITS = text("state IN ('asked', 'accepted')")


class Expert(Base):
    """专家, a volunteer or an appraisal body, for a term.

    `fields` are kinds of right, `regions` codes of GB/T 2260, `countries` codes of ISO 3166.

    `interests` are those with whom the expert has something to do – the employer stands apart – one a line.
    """

    __tablename__ = "experts"

    id: Mapped[Identifier]
    unit_id: Mapped[int] = mapped_column(BigId, ForeignKey("units.id"), index=True, comment="who keeps it")
    kind: Mapped[ExpertKind] = mapped_column(
        string_enum(ExpertKind), default=ExpertKind.EXPERT, server_default=ExpertKind.EXPERT.value
    )
    name: Mapped[str] = mapped_column(String(100))
    employer: Mapped[str] = mapped_column(String(200))
    employer_uscc: Mapped[str | None] = mapped_column(String(18))
    interests: Mapped[str] = mapped_column(Text, default="")
    contact: Mapped[str] = mapped_column(String(200), comment="telephone or mail, for staff alone")
    speciality: Mapped[str] = mapped_column(String(200), default="")
    fields: Mapped[list[str]] = mapped_column(JSON)
    regions: Mapped[list[str]] = mapped_column(JSON, comment="none: wherever")
    countries: Mapped[list[str]] = mapped_column(JSON, comment="whose law the expert knows besides")
    from_on: Mapped[dt.date]
    until_on: Mapped[dt.date] = mapped_column(comment="the last day of the term")
    added_by_id: Mapped[int] = mapped_column(BigId, ForeignKey("accounts.id"))
    added_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)
    left_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    left_reasons: Mapped[str | None] = mapped_column(Text)
    version: Mapped[int] = mapped_column()

    unit: Mapped[Unit] = relationship(lazy="joined", innerjoin=True)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - the base class declares it so
    __table_args__ = (
        CheckConstraint("length(name) > 0 AND length(employer) > 0", name="is_somebody"),
        CheckConstraint("until_on >= from_on", name="term_has_days"),
        CheckConstraint("(left_at IS NULL) = (left_reasons IS NULL)", name="left_with_reasons"),
        Index("ix_experts_until_on", "until_on", "id"),
    )

    def serves_on(self, day: dt.date) -> bool:
        """Whether the Beijing day lies in the term."""
        return self.left_at is None and self.from_on <= day <= self.until_on

    def units_for(self, permission: Permission) -> list[Unit]:
        """The unit that keeps the entry."""
        return [self.unit]


class ExpertRequest(Base):
    """A question about a case to one expert, the link by which it is answered, and the signed opinion.

    The expert reads `question` and the chosen copies, nothing else of the case. What was signed never changes: its
    digest stands here and in the ledger.
    """

    __tablename__ = "expert_requests"

    id: Mapped[Identifier]
    case_id: Mapped[int] = mapped_column(BigId, ForeignKey("cases.id"), index=True)
    expert_id: Mapped[int] = mapped_column(BigId, ForeignKey("experts.id"), index=True)
    state: Mapped[RequestState] = mapped_column(string_enum(RequestState))
    handle: Mapped[str] = mapped_column(
        String(16), unique=True, comment="in the link, with a keyed digest; a new one at each sending"
    )
    question: Mapped[str] = mapped_column(Text)
    file_ids: Mapped[list[int]] = mapped_column(JSON, comment="evidence whose sanitised copy goes with it")
    fee: Mapped[Decimal] = mapped_column(Numeric(12, 2), comment="yuan agreed on; 0: without pay")
    made_by_id: Mapped[int] = mapped_column(BigId, ForeignKey("accounts.id"))
    made_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)
    sent_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)
    expires_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)
    answered_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime, comment="accepted or declined")
    reasons: Mapped[str | None] = mapped_column(Text, comment="why it was declined or taken back")
    opinion: Mapped[str | None] = mapped_column(Text)
    signed: Mapped[str | None] = mapped_column(String(100), comment="the name as the expert typed it")
    signed_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    opinion_sha256: Mapped[str | None] = mapped_column(String(64))
    paid_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    paid_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("accounts.id"))
    voucher: Mapped[str | None] = mapped_column(String(80), unique=True, comment="number of the payment")
    version: Mapped[int] = mapped_column()

    case: Mapped[Case] = relationship(lazy="joined", innerjoin=True)
    expert: Mapped[Expert] = relationship(lazy="joined", innerjoin=True)
    made_by: Mapped[Account] = relationship(foreign_keys=[made_by_id])

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - the base class declares it so
    __table_args__ = (
        CheckConstraint("length(question) > 0", name="has_question"),
        CheckConstraint("fee >= 0", name="fee_is_money"),
        CheckConstraint("expires_at > sent_at", name="is_good_for_a_while"),
        CheckConstraint(
            "state NOT IN ('accepted', 'given', 'declined') OR answered_at IS NOT NULL",
            name="answered_has_time",
        ),
        CheckConstraint(
            "(state IN ('declined', 'cancelled')) = (reasons IS NOT NULL)", name="over_has_reasons"
        ),
        CheckConstraint(
            "(state = 'given') = (opinion IS NOT NULL) AND (opinion IS NULL) = (signed IS NULL)"
            " AND (opinion IS NULL) = (signed_at IS NULL) AND (opinion IS NULL) = (opinion_sha256 IS NULL)",
            name="opinion_is_signed",
        ),
        CheckConstraint(
            "(paid_at IS NULL) = (voucher IS NULL) AND (paid_at IS NULL) = (paid_by_id IS NULL)",
            name="paid_has_voucher",
        ),
        CheckConstraint("paid_at IS NULL OR (state = 'given' AND fee > 0)", name="paid_for_an_opinion"),
        CheckConstraint("paid_by_id IS NULL OR paid_by_id <> made_by_id", name="two_people_pay"),
        Index(
            "uq_expert_requests_one_waits",
            "case_id",
            "expert_id",
            unique=True,
            sqlite_where=_WAITS,
            postgresql_where=_WAITS,
        ),
        Index("ix_expert_requests_state", "state", "id"),
    )

    def is_open(self, now: dt.datetime) -> bool:
        """Whether the expert can still answer by the link."""
        is_waiting = self.state in (RequestState.ASKED, RequestState.ACCEPTED)
        return is_waiting and now < self.expires_at and not self.case.has_ended

    def units_for(self, permission: Permission) -> list[Unit]:
        """Those of its case."""
        return self.case.units_for(permission)

    def bars(self, account: Account) -> bool:
        """Whoever is kept out of the case is kept out of what is asked about it."""
        return self.case.bars(account)
