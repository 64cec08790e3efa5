"""移交: sending a case to another unit, and what the receiver or the sender then does with it.

A case goes up or down its own line, or to an outside body. What was only filed with us never goes sideways: a unit
without power gives it back to the one that took it in (Order 121 Art 41 不得自行移送). A case that a bureau has filed 立案
goes across to the bureau that has jurisdiction, which may not send it on, only ask the common superior (程序规定 Art 14).
"""

from __future__ import annotations

import datetime as dt
import enum

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.cases.designation import bounces, escalate, superior_for
from models.cases.moves import Notes, move, required
from models.cases.states import require
from models.cases.tables import Case, Transfer
from models.cases.terms import Act, State
from models.clocks.operations import hand_over
from models.errors import ActRefused, Invalid
from models.ledger.operations import Acts
from models.people.actors import System
from models.people.roles import Role, UnitKind
from models.people.tables import Account, Unit
from models.wording import said

MOST_BOUNCES = 3  # a case that comes back so often goes to the common superior by itself
ROUTING = System("routing")
BOUNCED = "办件一再被退回，自动报请共同的上级机构指定管辖。"
DESIGNATED = "上级机构已经指定由这里管辖，不得再自行移送；仍有不同意见的，请报请指定管辖（程序规定 第14条）。"


ACROSS = "案件是其他机关依法移送来的，不得再自行移送；对管辖权有异议的，请报请指定管辖（程序规定 第14条）。"
OBJECTED = "受移送的机关对管辖权有异议，报请共同的上级机构指定管辖（程序规定 第14条）。"
BUREAUS = frozenset({UnitKind.PROVINCE, UnitKind.CITY, UnitKind.COUNTY})


class Way(enum.StrEnum):
    """In which direction a unit lies from another."""

    UP = "up"
    DOWN = "down"
    OUTSIDE = "outside"
    SIDEWAYS = "sideways"


WAY_LABELS: dict[Way, str] = {
    Way.UP: "上级机构",
    Way.DOWN: "下级机构",
    Way.OUTSIDE: "外部单位",
    Way.SIDEWAYS: "同级机构",
}


def way_between(sender: Unit, receiver: Unit) -> Way:
    """Where `receiver` lies, seen from `sender`."""
    if receiver.is_outside:
        return Way.OUTSIDE
    if receiver.contains(sender):
        return Way.UP
    return Way.DOWN if sender.contains(receiver) else Way.SIDEWAYS


def may_go(case: Case, receiver: Unit) -> bool:
    """Whether the way there is open: up, down, outside; across from bureau to bureau once the case is filed, and only once."""
    way = way_between(case.acting_unit, receiver)
    if way is Way.OUTSIDE:
        return True
    if came_across(case):
        return False
    if way is Way.SIDEWAYS:
        return case.state is State.INVESTIGATING and {case.acting_unit.kind, receiver.kind} <= BUREAUS
    return True


def came_across(case: Case) -> bool:
    """Whether another bureau sent it here as a filed case: then it does not go on (程序规定 Art 14)."""
    taken = [one for one in case.transfers if one.acknowledged_at]
    return any(one.to_unit_id == case.unit_id and _went_across(one) for one in taken[-1:])


def _went_across(one: Transfer) -> bool:
    return not one.is_designation and way_between(one.from_unit, one.to_unit) is Way.SIDEWAYS


def transfer_targets(session: Session, case: Case) -> list[tuple[Way, Unit]]:
    """The units that the case may be sent to now: up, down, across, outside, each in the order of their codes."""
    units = session.scalars(select(Unit).where(Unit.is_active, Unit.id != case.unit_id).order_by(Unit.id))
    found = [
        (way_between(case.acting_unit, unit), unit)
        for unit in units
        if unit.id != case.acting_unit.id and not case.bars_unit(unit) and may_go(case, unit)
    ]
    order = [Way.UP, Way.DOWN, Way.SIDEWAYS, Way.OUTSIDE]
    return sorted(found, key=lambda pair: order.index(pair[0]))


