"""Who may do which act, over every track, every state, every role and every relation to the case: two grids and the table.

An act is open to an officer where three things meet: the transition table has it from that state, the role holds it, and the
officer's unit stands in the right relation to the case. Whatever the grids do not allow must be closed, with a reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import pytest

from models.cases.possible import OFFICER_ACTS, possible_acts
from models.cases.recusal.tables import CaseRecusal
from models.cases.recusal.terms import RecusalReason
from models.cases.sorting.terms import Complexity
from models.cases.states import states_of, transition
from models.cases.tables import Case, Transfer
from models.cases.terms import ENDED, Act, State
from models.kinds import Track
from models.people.permissions import Permission, can
from models.people.roles import AccountKind, Role
from models.people.tables import Account, Assignment, Unit

# What each role may do with a case of its own unit. Roles that are not here do nothing with cases.
BY_ROLE = """
                intake handler head supervisor
accept            ●      ·      ·      ·
refuse            ●      ·      ·      ·
acknowledge       ●      ●      ·      ·
return            ●      ●      ·      ·
assign            ●      ·      ●      ·
sort              ●      ·      ●      ·
merge             ●      ·      ●      ·
split             ●      ·      ●      ·
transfer          ●      ●      ●      ·
recall            ●      ●      ●      ·
escalate          ●      ●      ●      ·
ask_outside       ●      ●      ●      ·
take_on           ●      ●      ●      ·
mediate           ●      ●      ●      ·
settle            ●      ●      ●      ·
end_mediation     ●      ●      ●      ·
answer            ●      ●      ●      ·
message           ●      ●      ●      ·
close             ●      ●      ●      ·
file              ·      ·      ●      ·
not_file          ·      ·      ●      ·
designate         ·      ·      ●      ·
uphold            ·      ·      ·      ●
reject            ·      ·      ·      ●
open_green        ●      ●      ●      ·
decide_aid        ·      ·      ●      ·
offer_mediation   ●      ●      ●      ·
consent           ●      ●      ●      ·
arrange_session   ●      ●      ●      ·
hold_session      ●      ●      ●      ·
object_mediator   ●      ●      ●      ·
decide_mediator   ·      ·      ●      ·
propose_referral  ●      ●      ●      ·
approve_referral  ·      ·      ●      ·
decline_referral  ·      ·      ●      ·
refer             ●      ●      ●      ·
hear_police       ●      ●      ●      ·
pursue_referral   ●      ●      ●      ·
conclude_referral ●      ●      ●      ·
resume            ●      ●      ●      ·
recuse            ●      ●      ●      ●
"""

PROVINCE = Unit(id=1, code="province", name="省局", kind="province", path="/1/")
CITY = Unit(id=2, code="city", name="市局", kind="city", path="/1/2/")
COUNTY = Unit(id=3, code="county", name="县局", kind="county", path="/1/2/3/")
SIBLING = Unit(id=4, code="sibling", name="邻县局", kind="county", path="/1/2/4/")
TOWN = Unit(id=5, code="town", name="乡所", kind="county", path="/1/2/3/5/")

LOOKING = {Act.RECUSE}  # who sees a case can say that they must not
SUPERVISING = LOOKING | {Act.UPHOLD, Act.REJECT}
TAKING = {Act.ACKNOWLEDGE, Act.RETURN}
WORKING = set(OFFICER_ACTS) - TAKING - {Act.DESIGNATE}
ON_THE_WAY = (State.FORWARDED, State.TRANSFERRED)
CONTESTED = (State.CONTESTED, State.CONTESTED_ACCEPTED)


@dataclass(frozen=True)
class Relation:
    """Where the officer's unit stands to a case of the county that the city sent there; what that allows at most."""

    unit: Unit
    at_most: frozenset[Act] | set[Act]
    above_only: bool = False  # for heads and supervisors, who answer for what lies below them
    while_on_the_way: frozenset[Act] | set[Act] = frozenset()
    while_contested: frozenset[Act] | set[Act] = frozenset()


