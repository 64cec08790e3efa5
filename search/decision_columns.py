"""The columns of a decision: words to count and filter by, and numbers to order and limit by."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from models.codes.industry import section_of
from models.decisions.kinds import DECISION_KIND_LABELS, DecisionKind
from search.documents import Amount, Facet
from search.records import DecisionRecord

# What follows the name of a place in the name of an authority.
_OFFICES = (
    "市场监督管理", "市场监管", "市场和质量监督", "知识产权", "工商行政管理", "综合行政执法", "综合执法", "版权局",
    "文化广电", "文化和旅游", "海关", "农业农村", "林业和草原", "林业局",
)  # fmt: skip


@dataclass(frozen=True)
class Band:
    """A range of fines: from `low` fen to under `high` fen; `name` is its word in addresses, in yuan."""

    name: str
    low: int
    high: int | None


def _bands(*yuan: int) -> tuple[Band, ...]:
    ends = (*yuan[1:], None)
    return tuple(
        Band(f"{low}-{high if high is not None else ''}", low * 100, high * 100 if high is not None else None)
        for low, high in zip(yuan, ends, strict=True)
    )


BANDS = _bands(0, 5_000, 10_000, 50_000, 100_000, 500_000, 1_000_000)


def band_of(fen: int) -> Band:
    """The band in which an amount lies."""
    return next(band for band in reversed(BANDS) if fen >= band.low)


def place_of(authority: str) -> str:
    """The place in an authority's name: 示例市卫东区 of 示例市卫东区市场监督管理局; empty when none can be told."""
    ends = [at for office in _OFFICES if (at := authority.find(office)) > 0]
    return authority[: min(ends)] if ends else ""


def kinds_of(decision: DecisionRecord) -> tuple[str, ...]:
    """The kinds of its penalties, each once; of a decision that is no penalty, what it is: 行政裁决."""
    if decision.kind is DecisionKind.PENALTY:
        return tuple(dict.fromkeys(decision.penalty_kinds))
    return (DECISION_KIND_LABELS[decision.kind],)


def facets(decision: DecisionRecord) -> dict[Facet, tuple[str, ...]]:
    """The words of each column."""
    place = place_of(decision.authority_name)
    return {
        Facet.RIGHT_TYPE: (decision.right_type,) if decision.right_type else (),
        Facet.CAUSE: (decision.cause_name,) if decision.cause_name else (),
        Facet.PENALTY_KIND: kinds_of(decision),
        Facet.AUTHORITY: (decision.authority_name,),
        Facet.DISTRICT: (place,) if place else (),
        Facet.YEAR: (str(decision.decided_on.year),),
        Facet.MONTH: (f"{decision.decided_on:%Y-%m}",),
        Facet.AMOUNT_BAND: () if decision.fine_fen is None else (band_of(decision.fine_fen).name,),
        Facet.COMPANY: (decision.party_uscc,) if decision.party_uscc else (),
        Facet.INDUSTRY: (section_of(decision.industry),) if decision.industry else (),
    }


def amounts(
    decision: DecisionRecord, published_on: dt.date | None, changed_on: dt.date | None
) -> dict[Amount, int]:
    """Days as ordinals and money in fen; what is not stated is left out."""
    days = {
        Amount.DECIDED_ON: decision.decided_on,
        Amount.PUBLISHED_ON: published_on,
        Amount.ENDS_ON: decision.ends_on,
        Amount.CHANGED_ON: changed_on,
    }
    money = {Amount.FINE: decision.fine_fen, Amount.CONFISCATED: decision.confiscated_fen}
    stated = [fen for fen in money.values() if fen is not None]
    return {
        **{amount: day.toordinal() for amount, day in days.items() if day is not None},
        **{amount: fen for amount, fen in money.items() if fen is not None},
        **({Amount.TOTAL: sum(stated)} if stated else {}),
    }
