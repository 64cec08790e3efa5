"""The page of one case: what is known, what happened, what can be done now and what cannot, and why."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, jsonify, render_template
from flask.typing import ResponseReturnValue

from casework.case_page import buttons, closed_acts, facts, merged_rows, next_deadline, steps
from casework.clock_page import clock_links
from casework.loading import case_to_read
from casework.related import hints
from casework.response import cleared_rows
from casework.routing_page import is_open_where, proposal_for, shown
from journey.aid_words import decision_rows
from journey.deadline_events import deadline_steps
from journey.deadlines import clocks_of, deadline_documents, shown_clocks
from journey.received import receipts_of
from models.cases.merging import references_of_group
from models.cases.possible import possible_acts
from models.cases.sight import Sight
from models.cases.tables import Case
from models.cases.terms import STATE_LABELS, Act
from models.filings.kinds import COPY_STATE_LABELS, SCAN_STATE_LABELS
from models.identity.queries import waiting_requests
from models.identity.tables import IdentityRequest
from models.kinds import TRACK_LABELS
from models.people.permissions import Permission, can
from models.routing.operations import asks_why_here
from models.signals.matching import matches
from models.types import beijing_date, now_utc
from shared.access import account, requires
from shared.database import session
from shared.services import services

blueprint = Blueprint("case", __name__, url_prefix="/casework/cases")


@blueprint.get("/<reference>")
@requires(Permission.CASE_VIEW)
def show(reference: str) -> ResponseReturnValue:
    """The case."""
    case = case_to_read(reference)
    officer = account()
    possible = possible_acts(case, officer)
    now = now_utc()
    today = beijing_date(now)
    sight = Sight(officer, today, today)
    clocks = clocks_of(session, case)
    deadlines = shown_clocks(session, clocks, now)
    proposal = proposal_for(case)
    return render_template(
        "casework/case.html",
        case=case,
        state=STATE_LABELS[case.state],
        track=TRACK_LABELS[case.track],
        next_deadline=next_deadline(deadlines),
        deadlines=deadlines,
        receipts=receipts_of(case),
        facts=[
            *facts(case),
            *cleared_rows(case),
            *decision_rows(session, case),
            *merged_rows(references_of_group(session, case, sight)),
        ],
        proposal=shown(proposal, case) if is_open_where(case) else None,
        scan_labels=SCAN_STATE_LABELS,
        copy_labels=COPY_STATE_LABELS,
        steps=steps(case, deadlines, deadline_steps(session, clocks, for_staff=True)),
        clock_links=clock_links(session, case, clocks, officer, now),
        buttons=buttons(case, possible, asks_why_here=asks_why_here(proposal)),
        closed_acts=closed_acts(possible),
        hints=hints(matches(session, case, sight)),
        may_dismiss=can(officer, Permission.CASE_ANSWER, case),
        was_referred=any(one.act is Act.PROPOSE_REFERRAL for one in case.acts),
        may_recuse=bool(case.recusals) and can(officer, Permission.CASE_RECUSE, case),
        may_identify=can(officer, Permission.CASE_IDENTIFY, case),
        unsealing=_to_unseal(case),
    )


def _to_unseal(case: Case) -> Sequence[IdentityRequest]:
    """The requests to open the envelope that wait for the visitor's answer."""
    is_asked = services().bureau.identity.wants_two and can(account(), Permission.CASE_UNSEAL, case)
    return waiting_requests(session, case, account()) if is_asked else ()


@blueprint.get("/<reference>/deadlines.json")
@requires(Permission.CASE_VIEW)
def deadlines(reference: str) -> ResponseReturnValue:
    """Its deadlines, each counted day by day, for programs."""
    case = case_to_read(reference)
    return jsonify(deadlines=deadline_documents(session, clocks_of(session, case), now_utc()))
