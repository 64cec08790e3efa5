"""Makers of test data: `AccountFactory()` gives a stored account with everything it needs and nothing more.

They store through the `session` of the running test. What a test is about is said in its call, the rest is filled in.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

import factory
from sqlalchemy.orm import Session

from models.people.roles import AccountKind, Role, UnitKind
from models.people.tables import Account, Assignment, Unit

NOW = dt.datetime(2026, 3, 2, 1, 0, tzinfo=dt.UTC)  # Monday, 9:00 in Beijing
_current: list[Session] = []


@contextmanager
def using(session: Session) -> Iterator[None]:
    """Inside, factories store through `session`."""
    _current.append(session)
    try:
        yield
    finally:
        _current.pop()


class StoredFactory(factory.alchemy.SQLAlchemyModelFactory):
    """Base of all factories: adds the object to the test's session and flushes."""

    class Meta:
        abstract = True
        sqlalchemy_session_factory = lambda: _current[-1]  # noqa: E731
        sqlalchemy_session_persistence = "flush"


class UnitFactory(StoredFactory):
    """A unit at the top of its tree; `parent=` puts it below another."""

    class Meta:
        model = Unit

    code = factory.Sequence("unit-{}".format)
    name = factory.Sequence("测试市{}号市场监督管理局".format)
    kind = UnitKind.CITY
    path = ""

    @factory.post_generation
    def placed(unit: Unit, create: bool, extracted: object, **_: object) -> None:  # noqa: N805
        """The path needs the id, which the flush has given."""
        unit.path = f"{unit.parent.path if unit.parent else '/'}{unit.id}/"
        _current[-1].flush()


class AccountFactory(StoredFactory):
    """A rights-holder with no password; `StaffFactory` for staff."""

    class Meta:
        model = Account

    kind = AccountKind.RIGHTS_HOLDER
    username = factory.Sequence("account-{}".format)
    email = factory.Sequence("account-{}@example.org".format)
    display_name = "甲某"
    created_at = NOW
    fs_uniquifier = factory.Sequence("uniquifier-{:032d}".format)


class StaffFactory(AccountFactory):
    """Staff: `StaffFactory(role=Role.INTAKE, unit=unit)`; without a unit one is made."""

    class Params:
        role = Role.INTAKE
        unit = factory.SubFactory(UnitFactory)

    kind = AccountKind.STAFF
    assignments = factory.LazyAttribute(lambda made: [Assignment(role=made.role, unit=made.unit)])
