"""重复侵权线索: companies with several public penalties for the same kind of right. A lead for a person, never a listing."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import and_, exists, func, select
from sqlalchemy.orm import Session

from models.decisions.queries import in_reach, is_public
from models.decisions.tables import Decision
from models.lists.kinds import EntryState, ListKind
from models.lists.operations import fact_of
from models.lists.rules import is_final_only, laws
from models.lists.tables import InfringerEntry
from models.people.tables import Account

# Numbers of patents and of registered trademarks, as decisions write them.
_RIGHT_NUMBER = re.compile(r"(?:ZL)?\d{12}\.[\dX]|ZL\d{8,13}|第\s?(\d{6,9}[A-Z]?)\s?号(?:注册)?(?:商标|“)")


@dataclass(frozen=True, slots=True)
class Lead:
    """The evidence: the decisions, the rights that more than one of them names, what the rule still lacks."""

    uscc: str
    name: str
    decisions: Sequence[Decision]
    same_rights: tuple[str, ...]
    problems: tuple[str, ...]


def repeat_leads(session: Session, account: Account, *, today: dt.date, limit: int = 20) -> list[Lead]:
    """Companies within reach with two or more public decisions of one kind of right that are not on the register."""
    listed = exists().where(
        and_(
            InfringerEntry.uscc == Decision.party_uscc,
            InfringerEntry.state.not_in((EntryState.ENDED, EntryState.DROPPED)),
        )
    )
    wanted = (
        is_public(today),
        in_reach(account),
        Decision.party_uscc.is_not(None),
        Decision.right_type.is_not(None),
    )
    repeated = (
        select(Decision.party_uscc, Decision.right_type)
        .where(*wanted, ~listed)
        .group_by(Decision.party_uscc, Decision.right_type)
        .having(func.count() > 1)
        .order_by(func.count().desc(), Decision.party_uscc)
        .limit(limit)
        .subquery()
    )
    same = and_(Decision.party_uscc == repeated.c.party_uscc, Decision.right_type == repeated.c.right_type)
    rows = select(Decision).join(repeated, same).where(*wanted)
    ordered = rows.order_by(Decision.party_uscc, Decision.right_type, Decision.decided_on, Decision.id)
    grouped = groupby(session.scalars(ordered), key=lambda one: (one.party_uscc, one.right_type))
    leads = [_lead(list(found), today) for _, found in grouped]
    return sorted(leads, key=lambda lead: (bool(lead.problems), -len(lead.decisions)))


def _lead(decisions: Sequence[Decision], today: dt.date) -> Lead:
    newest = decisions[-1]
    uscc = newest.party_uscc or ""
    rule = laws()[ListKind.INFRINGERS].rule_on(today)
    final_by = today if is_final_only(newest.unit.region_code) else None
    problems = rule.problems(uscc, [fact_of(one) for one in decisions], final_by=final_by)
    rights = [{match.group(0) for match in _RIGHT_NUMBER.finditer(one.facts)} for one in decisions]
    named = sorted(set().union(*rights))
    same = tuple(number for number in named if sum(number in one for one in rights) > 1)
    return Lead(uscc, newest.party_name, decisions, same, tuple(problems))
