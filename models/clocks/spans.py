"""Time left out of a clock: from a day on, up to but not including another, for a reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from models.clocks.terms import Reason


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The days from `from_on` up to but not including `to_on`, the day on which counting goes on."""

    from_on: dt.date
    to_on: dt.date
    reason: Reason

    def holds(self, on: dt.date) -> bool:
        """Whether `on` is left out."""
        return self.from_on <= on < self.to_on


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same days as disjoint spans in order, so that a day left out twice is left out once."""
    result: list[Span] = []
    for span in sorted(spans):
        if result and span.from_on <= result[-1].to_on:
            last = result.pop()
            span = Span(last.from_on, max(last.to_on, span.to_on), last.reason)
        result.append(span)
    return result
