"""A mediation of a case: who agreed and how, who mediates, each session, objections to the mediator, tests of goods."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.cases.mediation.terms import (
    PARTIES,
    Chosen,
    ConsentWay,
    ExamKind,
    Result,
    SessionWay,
    Side,
    Writing,
)
from models.cases.response.tables import Invitation
from models.cases.tables import Case
from models.people.tables import Account
from models.types import BigId, Identifier, UTCDateTime, string_enum

_OPEN = text("ended_at IS NULL")
_PENDING = text("decided_at IS NULL")
_AT_THE_BODY = text("to_on IS NULL")


class Mediation(Base):
    """调解, from asking both sides to the agreement or the end. `words` is what the filer reads of the offer."""

    __tablename__ = "mediations"

    id: Mapped[Identifier]
    case_id: Mapped[int] = mapped_column(BigId, ForeignKey("cases.id"), index=True)
    invitation_id: Mapped[int | None] = mapped_column(
        BigId, ForeignKey("invitations.id"), unique=True, comment="the link by which the other side answers"
    )
    words: Mapped[str] = mapped_column(Text)
    offered_by_id: Mapped[int] = mapped_column(BigId, ForeignKey("accounts.id"))
    offered_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)
    entrusted_to: Mapped[str | None] = mapped_column(
        String(200), comment="the organisation proposed (Art 19)"
    )
    entrusted_scope: Mapped[str | None] = mapped_column(Text)
    filer_agreed_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    respondent_agreed_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    is_entrusted: Mapped[bool] = mapped_column(default=False)
    mediator_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("accounts.id"))
    mediator_name: Mapped[str | None] = mapped_column(String(100), comment="what both sides are told")
    begun_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    ended_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    result: Mapped[Result | None] = mapped_column(string_enum(Result))
    agreement: Mapped[str | None] = mapped_column(Text)
    writing: Mapped[Writing | None] = mapped_column(string_enum(Writing))

    case: Mapped[Case] = relationship(lazy="joined", innerjoin=True)
    invitation: Mapped[Invitation | None] = relationship()
    consents: Mapped[list[Consent]] = relationship(order_by="Consent.id", lazy="selectin")
    sessions: Mapped[list[MediationSession]] = relationship(order_by="MediationSession.id", lazy="selectin")
    objections: Mapped[list[MediatorObjection]] = relationship(
        order_by="MediatorObjection.id", lazy="selectin"
    )
    tests: Mapped[list[MediationTest]] = relationship(order_by="MediationTest.id", lazy="selectin")

    __table_args__ = (
        CheckConstraint("length(words) > 0", name="has_words"),
        CheckConstraint("(entrusted_to IS NULL) = (entrusted_scope IS NULL)", name="entrusting_has_scope"),
        CheckConstraint("NOT is_entrusted OR entrusted_to IS NOT NULL", name="entrusted_to_somebody"),
        CheckConstraint(
            "begun_at IS NULL OR (filer_agreed_at IS NOT NULL AND respondent_agreed_at IS NOT NULL)",
            name="both_agreed",
        ),
        CheckConstraint("(begun_at IS NULL) = (mediator_name IS NULL)", name="begun_has_mediator"),
        CheckConstraint("(ended_at IS NULL) = (result IS NULL)", name="over_has_result"),
        CheckConstraint(
            "(result IS NOT NULL AND result = 'settled') = (agreement IS NOT NULL AND writing IS NOT NULL)",
            name="settled_has_agreement",
        ),
        CheckConstraint("agreement IS NULL OR begun_at IS NOT NULL", name="settled_was_mediated"),
        Index("uq_mediations_one_open", "case_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    def consent_of(self, side: Side) -> Consent | None:
        """What a side said last."""
        return next((one for one in reversed(self.consents) if one.side is side), None)

    @property
    def both_agree(self) -> bool:
        """Whether mediation may begin (Art 18)."""
        return all((found := self.consent_of(side)) is not None and found.agrees for side in PARTIES)

    @property
    def both_entrust(self) -> bool:
        """Whether the organisation proposed may mediate (Art 19)."""
        said = [self.consent_of(side) for side in PARTIES]
        return self.entrusted_to is not None and all(one is not None and one.entrusts for one in said)

    @property
    def pending_objection(self) -> MediatorObjection | None:
        """The objection to the mediator that waits for a decision: until then nobody mediates (Art 21)."""
        return next((one for one in self.objections if one.decided_at is None), None)

    @property
    def open_test(self) -> MediationTest | None:
        """What is at a testing body now."""
        return next((one for one in self.tests if one.to_on is None), None)

    @property
    def is_running(self) -> bool:
        """Begun and not over."""
        return self.begun_at is not None and self.ended_at is None

    @property
    def held(self) -> list[MediationSession]:
        """The sessions that took place."""
        return [one for one in self.sessions if one.held_at is not None]


class Consent(Base):
    """同意与否: what a side said, how, and who wrote it down. Rows are added and never changed; the last one holds."""

    __tablename__ = "mediation_consents"

    id: Mapped[Identifier]
    mediation_id: Mapped[int] = mapped_column(BigId, ForeignKey("mediations.id"), index=True)
    side: Mapped[Side] = mapped_column(string_enum(Side))
    agrees: Mapped[bool]
    entrusts: Mapped[bool]
    way: Mapped[ConsentWay] = mapped_column(string_enum(ConsentWay))
    signed: Mapped[str | None] = mapped_column(String(100), comment="who answered for the company")
    recorded_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("accounts.id"))
    at: Mapped[dt.datetime] = mapped_column(UTCDateTime)

    recorded_by: Mapped[Account | None] = relationship()

    __table_args__ = (
        CheckConstraint("side IN ('filer', 'respondent')", name="is_a_party"),
        CheckConstraint("agrees OR NOT entrusts", name="entrusts_what_is_agreed"),
        CheckConstraint("(way = 'online') = (recorded_by_id IS NULL)", name="staff_sign_what_they_note"),
    )


class MediationSession(Base):
    """一次调解: arranged and told beforehand, then recorded as it was."""

    __tablename__ = "mediation_sessions"

    id: Mapped[Identifier]
    mediation_id: Mapped[int] = mapped_column(BigId, ForeignKey("mediations.id"), index=True)
    way: Mapped[SessionWay] = mapped_column(string_enum(SessionWay))
    planned_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)
    place: Mapped[str] = mapped_column(String(200), comment="or the line: which number, which meeting")
    told_at: Mapped[dt.datetime | None] = mapped_column(
        UTCDateTime, comment="when both sides were told; empty: not arranged before"
    )
    held_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    filer_came: Mapped[bool | None]
    respondent_came: Mapped[bool | None]
    helpers: Mapped[str | None] = mapped_column(String(300), comment="who was asked to help (Art 21)")
    record: Mapped[str | None] = mapped_column(Text, comment="调解记录, for staff")
    noted_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("accounts.id"))

    __table_args__ = (
        CheckConstraint("length(place) > 0", name="has_place"),
        CheckConstraint("told_at IS NOT NULL OR held_at IS NOT NULL", name="is_arranged_or_held"),
        CheckConstraint(
            "way <> 'on_site' OR (told_at IS NOT NULL AND told_at < planned_at)",
            name="on_site_is_told_before",
        ),
        CheckConstraint(
            "(held_at IS NULL) = (record IS NULL) AND (held_at IS NULL) = (filer_came IS NULL)"
            " AND (held_at IS NULL) = (respondent_came IS NULL) AND (held_at IS NULL) = (noted_by_id IS NULL)",
            name="held_is_recorded",
        ),
    )


class MediatorObjection(Base):
    """申请调解员回避 (Art 21), or the mediator's own; mediation rests until a head has decided."""

    __tablename__ = "mediator_objections"

    id: Mapped[Identifier]
    mediation_id: Mapped[int] = mapped_column(BigId, ForeignKey("mediations.id"), index=True)
    side: Mapped[Side] = mapped_column(string_enum(Side))
    mediator_name: Mapped[str] = mapped_column(String(100), comment="against whom")
    words: Mapped[str] = mapped_column(Text)
    at: Mapped[dt.datetime] = mapped_column(UTCDateTime)
    decided_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    is_granted: Mapped[bool | None]
    reasons: Mapped[str | None] = mapped_column(Text)
    decided_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("accounts.id"))

    __table_args__ = (
        CheckConstraint("length(words) > 0", name="has_words"),
        CheckConstraint(
            "(decided_at IS NULL) = (is_granted IS NULL) AND (decided_at IS NULL) = (reasons IS NULL)"
            " AND (decided_at IS NULL) = (decided_by_id IS NULL)",
            name="decided_has_reasons",
        ),
        Index(
            "uq_mediator_objections_one_pending",
            "mediation_id",
            unique=True,
            sqlite_where=_PENDING,
            postgresql_where=_PENDING,
        ),
    )


class MediationTest(Base):
    """鉴定、检测 (Art 22): by whom, who chose the body, who pays, and the days that are left out of the limit."""

    __tablename__ = "mediation_tests"

    id: Mapped[Identifier]
    mediation_id: Mapped[int] = mapped_column(BigId, ForeignKey("mediations.id"), index=True)
    kind: Mapped[ExamKind] = mapped_column(string_enum(ExamKind))
    body: Mapped[str] = mapped_column(String(200))
    chosen: Mapped[Chosen] = mapped_column(string_enum(Chosen))
    costs: Mapped[str] = mapped_column(String(500), comment="how both sides agreed to bear them")
    from_on: Mapped[dt.date]
    to_on: Mapped[dt.date | None]
    finding: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (
        CheckConstraint("length(body) > 0 AND length(costs) > 0", name="names_body_and_costs"),
        CheckConstraint("to_on IS NULL OR to_on > from_on", name="takes_time"),
        CheckConstraint("(to_on IS NULL) = (finding IS NULL)", name="over_has_finding"),
        Index(
            "uq_mediation_tests_one_open",
            "mediation_id",
            unique=True,
            sqlite_where=_AT_THE_BODY,
            postgresql_where=_AT_THE_BODY,
        ),
    )