RELATIONS = {
    "has it": Relation(COUNTY, WORKING),
    "first unit, and above it": Relation(
        CITY, SUPERVISING, while_contested={Act.DESIGNATE}, while_on_the_way=set()
    ),
    "above all": Relation(PROVINCE, WORKING - {Act.TAKE_ON}, above_only=True),
    "to receive it": Relation(SIBLING, set(), while_on_the_way=TAKING | SUPERVISING),
    "has nothing to do with it": Relation(SIBLING, set()),
    "below it": Relation(TOWN, set()),
    "has it, but keeps out": Relation(COUNTY, set()),
    "has it, and is complained about": Relation(COUNTY, set()),
}


def _grid() -> dict[Role, set[Act]]:
    heads, *rows = (line.split() for line in BY_ROLE.strip().splitlines())
    found: dict[Role, set[Act]] = {role: set() for role in Role}
    for act, *marks in rows:
        for head, mark in zip(heads, marks, strict=True):
            if mark == "●":
                found[Role(head)].add(Act(act))
    return found


GRID = _grid()


def _officer(role: Role, unit: Unit) -> Account:
    held = [Assignment(unit=unit, unit_id=unit.id, role=role)]
    return Account(id=7, kind=AccountKind.STAFF, username="officer", active=True, assignments=held)


def _case(track: Track, state: State, relation: str, officer: Account) -> Case:
    waiting = [Transfer(from_unit=COUNTY, to_unit=SIBLING, to_unit_id=SIBLING.id)] * (
        relation == "to receive it" and state in ON_THE_WAY
    )
    recusals = []
    if relation == "has it, but keeps out":
        recusals.append(CaseRecusal(account_id=officer.id, reason=RecusalReason.RELATIVE))
    if relation == "has it, and is complained about":
        recusals.append(CaseRecusal(unit=COUNTY, reason=RecusalReason.PARTY))
    return Case(
        track=track,
        state=state,
        unit=COUNTY,
        unit_id=COUNTY.id,
        origin_unit=CITY,
        designator_unit=CITY if state in CONTESTED else None,
        transfers=waiting,
        recusals=recusals,
        complexity=Complexity.SIMPLE,
    )


def _expected(track: Track, state: State, role: Role, relation: str) -> set[Act]:
    found = RELATIONS[relation]
    allowed = set(found.at_most)
    if state in ON_THE_WAY:
        allowed |= found.while_on_the_way
    if state in CONTESTED:
        allowed |= found.while_contested
    is_above = role in (Role.HEAD, Role.SUPERVISOR)
    if relation == "first unit, and above it" and is_above:
        allowed |= WORKING - {Act.TAKE_ON}  # the head of the city answers for its counties
    if found.above_only and not is_above:
        return set()
    if relation == "above all" and state in CONTESTED:
        allowed |= {Act.DESIGNATE}
    allowed &= GRID[role] - {Act.SPLIT}  # it is merged into nothing
    return {act for act in allowed if state not in ENDED and transition(track, state, act)}


@pytest.mark.parametrize("relation", RELATIONS)
@pytest.mark.parametrize("role", list(Role), ids=lambda role: role.value)
def test_an_act_is_open_where_state_role_and_relation_meet(role: Role, relation: str) -> None:
    officer = _officer(role, RELATIONS[relation].unit)
    for track, state in product(Track, State):
        if state not in states_of(track):
            continue
        case = _case(track, state, relation, officer)
        possible = possible_acts(case, officer)
        found = {one.act for one in possible if one.is_open}
        assert found == _expected(track, state, role, relation), (track, state)
        assert all(one.is_open or one.obstacle for one in possible)


@pytest.mark.parametrize("relation", ["has it, but keeps out", "has it, and is complained about"])
def test_who_keeps_out_may_nothing_at_all(relation: str) -> None:
    for role, permission in product(Role, Permission):
        officer = _officer(role, COUNTY)
        case = _case(Track.REPORT, State.HANDLING, relation, officer)
        assert not can(officer, permission, case), (role, permission)


def test_the_grid_speaks_of_every_act_of_officers() -> None:
    said = {Act(line.split()[0]) for line in BY_ROLE.strip().splitlines()[1:]}
    assert said == set(OFFICER_ACTS)
