"""Cases, the acts done to them, transfers between units, and messages with the filer."""

from __future__ import annotations

import datetime as dt
import enum

from sqlalchemy import CheckConstraint, Enum, ForeignKey, Index, String, Text, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.cases.grounds import Ground
from models.cases.recusal.tables import CaseRecusal
from models.cases.sorting.terms import Complexity
from models.cases.terms import ENDED, Act, Outcome, State
from models.filings.references import REFERENCE_LENGTH, grouped
from models.filings.tables import Filing
from models.kinds import RightType, Track
from models.people.permissions import Permission
from models.people.tables import Account, Unit
from models.types import BigId, Identifier, UTCDateTime, string_enum

NEVER = dt.date(9999, 12, 31)
_ENDED = ", ".join(f"'{state}'" for state in sorted(ENDED))
IS_OPEN = f"state NOT IN ({_ENDED})"
# What only the filer does, and what the filer is told in words.
_BY_FILER = "'supplement', 'dispute', 'withdraw'"
_READ_BY_FILER = "'refuse', 'answer', 'close', 'message', 'supplement', 'dispute', 'uphold', 'reject'"
HANDED_ON = "is_onward AND acknowledged_at IS NOT NULL"
_PENDING = "acknowledged_at IS NULL AND returned_at IS NULL AND recalled_at IS NULL"


class Direction(enum.StrEnum):
    """Which way a message goes."""

    TO_FILER = "to_filer"
    FROM_FILER = "from_filer"


