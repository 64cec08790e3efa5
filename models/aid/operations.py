"""The verbs of aid: open the green channel, decide on the application."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy.orm import Session

from models.aid.queries import green_channel_of
from models.aid.rules import AidRules
from models.aid.tables import AidDecision, GreenChannel
from models.aid.terms import application_in
from models.cases.moves import Notes, move, required
from models.cases.states import require
from models.cases.tables import Case
from models.cases.terms import Act
from models.errors import ActRefused, Invalid
from models.people.tables import Account
from models.wording import said


def open_green(
    session: Session,
    *,
    case: Case,
    rules: AidRules,
    ground: str,
    reasons: str,
    actor: Account,
    now: dt.datetime,
) -> GreenChannel:
    """转入绿色通道 on one of the bureau's grounds, found to hold; the shorter promise to decide starts."""
    require(case.track, case.state, Act.OPEN_GREEN)
    if green_channel_of(session, case) is not None:
        raise ActRefused("已经转入绿色通道，不用重复办理。")
    if ground not in rules.green:
        sentence = said("请选择转入绿色通道的情形。")
        raise Invalid(sentence, {"ground": sentence})
    words = required(reasons, field="reasons", sentence="请写明怎样核实的，申请人会看到。")
    made = GreenChannel(case_id=case.id, ground=ground, reasons=words, opened_by_id=actor.id, opened_at=now)
    session.add(made)
    session.flush()
    notes = Notes(public=words, data={"ground": ground})
    move(session, case=case, act=Act.OPEN_GREEN, actor=actor, now=now, notes=notes)
    return made


def decide_aid(
    session: Session,
    *,
    case: Case,
    rules: AidRules,
    is_given: bool,
    helps: Sequence[str],
    reasons: str,
    actor: Account,
    now: dt.datetime,
) -> AidDecision:
    """援助决定 with its reasons; what is given is named. It keeps the promises of both channels."""
    require(case.track, case.state, Act.DECIDE_AID)
    if is_given and (not helps or not set(helps) <= rules.helps.keys()):
        sentence = said("请选择提供哪些援助。")
        raise Invalid(sentence, {"helps": sentence})
    words = required(reasons, field="reasons", sentence="请写明决定的理由，申请人会看到。")
    told = application_in(case.filing.data)
    rule = rules.rule_for(told.applicant, told.helps, case.right_type).id if told else None
    made = AidDecision(
        case=case,
        is_given=is_given,
        helps=list(helps) if is_given else [],
        rule=rule,
        reasons=words,
        decided_by_id=actor.id,
        decided_at=now,
    )
    session.add(made)
    session.flush()
    notes = Notes(public=words, data={"decision": made.id, "is_given": is_given, "rule": rule})
    move(session, case=case, act=Act.DECIDE_AID, actor=actor, now=now, notes=notes)
    return made
