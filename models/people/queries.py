"""Reading people."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.people.names import one_form
from models.people.roles import AccountKind
from models.people.tables import Account, Assignment, Unit


def unit_by_code(session: Session, code: str) -> Unit:
    """The unit that a profile calls `code`; raises `NoResultFound`."""
    return session.scalars(select(Unit).where(Unit.code == code)).one()


def active_units(session: Session) -> list[Unit]:
    """All open units, parents before children."""
    ordered = select(Unit).where(Unit.is_active).order_by(func.length(Unit.path), Unit.path)
    return list(session.scalars(ordered))


def account_by_username(session: Session, username: str) -> Account:
    """The account of that name; raises `NoResultFound`."""
    return session.scalars(select(Account).where(Account.username == one_form(username))).one()


def account_by_sign_in_name(session: Session, name: str) -> Account | None:
    """The account of that name or that e-mail address; a name has no @ in it, so there are never two."""
    wanted = one_form(name)
    column = Account.email if "@" in wanted else Account.username
    return session.scalars(select(Account).where(column == wanted)).one_or_none() if wanted else None


def staff_by_id(session: Session, account_id: int) -> Account:
    """The account of a member of staff; raises `NoResultFound`."""
    wanted = (Account.id == account_id, Account.kind == AccountKind.STAFF)
    return session.scalars(select(Account).where(*wanted)).one()


def accounts(session: Session, *, kind: AccountKind) -> list[Account]:
    """All accounts of a kind, by name; their roles and units come in two queries, however many there are."""
    return list(session.scalars(select(Account).where(Account.kind == kind).order_by(Account.username)))


def has_staff(session: Session) -> bool:
    """Whether anybody could work here yet."""
    return session.scalar(select(Account.id).where(Account.kind == AccountKind.STAFF).limit(1)) is not None


def staff_counts(session: Session) -> dict[int, int]:
    """How many members of staff hold a role in each unit, by the unit's id."""
    counted = (
        select(Assignment.unit_id, func.count(Assignment.account_id.distinct()))
        .join(Account)
        .where(Account.active)
        .group_by(Assignment.unit_id)
    )
    return {unit_id: number for unit_id, number in session.execute(counted)}  # noqa: C416 rows are no pairs to dict()
