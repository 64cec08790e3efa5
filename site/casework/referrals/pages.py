"""The page of a case's referrals: the report, the decision, the pack, every step with its clock, and what can be done now."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from casework.loading import case_to_see
from journey.deadlines import shown_clocks
from journey.referrals import history
from models.cases.possible import PERMISSIONS
from models.cases.states import transition
from models.cases.tables import Case
from models.people.permissions import Permission, can
from models.referrals.papers import papers_of
from models.referrals.queries import clocks_of, files_of, referrals_of
from models.referrals.states import possible
from models.referrals.tables import Referral
from models.referrals.terms import STANDING_LABELS, STEP_LABELS, Standing, Step
from models.types import now_utc
from shared.access import account, requires
from shared.database import session

blueprint = Blueprint("referrals", __name__, url_prefix="/casework/cases/<reference>/referral")


@blueprint.get("")
@requires(Permission.CASE_VIEW)
def show(reference: str) -> ResponseReturnValue:
    """All referrals of the case; the newest is the one that may go on."""
    case = case_to_see(reference)
    referrals = referrals_of(session, case)
    newest = referrals[0] if referrals else None
    clocks = clocks_of(session, referrals).get(case.id, [])
    return render_template(
        "casework/referrals/show.html",
        case=case,
        referrals=referrals,
        newest=newest,
        standings=STANDING_LABELS,
        labels=STEP_LABELS,
        histories={one.id: history(one, for_staff=True) for one in referrals},
        steps=_steps(case, newest),
        papers=papers_of(session, newest) if newest else [],
        files=files_of(session, newest) if newest else [],
        clocks=shown_clocks(session, clocks, now_utc()),
        may_pack=_may_pack(newest),
        may_read=newest is not None
        and (not newest.names_filer or can(account(), Permission.CASE_IDENTIFY, case)),
    )


def _steps(case: Case, referral: Referral | None) -> list[Step]:
    """The steps that the visitor can take now, in the order of the table."""
    if referral is None:
        return []
    return [
        row.step
        for row in possible(referral.standing)
        if transition(case.track, case.state, row.act) and can(account(), PERMISSIONS[row.act], case)
        if row.step is not Step.HAND_OVER or referral.pack_key
        if row.step not in (Step.APPROVE, Step.DECLINE) or _is_impartial(referral)
    ]


def _is_impartial(referral: Referral) -> bool:
    team = (referral.first_handler_id, referral.second_handler_id, referral.proposed_by_id)
    return account().id not in team


def _may_pack(referral: Referral | None) -> bool:
    if referral is None or referral.standing is not Standing.APPROVED:
        return False
    wanted = (Permission.PAPER_WRITE, *((Permission.CASE_IDENTIFY,) if referral.names_filer else ()))
    return all(can(account(), one, referral.case) for one in wanted)
