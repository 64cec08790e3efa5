"""What the clocks keep: the calendar's years and days, rule versions, deadlines, and what moved them.

A deadline's ends are a cache of `deadlines.compute` over its rule version, its start, its suspensions and its
extensions; nothing here says "overdue", because that is a question about today.
"""

from __future__ import annotations

import datetime as dt
import enum
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
    and_,
    text,
)
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from models.base import Base
from models.clocks.calendar import DayKind
from models.clocks.deadlines import Computed
from models.clocks.request_tables import ExtensionRequest
from models.clocks.rules import Extension, Rule
from models.clocks.spans import Span
from models.clocks.terms import Confidence, Reason, StartEvent, Unit
from models.types import BigId, Identifier, UTCDateTime, string_enum

IS_OPEN = "met_at IS NULL AND cancelled_at IS NULL"


class Source(enum.StrEnum):
    """Where a row comes from. What an administrator wrote is never overwritten by loading."""

    FILE = "file"
    ADMIN = "admin"


class SubjectKind(enum.StrEnum):
    """What a deadline may stand on."""

    CASE = "case"
    DECISION = "decision"
    SERIOUS_ENTRY = "serious_entry"
    INFRINGER_ENTRY = "infringer_entry"
    COMMENDED_ENTRY = "commended_entry"
    LETTER = "letter"


class ClockRevision(Base):
    """A token that changes with the calendar or the rules, so that a process notices with one small query."""

    __tablename__ = "clock_revisions"

    name: Mapped[str] = mapped_column(String(16), primary_key=True, comment="calendar, rules")
    token: Mapped[str] = mapped_column(String(32))


class CalendarYear(Base):
    """A year whose holiday notice is known. Days that it doesn't name follow the plain week."""

    __tablename__ = "calendar_years"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    source: Mapped[str] = mapped_column(Text, comment="package and version, or address of the notice")
    loaded_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)


class CalendarDay(Base):
    """A day that deviates from the plain week, or that an administrator set."""

    __tablename__ = "calendar_days"

    on: Mapped[dt.date] = mapped_column("on_date", primary_key=True)
    kind: Mapped[DayKind] = mapped_column(string_enum(DayKind))
    name: Mapped[str] = mapped_column(String(80), default="")
    source: Mapped[Source] = mapped_column(string_enum(Source), default=Source.FILE)
    note: Mapped[str] = mapped_column(
        Text, default="", comment="the notice, or why an administrator changed it"
    )
    changed_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)

    @property
    def is_workday(self) -> bool:
        return self.kind.is_worked


class ClockRule(Base):
    """One version of one rule, as `rules.Rule` says."""

    __tablename__ = "clock_rules"

    id: Mapped[Identifier]
    rule_id: Mapped[str] = mapped_column(String(40))
    version: Mapped[int]
    title: Mapped[str] = mapped_column(String(80))
    n: Mapped[int]
    unit: Mapped[Unit] = mapped_column(string_enum(Unit))
    start_event: Mapped[StartEvent] = mapped_column(string_enum(StartEvent))
    basis: Mapped[str] = mapped_column(Text)
    law: Mapped[str] = mapped_column(Text)
    extension_n: Mapped[int | None]
    extension_times: Mapped[int | None]
    extension_approver: Mapped[str] = mapped_column(String(40), default="")
    extension_further: Mapped[str] = mapped_column(String(80), default="")
    excluded: Mapped[list[str]] = mapped_column(JSON, comment="reasons that may be left out of the count")
    in_force_from: Mapped[dt.date | None]
    in_force_to: Mapped[dt.date | None]
    is_local_promise: Mapped[bool] = mapped_column(default=False)
    region: Mapped[str] = mapped_column(String(6), default="", comment="GB/T 2260 prefix; empty: everywhere")
    confidence: Mapped[Confidence] = mapped_column(string_enum(Confidence))
    note: Mapped[str] = mapped_column(Text, default="")
    source: Mapped[Source] = mapped_column(string_enum(Source), default=Source.FILE)

    __table_args__ = (
        UniqueConstraint("rule_id", "version"),
        CheckConstraint("n > 0", name="takes_time"),
        CheckConstraint("in_force_to IS NULL OR in_force_from <= in_force_to", name="force_dates_in_order"),
        CheckConstraint("(extension_n IS NULL) = (extension_times IS NULL)", name="extension_is_whole"),
    )

    @classmethod
    def of(cls, rule: Rule) -> ClockRule:
        """A new row for a rule that was read from a file."""
        row = cls(rule_id=rule.id, version=rule.version, source=Source.FILE)
        row.take(rule)
        return row

    def take(self, rule: Rule) -> None:
        """Makes the row say what `rule` says."""
        for field in ("title", "n", "unit", "start_event", "basis", "law", "in_force_from", "in_force_to"):
            setattr(self, field, getattr(rule, field))
        for field in ("is_local_promise", "region", "confidence", "note"):
            setattr(self, field, getattr(rule, field))
        self.excluded = [reason.value for reason in rule.excluded]
        extension = rule.extension
        self.extension_n = extension.n if extension else None
        self.extension_times = extension.times if extension else None
        self.extension_approver = extension.approver if extension else ""
        self.extension_further = extension.further if extension else ""

    def as_rule(self) -> Rule:
        """The plain value that computations take."""
        return Rule(
            id=self.rule_id,
            version=self.version,
            title=self.title,
            n=self.n,
            unit=self.unit,
            start_event=self.start_event,
            basis=self.basis,
            law=self.law,
            extension=self._extension(),
            excluded=tuple(Reason(value) for value in self.excluded),
            in_force_from=self.in_force_from,
            in_force_to=self.in_force_to,
            is_local_promise=self.is_local_promise,
            region=self.region,
            confidence=self.confidence,
            note=self.note,
        )

    def _extension(self) -> Extension | None:
        if self.extension_n is None or self.extension_times is None:
            return None
        return Extension(
            n=self.extension_n,
            unit=self.unit,
            approver=self.extension_approver,
            times=self.extension_times,
            further=self.extension_further,
        )


