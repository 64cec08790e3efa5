"""报请指定管辖 and 指定管辖: where units disagree on who is competent, their common superior says so, and that binds.

Order 121 Art 33 and 程序规定 Art 13 give the units seven working days to agree; 程序规定 Art 16 gives the superior seven
more. A unit that was designated may not send the case on (程序规定 Art 14), only ask again.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.cases.moves import Notes, move, required
from models.cases.states import require
from models.cases.tables import Case, Transfer
from models.cases.terms import Act, State
from models.clocks.operations import hand_over
from models.errors import ActRefused, Invalid
from models.ledger.operations import Acts
from models.people.permissions import ROLE_PERMISSIONS, Permission
from models.people.roles import AccountKind
from models.people.tables import Account, Assignment, Unit

NO_SUPERIOR = "上级机构在本系统里没有可以指定管辖的人，请先由上级机构设置负责人，或者按线下程序报请。"
_DESIGNATORS = [role for role, held in ROLE_PERMISSIONS.items() if Permission.CASE_DESIGNATE in held]


def bounces(case: Case) -> int:
    """How often the case was returned since somebody last said who is competent."""
    last = max((n for n, one in enumerate(case.transfers) if one.is_designation), default=-1)
    return sum(1 for one in case.transfers[last + 1 :] if one.returned_at)


def superior_for(session: Session, case: Case) -> Unit | None:
    """共同的上级: the nearest unit above all that disagree in which somebody can designate; None where there is none.

    Those that disagree are the unit that has it and every unit of ours that returned it. A unit is not its own
    superior, unless it only stands above the others: the sender may designate between the units below it.
    """
    returned = {one.to_unit for one in case.transfers if one.returned_at and not one.to_unit.is_outside}
    holder = case.acting_unit
    above = [int(part) for part in holder.path.strip("/").split("/")]
    units = {unit.id: unit for unit in session.scalars(select(Unit).where(Unit.id.in_(above)))}
    staffed = set(
        session.scalars(
            select(Assignment.unit_id)
            .join(Account)
            .where(
                Assignment.unit_id.in_(above),
                Assignment.role.in_(_DESIGNATORS),
                Account.active,
                Account.kind == AccountKind.STAFF,
            )
        )
    )
    for unit_id in reversed(above):
        unit = units[unit_id]
        others = [one for one in returned if one.id != unit_id]
        is_above = all(unit.contains(one) for one in others) and unit not in returned
        if is_above and (others or unit_id != holder.id) and unit_id in staffed and unit.is_active:
            return unit
    return None


def escalate(session: Session, *, case: Case, reasons: str, actor: Acts, now: dt.datetime) -> Case:
    """报请指定管辖: the case waits for the common superior; nobody sends it on meanwhile."""
    require(case.track, case.state, Act.ESCALATE)
    superior = superior_for(session, case)
    if superior is None:
        raise ActRefused(NO_SUPERIOR)
    words = required(reasons, field="reasons", sentence="请写明有哪些不同意见，上级机构会看到。")
    case.designator_unit = superior
    case.handler = None
    notes = Notes(internal=words, other_unit=superior, data={"designator": superior.id})
    move(session, case=case, act=Act.ESCALATE, actor=actor, now=now, notes=notes)
    return case


def designees(session: Session, case: Case) -> list[Unit]:
    """The units that the superior may name: itself and those below it, but no outside body."""
    superior = case.designator_unit
    if superior is None:
        return []
    below = Unit.path.startswith(superior.path, autoescape=True)
    wanted = select(Unit).where(Unit.is_active, Unit.outside_kind.is_(None), below).order_by(Unit.path)
    return [unit for unit in session.scalars(wanted) if not case.bars_unit(unit)]


def designate(
    session: Session, *, case: Case, to_unit: Unit, reasons: str, actor: Account, now: dt.datetime
) -> Transfer:
    """指定管辖: `to_unit` has the case from now on; there is nothing to acknowledge and nothing to return."""
    row = require(case.track, case.state, Act.DESIGNATE)
    superior = case.designator_unit
    if (
        superior is None
        or to_unit.is_outside
        or not to_unit.is_active
        or not superior.contains(to_unit)
        or case.bars_unit(to_unit)
    ):
        sentence = "请选择指定机关或者其下级中的一个机构。"
        raise Invalid(sentence, {"unit": sentence})
    words = required(reasons, field="reasons", sentence="请写明指定的理由，有关机构会看到。")
    made = Transfer(
        case=case,
        from_unit=case.acting_unit,
        to_unit=to_unit,
        sent_by_id=actor.id,
        sent_at=now,
        reasons=words,
        basis=row.basis,
        is_designation=True,
        is_onward=case.acting_unit.id != case.origin_unit_id,
        acknowledged_at=now,
    )
    session.add(made)
    session.flush()
    case.unit, case.handler, case.designator_unit = to_unit, None, None
    data = {"transfer": made.id, "unit": to_unit.id}
    notes = Notes(internal=words, unit=superior, other_unit=to_unit, data=data)
    move(session, case=case, act=Act.DESIGNATE, actor=actor, now=now, notes=notes)
    hand_over(session, subject=case, unit_id=case.acting_unit.id, now=now)
    return made


def is_contested(case: Case) -> bool:
    """Whether the case waits for a designation."""
    return case.state in (State.CONTESTED, State.CONTESTED_ACCEPTED)
