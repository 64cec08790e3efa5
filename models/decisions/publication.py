"""Verbs on the public life of a decision: published, withdrawn, ended. The index follows after commit."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from models.decisions.checks import refuse_blocking_numbers, refuse_changed, refuse_warning_only
from models.decisions.clocks import (
    cancel_publication_clocks,
    meet_publication_clocks,
    meet_withdrawal_clock,
)
from models.decisions.kinds import DecisionKind, EndKind
from models.decisions.naming import refuse_party
from models.decisions.noting import note
from models.decisions.states import Act, State, next_state
from models.decisions.tables import Decision
from models.decisions.term.planning import planned_term, take_term
from models.errors import ActRefused, Invalid
from models.ledger.operations import Acts, salted_digest
from models.people.permissions import Permission, can
from models.people.tables import Account
from models.types import beijing_date

END_BASIS_LABELS = {
    EndKind.REPAIRED: "《市场监督管理信用修复管理办法》（2025年12月25日施行）、《信用修复管理办法》（国家发展改革委令第36号）",
    EndKind.WITHDRAWN: "《中华人民共和国行政处罚法》第四十八条第二款、《市场监督管理行政处罚信息公示规定》第十一条",
}

# The law on penalties says it of penalties; of other decisions no law says when they are taken back, so it is followed.
UNPUNISHED_BASIS_LABELS = {
    EndKind.WITHDRAWN: "参照《中华人民共和国行政处罚法》第四十八条第二款",
}

RESTORED_LABELS = {"withdrawn": "恢复备份前已经依法撤回，理由见当时的公告。"}


def publish(session: Session, decision: Decision, *, actor: Acts, now: dt.datetime) -> Decision:
    """Makes an approved decision public from this instant; the index follows through the outbox.

    One whose term of publication has already run out is ended instead, without ever being public.
    """
    next_state(decision.state, Act.PUBLISH)
    if decision.publish_at is not None and decision.publish_at > now:
        raise ActRefused("还没有到预定的公示时间。")
    _go_public(session, decision, actor=actor, now=now)
    if decision.state is State.PUBLISHED:
        meet_publication_clocks(session, decision, now=now)
    else:
        cancel_publication_clocks(session, decision, now=now)
    return decision


def publish_standing(
    session: Session,
    decision: Decision,
    *,
    reviewer: Account,
    actor: Acts,
    now: dt.datetime,
    clocks_run: bool = True,
) -> Decision:
    """Publishes a draft that stands on an official site already; `reviewer` answers for that by name.

    It skips the two people's steps, which were taken where it first stood, and nothing else. The publication
    clocks of a draft are no longer owed: in time or not, it was published elsewhere.
    """
    if decision.maker_id == reviewer.id:
        raise ActRefused("录入人不能审核自己录入的决定书，请另一位审核员审核。")
    if not can(reviewer, Permission.DECISION_REVIEW, decision):
        raise ActRefused("您没有审核这份决定书的权限。")
    if decision.state is State.DRAFT:
        decision.state, decision.submitted_at = next_state(decision.state, Act.SUBMIT), now
    decision.state = next_state(decision.state, Act.APPROVE)
    decision.reviewer = reviewer
    decision.approved_at = decision.publish_at = now
    _go_public(session, decision, actor=actor, now=now)
    if clocks_run:
        cancel_publication_clocks(session, decision, now=now)
    return decision


def _go_public(session: Session, decision: Decision, *, actor: Acts, now: dt.datetime) -> None:
    """From approved to public, or to ended where the term is over."""
    refuse_changed(decision)
    refuse_warning_only(decision)
    refuse_blocking_numbers(session, decision)
    today = beijing_date(now)
    take_term(decision, planned_term(decision, published_on=today, today=today), today=today)
    if decision.ends_on is not None and decision.ends_on < today:
        end_publication(session, decision, actor=actor, now=now)
        return
    decision.state = next_state(decision.state, Act.PUBLISH)
    decision.published_at = decision.updated_at = now
    note(session, decision, Act.PUBLISH, actor, now, _term(decision))


def withdraw(session: Session, decision: Decision, *, reason: str, actor: Acts, now: dt.datetime) -> Decision:
    """Takes a public decision back. `reason` is public and may not name the party (行政处罚法 Art 48(2))."""
    reason = reason.strip()
    if not reason:
        raise Invalid("请写明撤回的理由。", {"reason": "请写明撤回的理由；理由会公开。"})
    refuse_party(decision, reason, "reason")
    decision.state = next_state(decision.state, Act.WITHDRAW)
    decision.withdrawal_reason = reason
    decision.end_kind, decision.end_basis = EndKind.WITHDRAWN, _withdrawal_basis(decision)
    decision.ended_at = decision.updated_at = now
    meet_withdrawal_clock(session, decision, now=now)
    note(session, decision, Act.WITHDRAW, actor, now, {"reason": salted_digest(reason)})
    return decision


def end_publication(session: Session, decision: Decision, *, actor: Acts, now: dt.datetime) -> Decision:
    """Ends the record because its term is over; from the commit on its address answers 410."""
    if decision.ends_on is None or decision.ends_on >= beijing_date(now):
        raise ActRefused("公示期还没有届满。")
    decision.state = next_state(decision.state, Act.END)
    decision.end_kind = EndKind.EXPIRED
    decision.ended_at = decision.updated_at = now
    note(session, decision, Act.END, actor, now, _term(decision))
    return decision


def end_by_repair(session: Session, decision: Decision, *, actor: Acts, now: dt.datetime) -> Decision:
    """Ends the record before its term is over, because credit repair was granted (第36号令 Art 3)."""
    decision.state = next_state(decision.state, Act.END)
    decision.end_kind, decision.end_basis = EndKind.REPAIRED, END_BASIS_LABELS[EndKind.REPAIRED]
    decision.ended_at = decision.updated_at = now
    note(session, decision, Act.END, actor, now, {"kind": EndKind.REPAIRED.value})
    return decision


def end_again(
    session: Session,
    decision: Decision,
    *,
    kind: EndKind,
    ended_at: dt.datetime,
    reason: str | None,
    actor: Acts,
    now: dt.datetime,
) -> Decision:
    """Ends what a restored backup shows as it was before its end: from whatever state, and with no condition."""
    is_withdrawn = kind is EndKind.WITHDRAWN
    decision.state = State.WITHDRAWN if is_withdrawn else State.ENDED
    decision.end_kind, decision.ended_at, decision.updated_at = kind, ended_at, now
    if is_withdrawn:
        decision.withdrawal_reason = reason or RESTORED_LABELS["withdrawn"]
        decision.end_basis = _withdrawal_basis(decision)
    note(session, decision, Act.END, actor, now, {"kind": kind.value, "after": "restore"})
    return decision


def _withdrawal_basis(decision: Decision) -> str:
    is_penalty = decision.kind is DecisionKind.PENALTY
    return (END_BASIS_LABELS if is_penalty else UNPUNISHED_BASIS_LABELS)[EndKind.WITHDRAWN]


def _term(decision: Decision) -> dict[str, str | None]:
    return {"ends_on": str(decision.ends_on), "policy": decision.end_policy}
