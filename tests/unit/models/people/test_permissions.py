"""Who may do what, as two tables to be read by those who answer for it: role × act, and role × where the case lies."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from models.people.permissions import REACHES_ALL, REACHES_BELOW, Permission, can, units_in_reach
from models.people.roles import AccountKind, Role
from models.people.tables import Account, Assignment, Unit

# ● may, · may not. Columns: 受理员 承办人 负责人 督办员 公示员 审核员 统计员 管理员
WHO_MAY_DO_WHAT = """
                     intake handler head supervisor publisher reviewer statistician administrator
    account:manage     ·      ·      ·      ·          ·         ·         ·            ●
    aid:decide         ·      ·      ●      ·          ·         ·         ·            ·
    calendar:manage    ·      ·      ·      ·          ·         ·         ·            ●
    case:accept        ●      ·      ·      ·          ·         ·         ·            ·
    case:acknowledge   ●      ●      ·      ·          ·         ·         ·            ·
    case:answer        ●      ●      ●      ·          ·         ·         ·            ·
    case:assign        ●      ·      ●      ·          ·         ·         ·            ·
    case:close         ●      ●      ●      ·          ·         ·         ·            ·
    case:designate     ·      ·      ●      ·          ·         ·         ·            ·
    case:extend        ·      ·      ●      ·          ·         ·         ·            ·
    case:file          ·      ·      ●      ·          ·         ·         ·            ·
    case:identify      ●      ●      ·      ·          ·         ·         ·            ·
    case:recuse        ·      ·      ●      ·          ·         ·         ·            ·
    case:supervise     ·      ·      ·      ●          ·         ·         ·            ·
    case:suspend       ●      ●      ●      ·          ·         ·         ·            ·
    case:transfer      ●      ●      ●      ·          ·         ·         ·            ·
    case:unseal        ·      ·      ●      ·          ·         ·         ·            ·
    case:view          ●      ●      ●      ●          ·         ·         ·            ·
    company:manage     ·      ·      ·      ·          ●         ●         ·            ·
    decision:enter     ·      ·      ·      ·          ●         ·         ·            ·
    decision:postpone  ·      ·      ●      ·          ·         ·         ·            ·
    decision:review    ·      ·      ·      ·          ·         ●         ·            ·
    decision:view      ·      ·      ●      ●          ●         ●         ●            ·
    decision:withdraw  ·      ·      ·      ·          ●         ●         ·            ·
    expert:ask         ●      ●      ●      ·          ·         ·         ·            ·
    expert:manage      ●      ·      ●      ·          ·         ·         ·            ·
    expert:pay         ●      ·      ●      ·          ·         ·         ·            ·
    holder:judge       ·      ·      ●      ●          ·         ·         ·            ·
    holder:verify      ●      ·      ●      ·          ·         ·         ·            ·
    ledger:view        ·      ·      ·      ·          ·         ·         ·            ●
    listing:decide     ·      ·      ·      ·          ·         ●         ·            ·
    listing:propose    ·      ·      ·      ·          ●         ·         ·            ·
    mechanism:manage   ●      ·      ●      ·          ·         ·         ·            ·
    outbox:manage      ·      ·      ·      ·          ·         ·         ·            ●
    paper:approve      ·      ·      ●      ·          ·         ·         ·            ·
    paper:write        ●      ●      ●      ·          ·         ·         ·            ·
    referral:decide    ·      ·      ●      ·          ·         ·         ·            ·
    retention:approve  ·      ·      ●      ·          ·         ·         ·            ·
    retention:manage   ·      ·      ·      ·          ·         ·         ·            ●
    reward:decide      ·      ·      ●      ·          ·         ·         ·            ·
    reward:pay         ●      ·      ●      ·          ·         ·         ·            ·
    reward:propose     ●      ●      ●      ·          ·         ·         ·            ·
    rule:manage        ·      ·      ·      ·          ·         ·         ·            ●
    statistics:report  ·      ·      ·      ·          ·         ·         ●            ·
    statistics:view    ·      ·      ●      ●          ·         ·         ●            ·
    template:manage    ·      ·      ·      ·          ·         ·         ·            ●
    token:manage       ·      ·      ·      ·          ·         ·         ·            ●
    unit:manage        ·      ·      ·      ·          ·         ·         ·            ●
"""

# Where the thing lies, seen from the unit in which the role is held.
HOW_FAR_IT_REACHES = """
                    own  below  above  beside
    intake           ●     ·      ·      ·
    handler          ●     ·      ·      ·
    head             ●     ●      ·      ·
    supervisor       ●     ●      ·      ·
    publisher        ●     ·      ·      ·
    reviewer         ●     ·      ·      ·
    statistician     ●     ·      ·      ·
    administrator    ●     ●      ●      ●
