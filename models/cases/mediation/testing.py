"""鉴定、检测 of goods while a complaint is mediated (Order 121 Art 22): its days are left out of the sixty."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from models.cases.clock_acts import resume_deadline, suspend_deadline
from models.cases.mediation.queries import limit_of, mediation_under_way
from models.cases.mediation.tables import MediationTest
from models.cases.mediation.terms import Chosen, ExamKind
from models.cases.moves import required
from models.cases.tables import Case
from models.clocks.tables import Deadline
from models.errors import ActRefused
from models.ledger import record
from models.people.tables import Account


def send_to_test(
    session: Session,
    *,
    case: Case,
    kind: ExamKind,
    body: str,
    chosen: Chosen,
    costs: str,
    from_on: dt.date,
    actor: Account,
    now: dt.datetime,
) -> MediationTest:
    """Notes body and costs, and lets the limit stand still from the Beijing day `from_on` on; the filer is told.

    Costs that nobody agrees on end the mediation instead (Art 23(1)4).
    """
    mediation = mediation_under_way(session, case)
    if mediation.open_test is not None:
        raise ActRefused("已经有一项鉴定、检测在进行。")
    made = MediationTest(
        kind=kind,
        body=required(body, field="body", sentence="请写明鉴定、检测机构。")[:200],
        chosen=chosen,
        costs=required(
            costs,
            field="costs",
            sentence="请写明双方怎样约定费用；费用协商不成的，请办理“终止调解”，选第4项。",
        )[:500],
        from_on=from_on,
    )
    suspend_deadline(
        session,
        case=case,
        deadline=_limit(session, case),
        reason=kind.reason,
        from_on=from_on,
        evidence=made.body,
        actor=actor,
        now=now,
    )
    mediation.tests.append(made)
    session.flush()
    data = {"mediation": mediation.id, "kind": kind, "chosen": chosen}
    record(session, act="mediation.test", subject=made, actor=actor, now=now, data=data)
    return made


def take_finding(
    session: Session, *, case: Case, finding: str, to_on: dt.date, actor: Account, now: dt.datetime
) -> MediationTest:
    """The finding has come: `to_on` is the first day that counts again."""
    mediation = mediation_under_way(session, case)
    made = mediation.open_test
    if made is None:
        raise ActRefused("没有在进行的鉴定、检测。")
    words = required(finding, field="finding", sentence="请写明鉴定、检测的结论。")
    resume_deadline(session, case=case, deadline=_limit(session, case), on=to_on, actor=actor, now=now)
    made.to_on, made.finding = to_on, words
    session.flush()
    data = {"mediation": mediation.id, "to": to_on.isoformat()}
    record(session, act="mediation.finding", subject=made, actor=actor, now=now, data=data)
    return made


def _limit(session: Session, case: Case) -> Deadline:
    found = limit_of(session, case)
    if found is None:
        raise ActRefused("这个办件没有在计算的调解期限。")
    return found
