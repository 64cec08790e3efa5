"""What people decided about a holder's record, each decision with its numbers, its reasons and a right to appeal."""

from __future__ import annotations

import datetime as dt
import enum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from models.base import Base
from models.holders.tables import Organisation
from models.types import BigId, Identifier, UTCDateTime, string_enum

_LIVING = "ended_at IS NULL"


class Pattern(enum.StrEnum):
    """A way of filing that somebody should look at."""

    SAME_TEXT = "same_text"
    SETTLED = "settled"
    EXPIRED_RIGHT = "expired_right"
    FOREIGN_RIGHT = "foreign_right"


PATTERN_LABELS: dict[Pattern, str] = {
    Pattern.SAME_TEXT: "同样的文字举报很多家",
    Pattern.SETTLED: "受理以后大量撤回",
    Pattern.EXPIRED_RIGHT: "以已经到期的权利提交",
    Pattern.FOREIGN_RIGHT: "号码不是中国的权利",
}


class Appealable:
    """A decision against a holder, who can appeal once; somebody who did not make it answers."""

    @declared_attr
    def appealed_by_id(cls) -> Mapped[int | None]:  # noqa: N805 - SQLAlchemy passes the class
        return mapped_column(BigId, ForeignKey("accounts.id"))

    @declared_attr
    def answered_by_id(cls) -> Mapped[int | None]:  # noqa: N805 - SQLAlchemy passes the class
        return mapped_column(BigId, ForeignKey("accounts.id"))

    appealed_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    appeal: Mapped[str | None] = mapped_column(Text, comment="the holder's words")
    answered_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    answer: Mapped[str | None] = mapped_column(Text, comment="shown to the holder")
    is_upheld: Mapped[bool | None] = mapped_column(comment="whether the appeal succeeded")

    @property
    def waits_for_answer(self) -> bool:
        """Whether an appeal lies here unanswered."""
        return self.appealed_at is not None and self.answered_at is None


def _appeal_checks() -> tuple[CheckConstraint, ...]:
    return (
        CheckConstraint("(appealed_at IS NULL) = (appeal IS NULL)", name="appeal_has_words"),
        CheckConstraint(
            "(answered_at IS NULL) = (answer IS NULL) AND (answered_at IS NULL) = (is_upheld IS NULL)"
            " AND (answered_at IS NULL OR appealed_at IS NOT NULL)",
            name="answer_is_whole",
        ),
    )


class FastLane(Appealable, Base):
    """直通车, from the grant to its end. While a withdrawal is announced and not yet in force the lane goes on."""

    __tablename__ = "fast_lanes"

    id: Mapped[Identifier]
    organisation_id: Mapped[int] = mapped_column(BigId, ForeignKey("organisations.id"), index=True)
    granted_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)
    granted_by_id: Mapped[int] = mapped_column(BigId, ForeignKey("accounts.id"))
    reasons: Mapped[str] = mapped_column(Text)
    record: Mapped[dict[str, Any]] = mapped_column(JSON, comment="the numbers on the day of the grant")
    announced_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime, comment="of a withdrawal")
    announced_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("accounts.id"))
    withdrawal_reasons: Mapped[str | None] = mapped_column(Text, comment="shown to the holder")
    withdrawal_record: Mapped[dict[str, Any] | None] = mapped_column(
        JSON(none_as_null=True), comment="the numbers on the day of the announcement"
    )
    ends_on: Mapped[dt.date | None] = mapped_column(comment="the lane's last day, if no appeal waits")
    ended_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)

    organisation: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)

    __table_args__ = (
        CheckConstraint("length(reasons) > 0", name="grant_has_reasons"),
        CheckConstraint(
            "(announced_at IS NULL) = (ends_on IS NULL) AND (announced_at IS NULL) = (announced_by_id IS NULL)"
            " AND (announced_at IS NULL OR (withdrawal_reasons IS NOT NULL AND length(withdrawal_reasons) > 0))",
            name="withdrawal_is_whole",
        ),
        CheckConstraint("ended_at IS NULL OR announced_at IS NOT NULL", name="ends_after_notice"),
        *_appeal_checks(),
        Index(
            "uq_fast_lanes_one_living",
            "organisation_id",
            unique=True,
            sqlite_where=text(_LIVING),
            postgresql_where=text(_LIVING),
        ),
    )

    def is_in_force(self, today: dt.date) -> bool:
        """Whether it gives anything on that Beijing day: until its last day, and as long as an appeal waits."""
        if self.ended_at is not None:
            return False
        return self.ends_on is None or self.waits_for_answer or today <= self.ends_on


class ConductNote(Appealable, Base):
    """Somebody looked at a signal and found it serious: said to the holder with reasons; it decides no case."""

    __tablename__ = "conduct_notes"

    id: Mapped[Identifier]
    organisation_id: Mapped[int] = mapped_column(BigId, ForeignKey("organisations.id"), index=True)
    pattern: Mapped[Pattern] = mapped_column(string_enum(Pattern))
    reasons: Mapped[str] = mapped_column(Text, comment="shown to the holder")
    noted_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)
    noted_by_id: Mapped[int] = mapped_column(BigId, ForeignKey("accounts.id"))
    lifted_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)

    organisation: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)

    __table_args__ = (CheckConstraint("length(reasons) > 0", name="has_reasons"), *_appeal_checks())


class StatementFinding(Base):
    """Whether the named company's statement was upheld: a member of staff says so once, with reasons."""

    __tablename__ = "statement_findings"

    statement_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("statements.id"), primary_key=True, autoincrement=False
    )
    is_upheld: Mapped[bool]
    reasons: Mapped[str] = mapped_column(Text, comment="shown to the company")
    found_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)
    found_by_id: Mapped[int] = mapped_column(BigId, ForeignKey("accounts.id"))

    __table_args__ = (CheckConstraint("length(reasons) > 0", name="has_reasons"),)
