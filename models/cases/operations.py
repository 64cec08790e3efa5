"""The verbs of a case, from opening to closing. Sending it to another unit stands in `transfers`.

Who may do an act is asked before, of `models.people.permissions`; what the rules demand whoever acts is asked here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.cases.decisions import require_outcome
from models.cases.grounds import Ground, grounds_for
from models.cases.moves import NOTHING, Notes, enter, move, required, start_clocks, tell_units
from models.cases.recusal.operations import keep_out_whom_it_is_about, unit_to_open_in
from models.cases.recusal.queries import units_named
from models.cases.sorting.rules import read_split
from models.cases.states import require
from models.cases.tables import Case, CaseMessage, Direction
from models.cases.terms import Act, Outcome
from models.errors import ActRefused, Invalid, NotFound
from models.filings.parties import respondent_names
from models.filings.tables import Filing
from models.ledger.operations import Acts
from models.people.actors import FILER
from models.people.permissions import ROLE_PERMISSIONS, Permission
from models.people.tables import Account, Unit
from models.types import beijing_date
from models.wording import said

INTAKE_UNIT = "bureau"  # every profile calls the unit that takes in what is filed by this code


@dataclass(frozen=True)
class Opening:
    """Where a case opens, and the units that it is about."""

    unit: Unit
    named: list[Unit]


def find_opening(session: Session, respondents: Collection[str], unit: Unit | None = None) -> Opening:
    """`unit`, else the bureau's own; or the nearest above it that no respondent's name means."""
    named = units_named(session, respondents)
    return Opening(unit_to_open_in(unit or _intake_unit(session), named), named)


def open_case(
    session: Session,
    *,
    filing: Filing,
    actor: Acts,
    now: dt.datetime,
    unit: Unit | None = None,
    opening: Opening | None = None,
) -> Case:
    """登记: makes the case of a filing in `unit`, else in the bureau's own unit, and starts its clocks.

    `opening` says where, when that was found out before.

    Clocks run from the moment of filing, also where another unit turns out to be competent (Order 121 Art 15 would
    let them start later), so that no distribution eats into the filer's time.
    """
    row = require(filing.track, None, Act.RECEIVE)
    people = respondent_names(filing.respondent_name, filing.data)
    opening = opening or find_opening(session, people, unit)
    owner, sorted_by = opening.unit, read_split().rule_for(filing)
    case = Case(
        reference=filing.reference,
        filing=filing,
        track=filing.track,
        right_type=filing.right_type,
        unit=owner,
        origin_unit=owner,
        transfers=[],
        recusals=[],
        complexity=sorted_by.complexity,
        complexity_rule=sorted_by.id,
        opened_at=now,
    )
    session.add(case)
    entry = enter(session, case=case, row=row, actor=actor, now=now, notes=NOTHING)
    keep_out_whom_it_is_about(session, case=case, named=opening.named, now=now)
    start_clocks(session, case, row.starts, filing.submitted_at, is_new=True)
    if owner.code != INTAKE_UNIT:
        tell_units(session, entry, now)  # a county's lead reaches the city at once
    return case


def accept(session: Session, *, case: Case, actor: Acts, now: dt.datetime, note: str = "") -> Case:
    """受理 (for a complaint: Order 121 Art 15). `note` is shown to the filer."""
    require(case.track, case.state, Act.ACCEPT)
    case.accepted_at = now
    move(session, case=case, act=Act.ACCEPT, actor=actor, now=now, notes=Notes(public=note.strip() or None))
    return case


def refuse(
    session: Session, *, case: Case, ground: Ground, reasons: str, actor: Acts, now: dt.datetime
) -> Case:
    """不予受理 on a legal ground, with reasons for the filer (Order 121 Art 15(2), 16, 34, 35, 44)."""
    require(case.track, case.state, Act.REFUSE)
    if ground not in grounds_for(case.track, beijing_date(case.filing.submitted_at)):
        sentence = "请从所列的法定理由中选择一项。"
        raise Invalid(sentence, {"ground": sentence})
    words = required(reasons, field="reasons", sentence="请写明不予受理的具体理由，举报投诉人会看到。")
    case.ground, case.reasons = ground, words
    notes = Notes(public=words, ground=ground, data={"ground": ground})
    move(session, case=case, act=Act.REFUSE, actor=actor, now=now, notes=notes)
    return case


def assign(session: Session, *, case: Case, handler: Account, actor: Acts, now: dt.datetime) -> Case:
    """指派承办人: somebody of the acting unit who may answer. Assigning anew moves the work to a colleague."""
    require(case.track, case.state, Act.ASSIGN)
    if case.bars(handler):
        sentence = "这个人应当回避，请选择其他人。"
        raise Invalid(sentence, {"handler": sentence})
    if not can_handle(handler, case.acting_unit):
        sentence = said("承办人须是%(unit)s的在岗办案人员。", unit=case.acting_unit.name)
        raise Invalid(sentence, {"handler": sentence})
    case.handler = handler
    move(session, case=case, act=Act.ASSIGN, actor=actor, now=now, notes=Notes(data={"handler": handler.id}))
    return case


def answer(session: Session, *, case: Case, body: str, actor: Acts, now: dt.datetime) -> Case:
    """答复: tells the filer in writing what was found and decided (Order 121 Art 23, 36)."""
    require(case.track, case.state, Act.ANSWER)
    words = required(body, field="body", sentence="请写明答复内容，举报投诉人会看到。")
    case.answered_at = now
    move(session, case=case, act=Act.ANSWER, actor=actor, now=now, notes=Notes(public=words))
    return case


def close(
    session: Session, *, case: Case, outcome: Outcome, reasons: str, actor: Acts, now: dt.datetime
) -> Case:
    """办结 with an outcome that fits, and reasons; only after the filer was answered. Aid given needs its decision."""
    require(case.track, case.state, Act.CLOSE)
    require_outcome(session, case, outcome)
    words = required(reasons, field="reasons", sentence="请写明办结的理由，举报投诉人会看到。")
    case.outcome, case.reasons = outcome, words
    notes = Notes(public=words, data={"outcome": outcome})
    move(session, case=case, act=Act.CLOSE, actor=actor, now=now, notes=notes)
    return case


def withdraw(session: Session, *, case: Case, now: dt.datetime, reasons: str = "") -> Case:
    """撤回 by the filer; a report only until it is accepted, because verifying is then the bureau's own duty."""
    require(case.track, case.state, Act.WITHDRAW)
    if case.open_transfer:
        case.open_transfer.recalled_at = now
    case.designator_unit = None
    move(
        session,
        case=case,
        act=Act.WITHDRAW,
        actor=FILER,
        now=now,
        notes=Notes(public=reasons.strip() or None),
    )
    return case