class Deadline(Base):
    """A clock that runs, or ran, on a case, a decision or an entry of a list, under the rule version of its start event's day.

    While a suspension is open, `paused_from` says since when, and the ends are those without it.
    """

    __tablename__ = "deadlines"

    id: Mapped[Identifier]
    subject_kind: Mapped[SubjectKind] = mapped_column(string_enum(SubjectKind))
    subject_id: Mapped[int] = mapped_column(BigId)
    rule_id: Mapped[str] = mapped_column(String(40))
    version: Mapped[int]
    unit_id: Mapped[int | None] = mapped_column(
        BigId, ForeignKey("units.id"), comment="who has to act: its closing days, its row on the board"
    )
    started_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)
    started_on: Mapped[dt.date] = mapped_column(comment="Beijing day of the start event: day 0")
    raw_end: Mapped[dt.date]
    legal_end: Mapped[dt.date]
    alert_on: Mapped[dt.date]
    due_at: Mapped[dt.datetime] = mapped_column(UTCDateTime, comment="late from this instant on")
    provisional: Mapped[bool]
    extended: Mapped[int] = mapped_column(default=0, comment="extensions granted")
    further_n: Mapped[int] = mapped_column(
        default=0, server_default="0", comment="longer still by collective discussion, in the rule's unit"
    )
    paused_from: Mapped[dt.date | None]
    met_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    cancelled_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)

    open_request: Mapped[ExtensionRequest | None] = relationship(
        primaryjoin=lambda: and_(
            foreign(ExtensionRequest.deadline_id) == Deadline.id, ExtensionRequest.decided_at.is_(None)
        ),
        viewonly=True,
        uselist=False,
    )
    suspensions: Mapped[list[Suspension]] = relationship(
        back_populates="deadline", order_by="Suspension.from_on, Suspension.id", cascade="all"
    )

    __table_args__ = (
        ForeignKeyConstraint(["rule_id", "version"], ["clock_rules.rule_id", "clock_rules.version"]),
        CheckConstraint("raw_end <= legal_end AND alert_on <= raw_end", name="ends_in_order"),
        CheckConstraint("met_at IS NULL OR cancelled_at IS NULL", name="met_or_cancelled"),
        CheckConstraint("extended >= 0", name="extended_counts"),
        CheckConstraint("further_n >= 0", name="further_counts"),
        Index(
            "uq_deadlines_one_open",
            "subject_kind",
            "subject_id",
            "rule_id",
            unique=True,
            sqlite_where=text(IS_OPEN),
            postgresql_where=text(IS_OPEN),
        ),
        Index(
            "ix_deadlines_open_by_end",
            "subject_kind",
            "legal_end",
            "subject_id",
            sqlite_where=text(IS_OPEN),
            postgresql_where=text(IS_OPEN),
        ),
        Index(
            "ix_deadlines_open_by_alert",
            "alert_on",
            "unit_id",
            sqlite_where=text(IS_OPEN),
            postgresql_where=text(IS_OPEN),
        ),
        Index("ix_deadlines_due_at", "due_at"),
        Index("ix_deadlines_subject", "subject_kind", "subject_id"),
    )

    @property
    def is_open(self) -> bool:
        return self.met_at is None and self.cancelled_at is None

    @property
    def is_paused(self) -> bool:
        return self.paused_from is not None