"""


def _read(table: str) -> dict[tuple[str, str], bool]:
    heads, *rows = (line.split() for line in table.strip().splitlines())
    return {(row[0], head): sign == "●" for row in rows for head, sign in zip(heads, row[1:], strict=True)}


ACTS = _read(WHO_MAY_DO_WHAT)
REACH = _read(HOW_FAR_IT_REACHES)

PROVINCE = Unit(id=1, code="province", name="省局", kind="province", path="/1/")
CITY = Unit(id=2, code="city", name="市局", kind="city", path="/1/2/")
COUNTY = Unit(id=3, code="county", name="县局", kind="county", path="/1/2/3/")
OTHER_CITY = Unit(
    id=20, code="other", name="邻市局", kind="city", path="/1/20/"
)  # its path starts like CITY's
PLACES = {"own": CITY, "below": COUNTY, "above": PROVINCE, "beside": OTHER_CITY}
ANY_ACT = {
    role: next(Permission(act) for (act, who), may in ACTS.items() if may and who == role) for role in Role
}


@dataclass(frozen=True)
class _Thing:
    """Something that belongs to units."""

    units: tuple[Unit, ...]

    def units_for(self, permission: Permission) -> list[Unit]:
        return list(self.units)


def _member(*roles: Role, unit: Unit = CITY, active: bool = True) -> Account:
    held = [Assignment(unit=unit, unit_id=unit.id, role=role) for role in roles]
    return Account(kind=AccountKind.STAFF, username="member", active=active, assignments=held)


def test_the_tables_leave_nothing_out() -> None:
    assert set(ACTS) == {(act.value, role.value) for act in Permission for role in Role}
    assert set(REACH) == {(role.value, place) for role in Role for place in PLACES}


@pytest.mark.parametrize(("act", "role"), ACTS)
def test_who_may_do_what(act: str, role: str) -> None:
    assert can(_member(Role(role)), Permission(act)) is ACTS[act, role]


@pytest.mark.parametrize(("role", "place"), REACH)
def test_how_far_it_reaches(role: str, place: str) -> None:
    member, act = _member(Role(role)), ANY_ACT[Role(role)]
    assert can(member, act, _Thing((PLACES[place],))) is REACH[role, place]


@pytest.mark.parametrize(("role", "place"), REACH)
def test_a_query_reaches_as_far_as_the_question(role: str, place: str) -> None:
    own, below = units_in_reach(_member(Role(role)), ANY_ACT[Role(role)])
    unit = PLACES[place]
    assert (unit.id in own or unit.path.startswith(below)) is REACH[role, place]


def test_nobody_who_handles_cases_also_publishes_or_manages() -> None:
    cases = {role for (act, role), may in ACTS.items() if may and act.startswith("case:")}
    publishing = {
        role for (act, role), may in ACTS.items() if may and act in ("decision:enter", "decision:review")
    }
    assert not cases & publishing
    assert Role.ADMINISTRATOR not in cases | publishing


def test_no_role_both_enters_and_reviews_a_decision() -> None:
    assert not [role for role in Role if ACTS["decision:enter", role] and ACTS["decision:review", role]]


def test_several_roles_add_up() -> None:
    member = _member(Role.PUBLISHER, Role.REVIEWER)
    assert can(member, Permission.DECISION_ENTER)
    assert can(member, Permission.DECISION_REVIEW)


def test_the_reach_of_one_role_is_not_lent_to_another() -> None:
    member = _member(Role.HANDLER, Role.SUPERVISOR)
    below = _Thing((COUNTY,))
    assert can(member, Permission.CASE_VIEW, below)
    assert not can(member, Permission.CASE_ANSWER, below)


def test_one_of_the_things_units_is_enough_and_none_is_nobodys() -> None:
    member = _member(Role.INTAKE)
    assert can(member, Permission.CASE_VIEW, _Thing((OTHER_CITY, CITY)))
    assert not can(member, Permission.CASE_VIEW, _Thing(()))


def test_a_closed_account_may_nothing_and_reaches_nothing() -> None:
    closed = _member(*Role, active=False)
    assert not [act for act in Permission if can(closed, act)]
    assert {units_in_reach(closed, act) for act in Permission} == {(frozenset(), ())}


def test_a_rights_holder_has_no_permission_at_all() -> None:
    holder = Account(kind=AccountKind.RIGHTS_HOLDER, username="holder", active=True, assignments=[])
    assert not [act for act in Permission if can(holder, act)]


def test_reaching_far_is_for_few() -> None:
    assert {Role.HEAD, Role.SUPERVISOR} == REACHES_BELOW
    assert {Role.ADMINISTRATOR} == REACHES_ALL
