"""Verbs on petitions: sent, noted from paper, checked, answered. Who makes sure of the party and who answers are two people.

An objection is marked in public while it is open (河南省社会信用条例 Art 41); a repair that is granted ends publication
(第36号令 Art 3, 市场监督管理信用修复管理办法).
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models import outbox
from models.decisions.kinds import Fulfilment
from models.decisions.noting import note
from models.decisions.petitions.clocks import (
    meet_petition_clock,
    start_petition_clock,
    start_repair_clocks,
)
from models.decisions.petitions.kinds import PetitionKind, PetitionOutcome
from models.decisions.petitions.tables import Petition
from models.decisions.publication import end_by_repair
from models.decisions.states import State
from models.decisions.tables import Decision
from models.decisions.term.repair import earliest_repair
from models.errors import ActRefused, Conflict, Invalid
from models.ledger.operations import Acts, salted_digest
from models.people.permissions import Permission, can
from models.people.tables import Account
from models.types import beijing_date
from models.wording import said

TELL_PETITIONER = "tell-petitioner"
MAX_STATEMENT = 4_000
_PUBLIC = (State.PUBLISHED, State.EXPIRED_UNFULFILLED)


def send_petition(
    session: Session, decision: Decision, *, kind: PetitionKind, statement: str, promised: bool, actor: Account,
    now: dt.datetime,
) -> Petition:  # fmt: skip
    """An account asks, in the name of the party. Without effect until the staff has made sure of that."""
    if not decision.is_public(beijing_date(now)):
        raise ActRefused("这份决定书不在公示中。")
    received_on = beijing_date(now)
    made = _new(decision, kind, received_on, statement, promised=promised, now=now)
    made.asked_by_id = actor.id
    return _saved(session, made, "petition", actor, now)


def note_petition(
    session: Session, decision: Decision, *, kind: PetitionKind, received_on: dt.date, statement: str, promised: bool,
    needs_inquiry: bool, actor: Account, now: dt.datetime,
) -> Petition:  # fmt: skip
    """The party has asked on paper or at the counter; who notes it has seen who asks."""
    made = _new(decision, kind, received_on, statement, promised=promised, now=now)
    made.needs_inquiry = needs_inquiry
    made.checked_by_id, made.checked_at = actor.id, now
    _saved(session, made, "petition", actor, now)
    start_petition_clock(session, made, now=now)
    return made


def check_petition(
    session: Session, petition: Petition, *, needs_inquiry: bool, actor: Account, now: dt.datetime
) -> Petition:
    """The staff has made sure that the party asks: the clock runs from receipt, an objection is marked in public."""
    _refuse_closed(petition)
    if petition.checked_at is not None:
        raise Conflict("已经核对过。")
    petition.needs_inquiry = needs_inquiry
    petition.checked_by_id, petition.checked_at = actor.id, now
    session.flush()
    start_petition_clock(session, petition, now=now)
    _tell_petitioner(session, petition, "checked", now)
    note(session, petition.decision, "check_petition", actor, now, {"id": petition.id}, is_public=True)
    return petition


def answer_petition(
    session: Session, petition: Petition, *, outcome: PetitionOutcome, answer: str, actor: Account, now: dt.datetime
) -> Petition:  # fmt: skip
    """The answer, by another person than the one who checked. A repair that is granted ends publication at once."""
    _refuse_closed(petition)
    if not can(actor, Permission.DECISION_REVIEW, petition.decision):
        raise ActRefused("您没有答复申请的权限。")
    if petition.checked_by_id == actor.id:
        raise ActRefused("核对申请的人不能答复，请另一位审核员答复。")
    if petition.checked_at is None and outcome is not PetitionOutcome.NOT_PARTY:
        raise ActRefused("还没有核对是不是当事人提出的，不能答复。")
    if not answer.strip():
        raise Invalid("请写明答复和理由。", {"answer": "请写明答复和理由，当事人会看到。"})
    is_granted = petition.kind is PetitionKind.REPAIR and outcome is PetitionOutcome.UPHELD
    if is_granted:
        _refuse_early_repair(petition.decision, beijing_date(now))
    petition.outcome, petition.answer = outcome, answer.strip()
    petition.decided_by_id, petition.decided_at = actor.id, now
    if petition.checked_at is not None:
        meet_petition_clock(session, petition, now=now)
    data = {
        "id": petition.id,
        "kind": petition.kind.value,
        "outcome": outcome.value,
        "answer": salted_digest(answer),
    }
    _tell_petitioner(session, petition, "answered", now)
    note(session, petition.decision, "answer_petition", actor, now, data, is_public=True)
    if is_granted:
        end_by_repair(session, petition.decision, actor=actor, now=now)
        start_repair_clocks(session, petition, on=beijing_date(now), now=now)
    return petition


def _refuse_early_repair(decision: Decision, today: dt.date) -> None:
    """第36号令: the shortest term is over, and what was ordered is done."""
    if decision.state not in _PUBLIC:
        raise ActRefused("这份决定书不在公示中。")
    if decision.fulfilment is not Fulfilment.FULFILLED:
        raise ActRefused("还没有记录“已经履行”，不能准予修复。")
    earliest = earliest_repair(decision, today=today)
    if earliest is None:
        raise ActRefused("这类决定不能提前停止公示。")
    if today < earliest:
        raise ActRefused(said("没有达到最短公示期，%(day)s起才可以准予修复。", day=earliest))


def _new(
    decision: Decision,
    kind: PetitionKind,
    received_on: dt.date,
    statement: str,
    *,
    promised: bool,
    now: dt.datetime,
) -> Petition:
    errors: dict[str, str] = {}
    if not statement.strip():
        errors["statement"] = "请写明请求和理由。"
    if len(statement) > MAX_STATEMENT:
        errors["statement"] = said("最多 %(most)s 个字。", most=MAX_STATEMENT)
    if decision.published_at is None or not beijing_date(
        decision.published_at
    ) <= received_on <= beijing_date(now):
        errors["received_on"] = "收到的日期应当在公示之后，并且不晚于今天。"
    if kind is PetitionKind.REPAIR and not promised:
        errors["promised"] = "申请信用修复要公开作出信用承诺。"
    if decision.state not in _PUBLIC:
        raise ActRefused("这份决定书不在公示中。")
    if errors:
        raise Invalid("申请有误，请改正。", errors)
    return Petition(
        decision=decision, kind=kind, received_on=received_on, statement=statement.strip(),
        promised=promised and kind is PetitionKind.REPAIR,
    )  # fmt: skip


def _saved(session: Session, made: Petition, act: str, actor: Acts, now: dt.datetime) -> Petition:
    try:
        with session.begin_nested():
            session.add(made)
            session.flush()
    except IntegrityError as error:
        raise Conflict("同样的申请已经在办理。") from error
    data = {"id": made.id, "kind": made.kind.value, "received_on": str(made.received_on)}
    note(session, made.decision, act, actor, now, data)
    return made


def _tell_petitioner(session: Session, petition: Petition, stage: str, now: dt.datetime) -> None:
    """Mail to the account that asked; whoever asked on paper is served on paper (see paper.py)."""
    if petition.asked_by_id is not None:
        key = f"{TELL_PETITIONER}:{petition.id}:{stage}"
        outbox.put(session, kind=TELL_PETITIONER, key=key, payload={"petition_id": petition.id}, now=now)


def _refuse_closed(petition: Petition) -> None:
    if not petition.is_open:
        raise Conflict("这份申请已经答复过。")
