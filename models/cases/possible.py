"""What an officer can do with a case now, and for what they can't, why: for the page of the case."""

from __future__ import annotations

from dataclasses import dataclass

from models.cases.states import FILER, transition, why_not
from models.cases.tables import Case
from models.cases.terms import Act
from models.people.permissions import Permission, can
from models.people.tables import Account

# In the order of a case's life; the filer's own acts and the opening are not an officer's.
OFFICER_ACTS = (
    Act.ACKNOWLEDGE,
    Act.RETURN,
    Act.ACCEPT,
    Act.REFUSE,
    Act.ASSIGN,
    Act.TRANSFER,
    Act.RECALL,
    Act.ANSWER,
    Act.CLOSE,
    Act.MESSAGE,
)

PERMISSIONS: dict[Act, Permission] = {
    Act.ACCEPT: Permission.CASE_ACCEPT,
    Act.REFUSE: Permission.CASE_ACCEPT,
    Act.TRANSFER: Permission.CASE_TRANSFER,
    Act.ACKNOWLEDGE: Permission.CASE_ACKNOWLEDGE,
    Act.RETURN: Permission.CASE_ACKNOWLEDGE,
    Act.RECALL: Permission.CASE_TRANSFER,
    Act.ASSIGN: Permission.CASE_ASSIGN,
    Act.MESSAGE: Permission.CASE_ANSWER,
    Act.ANSWER: Permission.CASE_ANSWER,
    Act.CLOSE: Permission.CASE_CLOSE,
}


@dataclass(frozen=True, slots=True)
class Possible:
    """An act, and the sentence that says why it is closed to this officer now; none when it is open."""

    act: Act
    why_not: str = ""

    @property
    def is_open(self) -> bool:
        return not self.why_not


def possible_acts(case: Case, officer: Account) -> list[Possible]:
    """Every act of officers: open, or closed with the reason."""
    return [Possible(act, _obstacle(case, officer, act)) for act in OFFICER_ACTS]


def filer_may(case: Case, act: Act) -> bool:
    """Whether the filer can do `act` (supplement, withdraw) now."""
    row = transition(case.track, case.state, act)
    return row is not None and FILER in row.who


def _obstacle(case: Case, officer: Account, act: Act) -> str:
    if transition(case.track, case.state, act) is None:
        return why_not(case.track, case.state, act)
    permission = PERMISSIONS[act]
    if not can(officer, permission):
        return "您的岗位没有办理这一事项的权限。"
    if can(officer, permission, case):
        return ""
    units = "、".join(unit.name for unit in case.units_for(permission))
    return f"由{units}办理。"
