"""What an officer can do with a case now, and for what they can't, why: for the page of the case."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from models.cases.merging import NOT_BY_MEMBERS
from models.cases.operations import can_handle
from models.cases.sorting.paths import has_short_path
from models.cases.states import FILER, states_for, transition
from models.cases.tables import Case
from models.cases.terms import Act, State
from models.people.permissions import Permission, can
from models.people.tables import Account, Unit

# In the order of a case's life; the filer's own acts and the opening are not an officer's.
OFFICER_ACTS = (
    Act.ACKNOWLEDGE,
    Act.RETURN,
    Act.ACCEPT,
    Act.REFUSE,
    Act.SORT,
    Act.TAKE_ON,
    Act.ASSIGN,
    Act.TRANSFER,
    Act.RECALL,
    Act.ESCALATE,
    Act.DESIGNATE,
    Act.OPEN_GREEN,
    Act.DECIDE_AID,
    Act.OFFER_MEDIATION,
    Act.CONSENT,
    Act.MEDIATE,
    Act.ARRANGE_SESSION,
    Act.HOLD_SESSION,
    Act.OBJECT_MEDIATOR,
    Act.DECIDE_MEDIATOR,
    Act.SETTLE,
    Act.END_MEDIATION,
    Act.FILE,
    Act.NOT_FILE,
    Act.PROPOSE_REFERRAL,
    Act.APPROVE_REFERRAL,
    Act.DECLINE_REFERRAL,
    Act.REFER,
    Act.HEAR_POLICE,
    Act.PURSUE_REFERRAL,
    Act.CONCLUDE_REFERRAL,
    Act.RESUME,
    Act.ANSWER,
    Act.CLOSE,
    Act.UPHOLD,
    Act.REJECT,
    Act.ASK_OUTSIDE,
    Act.MERGE,
    Act.SPLIT,
    Act.MESSAGE,
    Act.RECUSE,
)

PERMISSIONS: dict[Act, Permission] = {
    Act.ACCEPT: Permission.CASE_ACCEPT,
    Act.REFUSE: Permission.CASE_ACCEPT,
    Act.TRANSFER: Permission.CASE_TRANSFER,
    Act.ACKNOWLEDGE: Permission.CASE_ACKNOWLEDGE,
    Act.RETURN: Permission.CASE_ACKNOWLEDGE,
    Act.RECALL: Permission.CASE_TRANSFER,
    Act.ESCALATE: Permission.CASE_TRANSFER,
    Act.DESIGNATE: Permission.CASE_DESIGNATE,
    Act.SORT: Permission.CASE_ASSIGN,
    Act.ASSIGN: Permission.CASE_ASSIGN,
    Act.TAKE_ON: Permission.CASE_ANSWER,
    Act.MESSAGE: Permission.CASE_ANSWER,
    Act.ANSWER: Permission.CASE_ANSWER,
    Act.CLOSE: Permission.CASE_CLOSE,
    Act.RECUSE: Permission.CASE_VIEW,
    Act.OPEN_GREEN: Permission.CASE_ANSWER,
    Act.DECIDE_AID: Permission.AID_DECIDE,
    Act.OFFER_MEDIATION: Permission.CASE_ANSWER,
    Act.CONSENT: Permission.CASE_ANSWER,
    Act.MEDIATE: Permission.CASE_ANSWER,
    Act.ARRANGE_SESSION: Permission.CASE_ANSWER,
    Act.HOLD_SESSION: Permission.CASE_ANSWER,
    Act.OBJECT_MEDIATOR: Permission.CASE_ANSWER,
    Act.DECIDE_MEDIATOR: Permission.CASE_RECUSE,
    Act.SETTLE: Permission.CASE_ANSWER,
    Act.END_MEDIATION: Permission.CASE_ANSWER,
    Act.FILE: Permission.CASE_FILE,
    Act.NOT_FILE: Permission.CASE_FILE,
    Act.PROPOSE_REFERRAL: Permission.CASE_ANSWER,
    Act.APPROVE_REFERRAL: Permission.REFERRAL_DECIDE,
    Act.DECLINE_REFERRAL: Permission.REFERRAL_DECIDE,
    Act.REFER: Permission.CASE_ANSWER,
    Act.HEAR_POLICE: Permission.CASE_ANSWER,
    Act.PURSUE_REFERRAL: Permission.CASE_ANSWER,
    Act.CONCLUDE_REFERRAL: Permission.CASE_ANSWER,
    Act.RESUME: Permission.CASE_ANSWER,
    Act.UPHOLD: Permission.CASE_SUPERVISE,
    Act.REJECT: Permission.CASE_SUPERVISE,
    Act.ASK_OUTSIDE: Permission.CASE_TRANSFER,
    Act.MERGE: Permission.CASE_ASSIGN,
    Act.SPLIT: Permission.CASE_ASSIGN,
}


class Obstacle(enum.StrEnum):
    """Why an act is closed to an officer now: what would have to change first."""

    OVER = "over"  # the case has ended
    STATE = "state"  # possible from other states only
    ROLE = "role"  # the officer holds no role that may do it
    UNIT = "unit"  # other units' officers do it
    DESIGNATED = "designated"  # a superior has said who is competent
    MERGED = "merged"  # the leading case decides for this one too
    ALONE = "alone"  # it is merged into no other
    COMPLEX = "complex"  # only a simple case is taken on without being assigned
    TAKEN = "taken"  # somebody handles it


@dataclass(frozen=True, slots=True)
class Possible:
    """An act, open or closed; `states` from which it is possible, `units` whose officers may do it."""

    act: Act
    obstacle: Obstacle | None = None
    states: tuple[State, ...] = ()
    units: tuple[Unit, ...] = ()

    @property
    def is_open(self) -> bool:
        return self.obstacle is None


def possible_acts(case: Case, officer: Account) -> list[Possible]:
    """Every act of officers that the track knows: open, or closed with the reason."""
    known = [act for act in OFFICER_ACTS if states_for(case.track, act)]
    return [possible_act(case, officer, act) for act in known]


def is_open_to(case: Case, officer: Account, act: Act) -> bool:
    """Whether the officer can do this one act now."""
    return possible_act(case, officer, act).is_open


def filer_may(case: Case, act: Act) -> bool:
    """Whether the filer can do `act` (supplement, withdraw) now."""
    row = transition(case.track, case.state, act)
    return row is not None and FILER in row.who


def possible_act(case: Case, officer: Account, act: Act) -> Possible:
    """This one act: open to the officer now, or closed with the reason."""
    if case.has_ended:
        return Possible(act, Obstacle.OVER)
    if transition(case.track, case.state, act) is None:
        return Possible(act, Obstacle.STATE, states=states_for(case.track, act))
    permission = PERMISSIONS[act]
    if not can(officer, permission):
        return Possible(act, Obstacle.ROLE)
    if not can(officer, permission, case):
        return Possible(act, Obstacle.UNIT, units=tuple(case.units_for(permission)))
    if act is Act.TRANSFER and case.is_designated:
        return Possible(act, Obstacle.DESIGNATED)
    if case.lead_id is not None and act in NOT_BY_MEMBERS:
        return Possible(act, Obstacle.MERGED)
    if case.lead_id is None and act is Act.SPLIT:
        return Possible(act, Obstacle.ALONE)
    return Possible(act, _why_not_taken_on(case, officer) if act is Act.TAKE_ON else None)


def _why_not_taken_on(case: Case, officer: Account) -> Obstacle | None:
    if not has_short_path(case):
        return Obstacle.COMPLEX
    if case.handler_id is not None:
        return Obstacle.TAKEN
    return None if can_handle(officer, case.acting_unit) else Obstacle.ROLE
