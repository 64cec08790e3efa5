"""Companies by code or by name, as far as they are public, with a score that says what it is made of.

A code decides; a name never does: two firms may share one, so a likeness is only ever a proposal (`match` false).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from models.codes.uscc import is_valid_uscc, normalise_uscc
from models.companies.likeness import Likeness, compare
from models.decisions.queries import ended_but_indexed, public_names
from results.engine import engine
from search.documents import Audience, Facet, Kind, Zone
from search.fold import fold
from search.query import Or, Phrase, Query

MOST_CANDIDATES = 50
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
        counted = _counted(session, Phrase(fold(code).text, (Zone.PARTY,)), today)
        names = public_names(session, {code} & counted.keys(), today=today)
        return [
            Match(code, name, 100.0, is_exact_code=True, decisions=counted[code]) for name in names.values()
        ]
    folded = fold(written).text[:60]
    if len(folded) < 2:
        return []
    pairs = tuple(dict.fromkeys(Phrase(folded[at : at + 2], (Zone.PARTY,)) for at in range(len(folded) - 1)))
    asked: Query = Phrase(folded, (Zone.PARTY,)) if prefix_only or len(pairs) == 1 else Or(pairs)
    counted = _counted(session, asked, today)
    names = public_names(session, counted.keys(), today=today)
    found = [_scored(folded, code, name, counted[code]) for code, name in names.items()]
    kept = [match for match in found if match.score >= LEAST_SCORE or prefix_only]
    return sorted(kept, key=lambda match: (-match.score, match.uscc))[:limit]


def _counted(session: Session, query: Query, today: dt.date) -> dict[str, int]:
    """Codes of the parties of the most relevant decisions, with how many decisions each has."""
    results = engine().search(
        query,
        kind=Kind.DECISION,
        audience=Audience.PUBLIC,
        today=today,
        size=1,
        excluded=ended_but_indexed(session),
        facets=(Facet.COMPANY,),
    )
    words = results.facets[Facet.COMPANY].words
    return {code: count for code, count in words if code}


def _scored(folded: str, uscc: str, name: str, decisions: int) -> Match:
    likeness = compare(folded, fold(name).text)
    return Match(uscc, name, likeness.score, False, likeness, decisions)
