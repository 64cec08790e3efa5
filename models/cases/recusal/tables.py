"""Who is kept out of which case: a person, or a unit with all that lies under it."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.cases.recusal.terms import RecusalReason
from models.people.tables import Account, Unit
from models.types import BigId, Identifier, UTCDateTime, string_enum

_IN_FORCE = "lifted_at IS NULL"


class CaseRecusal(Base):
    """One recusal, in force until it is lifted. Rows are added and lifted, never removed."""

    __tablename__ = "case_recusals"

    id: Mapped[Identifier]
    case_id: Mapped[int] = mapped_column(BigId, ForeignKey("cases.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("accounts.id"))
    unit_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("units.id"))
    reason: Mapped[RecusalReason] = mapped_column(string_enum(RecusalReason))
    words: Mapped[str] = mapped_column(Text)
    made_by: Mapped[str] = mapped_column(String(64), comment="as in the ledger: account:12, system:…")
    made_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)
    lifted_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("accounts.id"))
    lifted_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    lift_reasons: Mapped[str | None] = mapped_column(Text)

    account: Mapped[Account | None] = relationship(foreign_keys=[account_id])
    unit: Mapped[Unit | None] = relationship()

    __table_args__ = (
        CheckConstraint("(account_id IS NULL) <> (unit_id IS NULL)", name="person_or_unit"),
        CheckConstraint("length(words) > 0", name="has_words"),
        CheckConstraint(
            "(lifted_at IS NULL) = (lifted_by_id IS NULL) AND (lifted_at IS NULL) = (lift_reasons IS NULL)",
            name="lifted_with_reasons",
        ),
        CheckConstraint(
            "lifted_by_id IS NULL OR account_id IS NULL OR lifted_by_id <> account_id",
            name="not_lifted_by_oneself",
        ),
        Index(
            "ix_case_recusals_account_id",
            "account_id",
            "case_id",
            sqlite_where=text(_IN_FORCE),
            postgresql_where=text(_IN_FORCE),
        ),
        Index(
            "ix_case_recusals_unit_id",
            "unit_id",
            "case_id",
            sqlite_where=text(_IN_FORCE),
            postgresql_where=text(_IN_FORCE),
        ),
    )

    @property
    def is_in_force(self) -> bool:
        return self.lifted_at is None

    @property
    def is_by_system(self) -> bool:
        """Whether nobody declared or ordered it: the names were the same."""
        return self.made_by.startswith("system:")

    def keeps_out(self, account: Account) -> bool:
        """Whether the account may have nothing to do with the case."""
        if not self.is_in_force:
            return False
        if self.unit is not None:
            return any(self.unit.contains(one.unit) for one in account.assignments)
        return self.account_id == account.id
