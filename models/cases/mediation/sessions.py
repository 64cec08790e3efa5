"""Sessions of a mediation: arranged and told beforehand, recorded as they were (Order 121 Art 20, 24)."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from models.cases.mediation.operations import refuse_while_resting
from models.cases.mediation.queries import mediation_under_way
from models.cases.mediation.tables import MediationSession
from models.cases.mediation.terms import SESSION_WAY_LABELS, SessionWay
from models.cases.moves import Notes, move, required
from models.cases.states import require
from models.cases.tables import Case
from models.cases.terms import Act
from models.errors import Invalid
from models.people.tables import Account
from models.types import BEIJING
from models.wording import said

HELD = said("已经进行了一次调解。")


def arrange(
    session: Session,
    *,
    case: Case,
    way: SessionWay,
    planned_at: dt.datetime,
    place: str,
    actor: Account,
    now: dt.datetime,
) -> MediationSession:
    """安排调解: time, place and mediator are told to both sides beforehand (Art 20)."""
    require(case.track, case.state, Act.ARRANGE_SESSION)
    mediation = mediation_under_way(session, case)
    refuse_while_resting(mediation)
    if planned_at <= now:
        sentence = said("请填写以后的时间：调解的安排要提前告知双方（121号 第20条）。")
        raise Invalid(sentence, {"planned_at": sentence})
    made = MediationSession(way=way, planned_at=planned_at, place=_place(place), told_at=now)
    mediation.sessions.append(made)
    session.flush()
    told = said(
        "%(way)s：%(when)s，%(place)s。调解员：%(mediator)s。",
        way=SESSION_WAY_LABELS[way],
        when=planned_at.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M"),
        place=made.place,
        mediator=mediation.mediator_name or "",
    )
    data = {"mediation": mediation.id, "session": made.id, "way": way}
    notes = Notes(public=str(told), data=data)
    move(session, case=case, act=Act.ARRANGE_SESSION, actor=actor, now=now, notes=notes)
    return made


def hold(
    session: Session,
    *,
    case: Case,
    arranged: MediationSession | None,
    way: SessionWay,
    place: str,
    filer_came: bool,
    respondent_came: bool,
    helpers: str,
    record: str,
    actor: Account,
    now: dt.datetime,
) -> MediationSession:
    """调解记录: who came, and what was said. `arranged` is the one that was planned; without it the line was open at once.

    The record is for staff (Art 24(2)); both sides are told that it took place.
    """
    require(case.track, case.state, Act.HOLD_SESSION)
    mediation = mediation_under_way(session, case)
    refuse_while_resting(mediation)
    if arranged is None and way is SessionWay.ON_SITE:
        sentence = said("现场调解应当提前告知双方时间、地点和调解人员，请先办理“安排调解”（121号 第20条）。")
        raise Invalid(sentence, {"arranged": sentence})
    words = required(record, field="record", sentence="请写明调解的经过和双方的意见。")
    noted_by_id = (
        actor.id
    )  # read first: to read an account anew writes what is pending, and half a record is refused
    made = arranged or MediationSession(way=way, planned_at=now, place=_place(place))
    made.filer_came, made.respondent_came, made.helpers = (
        filer_came,
        respondent_came,
        helpers.strip()[:300] or None,
    )
    made.record, made.held_at, made.noted_by_id = words, now, noted_by_id
    if arranged is None:
        mediation.sessions.append(made)
    session.flush()
    data = {"mediation": mediation.id, "session": made.id, "way": made.way}
    notes = Notes(public=HELD, internal=words, data=data)
    move(session, case=case, act=Act.HOLD_SESSION, actor=actor, now=now, notes=notes)
    return made


def _place(words: str) -> str:
    return required(words, field="place", sentence="请写明地点，或者电话、会议的号码。")[:200]