def send_message(session: Session, *, case: Case, body: str, actor: Account, now: dt.datetime) -> CaseMessage:
    """A message from the unit to the filer. It stops no clock."""
    require(case.track, case.state, Act.MESSAGE)
    words = required(body, field="body", sentence="请写下要对举报投诉人说的话。")
    message = CaseMessage(
        case=case, direction=Direction.TO_FILER, author_id=actor.id, body=words, sent_at=now
    )
    return _said(session, message, Act.MESSAGE, actor, now)


def add_supplement(session: Session, *, case: Case, body: str, now: dt.datetime) -> CaseMessage:
    """A message or supplement from the filer. Order 121 has no clock that it would stop."""
    require(case.track, case.state, Act.SUPPLEMENT)
    words = required(body, field="body", sentence="请写下要补充的内容。")
    message = CaseMessage(case=case, direction=Direction.FROM_FILER, body=words, sent_at=now)
    return _said(session, message, Act.SUPPLEMENT, FILER, now)


def can_handle(account: Account, unit: Unit) -> bool:
    """Whether `account` is on duty in `unit` and may answer there."""
    return account.active and any(
        assignment.unit_id == unit.id and Permission.CASE_ANSWER in ROLE_PERMISSIONS[assignment.role]
        for assignment in account.assignments
    )


def _said(session: Session, message: CaseMessage, act: Act, actor: Acts, now: dt.datetime) -> CaseMessage:
    session.add(message)
    session.flush()
    notes = Notes(public=message.body, data={"message": message.id})
    move(session, case=message.case, act=act, actor=actor, now=now, notes=notes)
    return message


def _intake_unit(session: Session) -> Unit:
    unit = session.scalar(select(Unit).where(Unit.code == INTAKE_UNIT))
    if unit is None:
        raise NotFound("本局还没有设置接收举报投诉的机构，请管理员先载入本局配置。")
    if not unit.is_active:
        raise ActRefused(said("%(unit)s已停用，不能接收举报投诉。", unit=unit.name))
    return unit
