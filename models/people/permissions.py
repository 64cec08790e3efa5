"""Who may do what: permissions `resource:act`, the roles that hold them, and the pure question `can`.

A permission reaches as far as the unit in which the role is held. Heads and supervisors reach the units below theirs;
an administrator reaches the whole bureau; the others reach their own unit only.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from models.people.roles import Role
from models.people.tables import Account, Assignment, Unit


class Permission(enum.StrEnum):
    """`resource:act`, in alphabetical order."""

    ACCOUNT_MANAGE = "account:manage"
    AID_DECIDE = "aid:decide"  # whether aid is given, and which
    CALENDAR_MANAGE = "calendar:manage"
    CASE_ACCEPT = "case:accept"
    CASE_ACKNOWLEDGE = "case:acknowledge"
    CASE_ANSWER = "case:answer"
    CASE_ASSIGN = "case:assign"
    CASE_CLOSE = "case:close"
    CASE_DESIGNATE = "case:designate"  # say which unit is competent where units disagree
    CASE_FILE = "case:file"  # 立案 or not: the 部门负责人 of 程序规定 Art 18
    CASE_IDENTIFY = "case:identify"  # open the envelope with the filer's identity
    CASE_EXTEND = "case:extend"  # approve a longer limit: the 部门负责人 of the articles
    CASE_RECUSE = "case:recuse"  # keep somebody else out of a case, or let them in again
    CASE_SUPERVISE = "case:supervise"
    CASE_SUSPEND = "case:suspend"  # stop a limit for a reason that its rule lists, and let it go on
    CASE_TRANSFER = "case:transfer"
    CASE_UNSEAL = "case:unseal"  # agree that somebody else opens the envelope
    CASE_VIEW = "case:view"
    COMPANY_MANAGE = "company:manage"  # mergers, branches, which company a party without a code is
    DECISION_ENTER = "decision:enter"
    DECISION_POSTPONE = "decision:postpone"  # approve a later end of publication
    DECISION_REVIEW = "decision:review"
    DECISION_VIEW = "decision:view"
    DECISION_WITHDRAW = "decision:withdraw"
    EXPERT_ASK = "expert:ask"  # invite somebody of the pool to give an opinion about a case
    EXPERT_MANAGE = "expert:manage"  # who is in the pool, and for how long
    EXPERT_PAY = "expert:pay"
    HOLDER_JUDGE = "holder:judge"  # give or take the fast lane, note conduct, answer appeals
    HOLDER_VERIFY = (
        "holder:verify"  # rights-holders: who belongs to an organisation, whether a right is theirs
    )
    LEDGER_VIEW = "ledger:view"
    LISTING_DECIDE = "listing:decide"
    LISTING_PROPOSE = "listing:propose"
    MECHANISM_MANAGE = "mechanism:manage"  # which departments and regions we work with, and whom to write to
    OUTBOX_MANAGE = "outbox:manage"
    PAPER_APPROVE = "paper:approve"  # the 负责人 whose word a paper needs
    PAPER_WRITE = "paper:write"  # draft, issue, note the delivery
    REFERRAL_DECIDE = "referral:decide"  # the head who approves a referral to the police (移送规定 Art 5)
    RETENTION_APPROVE = "retention:approve"  # agree that what is over is destroyed
    RETENTION_MANAGE = "retention:manage"
    REWARD_DECIDE = "reward:decide"
    REWARD_PAY = "reward:pay"
    REWARD_PROPOSE = "reward:propose"
    RULE_MANAGE = "rule:manage"
    STATISTICS_REPORT = "statistics:report"  # send a return, which freezes it, and correct it
    STATISTICS_VIEW = "statistics:view"
    TEMPLATE_MANAGE = "template:manage"  # the bureau's own templates of papers
    TOKEN_MANAGE = "token:manage"  # noqa: S105 - the name of a permission
    UNIT_MANAGE = "unit:manage"


_CASE_WORK = {
    Permission.CASE_VIEW,
    Permission.CASE_ANSWER,
    Permission.CASE_CLOSE,
    Permission.CASE_SUSPEND,
    Permission.CASE_TRANSFER,
    Permission.EXPERT_ASK,
    Permission.PAPER_WRITE,
    Permission.REWARD_PROPOSE,
}

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.INTAKE: frozenset(
        _CASE_WORK
        | {
            Permission.CASE_ACCEPT,
            Permission.CASE_ACKNOWLEDGE,
            Permission.CASE_ASSIGN,
            Permission.CASE_IDENTIFY,
            Permission.EXPERT_MANAGE,
            Permission.EXPERT_PAY,
            Permission.HOLDER_VERIFY,
            Permission.MECHANISM_MANAGE,
            Permission.REWARD_PAY,
        }
    ),
    Role.HANDLER: frozenset(_CASE_WORK | {Permission.CASE_ACKNOWLEDGE, Permission.CASE_IDENTIFY}),
    Role.HEAD: frozenset(
        _CASE_WORK
        | {
            Permission.AID_DECIDE,
            Permission.CASE_ASSIGN,
            Permission.CASE_DESIGNATE,
            Permission.CASE_EXTEND,
            Permission.CASE_FILE,
            Permission.CASE_RECUSE,
            Permission.EXPERT_MANAGE,
            Permission.EXPERT_PAY,
            Permission.HOLDER_JUDGE,
            Permission.HOLDER_VERIFY,
            Permission.CASE_UNSEAL,
            Permission.MECHANISM_MANAGE,
            Permission.PAPER_APPROVE,
            Permission.REFERRAL_DECIDE,
            Permission.RETENTION_APPROVE,
            Permission.REWARD_DECIDE,
            Permission.REWARD_PAY,
            Permission.STATISTICS_VIEW,
            Permission.DECISION_VIEW,
            Permission.DECISION_POSTPONE,
        }
    ),
    Role.SUPERVISOR: frozenset(
        {
            Permission.CASE_VIEW,
            Permission.CASE_SUPERVISE,
            Permission.HOLDER_JUDGE,
            Permission.STATISTICS_VIEW,
            Permission.DECISION_VIEW,
        }
    ),
    Role.PUBLISHER: frozenset(
        {
            Permission.DECISION_VIEW,
            Permission.DECISION_ENTER,
            Permission.DECISION_WITHDRAW,
            Permission.COMPANY_MANAGE,
            Permission.LISTING_PROPOSE,
        }
    ),
    Role.REVIEWER: frozenset(
        {
            Permission.DECISION_VIEW,
            Permission.DECISION_REVIEW,
            Permission.DECISION_WITHDRAW,
            Permission.COMPANY_MANAGE,
            Permission.LISTING_DECIDE,
        }
    ),
    Role.STATISTICIAN: frozenset(
        {Permission.STATISTICS_VIEW, Permission.STATISTICS_REPORT, Permission.DECISION_VIEW}
    ),
    Role.ADMINISTRATOR: frozenset(
        {
            Permission.ACCOUNT_MANAGE,
            Permission.CALENDAR_MANAGE,
            Permission.LEDGER_VIEW,
            Permission.OUTBOX_MANAGE,
            Permission.RETENTION_MANAGE,
            Permission.RULE_MANAGE,
            Permission.TEMPLATE_MANAGE,
            Permission.TOKEN_MANAGE,
            Permission.UNIT_MANAGE,
        }
    ),
}

REACHES_BELOW = frozenset({Role.HEAD, Role.SUPERVISOR})
REACHES_ALL = frozenset({Role.ADMINISTRATOR})


class Concerned(Protocol):
    """An object that belongs to units: only people who reach one of them may do anything with it."""

    def units_for(self, permission: Permission) -> list[Unit]:
        """The units whose people may use `permission` on this object."""
        ...


@dataclass(frozen=True, slots=True)
class OfUnit:
    """A unit as the thing that somebody asks a permission for."""

    unit: Unit

    def units_for(self, _permission: Permission) -> list[Unit]:
        return [self.unit]


@runtime_checkable
class Barring(Protocol):
    """An object that some people must have nothing to do with, whatever their roles."""

    def bars(self, account: Account) -> bool:
        """Whether the account is kept out 回避."""
        ...


def can(account: Account, permission: Permission, thing: Concerned | None = None) -> bool:
    """Whether `account` holds `permission`, and if a `thing` is given, whether it reaches that thing."""
    if not account.active:
        return False
    holding = [a for a in account.assignments if permission in ROLE_PERMISSIONS[a.role]]
    if thing is None:
        return bool(holding)
    units = thing.units_for(permission)
    if isinstance(thing, Barring) and thing.bars(account):
        return False
    return any(_reaches(assignment, unit) for assignment in holding for unit in units)


def acts_for(account: Account, permission: Permission, thing: Concerned) -> Unit | None:
    """The unit as whose person `account` uses `permission` on the thing; None where it doesn't reach it."""
    units = thing.units_for(permission)
    holding = [a for a in account.assignments if permission in ROLE_PERMISSIONS[a.role]]
    return next((a.unit for a in holding if any(_reaches(a, unit) for unit in units)), None)


def units_in_reach(account: Account, permission: Permission) -> tuple[frozenset[int], tuple[str, ...]]:
    """How far `permission` reaches, for a query: ids of own units, and path prefixes of whole subtrees."""
    if not account.active:
        return frozenset(), ()
    holding = [a for a in account.assignments if permission in ROLE_PERMISSIONS[a.role]]
    own = frozenset(a.unit_id for a in holding if a.role not in REACHES_BELOW | REACHES_ALL)
    below = {a.unit.path for a in holding if a.role in REACHES_BELOW}
    everything = {"/" for a in holding if a.role in REACHES_ALL}
    return own, tuple(sorted(below | everything))


def _reaches(assignment: Assignment, unit: Unit) -> bool:
    if assignment.role in REACHES_ALL:
        return True
    if assignment.role in REACHES_BELOW:
        return assignment.unit.contains(unit)
    return assignment.unit_id == unit.id