def transfer(
    session: Session, *, case: Case, to_unit: Unit, reasons: str, actor: Account, now: dt.datetime
) -> Transfer:
    """移交 (before acceptance 分送): the sender keeps the case until the receiver acknowledges it."""
    row = require(case.track, case.state, Act.TRANSFER)
    if case.is_designated:
        raise ActRefused(DESIGNATED)
    _check_receiver(case, to_unit)
    words = required(reasons, field="reasons", sentence="请写明移交的理由，接收机构会看到。")
    sent = Transfer(
        case=case,
        from_unit=case.acting_unit,
        to_unit=to_unit,
        sent_by_id=actor.id,
        sent_at=now,
        reasons=words,
        basis=row.basis,
        is_onward=case.acting_unit.id != case.origin_unit_id,
    )
    session.add(sent)
    session.flush()
    notes = Notes(internal=words, other_unit=to_unit, data={"transfer": sent.id, "unit": to_unit.id})
    move(session, case=case, act=Act.TRANSFER, actor=actor, now=now, notes=notes)
    return sent


def acknowledge(session: Session, *, case: Case, actor: Acts, now: dt.datetime) -> Case:
    """签收: the receiver has the case from now on. A handler who acknowledges takes it on at once."""
    pending = _pending(case, Act.ACKNOWLEDGE)
    pending.acknowledged_at = now
    case.unit = pending.to_unit
    case.handler = _new_handler(actor, pending.to_unit)
    notes = Notes(unit=pending.to_unit, other_unit=pending.from_unit, data={"transfer": pending.id})
    move(session, case=case, act=Act.ACKNOWLEDGE, actor=actor, now=now, notes=notes)
    hand_over(session, subject=case, unit_id=case.acting_unit.id, now=now)
    return case


def return_transfer(session: Session, *, case: Case, reasons: str, actor: Acts, now: dt.datetime) -> Case:
    """退回: the receiver sends the case back to the unit that it came from, with reasons.

    A bureau that objects to a filed case sent across has to ask the common superior (程序规定 Art 14), as is done at once.
    """
    pending = _pending(case, Act.RETURN)
    words = required(reasons, field="reasons", sentence="请写明退回的理由，移交机构会看到。")
    pending.returned_at, pending.return_reasons = now, words
    case.handler = None
    notes = Notes(
        internal=words, unit=pending.to_unit, other_unit=pending.from_unit, data={"transfer": pending.id}
    )
    move(session, case=case, act=Act.RETURN, actor=actor, now=now, notes=notes)
    why = OBJECTED if _went_across(pending) else BOUNCED if bounces(case) >= MOST_BOUNCES else ""
    if why and superior_for(session, case):
        escalate(session, case=case, reasons=why, actor=ROUTING, now=now)
    return case


def recall(session: Session, *, case: Case, reasons: str, actor: Acts, now: dt.datetime) -> Case:
    """撤销移交: the sender takes the case back while nobody has acknowledged it."""
    pending = _pending(case, Act.RECALL)
    words = required(reasons, field="reasons", sentence="请写明撤销移交的理由。")
    pending.recalled_at = now
    case.handler = None
    notes = Notes(internal=words, other_unit=pending.to_unit, data={"transfer": pending.id})
    move(session, case=case, act=Act.RECALL, actor=actor, now=now, notes=notes)
    return case


def _pending(case: Case, act: Act) -> Transfer:
    require(case.track, case.state, act)
    pending = case.open_transfer
    if pending is None:
        raise ActRefused("这个办件没有待签收的移交。")
    return pending


def _check_receiver(case: Case, receiver: Unit) -> None:
    sentence = ""
    if receiver.id in (case.unit_id, case.acting_unit.id):
        sentence = "办件已经在这个机构，请选择其他机构。"
    elif case.bars_unit(receiver):
        sentence = "被举报（投诉）的机构不得办理涉及自己的办件，请选择其他机构（行政处罚法 第43条）。"
    elif not receiver.is_active:
        sentence = said("%(unit)s已停用，请选择其他机构。", unit=receiver.name)
    elif came_across(case) and not receiver.is_outside:
        sentence = ACROSS
    elif not may_go(case, receiver):
        sentence = said(
            "不能自行移送%(unit)s：无权处理的，应退回统一接收机构重新分送（121号 第41条）。",
            unit=receiver.name,
        )
    if sentence:
        raise Invalid(sentence, {"unit": sentence})


def _new_handler(actor: Acts, unit: Unit) -> Account | None:
    if not isinstance(actor, Account):
        return None
    roles = {assignment.role for assignment in actor.assignments if assignment.unit_id == unit.id}
    return actor if Role.HANDLER in roles else None
