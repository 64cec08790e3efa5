"""Verbs about people: install a profile's units, make an account, give it roles."""

from __future__ import annotations

import datetime as dt
import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.codes.regions import is_region_code
from models.errors import ActRefused, Invalid
from models.ledger import record
from models.ledger.operations import Acts
from models.people.names import checked_email, checked_username
from models.people.profiles import BureauProfile, OutsideKind, UnitSpec
from models.people.roles import AccountKind, Role, UnitKind
from models.people.tables import Account, Assignment, Unit
from models.plain import plain
from models.wording import said

ADDED_BY_STAFF = "partner-"  # outside bodies that staff work with and no profile names
TAKEN_REASONS = {"username": "这个账号名已有人使用。", "email": "这个邮箱已有账号。"}


def install_profile(session: Session, profile: BureauProfile, *, actor: Acts, now: dt.datetime) -> list[Unit]:
    """Makes or renames the units of `profile`; units that the file no longer names are closed, never deleted.
    Outside bodies that staff added stay.

    What differs is noted in the ledger; installing the same profile again changes and notes nothing.
    """
    known = {unit.code: unit for unit in session.scalars(select(Unit))}
    for spec in profile.units:
        unit = known.get(spec.code)
        if unit is None:
            unit = known[spec.code] = _add_unit(session, spec, known)
            record(session, act="unit.open", subject=unit, actor=actor, now=now, data={"code": spec.code})
        elif fields := _update(unit, spec, known):
            record(session, act="unit.change", subject=unit, actor=actor, now=now, data={"fields": fields})
    named = {spec.code for spec in profile.units}
    for unit in known.values():
        if unit.is_active and unit.code not in named and not unit.code.startswith(ADDED_BY_STAFF):
            unit.is_active = False
            record(session, act="unit.close", subject=unit, actor=actor, now=now)
    session.flush()
    return [known[spec.code] for spec in profile.units]


def add_body(
    session: Session,
    *,
    name: str,
    outside_kind: OutsideKind,
    region_code: str,
    parent: Unit,
    actor: Account,
    now: dt.datetime,
) -> Unit:
    """An outside body that staff work with: a bureau of another region, a court. Invalid names what is wrong."""
    words = plain(name)
    errors: dict[str, str] = {}
    if not 2 <= len(words) <= 100:
        errors["name"] = said("请填写单位的全称。")
    elif session.scalar(select(Unit.id).where(Unit.name == words)):
        errors["name"] = said("这个单位已经有了，请直接选择。")
    if region_code and not is_region_code(region_code):
        errors["region_code"] = said("区划代码是六位数字，例如 330100。")
    if errors:
        raise Invalid(next(iter(errors.values())), errors)
    unit = Unit(code=f"{ADDED_BY_STAFF}{uuid.uuid4().hex[:12]}", name=words, kind=UnitKind.OUTSIDE, path="/")
    unit.outside_kind, unit.region_code = outside_kind.value, region_code or None
    unit.parent, unit.is_active = parent, True
    session.add(unit)
    session.flush()
    unit.path = f"{parent.path}{unit.id}/"
    session.flush()
    record(session, act="unit.open", subject=unit, actor=actor, now=now, data={"code": unit.code})
    return unit


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
    """Makes an account that can sign in; raises `Invalid` when the name or the address is taken or is none."""
    username, email = checked_username(username), checked_email(email)
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
        raise Invalid("外部单位没有本系统的岗位。", {"unit": "外部单位没有本系统的岗位。"})
    if not unit.is_active:
        raise Invalid("这个机构已经撤销，不能再安排岗位。", {"unit": "这个机构已经撤销，不能再安排岗位。"})
    if any(a.unit_id == unit.id and a.role is role for a in account.assignments):
        return
    account.assignments.append(Assignment(unit=unit, role=role))
    session.flush()
    data = {"role": role.value, "unit": unit.id}
    record(session, act="account.assign", subject=account, actor=actor, now=now, data=data)


def revoke_role(
    session: Session, *, account: Account, assignment_id: int, actor: Acts, now: dt.datetime
) -> None:
    """Takes a role away; nothing happens when it is gone already. The last administrator keeps theirs."""
    for assignment in [a for a in account.assignments if a.id == assignment_id]:
        if account.active and assignment.role is Role.ADMINISTRATOR:
            _refuse_last_administrator(session, assignment)
        account.assignments.remove(assignment)
        data = {"role": assignment.role.value, "unit": assignment.unit_id}
        record(session, act="account.revoke", subject=account, actor=actor, now=now, data=data)


def set_active(session: Session, *, account: Account, is_active: bool, actor: Acts, now: dt.datetime) -> None:
    """Opens or closes an account; closing it also ends its sessions. The last administrator's stays open."""
    if account.active == is_active:
        return
    for assignment in account.assignments:
        if assignment.role is Role.ADMINISTRATOR and not is_active:
            _refuse_last_administrator(session, assignment)
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


def _refuse_taken(session: Session, username: str, email: str | None) -> None:
    errors = {}
    if session.scalar(select(Account.id).where(Account.username == username)):
        errors["username"] = TAKEN_REASONS["username"]
    if email and session.scalar(select(Account.id).where(Account.email == email)):
        errors["email"] = TAKEN_REASONS["email"]
    if errors:
        raise Invalid("账号没有建立。", errors)


def _refuse_last_administrator(session: Session, assignment: Assignment) -> None:
    """Somebody who can sign in must be left who can give roles: a bureau must not lock itself out."""
    others = (
        select(Assignment.id)
        .join(Account)
        .where(Assignment.role == Role.ADMINISTRATOR, Assignment.id != assignment.id)
        .where(Account.active, Account.id != assignment.account_id)
    )
    if session.scalar(others.limit(1)) is None:
        raise ActRefused("这是最后一名在用的管理员，要先给另一个账号管理员岗位。")


def _add_unit(session: Session, spec: UnitSpec, known: dict[str, Unit]) -> Unit:
    # The path needs the id, which the database gives; "/" stands in until the update after the flush.
    unit = Unit(code=spec.code, name=spec.name, kind=spec.kind, outside_kind=_outside_kind(spec), path="/")
    unit.is_active = True
    session.add(unit)
    session.flush()
    _update(unit, spec, known)
    return unit


def _update(unit: Unit, spec: UnitSpec, known: dict[str, Unit]) -> list[str]:
    """Makes `unit` what the profile says; returns the names of the fields that were different."""
    parent = known[spec.parent] if spec.parent else None
    wanted = {
        "name": spec.name,
        "kind": spec.kind,
        "region_code": spec.region_code,
        "outside_kind": _outside_kind(spec),
        "parent_id": parent.id if parent else None,
        "path": f"{parent.path if parent else '/'}{unit.id}/",
        "is_active": True,
    }
    changed = [name for name, value in wanted.items() if getattr(unit, name) != value]
    for name in changed:
        setattr(unit, name, wanted[name])
    return changed


def _outside_kind(spec: UnitSpec) -> str | None:
    return spec.outside_kind.value if spec.outside_kind else None