class Case(Base):
    """办件. `unit` has it now; `origin_unit` took it in and stays accountable until the filer has the result.

    While a transfer waits for acknowledgement the sender still has the case. `version` guards against two officers
    at once; `last_act` repeats the newest row of `acts`, so that a queue needs no second look.
    """

    __tablename__ = "cases"

    id: Mapped[Identifier]
    reference: Mapped[str] = mapped_column(String(REFERENCE_LENGTH), unique=True, comment="the filing's")
    filing_id: Mapped[int] = mapped_column(BigId, ForeignKey("filings.id"), unique=True)
    track: Mapped[Track] = mapped_column(string_enum(Track))
    right_type: Mapped[RightType] = mapped_column(string_enum(RightType))
    state: Mapped[State] = mapped_column(string_enum(State))
    unit_id: Mapped[int] = mapped_column(BigId, ForeignKey("units.id"))
    origin_unit_id: Mapped[int] = mapped_column(BigId, ForeignKey("units.id"), index=True)
    designator_unit_id: Mapped[int | None] = mapped_column(
        BigId, ForeignKey("units.id"), comment="the common superior, while it is to say who is competent"
    )
    handler_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("accounts.id"))
    waiting_unit_id: Mapped[int | None] = mapped_column(
        BigId,
        ForeignKey("units.id"),
        comment="the unit that has yet to acknowledge its transfer, as `transfers` has it",
    )
    lead_id: Mapped[int | None] = mapped_column(
        BigId, ForeignKey("cases.id"), comment="并案: the case with which this one is verified and decided"
    )

    opened_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)
    accepted_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    answered_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    closed_at: Mapped[dt.datetime | None] = mapped_column(
        UTCDateTime, comment="when a final state was reached"
    )
    outcome: Mapped[Outcome | None] = mapped_column(string_enum(Outcome))
    ground: Mapped[Ground | None] = mapped_column(string_enum(Ground))
    reasons: Mapped[str | None] = mapped_column(Text, comment="of a closing or a refusal, shown to the filer")

    complexity: Mapped[Complexity] = mapped_column(
        string_enum(Complexity), default=Complexity.COMPLEX, server_default=Complexity.COMPLEX.value
    )
    complexity_rule: Mapped[str | None] = mapped_column(
        String(40), comment="which rule of profiles/split.toml said so; empty: an officer, or the time before"
    )

    due_on: Mapped[dt.date] = mapped_column(
        default=NEVER, comment="cache of its clocks, see cases/due.py; 9999-12-31: none runs"
    )
    alert_on: Mapped[dt.date] = mapped_column(default=NEVER, comment="the same: the last safe working day")
    last_act: Mapped[Act] = mapped_column(string_enum(Act))
    last_act_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)
    seen_at: Mapped[dt.datetime | None] = mapped_column(
        UTCDateTime, comment="when a member of staff first opened it or acted on it"
    )
    destroyed_at: Mapped[dt.datetime | None] = mapped_column(
        UTCDateTime, comment="when its content was destroyed after its retention period"
    )
    version: Mapped[int] = mapped_column()

    filing: Mapped[Filing] = relationship(lazy="joined", innerjoin=True)
    unit: Mapped[Unit] = relationship(foreign_keys=[unit_id], lazy="joined", innerjoin=True)
    origin_unit: Mapped[Unit] = relationship(foreign_keys=[origin_unit_id])
    designator_unit: Mapped[Unit | None] = relationship(foreign_keys=[designator_unit_id])
    handler: Mapped[Account | None] = relationship(foreign_keys=[handler_id])
    lead: Mapped[Case | None] = relationship(remote_side="Case.id")
    acts: Mapped[list[CaseAct]] = relationship(back_populates="case", order_by="CaseAct.id")
    transfers: Mapped[list[Transfer]] = relationship(
        back_populates="case", order_by="Transfer.id", lazy="selectin"
    )
    recusals: Mapped[list[CaseRecusal]] = relationship(order_by=CaseRecusal.id)
    messages: Mapped[list[CaseMessage]] = relationship(back_populates="case", order_by="CaseMessage.id")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - the base class declares it so
    __table_args__ = (
        CheckConstraint(f"(state IN ({_ENDED})) = (closed_at IS NOT NULL)", name="final_has_closing_time"),
        CheckConstraint(
            "state <> 'closed' OR (outcome IS NOT NULL AND answered_at IS NOT NULL AND reasons IS NOT NULL"
            " AND length(reasons) > 0)",
            name="closed_has_outcome_reasons_answer",
        ),
        CheckConstraint(
            "(state = 'refused') = (ground IS NOT NULL)"
            " AND (state <> 'refused' OR (reasons IS NOT NULL AND length(reasons) > 0))",
            name="refused_has_ground_reasons",
        ),
        CheckConstraint(
            "destroyed_at IS NULL OR (closed_at IS NOT NULL AND destroyed_at > closed_at)",
            name="destroyed_had_ended",
        ),
        CheckConstraint(
            "(state IN ('forwarded', 'transferred')) = (waiting_unit_id IS NOT NULL)",
            name="on_its_way_to_a_unit",
        ),
        CheckConstraint("outcome IS NULL OR state = 'closed'", name="outcome_only_when_closed"),
        CheckConstraint("lead_id IS NULL OR lead_id <> id", name="leads_not_itself"),
        CheckConstraint("lead_id IS NULL OR track IN ('report', 'clue')", name="only_reports_are_merged"),
        CheckConstraint("state <> 'answered' OR answered_at IS NOT NULL", name="answered_has_time"),
        CheckConstraint(
            "state IN ('received', 'contested', 'forwarded', 'refused', 'withdrawn') OR accepted_at IS NOT NULL",
            name="handled_was_accepted",
        ),
        CheckConstraint(
            "(state IN ('contested', 'contested_accepted')) = (designator_unit_id IS NOT NULL)",
            name="contested_has_designator",
        ),
        Index("ix_cases_unit_id_state", "unit_id", "state"),
        Index(
            "ix_cases_lead_id",
            "lead_id",
            sqlite_where=text("lead_id IS NOT NULL"),
            postgresql_where=text("lead_id IS NOT NULL"),
        ),
        Index("ix_cases_handler_id_state", "handler_id", "state"),
        Index("ix_cases_state_opened_at", "state", "opened_at"),
        Index(
            "ix_cases_open_by_due",
            "due_on",
            "id",
            "state",  # from here on only so that counting the views needs nothing but the index
            "unit_id",
            "origin_unit_id",
            "handler_id",
            "alert_on",
            "complexity",
            "waiting_unit_id",
            sqlite_where=text(IS_OPEN),
            postgresql_where=text(IS_OPEN),
        ),
    )

    @property
    def shown_reference(self) -> str:
        """As printed: K7QM-2XHD."""
        return grouped(self.reference)

    @property
    def has_ended(self) -> bool:
        """Closed, refused or withdrawn; only a closed one can come back, by a dispute."""
        return self.state in ENDED

    @property
    def open_transfer(self) -> Transfer | None:
        """The transfer that waits for acknowledgement, if there is one."""
        return next((transfer for transfer in reversed(self.transfers) if transfer.is_pending), None)

    @property
    def is_designated(self) -> bool:
        """Whether a superior said that the unit which has it is competent: then it may not send it on."""
        return any(one.is_designation and one.to_unit_id == self.unit_id for one in self.transfers[-1:])

    @property
    def acting_unit(self) -> Unit:
        """Whose officers act: the unit that has it, or the first unit while an outside body has it."""
        return self.origin_unit if self.unit.is_outside else self.unit

    @property
    def chain(self) -> list[Unit]:
        """The units that passed it on to where it is now, the nearest first, without the acting one: feedback climbs it.

        A unit that was overruled by a designation stands in it: it too is to know what came of the case.
        """
        passed = [one.from_unit for one in reversed(self.transfers) if one.acknowledged_at]
        found = {unit.id: unit for unit in [*passed, self.origin_unit] if unit.id != self.acting_unit.id}
        return list(found.values())

    def bars(self, account: Account) -> bool:
        """回避: whether the account must have nothing to do with the case (行政处罚法 Art 43)."""
        return any(one.keeps_out(account) for one in self.recusals)

    def bars_unit(self, unit: Unit) -> bool:
        """Whether the case is about the unit or one above it."""
        return any(one.is_in_force and one.unit and one.unit.contains(unit) for one in self.recusals)

    def units_for(self, permission: Permission) -> list[Unit]:
        """Whose people may use `permission` here (see `models.people.permissions.Concerned`).

        The acting unit acts; the first unit and a unit that has yet to acknowledge can look, and until the filer has
        the result every unit of the chain. Acknowledging and returning is for the receiver alone – for an outside
        body, which has no accounts, the sender notes it.
        """
        waiting = self.open_transfer
        if permission is Permission.CASE_ACKNOWLEDGE:
            return [waiting.acknowledging_unit] if waiting else []
        if permission is Permission.CASE_DESIGNATE:
            return [self.designator_unit] if self.designator_unit else []
        if permission in (Permission.CASE_VIEW, Permission.CASE_SUPERVISE):
            looking = [self.acting_unit, self.origin_unit]
            if permission is Permission.CASE_VIEW and not self.has_ended:
                looking += self.chain
            return [*looking, waiting.to_unit] if waiting else looking
        return [self.acting_unit]


