"""The verbs of the lane and of conduct: grant, announce a withdrawal, note a pattern, appeal, answer, end what is due."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.cases.moves import required
from models.cases.response.tables import Statement
from models.errors import ActRefused, NotAllowed
from models.holders.lane.queries import lane_of
from models.holders.lane.record import record_of
from models.holders.lane.rules import LaneRules
from models.holders.lane.tables import ConductNote, FastLane, Pattern, StatementFinding
from models.holders.operations import membership_of
from models.holders.tables import Organisation
from models.ledger import record
from models.people.actors import WORKER
from models.people.tables import Account
from models.types import beijing_date

WHY = "请写明理由，权利人会看到。"


def grant_lane(
    session: Session,
    *,
    organisation: Organisation,
    reasons: str,
    rules: LaneRules,
    actor: Account,
    now: dt.datetime,
) -> FastLane:
    """Lets an organisation into the lane; the numbers of the day are kept with it. Key enterprises may come without any."""
    if organisation.verified_at is None:
        raise ActRefused("单位核验通过以后才能给予直通车。")
    if lane_of(session, organisation.id) is not None:
        raise ActRefused("这个单位已经有直通车。")
    lane = FastLane(
        organisation=organisation,
        granted_at=now,
        granted_by_id=actor.id,
        reasons=required(reasons, field="reasons", sentence=WHY),
        record=record_of(session, organisation.id, rules, now=now).as_data(),
    )
    session.add(lane)
    session.flush()
    data = {"organisation": organisation.id, "record": lane.record}
    record(session, act="lane.grant", subject=lane, actor=actor, now=now, data=data)
    return lane


def announce_withdrawal(
    session: Session, *, lane: FastLane, reasons: str, rules: LaneRules, actor: Account, now: dt.datetime
) -> None:
    """Tells the holder that the lane ends, and why; it goes on until its last day, and while an appeal waits."""
    if lane.ended_at is not None or lane.announced_at is not None:
        raise ActRefused("已经通知收回，或者已经收回。")
    lane.withdrawal_reasons = required(reasons, field="reasons", sentence=WHY)
    lane.withdrawal_record = record_of(session, lane.organisation_id, rules, now=now).as_data()
    lane.announced_at, lane.announced_by_id = now, actor.id
    lane.ends_on = beijing_date(now) + dt.timedelta(days=rules.withdrawal.notice_days)
    lane.appealed_at = lane.appeal = lane.appealed_by_id = None
    lane.answered_at = lane.answer = lane.answered_by_id = lane.is_upheld = None
    data = {"record": lane.withdrawal_record, "ends_on": str(lane.ends_on)}
    record(session, act="lane.announce", subject=lane, actor=actor, now=now, data=data)


def note_conduct(
    session: Session,
    *,
    organisation: Organisation,
    pattern: Pattern,
    reasons: str,
    actor: Account,
    now: dt.datetime,
) -> ConductNote:
    """A person found a signal serious. It is told to the holder, shown beside its cases, and decides none of them."""
    note = ConductNote(
        organisation=organisation,
        pattern=pattern,
        reasons=required(reasons, field="reasons", sentence=WHY),
        noted_at=now,
        noted_by_id=actor.id,
    )
    session.add(note)
    session.flush()
    data = {"organisation": organisation.id, "pattern": pattern.value}
    record(session, act="conduct.note", subject=note, actor=actor, now=now, data=data)
    return note


def appeal(
    session: Session,
    *,
    against: FastLane | ConductNote,
    words: str,
    rules: LaneRules,
    actor: Account,
    now: dt.datetime,
) -> None:
    """The holder objects, once, within the days that the rules give; nothing is withdrawn while it waits."""
    mine = membership_of(session, actor)
    if mine is None or not mine.is_owner or mine.organisation_id != against.organisation_id:
        raise NotAllowed("只有单位的管理人可以申诉。")
    begun_at = against.announced_at if isinstance(against, FastLane) else against.noted_at
    if begun_at is None or against.appealed_at is not None or _is_over(against):
        raise ActRefused("现在没有可以申诉的事项，或者已经申诉过了。")
    if beijing_date(now) > beijing_date(begun_at) + dt.timedelta(days=rules.withdrawal.appeal_days):
        raise ActRefused("申诉的期限已经过了。")
    against.appeal = required(words, field="appeal", sentence="请写明您的理由。")
    against.appealed_at, against.appealed_by_id = now, actor.id
    record(session, act=f"{_name(against)}.appeal", subject=against, actor=actor, now=now)


def answer_appeal(
    session: Session,
    *,
    against: FastLane | ConductNote,
    is_upheld: bool,
    words: str,
    actor: Account,
    now: dt.datetime,
) -> None:
    """Somebody who did not decide it answers: an upheld appeal undoes the decision."""
    if not against.waits_for_answer:
        raise ActRefused("没有等待处理的申诉。")
    if actor.id == (against.announced_by_id if isinstance(against, FastLane) else against.noted_by_id):
        raise NotAllowed("作出决定的人不能处理对它的申诉，请由其他人处理。")
    against.answer = required(words, field="answer", sentence=WHY)
    against.answered_at, against.answered_by_id, against.is_upheld = now, actor.id, is_upheld
    if isinstance(against, ConductNote):
        against.lifted_at = now if is_upheld else None
    elif is_upheld:
        against.announced_at = against.announced_by_id = against.ends_on = None
        against.withdrawal_reasons = against.withdrawal_record = None
    data = {"is_upheld": is_upheld}
    record(session, act=f"{_name(against)}.answer", subject=against, actor=actor, now=now, data=data)


def find_on_statement(
    session: Session, *, statement: Statement, is_upheld: bool, reasons: str, actor: Account, now: dt.datetime
) -> StatementFinding:
    """Staff say whether the company's statement holds; an upheld one counts in the record of who filed."""
    if session.get(StatementFinding, statement.id) is not None:
        raise ActRefused("这份陈述已经有认定。")
    finding = StatementFinding(
        statement_id=statement.id,
        is_upheld=is_upheld,
        reasons=required(reasons, field="reasons", sentence="请写明理由，对方会看到。"),
        found_at=now,
        found_by_id=actor.id,
    )
    session.add(finding)
    data = {"is_upheld": is_upheld, "case": statement.invitation.case_id}
    record(session, act="statement.find", subject=statement, actor=actor, now=now, data=data)
    return finding


def end_due_lanes(session: Session, now: dt.datetime) -> int:
    """Ends the lanes whose last day has passed and on which no appeal waits; returns how many."""
    over = select(FastLane).where(FastLane.ended_at.is_(None), FastLane.ends_on < beijing_date(now))
    ended = [lane for lane in session.scalars(over) if not lane.waits_for_answer]
    for lane in ended:
        lane.ended_at = now
        record(session, act="lane.end", subject=lane, actor=WORKER, now=now)
    return len(ended)


def _is_over(against: FastLane | ConductNote) -> bool:
    return (against.ended_at if isinstance(against, FastLane) else against.lifted_at) is not None


def _name(against: FastLane | ConductNote) -> str:
    return "lane" if isinstance(against, FastLane) else "conduct"
