"""The public text out of the original and the marks: what is masked is removed, not painted over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from models.decisions.redaction.kinds import Choice, MarkKind

MASK = "***"
MASKED_NAME = "某某"
_NAMES = frozenset({MarkKind.PERSON_NAME, MarkKind.FILER})


class Marked(Protocol):
    """What a mark must tell to be applied."""

    begin_char: int
    end_char: int
    choice: Choice
    replacement: str | None


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the original and what the public reads there; `mark` numbers it from 1 if it is marked."""

    original: str
    public: str
    mark: int | None = None


def default_replacement(kind: MarkKind) -> str:
    """What stands for a masked stretch, of one length for all, so that the length tells nothing."""
    return MASKED_NAME if kind in _NAMES else MASK


def segments(text: str, marks: Sequence[tuple[int, Marked]]) -> list[Segment]:
    """`text` cut at its marks, each given with its number; overlapping marks become stretches of their own."""
    edges = sorted({0, len(text)} | {edge for _, one in marks for edge in (one.begin_char, one.end_char)})
    result: list[Segment] = []
    replaced: set[int] = set()
    for begin, end in pairwise(edges):
        over = [(number, one) for number, one in marks if one.begin_char <= begin and end <= one.end_char]
        original = text[begin:end]
        if not over:
            result.append(Segment(original, original))
            continue
        masked = [(number, one) for number, one in over if one.choice is Choice.MASKED]
        number, one = (masked or over)[0]
        public = original
        if masked:
            public = "" if number in replaced else one.replacement or MASK
            replaced.add(number)
        result.append(Segment(original, public, number))
    return result


def public_text(text: str, marks: Iterable[Marked]) -> str:
    """`text` with every masked stretch replaced."""
    return "".join(one.public for one in segments(text, list(enumerate(marks, 1))))
