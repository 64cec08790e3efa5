"""Loading a decision for staff: absent and out of sight are the same."""

from __future__ import annotations

from models.decisions.queries import decision_for_staff
from models.decisions.tables import Decision
from models.people.permissions import ROLE_PERMISSIONS, Permission
from models.people.tables import Account, Unit
from shared.access import authorise
from shared.database import session


def decision_to_read(decision_id: int) -> Decision:
    """The decision with its people, if the visitor may look at it."""
    decision = decision_for_staff(session, decision_id)
    authorise(Permission.DECISION_VIEW, decision)
    return decision


def decision_to_act_on(decision_id: int, *permissions: Permission) -> Decision:
    """The decision, if the visitor may see it and has all `permissions` on it."""
    decision = decision_to_read(decision_id)
    for permission in permissions:
        authorise(permission, decision)
    return decision


def entry_units(account: Account) -> list[Unit]:
    """The units for which `account` may enter decisions, in the order of the roles held."""
    held = [one for one in account.assignments if Permission.DECISION_ENTER in ROLE_PERMISSIONS[one.role]]
    return list(dict.fromkeys(one.unit for one in held))
