"""Signals of malicious filing, each with the figures that made it one. They are for a person to look at, never a verdict."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from models.cases.tables import Case
from models.cases.terms import State
from models.filings.kinds import Likeness
from models.filings.tables import Filing, FilingMark
from models.holders.lane.rules import LaneRules
from models.holders.lane.tables import Pattern
from models.holders.tables import HeldFiling, Right
from models.kinds import RightType
from models.types import beijing_date
from models.wording import Sentence, said


@dataclass(frozen=True)
class Signal:
    """A pattern and why it is one here. Which filings they are stays out: who filed a case is told by its envelope alone."""

    pattern: Pattern
    why: Sentence


def signals(session: Session, organisation_id: int, rules: LaneRules, *, now: dt.datetime) -> list[Signal]:
    """What a person should look at, of one organisation; four queries."""
    found = (
        *_same_text(session, organisation_id, rules, now),
        *_settled(session, organisation_id, rules, now),
        *_expired(session, organisation_id, rules, now),
        *_foreign(session, organisation_id, rules, now),
    )
    return list(found)


def _same_text(
    session: Session, organisation_id: int, rules: LaneRules, now: dt.datetime
) -> Iterator[Signal]:
    """One fingerprint of the facts that stands in filings against many; respondents are counted by their marks."""
    limit = rules.same_text
    named = aliased(FilingMark)
    against = func.count(named.value.distinct())
    wanted = (
        select(FilingMark.value, against)
        .join(HeldFiling, HeldFiling.filing_id == FilingMark.filing_id)
        .join(Filing, Filing.id == FilingMark.filing_id)
        .join(named, and_(named.filing_id == FilingMark.filing_id, named.kind == Likeness.RESPONDENT))
        .where(
            HeldFiling.organisation_id == organisation_id,
            FilingMark.kind == Likeness.FACTS,
            Filing.submitted_at >= now - dt.timedelta(days=limit.days),
        )
        .group_by(FilingMark.value)
        .having(against >= limit.respondents)
        .order_by(against.desc(), FilingMark.value)
        .limit(1)
    )
    for _mark, count in session.execute(wanted):
        why = said(
            "%(days)s 天内，文字几乎相同的提交针对 %(count)s 个不同的被举报方。", days=limit.days, count=count
        )
        yield Signal(Pattern.SAME_TEXT, why)


def _settled(session: Session, organisation_id: int, rules: LaneRules, now: dt.datetime) -> Iterator[Signal]:
    limit = rules.settled
    ended = (
        select(Filing.reference, Case.state, Case.accepted_at)
        .join(Case, Case.filing_id == Filing.id)
        .join(HeldFiling, HeldFiling.filing_id == Filing.id)
        .where(
            HeldFiling.organisation_id == organisation_id,
            Case.closed_at >= now - dt.timedelta(days=limit.days),
        )
        .order_by(Filing.id.desc())
    )
    rows = session.execute(ended).all()
    back = [row.reference for row in rows if row.state is State.WITHDRAWN and row.accepted_at is not None]
    if len(back) >= limit.withdrawn and len(back) >= limit.share * len(rows):
        why = said(
            "%(days)s 天内结束的 %(all)s 件里，%(count)s 件在受理以后由权利人撤回；请核实是不是先投诉、收钱以后撤回。",
            days=limit.days,
            all=len(rows),
            count=len(back),
        )
        yield Signal(Pattern.SETTLED, why)


def _expired(session: Session, organisation_id: int, rules: LaneRules, now: dt.datetime) -> Iterator[Signal]:
    """Filed without choosing the stored right, with the number of one that had expired by then."""
    limit = rules.unusable_right
    wanted = (
        select(Filing.reference, Filing.submitted_at, Right.expires_on)
        .join(HeldFiling, HeldFiling.filing_id == Filing.id)
        .join(
            Right,
            and_(
                Right.organisation_id == HeldFiling.organisation_id,
                or_(
                    Right.id == HeldFiling.right_id,
                    and_(Right.number == Filing.right_number, Right.right_type == Filing.right_type),
                ),
            ),
        )
        .where(
            HeldFiling.organisation_id == organisation_id,
            Filing.submitted_at >= now - dt.timedelta(days=limit.days),
            Right.expires_on < now.date(),
        )
        .order_by(Filing.reference)
    )
    rows = session.execute(wanted).all()
    over = [row.reference for row in rows if row.expires_on < beijing_date(row.submitted_at)]
    found = tuple(dict.fromkeys(over))
    if len(found) >= limit.filings:
        why = said(
            "%(days)s 天内有 %(count)s 件，提交时所写的权利已经到期。", days=limit.days, count=len(found)
        )
        yield Signal(Pattern.EXPIRED_RIGHT, why)


def _foreign(session: Session, organisation_id: int, rules: LaneRules, now: dt.datetime) -> Iterator[Signal]:
    """A patent or trademark number with letters of another office: 商标法 and 专利法 protect what is granted here."""
    limit = rules.unusable_right
    kinds = (RightType.TRADEMARK, RightType.PATENT_INFRINGEMENT)
    wanted = (
        select(Filing.reference)
        .join(HeldFiling, HeldFiling.filing_id == Filing.id)
        .where(
            HeldFiling.organisation_id == organisation_id,
            Filing.submitted_at >= now - dt.timedelta(days=limit.days),
            Filing.right_type.in_(kinds),
            func.upper(Filing.right_number).regexp_match(
                "^ *(US|EP|WO|JP|KR|DE|GB|FR|TW|HK|MO|AU|CA)[ .-]*[0-9]"
            ),
        )
        .order_by(Filing.id.desc())
    )
    found = tuple(session.scalars(wanted))
    if len(found) >= limit.filings:
        why = said(
            "%(days)s 天内有 %(count)s 件写的是境外的权利号码，在境内不受保护。",
            days=limit.days,
            count=len(found),
        )
        yield Signal(Pattern.FOREIGN_RIGHT, why)
