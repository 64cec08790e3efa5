"""A petition of the party about a published decision, from receipt to answer, and the files that came with it."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.decisions.petitions.kinds import PetitionKind, PetitionOutcome
from models.decisions.tables import Decision
from models.filings.examined import UNEXAMINED, Examined, examined_checks
from models.people.tables import Account
from models.types import BigId, Identifier, UTCDateTime, string_enum


class Petition(Base):
    """`asked_by` is the account that sent it; on paper there is none. It has no effect before somebody on the staff has
    `checked` that the party asks: the clocks, and the public mark of an objection, wait for that.
    """

    __tablename__ = "decision_petitions"

    id: Mapped[Identifier]
    decision_id: Mapped[int] = mapped_column(BigId, ForeignKey("decisions.id"), index=True)
    kind: Mapped[PetitionKind] = mapped_column(string_enum(PetitionKind))
    received_on: Mapped[dt.date] = mapped_column(Date)
    statement: Mapped[str] = mapped_column(Text, comment="what is asked and why; not public")
    promised: Mapped[bool] = mapped_column(default=False, comment="the public promise of 第36号令")
    needs_inquiry: Mapped[bool] = mapped_column(default=False, comment="another unit has to be asked")
    asked_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("accounts.id"), index=True)
    checked_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("accounts.id"))
    checked_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    outcome: Mapped[PetitionOutcome | None] = mapped_column(string_enum(PetitionOutcome))
    answer: Mapped[str | None] = mapped_column(Text, comment="to the party")
    decided_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("accounts.id"))
    decided_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)

    decision: Mapped[Decision] = relationship()
    files: Mapped[list[PetitionFile]] = relationship(order_by="PetitionFile.id", lazy="selectin")
    checked_by: Mapped[Account | None] = relationship(foreign_keys=[checked_by_id])
    decided_by: Mapped[Account | None] = relationship(foreign_keys=[decided_by_id])

    __table_args__ = (
        CheckConstraint("(checked_by_id IS NULL) = (checked_at IS NULL)", name="checked_by_somebody"),
        CheckConstraint("asked_by_id IS NOT NULL OR checked_by_id IS NOT NULL", name="has_an_origin"),
        CheckConstraint(
            "(outcome IS NULL) = (decided_by_id IS NULL) AND (outcome IS NULL) = (decided_at IS NULL) "
            "AND (outcome IS NULL) = (answer IS NULL)",
            name="outcome_has_answer_and_officer",
        ),
        CheckConstraint(
            "outcome IS NULL OR outcome = 'not_party' OR checked_at IS NOT NULL", name="answered_after_check"
        ),
        CheckConstraint("decided_by_id IS NULL OR decided_by_id <> checked_by_id", name="two_people"),
        CheckConstraint("kind <> 'repair' OR promised", name="repair_has_promise"),
        Index(
            "uq_decision_petitions_one_open",
            "decision_id",
            "kind",
            unique=True,
            sqlite_where=text("outcome IS NULL"),
            postgresql_where=text("outcome IS NULL"),
        ),
    )

    @property
    def is_open(self) -> bool:
        return self.outcome is None


class PetitionFile(Examined, Base):
    """A file of the party's, kept untouched and examined as evidence is."""

    __tablename__ = "petition_files"

    id: Mapped[Identifier]
    petition_id: Mapped[int] = mapped_column(BigId, ForeignKey("decision_petitions.id"), index=True)

    __table_args__ = (
        *examined_checks(),
        Index(
            "ix_petition_files_to_examine",
            "id",
            sqlite_where=text(UNEXAMINED),
            postgresql_where=text(UNEXAMINED),
        ),
    )
