"""申请调解员回避 and its decision (Order 121 Art 21). The limit of sixty days goes on meanwhile: Art 22 excludes tests only."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from models.cases.mediation.operations import name_mediator
from models.cases.mediation.queries import mediation_under_way
from models.cases.mediation.tables import MediatorObjection
from models.cases.mediation.terms import PARTIES, Side
from models.cases.moves import Notes, move, required
from models.cases.response.operations import RESPONDENT
from models.cases.states import require
from models.cases.tables import Case
from models.cases.terms import Act
from models.errors import ActRefused
from models.ledger.operations import Acts
from models.people.actors import FILER
from models.people.tables import Account
from models.wording import said

ASKED = said("有人提出调解员回避，作出决定以前中止调解。")


def object_to_mediator(
    session: Session,
    *,
    case: Case,
    side: Side,
    words: str,
    now: dt.datetime,
    actor: Account | None = None,
) -> MediatorObjection:
    """A side asks, or the mediator itself says, that somebody else should mediate; without `actor` the side by itself."""
    require(case.track, case.state, Act.OBJECT_MEDIATOR)
    if actor is None and side not in PARTIES:
        raise ActRefused("调解员本人的回避由工作人员登记。")
    mediation = mediation_under_way(session, case)
    if mediation.pending_objection is not None:
        raise ActRefused("已经有回避申请在等待决定。")
    reasons = required(words, field="words", sentence="请写明调解员与哪一方有什么关系，可能怎样影响公正。")
    made = MediatorObjection(side=side, mediator_name=mediation.mediator_name or "", words=reasons, at=now)
    mediation.objections.append(made)
    session.flush()
    who: Acts = actor or (FILER if side is Side.FILER else RESPONDENT)
    data = {"mediation": mediation.id, "objection": made.id, "side": side}
    notes = Notes(public=ASKED, internal=reasons, data=data)
    move(session, case=case, act=Act.OBJECT_MEDIATOR, actor=who, now=now, notes=notes)
    return made


def decide_objection(
    session: Session,
    *,
    case: Case,
    is_granted: bool,
    reasons: str,
    mediator_name: str,
    actor: Account,
    now: dt.datetime,
    mediator: Account | None = None,
) -> MediatorObjection:
    """是否回避, by a head who is not that mediator; a granted one names who mediates instead."""
    require(case.track, case.state, Act.DECIDE_MEDIATOR)
    mediation = mediation_under_way(session, case)
    waiting = mediation.pending_objection
    if waiting is None:
        raise ActRefused("没有等待决定的回避申请。")
    if mediation.mediator_id == actor.id:
        raise ActRefused("调解员不能决定自己是否回避，请由另一位负责人决定。")
    words = required(reasons, field="reasons", sentence="请写明决定的理由，双方会看到。")
    if is_granted:
        refused = mediation.mediator_name
        name_mediator(case, mediation, mediator_name, mediator, but=refused)
    waiting.is_granted, waiting.reasons = is_granted, words
    waiting.decided_at, waiting.decided_by_id = now, actor.id
    session.flush()
    data = {"mediation": mediation.id, "objection": waiting.id, "is_granted": is_granted}
    notes = Notes(public=words, data=data)
    move(session, case=case, act=Act.DECIDE_MEDIATOR, actor=actor, now=now, notes=notes)
    return waiting
