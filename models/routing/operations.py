"""Sending a case with the proposal in view: as proposed, or elsewhere with a reason that stays on record."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from models.cases.moves import required
from models.cases.tables import Case, Transfer
from models.cases.transfers import Way, transfer, transfer_targets, way_between
from models.ledger import record
from models.people.tables import Account, Unit
from models.routing.proposals import Proposal
from models.routing.tables import RoutingChoice

WHY_NOT = "这与建议的机构不同，请写明为什么。"


def transfer_with_proposal(
    session: Session,
    *,
    case: Case,
    to_unit: Unit,
    reasons: str,
    proposal: Proposal,
    departure: str,
    actor: Account,
    now: dt.datetime,
) -> Transfer:
    """移交, and what became of `proposal`. Invalid at `departure` where the unit is another one and no reason given."""
    proposed = proposal.among([unit for _way, unit in transfer_targets(session, case)])
    follows = _follows(case, proposal, proposed, to_unit)
    why = None if follows else required(departure, field="departure", sentence=WHY_NOT)
    sent = transfer(session, case=case, to_unit=to_unit, reasons=reasons, actor=actor, now=now)
    choice = RoutingChoice(
        case_id=case.id,
        transfer_id=sent.id,
        rule_id=proposal.route.rule.id,
        conduct=proposal.conduct,
        venue=proposal.venue,
        proposed_unit=proposed,
        chosen_unit=to_unit,
        departure=why,
        chosen_by_id=actor.id,
        chosen_at=now,
    )
    session.add(choice)
    session.flush()
    data = {
        "transfer": sent.id,
        "rule": choice.rule_id,
        "proposed": choice.proposed_unit_id,
        "chosen": choice.chosen_unit_id,
    }
    record(session, act="case.route", subject=case, actor=actor, now=now, data=data)
    return sent


def _follows(case: Case, proposal: Proposal, proposed: Unit | None, chosen: Unit) -> bool:
    if proposed is not None:
        return proposed.id == chosen.id
    return proposal.is_vague and way_between(case.acting_unit, chosen) is Way.DOWN
