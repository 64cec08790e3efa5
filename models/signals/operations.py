"""The verb of signals: dismissing one, with a reason."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from models.cases.moves import required
from models.cases.sight import Sight
from models.cases.tables import Case
from models.errors import ActRefused
from models.ledger import record
from models.people.tables import Account
from models.signals.matching import matches
from models.signals.tables import DismissedMatch, SignalDismissal
from models.signals.terms import Signal
from models.wording import said


def dismiss(
    session: Session,
    *,
    case: Case,
    signal: Signal,
    reasons: str,
    sight: Sight,
    actor: Account,
    now: dt.datetime,
) -> SignalDismissal:
    """The matches that the officer sees mean nothing here. What comes later, or was hidden from them, is shown again."""
    words = required(reasons, field="reasons", sentence=said("请写明核对的结果。"))
    found = matches(session, case, sight).get(signal, ())
    if not found:
        raise ActRefused("这项提示已经没有了，或者刚刚有人核对过。")
    made = SignalDismissal(case_id=case.id, signal=signal, reasons=words, made_by_id=actor.id, made_at=now)
    session.add(made)
    session.flush()
    session.add_all(
        DismissedMatch(case_id=case.id, signal=signal, match_id=number, dismissal_id=made.id)
        for number in found
    )
    session.flush()
    data = {"dismissal": made.id, "signal": signal, "matches": len(found)}
    record(session, act="signal.dismiss", subject=case, actor=actor, now=now, data=data)
    return made
