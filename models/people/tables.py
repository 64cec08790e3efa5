"""Units in a tree, accounts, and which role an account holds in which unit."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask_security.core import UserMixin  # the one named exception: accounts are Flask-Security's users
from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from models.base import Base
from models.people.names import one_form
from models.people.roles import AccountKind, Role, UnitKind
from models.types import BigId, Identifier, UTCDateTime, string_enum


class Unit(Base):
    """机构: an office that can have a case. `path` lists the ids from the root ("/1/4/"), so a subtree is a prefix."""

    __tablename__ = "units"

    id: Mapped[Identifier]
    code: Mapped[str] = mapped_column(String(40), unique=True, comment="the profile's name for it")
    name: Mapped[str] = mapped_column(String(100))
    kind: Mapped[UnitKind] = mapped_column(string_enum(UnitKind))
    region_code: Mapped[str | None] = mapped_column(String(6), comment="GB/T 2260")
    outside_kind: Mapped[str | None] = mapped_column(String(32), comment="police, customs, copyright, …")
    parent_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("units.id"), index=True)
    path: Mapped[str] = mapped_column(String(200), index=True)
    is_active: Mapped[bool] = mapped_column(default=True)

    parent: Mapped[Unit | None] = relationship(remote_side="Unit.id")

    __table_args__ = (
        CheckConstraint("(kind = 'outside') = (outside_kind IS NOT NULL)", name="outside_has_kind"),
        CheckConstraint("parent_id IS NULL OR parent_id <> id", name="not_its_own_parent"),
    )

    @property
    def is_outside(self) -> bool:
        return self.kind is UnitKind.OUTSIDE

    def contains(self, other: Unit) -> bool:
        """Whether `other` is this unit or lies under it."""
        return other.path.startswith(self.path)


class Account(Base, UserMixin):
    """Somebody who signs in: a member of staff or a rights-holder. Citizens need no account."""

    __tablename__ = "accounts"

    id: Mapped[Identifier]
    kind: Mapped[AccountKind] = mapped_column(string_enum(AccountKind))
    username: Mapped[str] = mapped_column(String(64), unique=True)
    email: Mapped[str | None] = mapped_column(String(255), unique=True)  # type: ignore[assignment]
    display_name: Mapped[str] = mapped_column(String(100))
    organisation: Mapped[str | None] = mapped_column(String(200), comment="a rights-holder's company")
    uscc: Mapped[str | None] = mapped_column(String(18), comment="统一社会信用代码 of the organisation")
    is_demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)

    # What Flask-Security reads and writes; its names are fixed.
    active: Mapped[bool] = mapped_column(default=True)
    password: Mapped[str | None] = mapped_column(String(255))
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    tf_primary_method: Mapped[str | None] = mapped_column(String(64))
    tf_totp_secret: Mapped[str | None] = mapped_column(String(255))
    tf_last_counter: Mapped[int | None] = mapped_column(
        BigId, comment="the half minute of the last one-time password taken: none is taken twice"
    )
    mf_recovery_codes: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))
    confirmed_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    ended_sessions: Mapped[list[list[Any]] | None] = mapped_column(
        JSON(none_as_null=True), comment="digests of sessions signed out of lately, and when"
    )

    assignments: Mapped[list[Assignment]] = relationship(
        back_populates="account", lazy="selectin", cascade="all, delete-orphan", order_by="Assignment.id"
    )

    @validates("username", "email")
    def _in_one_form(self, _column: str, name: str | None) -> str | None:
        """Kept as it is looked for, so that no two accounts differ by capitals or full-width letters only."""
        return one_form(name) if name else None

    @property
    def roles(self) -> list[Any]:  # type: ignore[override]
        """Flask-Security's roles are not used: see models.people.permissions."""
        return []

    @property
    def is_staff(self) -> bool:
        return self.kind is AccountKind.STAFF

    @property
    def ledger_name(self) -> str:
        return f"account:{self.id}"

    @property
    def unit_ids(self) -> frozenset[int]:
        """The units in which this account holds a role."""
        return frozenset(assignment.unit_id for assignment in self.assignments)


class Assignment(Base):
    """A role that an account holds in a unit."""

    __tablename__ = "assignments"

    id: Mapped[Identifier]
    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("accounts.id", ondelete="CASCADE"))
    unit_id: Mapped[int] = mapped_column(BigId, ForeignKey("units.id"))
    role: Mapped[Role] = mapped_column(string_enum(Role))

    account: Mapped[Account] = relationship(back_populates="assignments")
    unit: Mapped[Unit] = relationship(lazy="joined", innerjoin=True)

    __table_args__ = (
        UniqueConstraint("account_id", "unit_id", "role"),
        Index("ix_assignments_unit_id_role", "unit_id", "role"),
    )
