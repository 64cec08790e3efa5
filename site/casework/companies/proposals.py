"""Which companies a written name may mean, best first, each with what speaks for it. A person decides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from models.codes.uscc import is_valid_uscc, normalise_uscc
from models.companies.likeness import Likeness, compare
from models.companies.naming import parts_of
from models.companies.queries import company_by_uscc, named_like
from models.companies.tables import Company
from search.fold import fold

MOST_CANDIDATES = 1_000
LEAST_SCORE = 50.0


@dataclass(frozen=True, slots=True)
class Proposal:
    """A company, the one of its names that is most like the written one, and how alike they are."""

    company: Company
    name: str
    likeness: Likeness


def proposals_for(
    session: Session, written: Iterable[str], *, limit: int, least: float = LEAST_SCORE
) -> dict[str, list[Proposal]]:
    """For each of the written names the standing companies with a name like it, also a former one.

    Two looks at the database at most, however many names there are.
    """
    folded = {name: fold(name).text for name in written}
    trade_names = {name: parts_of(text).trade_name or text for name, text in folded.items()}
    candidates = named_like(session, {*trade_names.values(), *folded}, limit=MOST_CANDIDATES)
    found = {name: _alike(candidates, text, limit, least) for name, text in folded.items()}
    missed = [
        trade_names[name] for name in folded if not found[name] and len(trade_names[name]) > len("卓远")
    ]
    if missed:
        pieces = {piece for trade_name in missed for piece in (trade_name[:2], trade_name[-2:])}
        more = named_like(session, pieces, limit=MOST_CANDIDATES)
        found |= {name: _alike(more, text, limit, least) for name, text in folded.items() if not found[name]}
    return found


def companies_meant(session: Session, written: str, *, limit: int) -> list[Company]:
    """What staff look for: by code, also one that was merged away, or by name."""
    code = normalise_uscc(written)
    if is_valid_uscc(code):
        found = company_by_uscc(session, code)
        return [found] if found else []
    return [one.company for one in proposals_for(session, [written], limit=limit, least=0.0)[written]]


def _alike(candidates: Iterable[Company], folded: str, limit: int, least: float) -> list[Proposal]:
    found = [_best(company, folded) for company in candidates]
    kept = [one for one in found if one.likeness.score >= least]
    return sorted(kept, key=lambda one: (-one.likeness.score, one.company.id))[:limit]


def _best(company: Company, folded: str) -> Proposal:
    names = [(name.name, compare(folded, fold(name.name).text)) for name in company.names]
    name, likeness = max(names, key=lambda one: one[1].score)
    return Proposal(company, name, likeness)
