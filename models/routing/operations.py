"""Sending or accepting a case with the proposal in view: as proposed, or else with a reason that stays on record."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from models.cases.moves import required
from models.cases.operations import accept
from models.cases.outside.needs import occasion_of
from models.cases.tables import Case, Transfer
from models.cases.transfers import Way, transfer, transfer_targets, way_between
from models.errors import ActRefused
from models.kinds import Track
from models.ledger import record
from models.papers.needs import refuse_lacking
from models.people.tables import Account, Unit
from models.routing.proposals import Proposal
from models.routing.tables import RoutingChoice
from models.routing.terms import Step

WHY_NOT = "这与建议的机构不同，请写明为什么。"
WHY_HERE = "按职责分工不由本机构受理，请写明为什么在这里受理。"
NOT_COMPETENT = "本机构无权裁决专利侵权纠纷，请移交有权处理的上级机构（专利法实施细则 第95条）。"


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
    """移交, and what became of `proposal`. Invalid at `departure` where the unit is another one and no reason given,
    at `unit` where an outside body lacks what it must have.
    """
    proposed = proposal.among([unit for _way, unit in transfer_targets(session, case)])
    follows = _follows(case, proposal, proposed, to_unit)
    why = None if follows else required(departure, field="departure", sentence=WHY_NOT)
    refuse_lacking(session, case=case, to_unit=to_unit, occasion=occasion_of(case))
    sent = transfer(session, case=case, to_unit=to_unit, reasons=reasons, actor=actor, now=now)
    choice = _choice(case, proposal, proposed, to_unit, why)
    choice.transfer_id = sent.id
    _note(session, choice, case, actor, now)
    return sent


def accept_with_proposal(
    session: Session,
    *,
    case: Case,
    proposal: Proposal,
    departure: str,
    actor: Account,
    now: dt.datetime,
    note: str = "",
) -> Case:
    """受理 here, and what became of `proposal`. Invalid at `departure` where another unit was proposed and no reason given.

    ActRefused for a patent dispute in a unit that may not decide one (专利法实施细则 Art 95): that has to go up.
    """
    if not asks_why_here(proposal):
        return accept(session, case=case, actor=actor, now=now, note=note)
    if case.track is Track.ADJUDICATION and proposal.step is Step.SEND:
        raise ActRefused(NOT_COMPETENT)
    why = required(departure, field="departure", sentence=WHY_HERE)
    proposed = proposal.among([unit for _way, unit in transfer_targets(session, case)])
    accept(session, case=case, actor=actor, now=now, note=note)
    _note(session, _choice(case, proposal, proposed, case.acting_unit, why), case, actor, now)
    return case


def asks_why_here(proposal: Proposal) -> bool:
    """Whether the rules would have the case go elsewhere, so that accepting it needs a reason."""
    return proposal.step not in (Step.HERE, Step.HELD)


def _choice(
    case: Case, proposal: Proposal, proposed: Unit | None, chosen: Unit, why: str | None
) -> RoutingChoice:
    return RoutingChoice(
        case_id=case.id,
        rule_id=proposal.route.rule.id,
        conduct=proposal.conduct,
        venue=proposal.venue,
        proposed_unit=proposed,
        chosen_unit=chosen,
        departure=why,
    )


def _note(session: Session, choice: RoutingChoice, case: Case, actor: Account, now: dt.datetime) -> None:
    choice.chosen_by_id, choice.chosen_at = actor.id, now
    session.add(choice)
    session.flush()
    data = {
        "transfer": choice.transfer_id,
        "rule": choice.rule_id,
        "proposed": choice.proposed_unit_id,
        "chosen": choice.chosen_unit_id,
    }
    record(session, act="case.route", subject=case, actor=actor, now=now, data=data)


def _follows(case: Case, proposal: Proposal, proposed: Unit | None, chosen: Unit) -> bool:
    if proposed is not None:
        return proposed.id == chosen.id
    return proposal.is_vague and way_between(case.acting_unit, chosen) is Way.DOWN