class CaseAct(Base):
    """One act in the life of a case. Rows are added and never changed; the ledger holds the proof of it."""

    __tablename__ = "case_acts"

    id: Mapped[Identifier]
    case_id: Mapped[int] = mapped_column(BigId, ForeignKey("cases.id"), index=True)
    act: Mapped[Act] = mapped_column(string_enum(Act))
    from_state: Mapped[State | None] = mapped_column(
        Enum(State, native_enum=False, create_constraint=False, length=32, values_callable=list)
    )
    to_state: Mapped[State] = mapped_column(string_enum(State))
    actor_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("accounts.id"), comment="empty: not staff")
    actor_name: Mapped[str] = mapped_column(String(64), comment="as in the ledger: account:12, filer, …")
    unit_id: Mapped[int] = mapped_column(BigId, ForeignKey("units.id"), comment="which unit did it or had it")
    other_unit_id: Mapped[int | None] = mapped_column(
        BigId, ForeignKey("units.id"), comment="sent to, back to"
    )
    at: Mapped[dt.datetime] = mapped_column(UTCDateTime)
    on_version: Mapped[int | None] = mapped_column(
        comment="version of the case that the actor had before them"
    )
    public_note: Mapped[str | None] = mapped_column(Text, comment="the filer reads this")
    internal_note: Mapped[str | None] = mapped_column(Text)
    ground: Mapped[Ground | None] = mapped_column(string_enum(Ground))

    case: Mapped[Case] = relationship(back_populates="acts")
    actor: Mapped[Account | None] = relationship()
    unit: Mapped[Unit] = relationship(foreign_keys=[unit_id])
    other_unit: Mapped[Unit | None] = relationship(foreign_keys=[other_unit_id])

    __table_args__ = (
        CheckConstraint("(from_state IS NULL) = (act = 'receive')", name="only_receiving_comes_from_nothing"),
        CheckConstraint(
            "(ground IS NOT NULL) = (act IN ('refuse', 'end_mediation', 'not_file'))",
            name="refusal_has_ground",
        ),
        CheckConstraint(f"act NOT IN ({_BY_FILER}) OR actor_id IS NULL", name="filers_acts_are_not_staffs"),
        CheckConstraint(
            f"act NOT IN ({_READ_BY_FILER}) OR (public_note IS NOT NULL AND length(public_note) > 0)",
            name="filer_reads_words",
        ),
        Index(
            "ix_case_acts_closings",
            "at",
            "unit_id",
            sqlite_where=text("act = 'close'"),
            postgresql_where=text("act = 'close'"),
        ),
    )


