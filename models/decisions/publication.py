"""Verbs on the public life of a decision: published, withdrawn, ended. The index follows after commit."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from models import ledger, outbox
from models.decisions.checks import refuse_blocking_numbers, refuse_warning_only
from models.decisions.clocks import cancel_publication_clocks, meet_publication_clocks
from models.decisions.ending import End, earliest_end, gravity_of
from models.decisions.kinds import EndKind
from models.decisions.states import Act, State, next_state
from models.decisions.tables import Decision
from models.errors import ActRefused, Invalid
from models.ledger.operations import Acts, salted_digest
from models.people.permissions import Permission, can
from models.people.tables import Account
from models.types import beijing_date

STATED_END = "stated"
END_BASIS_LABELS = {
    STATED_END: "处罚机关载明的公示截止期",
    EndKind.WITHDRAWN: "《中华人民共和国行政处罚法》第四十八条第二款、《市场监督管理行政处罚信息公示规定》第十一条",
}


def planned_end(decision: Decision, *, published_on: dt.date) -> End | None:
    """The last public day if it is published on that day: the earliest of the policies and the stated one."""
    end = earliest_end(gravity_of(decision.kinds), decided_on=decision.decided_on, published_on=published_on)
    stated = decision.stated_end_on
    if stated is not None and (end is None or stated < end.ends_on):
        return End(stated, STATED_END, END_BASIS_LABELS[STATED_END])
    return end


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
    refuse_warning_only(decision)
    refuse_blocking_numbers(session, decision)
    today = beijing_date(now)
    end = planned_end(decision, published_on=today)
    if end is not None:
        decision.ends_on, decision.end_policy, decision.end_basis = end.ends_on, end.policy_code, end.basis
        if end.ends_on < today:
            end_publication(session, decision, actor=actor, now=now)
            return
    decision.state = next_state(decision.state, Act.PUBLISH)
    decision.published_at = decision.updated_at = now
    _note(session, decision, Act.PUBLISH, actor, now, _term(decision))


def withdraw(session: Session, decision: Decision, *, reason: str, actor: Acts, now: dt.datetime) -> Decision:
    """Takes a public decision back. `reason` is public and may not name the party (行政处罚法 Art 48(2))."""
    reason = reason.strip()
    if not reason:
        raise Invalid("请写明撤回的理由。", {"reason": "请写明撤回的理由；理由会公开。"})
    named = (
        decision.party_name,
        decision.served_party_name,
        decision.party_uscc,
        decision.legal_representative,
    )
    if any(name and name in reason for name in named):
        raise Invalid(
            "撤回理由会公开，不能写当事人。", {"reason": "撤回理由会公开，请不要写当事人的名称或代码。"}
        )
    decision.state = next_state(decision.state, Act.WITHDRAW)
    decision.withdrawal_reason = reason
    decision.end_kind, decision.end_basis = EndKind.WITHDRAWN, END_BASIS_LABELS[EndKind.WITHDRAWN]
    decision.ended_at = decision.updated_at = now
    _note(session, decision, Act.WITHDRAW, actor, now, {"reason": salted_digest(reason)})
    return decision


def end_publication(session: Session, decision: Decision, *, actor: Acts, now: dt.datetime) -> Decision:
    """Ends the record because its term is over; from the commit on its address answers 410."""
    if decision.ends_on is None or decision.ends_on >= beijing_date(now):
        raise ActRefused("公示期还没有届满。")
    decision.state = next_state(decision.state, Act.END)
    decision.end_kind = EndKind.EXPIRED
    decision.ended_at = decision.updated_at = now
    _note(session, decision, Act.END, actor, now, _term(decision))
    return decision


def _term(decision: Decision) -> dict[str, str | None]:
    return {"ends_on": str(decision.ends_on), "policy": decision.end_policy}


def _note(
    session: Session, decision: Decision, act: Act, actor: Acts, now: dt.datetime, data: dict[str, str | None]
) -> None:
    """Writes the ledger, and asks the worker to bring the index in line with the state."""
    ledger.record(session, act=f"decision.{act}", subject=decision, actor=actor, now=now, data=data)
    outbox.put(
        session,
        kind="search-index",
        key=f"search-index:decision:{decision.id}:{decision.state}",
        payload={"kind": "decision", "id": decision.id},
        now=now,
    )
