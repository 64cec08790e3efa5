"""Mediations for tests, made by themselves: nothing has happened to the case by it."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from models.cases.mediation.queries import open_mediation
from models.cases.mediation.tables import Consent, Mediation, MediationSession, MediatorObjection
from models.cases.mediation.terms import PARTIES, ConsentWay, SessionWay, Side
from models.cases.tables import Case
from models.people.tables import Account

WORDS = "就退货退款的争议由本局电话调解。"


def an_offer(session: Session, case: Case, officer: Account, now: dt.datetime) -> Mediation:
    """Both sides are asked; nobody has answered."""
    made = open_mediation(session, case.id) or Mediation(
        case=case,
        words=WORDS,
        offered_by_id=officer.id,
        offered_at=now,
        consents=[],
        sessions=[],
        objections=[],
        tests=[],
    )
    session.add(made)
    session.flush()
    return made


def agreed(session: Session, case: Case, officer: Account, now: dt.datetime) -> Mediation:
    """Both sides have said yes on the telephone."""
    made = an_offer(session, case, officer, now)
    made.filer_agreed_at = made.respondent_agreed_at = now
    made.consents.extend(
        Consent(
            side=side, agrees=True, entrusts=False, way=ConsentWay.PHONE, recorded_by_id=officer.id, at=now
        )
        for side in PARTIES
    )
    session.flush()
    return made


def held(session: Session, case: Case, officer: Account, now: dt.datetime) -> None:
    """One session on the telephone has taken place, if the case is mediated at all."""
    found = open_mediation(session, case.id)
    if found is None or not found.is_running:
        return
    found.sessions.append(
        MediationSession(
            way=SessionWay.PHONE,
            planned_at=now,
            place="本局电话",
            held_at=now,
            filer_came=True,
            respondent_came=True,
            record="双方陈述了意见。",
            noted_by_id=officer.id,
        )
    )
    session.flush()


def objected(session: Session, case: Case, officer: Account, now: dt.datetime) -> None:
    """The filer has asked that somebody else mediates, if the case is mediated at all."""
    found = open_mediation(session, case.id)
    if found is None or not found.is_running:
        return
    found.objections.append(
        MediatorObjection(side=Side.FILER, mediator_name=found.mediator_name or "", words="亲属", at=now)
    )
    found.mediator_id = officer.id
    session.flush()
