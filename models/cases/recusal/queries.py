"""Recusals as SQL: which cases an account is kept out of, who is kept out of a case, whom a case is about."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from models.cases.recusal.tables import CaseRecusal
from models.codes.text import compact
from models.people.roles import AccountKind
from models.people.tables import Account, Assignment, Unit

SHORTEST_NAME = 6  # characters of a unit's name without its city: 榆次区市场监督管理局


def cases_kept_from(account: Account) -> Select[int]:
    """SQL: the ids of the cases that the account is kept out of."""
    line = {int(part) for one in account.assignments for part in one.unit.path.strip("/").split("/")}
    return select(CaseRecusal.case_id).where(
        CaseRecusal.lifted_at.is_(None),
        or_(CaseRecusal.account_id == account.id, CaseRecusal.unit_id.in_(line)),
    )


def kept_out(session: Session, case_id: int, account_ids: Collection[int]) -> set[int]:
    """Which of these accounts are kept out of the case; in one query where nobody is."""
    in_force = (CaseRecusal.case_id == case_id, CaseRecusal.lifted_at.is_(None))
    found = session.execute(select(CaseRecusal.account_id, CaseRecusal.unit_id).where(*in_force)).all()
    people = {row.account_id for row in found if row.account_id in account_ids}
    units = [row.unit_id for row in found if row.unit_id]
    if units:
        paths = session.scalars(select(Unit.path).where(Unit.id.in_(units)))
        below = [Unit.path.startswith(path, autoescape=True) for path in paths]
        staff = select(Assignment.account_id).join(Unit).where(Assignment.account_id.in_(account_ids))
        people |= set(session.scalars(staff.where(or_(*below))))
    return people


def recusals_of(session: Session, case_id: int) -> list[CaseRecusal]:
    """Every recusal of the case, oldest first."""
    wanted = select(CaseRecusal).where(CaseRecusal.case_id == case_id).order_by(CaseRecusal.id)
    return list(session.scalars(wanted))


def units_named(session: Session, names: Collection[str]) -> list[Unit]:
    """Units of ours that one of the respondents' names means: the whole name, or the name without its city."""
    wanted = [one for one in map(_as_compared, names) if len(one) >= SHORTEST_NAME]
    if not wanted:
        return []
    ours = select(Unit.id, Unit.name).where(Unit.is_active, Unit.outside_kind.is_(None))
    meant = [row.id for row in session.execute(ours) if _is_meant(_as_compared(row.name), wanted)]
    return list(session.scalars(select(Unit).where(Unit.id.in_(meant)).order_by(Unit.id))) if meant else []


def _is_meant(unit_name: str, wanted: Collection[str]) -> bool:
    return any(unit_name in one or unit_name.endswith(one) for one in wanted)


def _as_compared(name: str) -> str:
    """As people say it: 市场监管局 is 市场监督管理局."""
    return compact(name).replace("监督管理局", "监管局")


def staff_named(session: Session, names: Collection[str]) -> list[Account]:
    """Members of staff of those very names; namesakes are let in again by a head."""
    meant = Account.display_name.in_([name.strip() for name in names])
    return list(
        session.scalars(select(Account).where(Account.kind == AccountKind.STAFF, Account.active, meant))
    )
