"""Reading marks: what is open, what was kept, what the original said."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.decisions.content import ZONES
from models.decisions.queries import is_public
from models.decisions.redaction.kinds import Choice, Risk
from models.decisions.redaction.tables import DecisionFiling, RedactionMark, ServedOriginal
from models.decisions.tables import Decision
from models.errors import NotFound

MARKED_FIELDS = (*ZONES, "performance", "full_text", "cause_name", "licence")
_ORDER = {field: place for place, field in enumerate(MARKED_FIELDS)}


def original_of(session: Session, decision: Decision) -> ServedOriginal | None:
    """The texts as served; None for a decision that stood elsewhere before."""
    return session.scalar(select(ServedOriginal).where(ServedOriginal.decision_id == decision.id))


def served_texts(session: Session, decision: Decision) -> Mapping[str, str]:
    """The texts as served by field; those of the record itself where no original was kept."""
    original = original_of(session, decision)
    if original is not None:
        return {field: original.texts.get(field, "") for field in MARKED_FIELDS}  # some came later
    return {field: getattr(decision, field) or "" for field in MARKED_FIELDS}


def marks_of(session: Session, decision: Decision) -> list[RedactionMark]:
    """The marks of a decision in the order of its text."""
    found = session.scalars(select(RedactionMark).where(RedactionMark.decision_id == decision.id))
    return sorted(found, key=lambda one: (_ORDER[one.field], one.begin_char, one.id))


def mark_of(session: Session, decision: Decision, mark_id: int) -> RedactionMark:
    """One mark of that decision; NotFound else."""
    mark = session.get(RedactionMark, mark_id)
    if mark is None or mark.decision_id != decision.id:
        raise NotFound("没有找到这处标记，文本可能已经改过。")
    return mark


def kept_texts(session: Session, decision: Decision) -> Mapping[str, frozenset[str]]:
    """By field, the stretches that an officer decided to keep, with a reason."""
    kept: dict[str, set[str]] = defaultdict(set)
    marks = [one for one in marks_of(session, decision) if one.choice is Choice.KEPT]
    texts = served_texts(session, decision) if marks else {}
    for one in marks:
        kept[one.field].add(texts[one.field][one.begin_char : one.end_char])
    return {field: frozenset(stretches) for field, stretches in kept.items()}


def blocks(mark: RedactionMark) -> bool:
    """Whether the mark keeps the decision from being published."""
    return mark.choice is Choice.OPEN and mark.risk is Risk.BLOCKING


def filings_of(session: Session, decision: Decision) -> list[DecisionFiling]:
    """The filings that the decision goes back to, for staff only."""
    linked = select(DecisionFiling).where(DecisionFiling.decision_id == decision.id)
    return list(session.scalars(linked.order_by(DecisionFiling.id)))


def public_outcomes(session: Session, filing_id: int, *, today: dt.date) -> list[Decision]:
    """The public decisions that a filing led to: for its filer's eyes, who may know what came of it."""
    linked = select(DecisionFiling.decision_id).where(DecisionFiling.filing_id == filing_id)
    found = select(Decision).where(Decision.id.in_(linked), is_public(today))
    return list(session.scalars(found.order_by(Decision.decided_on, Decision.id)))
