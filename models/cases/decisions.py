"""What a case is decided by, before the filer is answered: 立案 or not for a report; mediation stands in `mediation`.

Order 121 Art 18–25 for mediation; 程序规定 Art 18–20 for filing, which the head of the department decides.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from models.aid.queries import decision_of
from models.cases.grounds import Ground, grounds_for
from models.cases.moves import Notes, move, required
from models.cases.states import require
from models.cases.tables import Case
from models.cases.terms import OUTCOMES, OUTCOMES_OF, Act, Outcome
from models.errors import ActRefused, Invalid
from models.people.tables import Account
from models.types import beijing_date
from models.wording import said

DECIDING = (Act.SETTLE, Act.END_MEDIATION, Act.FILE, Act.NOT_FILE, Act.CONCLUDE_REFERRAL, Act.RESUME)


def file_case(session: Session, *, case: Case, reasons: str, actor: Account, now: dt.datetime) -> Case:
    """立案 (程序规定 Art 19), decided by a head; the ninety days for the decision start."""
    require(case.track, case.state, Act.FILE)
    words = required(reasons, field="reasons", sentence="请写明立案的理由。")
    move(session, case=case, act=Act.FILE, actor=actor, now=now, notes=Notes(internal=words))
    return case


def not_file(
    session: Session, *, case: Case, ground: Ground, reasons: str, actor: Account, now: dt.datetime
) -> Case:
    """不予立案 on a ground of 程序规定 Art 19 or 20, decided by a head."""
    on_ground(session, case=case, act=Act.NOT_FILE, ground=ground, reasons=reasons, actor=actor, now=now)
    return case


def outcomes_for(case: Case) -> tuple[Outcome, ...]:
    """The outcomes with which the case can be closed: those that go with how it was decided last."""
    decided = next((one.act for one in reversed(case.acts) if one.act in DECIDING), None)
    fitting = OUTCOMES_OF.get(decided) if decided else None
    return tuple(one for one in OUTCOMES[case.track] if fitting is None or one in fitting)


def require_outcome(session: Session, case: Case, outcome: Outcome) -> None:
    """Invalid where the outcome does not go with how the case was decided; aid is given by a decision alone."""
    if outcome not in outcomes_for(case):
        sentence = said("这个办理结果与办理过程不符，请从所列的结果中选择。")
        raise Invalid(sentence, {"outcome": sentence})
    if outcome is Outcome.AID_GIVEN:
        with session.no_autoflush:
            made = decision_of(session, case)
        if made is None or not made.is_given:
            raise ActRefused(
                said(
                    "没有“提供援助”的援助决定，不能以“已提供援助”办结。请先由负责人作出援助决定，或者选择其他办理结果。"
                )
            )


def on_ground(
    session: Session,
    *,
    case: Case,
    act: Act,
    ground: Ground,
    reasons: str,
    actor: Account,
    now: dt.datetime,
) -> None:
    """Decides on one of the grounds that the law lists for `act`; Invalid for any other."""
    require(case.track, case.state, act)
    if ground not in grounds_for(case.track, beijing_date(case.filing.submitted_at), act):
        sentence = "请从所列的法定理由中选择一项。"
        raise Invalid(sentence, {"ground": sentence})
    words = required(reasons, field="reasons", sentence="请写明具体理由，举报投诉人会看到。")
    notes = Notes(public=words, ground=ground, data={"ground": ground})
    move(session, case=case, act=act, actor=actor, now=now, notes=notes)
