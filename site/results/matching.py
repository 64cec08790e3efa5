"""Companies by code or by name, as far as they are public, with a score that says what it is made of.

A code decides; a name never does: two firms may share one, so a likeness is only ever a proposal (`match` false).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy.orm import Session

from models.codes.uscc import is_valid_uscc, normalise_uscc
from models.companies.likeness import Likeness, compare
from models.decisions.queries import ended_but_indexed, public_codes, public_names
from results.engine import engine
from search.documents import Audience, Facet, Kind, Zone
from search.engine import Results
from search.fold import fold
from search.query import Or, Phrase, Query

# Of how many decisions the parties are looked at: the most relevant ones, several of which may be about one firm.
DECISIONS_LOOKED_AT = 200
LEAST_SCORE = 20.0


@dataclass(frozen=True)
class Match:
    """A company with public decisions that may be meant. `score` is out of 100; `likeness` says what it is made of."""

    uscc: str
    name: str
    score: float
    is_exact_code: bool
    likeness: Likeness | None = None
    decisions: int = 0

    @property
    def is_same_name(self) -> bool:
        """Whether the names are equal when folded."""
        return self.likeness is not None and self.likeness.whole == 1.0


def companies_like(
    session: Session, written: str, *, today: dt.date, limit: int = 10, prefix_only: bool = False
) -> list[Match]:
    """The companies that `written` may mean, best first: by its code, or those whose names share pairs with it."""
    code = normalise_uscc(written)
    if is_valid_uscc(code):
        return _by_code(session, code, today)
    folded = fold(written).text[:60]
    if len(folded) < 2:
        return []
    asked: Query = Phrase(folded, (Zone.PARTY,))
    if not prefix_only:
        pairs = (Phrase(folded[at : at + 2], (Zone.PARTY,)) for at in range(len(folded) - 1))
        asked = Or(tuple(dict.fromkeys((asked, *pairs))))
    found = _search(session, asked, today, size=DECISIONS_LOOKED_AT)
    codes = public_codes(session, [hit.id for hit in found.hits], today=today)
    names = public_names(session, codes, today=today)
    scored = [_scored(folded, code, name) for code, name in names.items()]
    kept = [match for match in scored if match.score >= LEAST_SCORE or prefix_only]
    return sorted(kept, key=lambda match: (-match.score, match.uscc))[:limit]


def _by_code(session: Session, code: str, today: dt.date) -> list[Match]:
    """The company with this code, and how many decisions about it are public; none if there are none."""
    found = _search(session, Phrase(fold(code).text, (Zone.PARTY,)), today, facets=(Facet.COMPANY,))
    counted = dict(found.facets[Facet.COMPANY].words)
    names = public_names(session, {code} & counted.keys(), today=today)
    return [Match(code, name, 100.0, is_exact_code=True, decisions=counted[code]) for name in names.values()]


def _search(
    session: Session, query: Query, today: dt.date, *, size: int = 1, facets: Collection[Facet] = ()
) -> Results:
    return engine().search(
        query,
        kind=Kind.DECISION,
        audience=Audience.PUBLIC,
        today=today,
        size=size,
        excluded=ended_but_indexed(session),
        facets=facets,
    )


def _scored(folded: str, uscc: str, name: str) -> Match:
    likeness = compare(folded, fold(name).text)
    return Match(uscc, name, likeness.score, False, likeness)
