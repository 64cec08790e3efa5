"""Reads: the mediations of a case, the one that is open, how its limit stands."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.cases.mediation.tables import Mediation
from models.cases.mediation.terms import SESSION_WAY_LABELS
from models.cases.tables import Case
from models.clocks.queries import deadlines_of
from models.clocks.tables import Deadline
from models.errors import ActRefused
from models.types import BEIJING

LIMIT = "mediation_limit"


def mediations_of(session: Session, case_id: int) -> list[Mediation]:
    """All mediations of the case, the newest first."""
    wanted = select(Mediation).where(Mediation.case_id == case_id).order_by(Mediation.id.desc())
    return list(session.scalars(wanted))


def open_mediation(session: Session, case_id: int) -> Mediation | None:
    """The mediation that is offered or under way."""
    wanted = select(Mediation).where(Mediation.case_id == case_id, Mediation.ended_at.is_(None))
    return session.scalar(wanted)


def mediation_under_way(session: Session, case: Case) -> Mediation:
    """The same; ActRefused where nobody has been asked yet."""
    found = open_mediation(session, case.id)
    if found is None:
        raise ActRefused("还没有征求双方意见，请先办理“征求调解意见”。")
    return found


def mediation_of_invitation(session: Session, invitation_id: int) -> Mediation | None:
    """The mediation about which the company is asked by this link."""
    return session.scalar(select(Mediation).where(Mediation.invitation_id == invitation_id))


def limit_of(session: Session, case: Case) -> Deadline | None:
    """The limit of Art 23(1)5, while it runs or stands still."""
    return next((one for one in deadlines_of(session, [case])[case.id] if _is_it(one)), None)


def has_run_out(session: Session, case: Case, now: dt.datetime) -> bool:
    """Whether the limit is over without an agreement; while goods are tested it is not."""
    limit = limit_of(session, case)
    return limit is not None and not limit.is_paused and now >= limit.due_at


def paper_values(session: Session, case: Case) -> dict[str, str]:
    """What the papers of mediation can be filled with, by the names of their fields; nothing where nobody mediated."""
    found = next(iter(mediations_of(session, case.id)), None)
    if found is None:
        return {}
    planned = next((one for one in reversed(found.sessions) if one.told_at), None)
    when = planned.planned_at.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M") if planned else ""
    return {
        "调解员": found.mediator_name or "",
        "协议内容": found.agreement or "",
        "调解时间": when,
        "调解地点或者方式": f"{SESSION_WAY_LABELS[planned.way]}，{planned.place}" if planned else "",
    }


def _is_it(deadline: Deadline) -> bool:
    return deadline.rule_id == LIMIT and deadline.is_open
