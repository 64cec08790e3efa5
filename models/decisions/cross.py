"""跨省: a party registered in another province. Its register is told in ten working days, and publishes in ten more.

公示规定 Art 10. The province of a party stands in its code, that of the bureau in the unit's region.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from models.decisions.clocks import (
    CROSS_PUBLISH,
    CROSS_PUSH,
    cancel_publication_clocks,
    is_owed,
    meet_push_clock,
    start_clock,
)
from models.decisions.noting import note
from models.decisions.states import State
from models.decisions.tables import Decision
from models.errors import ActRefused, Invalid
from models.people.tables import Account
from models.types import beijing_date

NOT_PUBLIC_YET = (State.DRAFT, State.IN_REVIEW, State.APPROVED)


def note_push(session: Session, decision: Decision, *, actor: Account, now: dt.datetime) -> Decision:
    """The decision has been pushed to the register of the party's province."""
    if not is_owed(session, decision, CROSS_PUSH):
        raise ActRefused("没有等待推送的时限：当事人在本省登记，或者已经推送过。")
    meet_push_clock(session, decision, now=now)
    decision.updated_at = now
    note(session, decision, "push", actor, now, {})
    return decision


def receive_push(
    session: Session, decision: Decision, *, received_on: dt.date, actor: Account, now: dt.datetime
) -> Decision:
    """Another province's decision about a party registered here: this bureau only helps, from the day it was told."""
    if decision.state not in NOT_PUBLIC_YET:
        raise ActRefused("已经公示过的决定书不需要登记收到推送。")
    if is_owed(session, decision, CROSS_PUBLISH):
        raise ActRefused("已经登记过收到推送的日期。")
    if not decision.decided_on <= received_on <= beijing_date(now):
        raise Invalid(
            "收到推送的日期不对。", {"received_on": "收到推送的日期应当不早于决定日期，也不晚于今天。"}
        )
    cancel_publication_clocks(session, decision, now=now)
    start_clock(session, decision, CROSS_PUBLISH, started_on=received_on, now=now)
    decision.updated_at = now
    note(session, decision, "receive_push", actor, now, {"on": str(received_on)})
    return decision
