"""Verbs on parties without a code. A likeness of names proposes; a person decides, and the ledger says who."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from models.companies.tables import Company
from models.decisions.kinds import PartyKind
from models.decisions.noting import note
from models.decisions.parties.tables import PartyMatch
from models.decisions.queries import in_reach
from models.decisions.states import State
from models.decisions.tables import Decision
from models.errors import ActRefused
from models.people.permissions import Permission, can
from models.people.tables import Account

_OVER = (State.ENDED, State.WITHDRAWN)


def waiting_for_a_company(session: Session, account: Account, *, limit: int) -> list[Decision]:
    """Decisions within reach whose party is a business without a code and nobody has looked at, oldest first."""
    looked_at = select(PartyMatch.decision_id)
    found = select(Decision).where(*_has_no_code(), in_reach(account), Decision.id.not_in(looked_at))
    return list(session.scalars(found.order_by(Decision.decided_on, Decision.id).limit(limit)))


def confirm_company(
    session: Session, decision: Decision, *, company: Company, score: float, actor: Account, now: dt.datetime
) -> Decision:
    """The party is that company: the decision gets its code, by which people find it.

    Refused for natural persons, who are never companies, and for a decision that has a code as served.
    """
    _refuse_others(decision, actor)
    if company.merged_into_id is not None:
        raise ActRefused("已经并入其他企业的记录不能再选。请选择存续的企业。")
    decision.company, decision.party_uscc = company, company.uscc
    decision.updated_at = now
    _keep(session, decision, company, score, actor, now)
    return decision


def leave_without_company(
    session: Session, decision: Decision, *, actor: Account, now: dt.datetime
) -> Decision:
    """None of the companies that there are is the party."""
    _refuse_others(decision, actor)
    _keep(session, decision, None, None, actor, now)
    return decision


def _has_no_code() -> tuple[ColumnElement[bool], ...]:
    return (
        Decision.party_uscc.is_(None),
        Decision.party_kind != PartyKind.PERSON,
        Decision.state.not_in(_OVER),
    )


def _refuse_others(decision: Decision, actor: Account) -> None:
    if not can(actor, Permission.COMPANY_MANAGE, decision):
        raise ActRefused("您没有为这份决定书确认企业的权限。")
    if decision.party_kind is PartyKind.PERSON:
        raise ActRefused("自然人不是企业，不与企业关联。")
    if decision.party_uscc is not None or decision.state in _OVER:
        raise ActRefused("这份决定书已经有统一社会信用代码，或者不再公示。")


def _keep(
    session: Session,
    decision: Decision,
    company: Company | None,
    score: float | None,
    actor: Account,
    now: dt.datetime,
) -> None:
    session.execute(delete(PartyMatch).where(PartyMatch.decision_id == decision.id))
    session.add(
        PartyMatch(
            decision_id=decision.id,
            company_id=company.id if company else None,
            score=score,
            decided_by_id=actor.id,
            decided_at=now,
        )
    )
    data = {"company": company.id if company else None}
    is_public = company is not None and decision.state is State.PUBLISHED
    note(session, decision, "company", actor, now, data, is_public=is_public)
