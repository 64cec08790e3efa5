"""Which figures of closings may be published: small counts are withheld, and so is a total that would give one away.

Whoever knows the total and all units but one knows that one; so where exactly one unit's figure is withheld, the total
of that column is withheld as well (the complementary suppression of official statistics).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

from models.supervision.verdicts import LEAST, Verdict, total


@dataclass(frozen=True, slots=True)
class Shown:
    """A row as it is published; None is a figure behind which too few people stand."""

    closed: int | None = None
    satisfaction: float | None = None
    disputed: int | None = None
    upheld: int | None = None
    rejected: int | None = None


FIGURES = tuple(one.name for one in fields(Shown))


def publishable(judged: Sequence[Verdict]) -> tuple[Shown, list[Shown]]:
    """The total and the rows of the units, in their order."""
    rows = [_shown(one) for one in judged]
    whole = _shown(total(judged))
    kept = {name: None if _withheld(name, judged, rows) == 1 else getattr(whole, name) for name in FIGURES}
    return Shown(**kept), rows


def _shown(one: Verdict) -> Shown:
    if one.closed < LEAST:
        return Shown()
    mean = round(one.mean, 1) if one.mean is not None and one.rated >= LEAST else None
    return Shown(one.closed, mean, _count(one.disputed), _count(one.upheld), _count(one.rejected))


def _count(count: int) -> int | None:
    """Zero is told as it is: nobody stands behind it."""
    return None if 0 < count < LEAST else count


def _withheld(name: str, judged: Sequence[Verdict], rows: Sequence[Shown]) -> int:
    """How many units lack that figure though they have something to hide; a mean of no ratings hides nothing."""
    return sum(
        getattr(row, name) is None and (name != "satisfaction" or one.rated > 0)
        for one, row in zip(judged, rows, strict=True)
    )
