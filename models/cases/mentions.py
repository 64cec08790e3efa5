"""Which cases of an ordered choice hold some words, whatever share of them does; see decision record 0009.

The index of pairs answers at once for rare words. For a common one it has to name each case that holds it, two hundred
thousand in a million, before a page of fifty can be put together. So the first cases in order are looked into one by one:
a common word has filled its page by then, and who has few cases needs no index at all.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, String, exists, func, literal, or_, select
from sqlalchemy.orm import Session

from models.cases.sight import Columns
from models.cases.tables import Case
from models.cases.texts import PAIR, CaseText, holds
from models.filings.references import is_reference, normalise
from models.filings.tables import Filing

# The order of a page, said of the table or of rows made of it: by `id` and `due_on`.
Order = Callable[[Columns], tuple[ColumnElement[Any], ...]]
# At first, and then as many as seem needed; the most takes as long as the index does for what one case in fifty holds.
LOOKED_INTO = (500, 2_500, 6_000)
# What many cases hold may be rarer among the first of them: numbers of a series, a week's campaign.
BUNCHED = 2


@dataclass(frozen=True)
class First:
    """What the first cases gave: the ids that hold the words, in order, and whether there were no more to look into."""

    ids: list[int]
    is_all: bool


def mentions(session: Session, words: str, folded: str) -> ColumnElement[bool]:
    """The matter of the case holds the words: all of it, or for one sign the name; or the reference is them."""
    if _is_in_texts(words, folded):
        return holds(session, folded)
    if is_reference(reference := normalise(words)):
        return or_(Case.reference == reference, holds(session, folded))
    named = Filing.respondent_name.contains(words, autoescape=True)
    return exists().where(Filing.id == Case.filing_id, named)


def first_that_mention(
    session: Session,
    words: str,
    folded: str,
    *,
    among: Sequence[ColumnElement[bool]],
    order: Order,
    page: int,
) -> First:
    """Looks into the texts of the first cases that meet the conditions `among` until more than `page` of them are found.

    Names and references are not looked for there: what is found of them is never all.
    """
    if not _is_in_texts(words, folded):
        return First([], is_all=False)
    chosen = select(Case.id, Case.due_on).where(*among).order_by(*order(Case.__table__.c))
    few, most = LOOKED_INTO[0], LOOKED_INTO[-1]
    first = _looked_into(session, folded, chosen, order, 0, few)
    needed = page * few / max(len(first.ids), 1)
    if first.is_all or needed < few or needed > BUNCHED * most:
        return first
    more = _looked_into(
        session, folded, chosen, order, few, next((end for end in LOOKED_INTO if end > needed), most)
    )
    # A case may have moved on between the two looks.
    return First(list(dict.fromkeys([*first.ids, *more.ids])), more.is_all)


def _looked_into(
    session: Session, folded: str, chosen: Select[int, dt.date], order: Order, begin: int, end: int
) -> First:
    """Those of a part of the choice whose text holds the words; a destroyed case has no text any more."""
    part = chosen.offset(begin).limit(end - begin).subquery("first")
    position = func.instr if session.get_bind().dialect.name == "sqlite" else func.strpos
    is_held = position(CaseText.words, literal(folded, String)) > 0
    looked = select(part.c.id, is_held).outerjoin(CaseText, CaseText.case_id == part.c.id)
    rows = session.execute(looked.order_by(*order(part.c))).all()
    return First([number for number, is_held in rows if is_held], len(rows) < end - begin)


def _is_in_texts(words: str, folded: str) -> bool:
    return len(folded) >= PAIR and not is_reference(normalise(words))
