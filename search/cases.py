"""The folded text of a case, kept as soon as the case is there and in the same transaction.

Importing this module is what makes a process keep the texts; `keep_missing` does it for cases from before.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import event, select
from sqlalchemy.orm import Session, UOWTransaction, joinedload, lazyload

from models.cases.tables import Case
from models.cases.texts import CaseText, keep
from search.fold import fold

AT_A_TIME = 1000
LINE = "\n"


def folded_text(case: Case) -> str:
    """What the case is found by: numbers, the respondent, facts and request; nothing of who filed it."""
    filing = case.filing
    parts = (
        case.reference,
        filing.respondent_name,
        filing.respondent_uscc,
        filing.respondent_address,
        filing.platform_link,
        filing.right_number,
        *_answers(filing.data),
        filing.facts,
        filing.request,
    )
    return LINE.join(fold(part).text for part in parts if part)


def keep_missing(session: Session) -> int:
    """Keeps the texts of cases that lack one; returns how many. The caller commits."""
    kept, last = 0, 0
    lean = (joinedload(Case.filing), lazyload(Case.unit), lazyload(Case.transfers))
    # A batch of ids first, by their index: a question for the first ones that lack a text reads all that come after.
    while ids := session.scalars(
        select(Case.id).where(Case.id > last).order_by(Case.id).limit(AT_A_TIME)
    ).all():
        had = select(CaseText.case_id).where(CaseText.case_id.in_(ids))
        lacking = select(Case).where(Case.id.in_(ids), Case.id.not_in(had)).options(*lean).order_by(Case.id)
        cases = session.scalars(lacking).all()
        if cases:
            keep(session, {case.id: folded_text(case) for case in cases})
        kept, last = kept + len(cases), ids[-1]
        for case in cases:
            session.expunge(case)
    return kept


def _answers(data: object) -> Iterator[str]:
    """Every text among the answers that one kind of filing has."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for value in data.values():
            yield from _answers(value)
    elif isinstance(data, list):
        for value in data:
            yield from _answers(value)


@event.listens_for(Session, "after_flush")
def _follow(session: Session, _context: UOWTransaction) -> None:
    """New cases."""
    keep(session, {thing.id: folded_text(thing) for thing in session.new if isinstance(thing, Case)})
