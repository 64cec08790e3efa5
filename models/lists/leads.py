"""重复侵权线索: companies with several penalties or rulings on the same kind of right in five years, the same right first.

A lead for a person, never a listing: it is read from the decisions each time, with its evidence, until somebody takes
it up or puts it aside. Decisions whose publication has ended count as evidence, since the law looks back five years
(商标法 Art 60(2), 74(2) from 2027) and publication lasts one; what was withdrawn or changed does not.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session, selectinload

from models import ledger
from models.decisions.queries import in_reach
from models.decisions.states import State
from models.decisions.tables import Decision
from models.decisions.term.ending import add_months
from models.errors import Invalid, NotFound
from models.kinds import RightType
from models.lists.kinds import EntryState, ListKind
from models.lists.lead_tables import LeadAnswer, LeadOutcome
from models.lists.operations import fact_of
from models.lists.rules import is_final_only, laws
from models.lists.tables import InfringerEntry
from models.people.permissions import Permission, units_in_reach
from models.people.tables import Account, Unit

# Numbers of patents and of registered trademarks, as decisions write them.
_RIGHT_NUMBER = re.compile(
    r"(?:ZL)?(\d{12}\.[\dX])|ZL(\d{8,13})|第\s?(\d{6,9}[A-Z]?)\s?号(?:注册)?(?:商标|“)"
)
_STANDING = (State.PUBLISHED, State.ENDED, State.EXPIRED_UNFULFILLED)
MOST = 50


@dataclass(frozen=True, slots=True)
class Lead:
    """The evidence: the decisions, the rights that more than one of them names, what the register's rule still lacks."""

    uscc: str
    right_type: RightType
    name: str
    decisions: Sequence[Decision]
    same_rights: tuple[str, ...]
    problems: tuple[str, ...]


def repeat_leads(session: Session, account: Account, *, today: dt.date, limit: int = MOST) -> list[Lead]:
    """Companies within reach with two or more decisions of one kind of right in the rule's window, not answered yet.

    A company that is on the register, or on its way onto it, is no news.
    """
    wanted = _evidence(account, today)
    answered = (
        select(func.max(LeadAnswer.newest_decision_id))
        .where(LeadAnswer.uscc == Decision.party_uscc, LeadAnswer.right_type == Decision.right_type)
        .where(_answers_in_reach(account))
        .correlate(Decision)
        .scalar_subquery()
    )
    repeated = (
        select(Decision.party_uscc, Decision.right_type)
        .where(*wanted, ~_is_listed())
        .group_by(Decision.party_uscc, Decision.right_type)
        .having(func.count() > 1, func.max(Decision.id) > func.coalesce(answered, 0))
        .order_by(func.count().desc(), Decision.party_uscc)
        .limit(limit)
        .subquery()
    )
    same = and_(Decision.party_uscc == repeated.c.party_uscc, Decision.right_type == repeated.c.right_type)
    rows = select(Decision).join(repeated, same).where(*wanted)
    ordered = rows.order_by(Decision.party_uscc, Decision.right_type, Decision.decided_on, Decision.id)
    grouped = groupby(session.scalars(ordered), key=lambda one: (one.party_uscc, one.right_type))
    leads = [_lead(list(found), today) for _, found in grouped]
    return sorted(leads, key=lambda lead: (not lead.same_rights, bool(lead.problems), -len(lead.decisions)))


def lead_about(
    session: Session, account: Account, *, uscc: str, right_type: RightType, today: dt.date
) -> Lead:
    """The lead on one company and kind of right, answered or not; NotFound when its decisions are too few."""
    about = (Decision.party_uscc == uscc, Decision.right_type == right_type, *_evidence(account, today))
    found = list(session.scalars(select(Decision).where(*about).order_by(Decision.decided_on, Decision.id)))
    if len(found) < 2:
        raise NotFound("没有找到这条线索。")
    return _lead(found, today)


def answer_lead(
    session: Session, lead: Lead, *, outcome: LeadOutcome, reason: str, actor: Account, now: dt.datetime
) -> LeadAnswer:
    """Somebody takes the lead up, or puts it aside and says why. Nobody is listed by that."""
    if outcome is LeadOutcome.DISMISSED and not reason.strip():
        raise Invalid("请写明理由。", {"reason": "请写明不采用这条线索的理由。"})
    answer = LeadAnswer(
        uscc=lead.uscc, right_type=lead.right_type, outcome=outcome, reason=reason.strip(), by=actor, at=now,
        newest_decision_id=max(one.id for one in lead.decisions), unit=lead.decisions[-1].unit,
        evidence=[one.public_id for one in lead.decisions],
    )  # fmt: skip
    session.add(answer)
    session.flush()
    data = {"outcome": outcome.value, "decisions": answer.evidence}
    ledger.record(session, act="lead.answer", subject=answer, actor=actor, now=now, data=data)
    return answer


def answered_leads(session: Session, account: Account, *, limit: int = MOST) -> list[LeadAnswer]:
    """What was made of leads within reach, the newest first."""
    found = select(LeadAnswer).where(_answers_in_reach(account)).options(selectinload(LeadAnswer.by))
    return list(session.scalars(found.order_by(LeadAnswer.at.desc(), LeadAnswer.id.desc()).limit(limit)))


def _evidence(account: Account, today: dt.date) -> tuple[ColumnElement[bool], ...]:
    """Decisions of the rule's window that stand, about companies, within reach."""
    rule = laws()[ListKind.INFRINGERS].rule_on(today)
    return (
        Decision.state.in_(_STANDING),
        Decision.changed_on.is_(None),
        Decision.kind.in_(rule.kinds),
        Decision.decided_on >= add_months(today, -12 * rule.window_years),
        Decision.party_uscc.is_not(None),
        Decision.right_type.is_not(None),
        in_reach(account),
    )


def _is_listed() -> ColumnElement[bool]:
    live = InfringerEntry.state.not_in((EntryState.ENDED, EntryState.DROPPED))
    return exists().where(and_(InfringerEntry.uscc == Decision.party_uscc, live))


def _answers_in_reach(account: Account) -> ColumnElement[bool]:
    own, paths = units_in_reach(account, Permission.DECISION_VIEW)
    below = [Unit.path.startswith(path, autoescape=True) for path in paths]
    return LeadAnswer.unit_id.in_(select(Unit.id).where(or_(Unit.id.in_(own), *below)))


def _lead(decisions: Sequence[Decision], today: dt.date) -> Lead:
    newest = decisions[-1]
    uscc, right_type = newest.party_uscc or "", newest.right_type or RightType.OTHER
    rule = laws()[ListKind.INFRINGERS].rule_on(today)
    final_by = today if is_final_only(newest.unit.region_code) else None
    public = [one for one in decisions if one.is_public(today)]
    problems = rule.problems(uscc, [fact_of(one) for one in public], final_by=final_by)
    rights = [_rights_in(one.facts) for one in decisions]
    named = sorted(set().union(*rights))
    same = tuple(number for number in named if sum(number in one for one in rights) > 1)
    return Lead(uscc, right_type, newest.party_name, decisions, same, tuple(problems))


def _rights_in(facts: str) -> set[str]:
    """The numbers of rights that the facts name, without what differs from writer to writer."""
    return {next(group for group in found.groups() if group) for found in _RIGHT_NUMBER.finditer(facts)}
