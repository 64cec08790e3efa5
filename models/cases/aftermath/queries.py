"""Reading what follows a closing: until when it may be disputed, what stands against it, who could take it on."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select, union
from sqlalchemy.orm import Session, selectinload

from models.cases.aftermath.tables import CaseDispute, CaseRating
from models.cases.operations import can_handle
from models.cases.tables import Case, CaseAct
from models.cases.terms import Act, State
from models.clocks.book import book
from models.clocks.deadlines import Computed, compute
from models.people.tables import Account, Assignment, Unit
from models.types import beijing_date

PERIOD = "dispute_file"  # the rule that says how long a closing may be disputed
_WORK = (Act.SETTLE, Act.END_MEDIATION, Act.FILE, Act.NOT_FILE, Act.ANSWER, Act.CLOSE)


def closing_of(session: Session, case: Case) -> CaseAct | None:
    """The newest closing of the case."""
    closings = select(CaseAct).where(CaseAct.case_id == case.id, CaseAct.act == Act.CLOSE)
    return session.scalars(closings.order_by(CaseAct.id.desc()).limit(1)).first()


def dispute_period(session: Session, closed_at: dt.datetime) -> Computed:
    """Until when a closing of that moment may be disputed, with the rule and the days counted."""
    found = book(session)
    rule = found.rules.pick(PERIOD, beijing_date(closed_at))
    return compute(rule, closed_at, found.calendar)


def is_in_period(session: Session, closed_at: dt.datetime, now: dt.datetime) -> bool:
    """Whether a closing of that moment may still be disputed."""
    return beijing_date(now) <= dispute_period(session, closed_at).legal_end


def rating_of(session: Session, closing: CaseAct) -> CaseRating | None:
    """The filer's rating of a closing."""
    return session.scalar(select(CaseRating).where(CaseRating.closing_id == closing.id))


@dataclass(frozen=True, slots=True)
class Open:
    """What the filer can still do about the closing: rate it, dispute it until a day."""

    can_rate: bool = False
    disputable_until: dt.date | None = None


def open_to_filer(session: Session, case: Case, now: dt.datetime) -> Open:
    """What is open to the filer now, in one query."""
    if case.state is not State.CLOSED or case.closed_at is None:
        return Open()
    closings = (
        select(CaseRating.id, CaseDispute.id)
        .select_from(CaseAct)
        .outerjoin(CaseRating, CaseRating.closing_id == CaseAct.id)
        .outerjoin(CaseDispute, CaseDispute.closing_id == CaseAct.id)
        .where(CaseAct.case_id == case.id, CaseAct.act == Act.CLOSE)
        .order_by(CaseAct.id.desc())
        .limit(1)
    )
    rating, dispute = session.execute(closings).one()
    end = dispute_period(session, case.closed_at).legal_end
    return Open(
        can_rate=rating is None,
        disputable_until=None if dispute or beijing_date(now) > end else end,
    )


def disputes_of(session: Session, case: Case) -> list[CaseDispute]:
    """Every dispute of the case, oldest first."""
    wanted = select(CaseDispute).where(CaseDispute.case_id == case.id)
    return list(session.scalars(wanted.order_by(CaseDispute.id)))


def open_dispute(session: Session, case: Case) -> CaseDispute | None:
    """The dispute that waits for a decision."""
    if case.state is not State.DISPUTED:
        return None
    waiting = (CaseDispute.case_id == case.id, CaseDispute.decided_at.is_(None))
    return session.scalar(select(CaseDispute).where(*waiting))


def had_a_hand(session: Session, case: Case) -> set[int]:
    """办理过的人: who handled, decided, answered or closed the case so far, also before an earlier dispute."""
    worked = select(CaseAct.actor_id).where(CaseAct.case_id == case.id, CaseAct.act.in_(_WORK))
    handled = select(CaseDispute.handler_id).where(CaseDispute.case_id == case.id)
    return {one for one in session.scalars(union(worked, handled)) if one}


def successors(session: Session, case: Case) -> list[tuple[Account, Unit]]:
    """Who could take the case on anew, with the unit: people of the acting unit, then of those above it, who may answer.

    Whoever had a hand in it before is not among them.
    """
    line = [int(part) for part in reversed(case.acting_unit.path.strip("/").split("/"))]
    units = {unit.id: unit for unit in session.scalars(select(Unit).where(Unit.id.in_(line)))}
    wanted = (
        select(Account)
        .where(
            Account.id.in_(select(Assignment.account_id).where(Assignment.unit_id.in_(line))),
            Account.id.not_in(had_a_hand(session, case)),
        )
        .options(selectinload(Account.assignments))
        .order_by(Account.display_name, Account.id)
    )
    people = session.scalars(wanted).all()
    return [
        (one, units[unit_id])
        for unit_id in line
        for one in people
        if can_handle(one, units[unit_id]) and not case.bars(one)
    ]