class Suspension(Base):
    """Time left out of a deadline, from a day on; open while `to_on` is empty."""

    __tablename__ = "deadline_suspensions"

    id: Mapped[Identifier]
    deadline_id: Mapped[int] = mapped_column(BigId, ForeignKey("deadlines.id"), index=True)
    reason: Mapped[Reason] = mapped_column(string_enum(Reason))
    from_on: Mapped[dt.date]
    to_on: Mapped[dt.date | None] = mapped_column(comment="the first day that counts again")
    evidence: Mapped[str] = mapped_column(Text, comment="document by which it is shown")
    noted_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)
    noted_by: Mapped[str | None] = mapped_column(String(64), comment="as the ledger names accounts")
    resumed_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)

    deadline: Mapped[Deadline] = relationship(back_populates="suspensions")

    __table_args__ = (
        CheckConstraint("to_on IS NULL OR to_on > from_on", name="days_in_order"),
        CheckConstraint("evidence <> ''", name="has_evidence"),
        Index(
            "uq_deadline_suspensions_one_open",
            "deadline_id",
            unique=True,
            sqlite_where=text("to_on IS NULL"),
            postgresql_where=text("to_on IS NULL"),
        ),
    )

    def span(self) -> Span | None:
        """The days left out; None while the suspension is open."""
        return Span(self.from_on, self.to_on, self.reason) if self.to_on else None


class DeadlineExtension(Base):
    """An extension that was granted."""

    __tablename__ = "deadline_extensions"

    id: Mapped[Identifier]
    deadline_id: Mapped[int] = mapped_column(BigId, ForeignKey("deadlines.id"), index=True)
    number: Mapped[int] = mapped_column(comment="1 for the first extension")
    approver: Mapped[str] = mapped_column(String(64), comment="as the ledger names accounts")
    reason: Mapped[str] = mapped_column(Text)
    granted_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)
    filer_told_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    further_n: Mapped[int | None] = mapped_column(comment="beyond what the rule names, in its unit")
    discussed_on: Mapped[dt.date | None] = mapped_column(comment="day of the collective discussion behind it")
    minutes: Mapped[str] = mapped_column(String(200), default="", server_default="")

    __table_args__ = (
        UniqueConstraint("deadline_id", "number"),
        CheckConstraint("reason <> ''", name="has_reason"),
        CheckConstraint(
            "(further_n IS NULL) = (discussed_on IS NULL) AND (further_n IS NULL OR minutes <> '')",
            name="further_was_discussed",
        ),
    )


class DeadlineChange(Base):
    """The journal of moved deadlines: old end, new end, why."""

    __tablename__ = "deadline_changes"

    id: Mapped[Identifier]
    deadline_id: Mapped[int] = mapped_column(BigId, ForeignKey("deadlines.id"), index=True)
    at: Mapped[dt.datetime] = mapped_column(UTCDateTime)
    why: Mapped[str] = mapped_column(Text, comment="in Chinese")
    words: Mapped[dict[str, Any] | None] = mapped_column(JSON, comment="the same as message and figures")
    old_legal_end: Mapped[dt.date]
    new_legal_end: Mapped[dt.date]
    was_provisional: Mapped[bool]
    is_provisional: Mapped[bool]


def ends_of(computed: Computed) -> dict[str, Any]:
    """Computed ends as the columns that cache them."""
    return {
        "raw_end": computed.raw_end,
        "legal_end": computed.legal_end,
        "alert_on": computed.alert_on,
        "due_at": computed.due_at,
        "provisional": computed.provisional,
    }


def take_ends(deadline: Deadline, computed: Computed) -> None:
    """Writes computed ends into the row that caches them."""
    for column, value in ends_of(computed).items():
        setattr(deadline, column, value)
