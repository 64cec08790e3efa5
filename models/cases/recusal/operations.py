"""Verbs of recusal: declare it for oneself, order it for another, lift it; and what the system does by itself.

The basis is 行政处罚法 Art 43 and, for mediation, Order 121 Art 21. From the moment of the verb on, the person sees
nothing of the case: `models.people.permissions.can` and every list ask for recusals.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from models.cases.moves import Notes, move, required
from models.cases.recusal.queries import staff_named
from models.cases.recusal.tables import CaseRecusal
from models.cases.recusal.terms import RecusalReason
from models.cases.states import require
from models.cases.tables import Case
from models.cases.terms import Act
from models.errors import ActRefused, NotAllowed
from models.filings.parties import respondent_names
from models.ledger import record
from models.people.actors import System
from models.people.tables import Account, Unit

INTAKE_CHECK = System("recusal")
FOUND = "被举报（投诉）方与工作人员姓名或者机构名称相同，系统自动回避。"


def recuse(
    session: Session,
    *,
    case: Case,
    account: Account,
    reason: RecusalReason,
    words: str,
    actor: Account,
    now: dt.datetime,
) -> CaseRecusal:
    """回避 of `account`, declared by itself or ordered by a head. Somebody else has to be assigned where it handled."""
    require(case.track, case.state, Act.RECUSE)
    if case.bars(account):
        raise ActRefused("已经回避，不用重复办理。")
    written = required(words, field="words", sentence="请写明回避的理由。")
    made = CaseRecusal(account=account, reason=reason, words=written, made_by=actor.ledger_name, made_at=now)
    case.recusals.append(made)
    session.flush()
    if case.handler_id == account.id:
        case.handler = None
    notes = Notes(data={"recusal": made.id, "account": account.id, "reason": reason.value})
    move(session, case=case, act=Act.RECUSE, actor=actor, now=now, notes=notes)
    return made


def lift(session: Session, *, recusal: CaseRecusal, reasons: str, actor: Account, now: dt.datetime) -> None:
    """解除回避, with reasons, by somebody else; for a namesake, or where the interest is gone."""
    if not recusal.is_in_force:
        raise ActRefused("这项回避已经解除。")
    if recusal.keeps_out(actor):
        raise NotAllowed("不能解除自己的回避。")
    words = required(reasons, field="reasons", sentence="请写明解除回避的理由。")
    recusal.lifted_by_id, recusal.lifted_at, recusal.lift_reasons = actor.id, now, words
    session.flush()
    data = {"case": recusal.case_id, "account": recusal.account_id, "unit": recusal.unit_id}
    record(session, act="recusal.lift", subject=recusal, actor=actor, now=now, data=data)


def unit_to_open_in(wanted: Unit, named: list[Unit]) -> Unit:
    """Where a case opens: the unit wanted, or the nearest above it that the case is not about."""
    unit = wanted
    while any(one.contains(unit) for one in named):
        if unit.parent is None:
            return wanted  # nobody stands above: the head decides, as the law has it
        unit = unit.parent
    return unit


def keep_out_whom_it_is_about(
    session: Session, *, case: Case, named: list[Unit], now: dt.datetime
) -> list[CaseRecusal]:
    """Recuses, at the opening, the units and the people that the filing names among those complained of."""
    units = [unit for unit in named if not unit.contains(case.unit)]
    found: list[tuple[Account | None, Unit | None]] = [(None, unit) for unit in units]
    people = respondent_names(case.filing.respondent_name, case.filing.data)
    found += [(one, None) for one in staff_named(session, people)]
    made = [
        CaseRecusal(
            account=account,
            unit=unit,
            reason=RecusalReason.PARTY,
            words=FOUND,
            made_by=INTAKE_CHECK.ledger_name,
            made_at=now,
        )
        for account, unit in found
    ]
    if not made:
        return []
    case.recusals.extend(made)
    session.flush()
    for one in made:
        data = {"case": case.id, "account": one.account_id, "unit": one.unit_id}
        record(session, act="recusal.found", subject=one, actor=INTAKE_CHECK, now=now, data=data)
    return made