class Transfer(Base):
    """移交: a case on its way to another unit, until it is acknowledged 签收, returned 退回 or recalled."""

    __tablename__ = "transfers"

    id: Mapped[Identifier]
    case_id: Mapped[int] = mapped_column(BigId, ForeignKey("cases.id"), index=True)
    from_unit_id: Mapped[int] = mapped_column(BigId, ForeignKey("units.id"))
    to_unit_id: Mapped[int] = mapped_column(BigId, ForeignKey("units.id"))
    sent_by_id: Mapped[int] = mapped_column(BigId, ForeignKey("accounts.id"))
    sent_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)
    reasons: Mapped[str] = mapped_column(Text, comment="why this unit, told to the receiver")
    basis: Mapped[str] = mapped_column(String(100))
    is_designation: Mapped[bool] = mapped_column(
        default=False, server_default=false(), comment="a superior's 指定管辖, in force at once"
    )
    is_onward: Mapped[bool] = mapped_column(
        default=False, server_default=false(), comment="by another unit than the one that took the case in"
    )
    acknowledged_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    returned_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    return_reasons: Mapped[str | None] = mapped_column(Text)
    recalled_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)

    case: Mapped[Case] = relationship(back_populates="transfers")
    from_unit: Mapped[Unit] = relationship(foreign_keys=[from_unit_id], lazy="joined", innerjoin=True)
    to_unit: Mapped[Unit] = relationship(foreign_keys=[to_unit_id], lazy="joined", innerjoin=True)

    __table_args__ = (
        CheckConstraint("from_unit_id <> to_unit_id OR is_designation", name="goes_elsewhere"),
        CheckConstraint("NOT is_designation OR acknowledged_at IS NOT NULL", name="designation_binds"),
        CheckConstraint("length(reasons) > 0", name="has_reasons"),
        CheckConstraint(
            "(returned_at IS NULL) = (return_reasons IS NULL)"
            " AND (return_reasons IS NULL OR length(return_reasons) > 0)",
            name="return_has_reasons",
        ),
        CheckConstraint(
            "(acknowledged_at IS NULL OR acknowledged_at >= sent_at)"
            " AND (returned_at IS NULL OR returned_at >= sent_at)"
            " AND (recalled_at IS NULL OR recalled_at >= sent_at)",
            name="ends_after_sending",
        ),
        CheckConstraint(
            "(acknowledged_at IS NULL AND returned_at IS NULL) OR (acknowledged_at IS NULL AND recalled_at IS NULL)"
            " OR (returned_at IS NULL AND recalled_at IS NULL)",
            name="ends_once",
        ),
        Index(
            "uq_transfers_one_pending",
            "case_id",
            unique=True,
            sqlite_where=text(_PENDING),
            postgresql_where=text(_PENDING),
        ),
        Index(
            "ix_transfers_to_acknowledge",
            "to_unit_id",
            sqlite_where=text(_PENDING),
            postgresql_where=text(_PENDING),
        ),
        Index(
            "ix_transfers_onward",
            "from_unit_id",
            "case_id",
            sqlite_where=text(HANDED_ON),
            postgresql_where=text(HANDED_ON),
        ),
    )

    @property
    def is_pending(self) -> bool:
        return not (self.acknowledged_at or self.returned_at or self.recalled_at)

    @property
    def acknowledging_unit(self) -> Unit:
        """Whose officers note the acknowledgement or return."""
        return self.from_unit if self.to_unit.is_outside else self.to_unit


class CaseMessage(Base):
    """A message between the filer and the unit; the filer may be anonymous and is named by nothing here."""

    __tablename__ = "case_messages"

    id: Mapped[Identifier]
    case_id: Mapped[int] = mapped_column(BigId, ForeignKey("cases.id"), index=True)
    direction: Mapped[Direction] = mapped_column(string_enum(Direction))
    author_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("accounts.id"), comment="staff only")
    body: Mapped[str] = mapped_column(Text)
    sent_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)

    case: Mapped[Case] = relationship(back_populates="messages")

    __table_args__ = (
        CheckConstraint(
            "(direction = 'to_filer') = (author_id IS NOT NULL)", name="staff_sign_what_they_send"
        ),
        CheckConstraint("length(body) > 0", name="has_body"),
    )
