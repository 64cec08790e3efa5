"""Verbs about people: install a profile's units, make an account, give it roles."""

from __future__ import annotations

import datetime as dt
import unicodedata
import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.errors import Invalid
from models.ledger import record
from models.ledger.operations import Acts
from models.people.profiles import BureauProfile, UnitSpec
from models.people.roles import AccountKind, Role
from models.people.tables import Account, Assignment, Unit


def install_profile(session: Session, profile: BureauProfile, *, actor: Acts, now: dt.datetime) -> list[Unit]:
    """Makes or renames the units of `profile`; units that the file no longer names are closed, never deleted."""
    known = {unit.code: unit for unit in session.scalars(select(Unit))}
    for spec in profile.units:
        unit = known.get(spec.code)
        if unit is None:
            unit = known[spec.code] = _add_unit(session, spec)
            record(session, act="unit.open", subject=unit, actor=actor, now=now, data={"code": spec.code})
        _set_up(unit, spec, known)
    named = {spec.code for spec in profile.units}
    for unit in known.values():
        unit.is_active = unit.code in named
    session.flush()
    return [known[spec.code] for spec in profile.units]


def create_account(
    session: Session,
    *,
    kind: AccountKind,
    username: str,
    display_name: str,
    password_hash: str,
    actor: Acts,
    now: dt.datetime,
    email: str | None = None,
    organisation: str | None = None,
    uscc: str | None = None,
    is_demo: bool = False,
) -> Account:
    """Makes an account that can sign in; raises `Invalid` when the name or the address is taken."""
    username = normalise_username(username)
    email = email.strip().lower() if email else None
    _refuse_taken(session, username, email)
    account = Account(
        kind=kind,
        username=username,
        email=email,
        display_name=display_name.strip(),
        organisation=organisation,
        uscc=uscc,
        password=password_hash,
        fs_uniquifier=uuid.uuid4().hex,
        is_demo=is_demo,
        active=True,
        created_at=now,
    )
    session.add(account)
    session.flush()
    record(session, act="account.create", subject=account, actor=actor, now=now, data={"kind": kind.value})
    return account


def assign_role(
    session: Session, *, account: Account, unit: Unit, role: Role, actor: Acts, now: dt.datetime
) -> None:
    """Gives a member of staff a role in a unit; nothing happens when it is held already."""
    if account.kind is not AccountKind.STAFF:
        raise Invalid("只有工作人员账号可以担任岗位。")
    if unit.is_outside:
        raise Invalid("外部单位没有本系统的岗位。")
    if any(a.unit_id == unit.id and a.role is role for a in account.assignments):
        return
    account.assignments.append(Assignment(unit=unit, role=role))
    session.flush()
    data = {"role": role.value, "unit": unit.id}
    record(session, act="account.assign", subject=account, actor=actor, now=now, data=data)


def revoke_role(
    session: Session, *, account: Account, assignment_id: int, actor: Acts, now: dt.datetime
) -> None:
    """Takes a role away; nothing happens when it is gone already."""
    for assignment in [a for a in account.assignments if a.id == assignment_id]:
        account.assignments.remove(assignment)
        data = {"role": assignment.role.value, "unit": assignment.unit_id}
        record(session, act="account.revoke", subject=account, actor=actor, now=now, data=data)


def set_active(session: Session, *, account: Account, is_active: bool, actor: Acts, now: dt.datetime) -> None:
    """Opens or closes an account; closing it also ends its sessions."""
    if account.active == is_active:
        return
    account.active = is_active
    end_sessions(account)
    act = "account.open" if is_active else "account.close"
    record(session, act=act, subject=account, actor=actor, now=now)


def set_password(
    session: Session, *, account: Account, password_hash: str, actor: Acts, now: dt.datetime
) -> None:
    """Sets a new password, already hashed, and ends the account's sessions."""
    account.password = password_hash
    end_sessions(account)
    record(session, act="account.password", subject=account, actor=actor, now=now)


def forget_one_time_password(session: Session, *, account: Account, actor: Acts, now: dt.datetime) -> None:
    """Takes one-time password and recovery codes off an account whose owner lost the phone."""
    account.tf_primary_method = account.tf_totp_secret = account.mf_recovery_codes = None
    end_sessions(account)
    record(session, act="account.forget_one_time_password", subject=account, actor=actor, now=now)


def end_sessions(account: Account) -> None:
    """Signs the account out everywhere: its cookies name a uniquifier that is no more."""
    account.fs_uniquifier = uuid.uuid4().hex


def normalise_username(username: str) -> str:
    """One form for each name: NFKC, lower case, no white space around."""
    return unicodedata.normalize("NFKC", username).strip().lower()


def _refuse_taken(session: Session, username: str, email: str | None) -> None:
    errors = {}
    if session.scalar(select(Account.id).where(Account.username == username)):
        errors["username"] = "这个账号名已有人使用。"
    if email and session.scalar(select(Account.id).where(Account.email == email)):
        errors["email"] = "这个邮箱已有账号。"
    if errors:
        raise Invalid("账号没有建立。", errors)


def _add_unit(session: Session, spec: UnitSpec) -> Unit:
    # The path needs the id, which the database gives; "/" stands in until the flush below.
    unit = Unit(code=spec.code, name=spec.name, kind=spec.kind, outside_kind=_outside_kind(spec), path="/")
    session.add(unit)
    session.flush()
    return unit


def _set_up(unit: Unit, spec: UnitSpec, known: dict[str, Unit]) -> None:
    parent = known[spec.parent] if spec.parent else None
    unit.name, unit.kind, unit.region_code = spec.name, spec.kind, spec.region_code
    unit.outside_kind, unit.is_active = _outside_kind(spec), True
    unit.parent_id = parent.id if parent else None
    unit.path = f"{parent.path if parent else '/'}{unit.id}/"


def _outside_kind(spec: UnitSpec) -> str | None:
    return spec.outside_kind.value if spec.outside_kind else None
