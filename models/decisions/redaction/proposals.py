"""A proposal: a stretch of a text that perhaps may not be public. Where two overlap, the graver and longer stays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from models.decisions.redaction.kinds import MarkKind, Risk, Why


@dataclass(frozen=True, slots=True)
class Proposal:
    """Half-open range of characters of one text, with what it is and by which sign it was found."""

    begin: int
    end: int
    kind: MarkKind
    why: Why
    risk: Risk = Risk.BLOCKING

    @property
    def length(self) -> int:
        return self.end - self.begin

    def meets(self, other: Proposal) -> bool:
        """Whether the two share a character."""
        return self.begin < other.end and other.begin < self.end


def without_overlaps(found: Iterable[Proposal]) -> list[Proposal]:
    """In the order of the text. A blocking one beats one for review; of equals the longer one, for it covers more.

    Blocking ones that only half overlap become one, so that no character of either is left.
    """
    kept: list[Proposal] = []
    for one in sorted(set(found), key=_weight):
        rivals = [other for other in kept if other.meets(one)]
        if not rivals:
            kept.append(one)
            continue
        if one.risk is Risk.REVIEW or any(
            other.begin <= one.begin and one.end <= other.end for other in rivals
        ):
            continue
        first = rivals[0]
        begin, end = min(one.begin, *(r.begin for r in rivals)), max(one.end, *(r.end for r in rivals))
        kept = [other for other in kept if other not in rivals]
        kept.append(Proposal(begin, end, first.kind, first.why, first.risk))
    return sorted(kept, key=lambda one: one.begin)


def _weight(one: Proposal) -> tuple[bool, int, int, str, bool, str]:
    """Of equals that one comes first whose sign says more than that the name stands elsewhere."""
    return one.risk is Risk.REVIEW, -one.length, one.begin, one.kind, one.why is Why.NAMED_BEFORE, one.why
