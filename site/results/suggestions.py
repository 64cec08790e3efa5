"""What somebody may be about to type: companies, causes and authorities of public decisions, with their numbers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from models.decisions.queries import ended_but_indexed, public_names
from results.engine import engine
from search.documents import Audience, Facet, Kind, Zone
from search.fold import fold
from search.query import Or, Phrase, Pinyin, Query, Value

MOST_EACH = 5


@dataclass(frozen=True)
class Suggestion:
    """A word of a column, with how many public decisions have it."""

    facet: Facet
    value: str
    text: str
    count: int


def suggestions(session: Session, typed: str, *, today: dt.date) -> list[Suggestion]:
    """The most frequent companies whose name holds `typed` or is read like it, then causes, then authorities.

    Raises:
        IndexUnavailable: search is being rebuilt.
    """
    folded = fold(typed).text[:40]
    if len(folded) < 2:
        return []
    party: Query = Phrase(folded, (Zone.PARTY,))
    if folded.isascii() and folded.isalpha():
        party = Or((party, Pinyin(folded.replace("v", "u"))))
    asked = {
        Facet.COMPANY: party,
        Facet.CAUSE: Value(Facet.CAUSE, folded),
        Facet.AUTHORITY: Value(Facet.AUTHORITY, folded),
    }
    excluded = ended_but_indexed(session)
    found: list[Suggestion] = []
    for facet, query in asked.items():
        results = engine().search(
            query,
            kind=Kind.DECISION,
            audience=Audience.PUBLIC,
            today=today,
            size=1,
            excluded=excluded,
            facets=(facet,),
        )
        words = [pair for pair in results.facets[facet].words if pair[0]][:MOST_EACH]
        codes = [code for code, _ in words] if facet is Facet.COMPANY else []
        names = public_names(session, codes, today=today)
        found += [Suggestion(facet, value, names.get(value, value), count) for value, count in words]
    return found
