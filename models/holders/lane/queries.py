"""Reads of the lane: who is in it, what lies against an organisation, whose appeals wait, who may be suggested."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from models.cases.response.tables import Invitation, Statement
from models.cases.tables import Case
from models.errors import NotFound
from models.holders.lane.record import Record, Suggestion, records, suggested
from models.holders.lane.rules import LaneRules
from models.holders.lane.tables import ConductNote, FastLane, StatementFinding
from models.holders.tables import HeldFiling, Organisation


@dataclass(frozen=True)
class Holder:
    """An organisation with its record, its lane if it has one, and what the numbers suggest."""

    organisation: Organisation
    record: Record
    lane: FastLane | None
    suggestion: Suggestion | None


def lane_of(session: Session, organisation_id: int) -> FastLane | None:
    """The lane that an organisation has, announced withdrawals included."""
    wanted = select(FastLane).where(FastLane.organisation_id == organisation_id, FastLane.ended_at.is_(None))
    return session.scalar(wanted)


def is_in_lane(session: Session, organisation_id: int, today: dt.date) -> bool:
    """Whether what it files today goes by the lane."""
    lane = lane_of(session, organisation_id)
    return lane is not None and lane.is_in_force(today)


def lanes_of(session: Session, organisation_id: int) -> list[FastLane]:
    """All that it ever had, the newest first."""
    wanted = select(FastLane).where(FastLane.organisation_id == organisation_id)
    return list(session.scalars(wanted.order_by(FastLane.id.desc())))


def notes_of(session: Session, organisation_id: int) -> list[ConductNote]:
    """What people noted of its conduct, the newest first, lifted ones included."""
    wanted = select(ConductNote).where(ConductNote.organisation_id == organisation_id)
    return list(session.scalars(wanted.order_by(ConductNote.id.desc())))


def notes_on_filer(session: Session, filing_id: int) -> list[ConductNote]:
    """What is noted and not lifted of the organisation whose filing it is, the newest first; who that is stays untold."""
    wanted = (
        select(ConductNote)
        .join(HeldFiling, HeldFiling.organisation_id == ConductNote.organisation_id)
        .where(HeldFiling.filing_id == filing_id, ConductNote.lifted_at.is_(None))
    )
    return list(session.scalars(wanted.order_by(ConductNote.id.desc())))


def holders(session: Session, rules: LaneRules, *, now: dt.datetime, limit: int = 200) -> list[Holder]:
    """Those in the lane, those whom the numbers suggest, and the others with a record; suggestions first."""
    numbers = records(session, rules, now=now)
    lanes = {lane.organisation_id: lane for lane in session.scalars(_living())}
    wanted = select(Organisation).where(Organisation.id.in_({*numbers, *lanes}))
    found = [
        _holder(one, numbers.get(one.id), lanes.get(one.id), rules, now) for one in session.scalars(wanted)
    ]
    found.sort(
        key=lambda one: (one.suggestion is None, one.lane is None, -one.record.judged, one.organisation.id)
    )
    return found[:limit]


def appeals(session: Session) -> Sequence[FastLane | ConductNote]:
    """Appeals that wait for an answer, the oldest first."""
    found: list[FastLane | ConductNote] = []
    for kind in (FastLane, ConductNote):
        waiting = select(kind).where(kind.appealed_at.is_not(None), kind.answered_at.is_(None))
        found += session.scalars(waiting)
    return sorted(found, key=lambda one: one.appealed_at or dt.datetime.max.replace(tzinfo=dt.UTC))


def organisation_by_id(session: Session, organisation_id: int) -> Organisation:
    """One organisation; `NotFound`."""
    found = session.get(Organisation, organisation_id)
    if found is None:
        raise NotFound("没有这个单位。")
    return found


def lane_by_id(session: Session, lane_id: int) -> FastLane:
    """One lane; `NotFound`."""
    found = session.get(FastLane, lane_id)
    if found is None:
        raise NotFound("没有这条直通车记录。")
    return found


def note_by_id(session: Session, note_id: int) -> ConductNote:
    """One note; `NotFound`."""
    found = session.get(ConductNote, note_id)
    if found is None:
        raise NotFound("没有这条记录。")
    return found


def findings_of(session: Session, case: Case) -> dict[int, StatementFinding]:
    """What was found on the statements of a case, by statement."""
    wanted = (
        select(StatementFinding)
        .join(Statement, Statement.id == StatementFinding.statement_id)
        .join(Invitation, Invitation.id == Statement.invitation_id)
        .where(Invitation.case_id == case.id)
    )
    return {one.statement_id: one for one in session.scalars(wanted)}


def cleared_in(session: Session, case: Case) -> list[tuple[str, StatementFinding]]:
    """Companies that said they are not the party and were found right, by the name under which they were invited."""
    wanted = (
        select(Invitation.company, StatementFinding)
        .join(Statement, Statement.invitation_id == Invitation.id)
        .join(StatementFinding, StatementFinding.statement_id == Statement.id)
        .where(Invitation.case_id == case.id, Statement.denial.is_not(None), StatementFinding.is_upheld)
        .order_by(StatementFinding.found_at, Statement.id)
    )
    return [(company, found) for company, found in session.execute(wanted)]


def _living() -> Select[FastLane]:
    return select(FastLane).where(FastLane.ended_at.is_(None))


def _holder(
    organisation: Organisation,
    numbers: Record | None,
    lane: FastLane | None,
    rules: LaneRules,
    now: dt.datetime,
) -> Holder:
    found = numbers or Record(now.date())
    is_settled = lane is not None and lane.announced_at is not None
    hint = None if is_settled else suggested(found, rules, has_lane=lane is not None)
    return Holder(organisation, found, lane, hint)
