"""From folded text to terms: every two neighbouring characters are one term, with its position.

All characters count, Han, Latin, digits and punctuation alike, because only then does every part of a text
find it, 〔2023〕0 and A4纸 as well as 罚款. What is left out:

* `*` and `×` hide something and are never part of a term; in a question each stands for exactly one character.
  X hides something too, but is also the last digit of codes and a letter of names, so it is an ordinary letter
  in the index; a question made of masking signs alone (***, XX) is refused by `search.parse`.
* `BORDER` parts pieces of text that do not touch.

A character that has no right neighbour for a term (the last one, or before a sign left out) gets a term with
`END`, so that the terms that begin with a character always cover every place where it stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from whoosh.analysis import Token, Tokenizer

from search.fold import Codes, fold
from search.fold_table import BORDER

END = 0
MASKS = "*×"
MASKING_LETTER = "x"
_GAP_SIGNS = MASKS + BORDER
_GAPS = np.array([ord(c) for c in _GAP_SIGNS], dtype=np.uint32)

# A term as one number, ordered like the two characters it is made of.
SHIFT = 21
Keys = npt.NDArray[np.int64]


def key(first: int, second: int) -> int:
    """The number of a term."""
    return first << SHIFT | second


def key_text(number: int) -> str:
    """The term's characters, as Whoosh's dictionary shows them."""
    return chr(number >> SHIFT) + chr(number & (1 << SHIFT) - 1)


@dataclass(frozen=True)
class Unit:
    """What a phrase asks for at one place: a pair of characters, or a single one (`second` is None)."""

    offset: int
    first: int
    second: int | None


def searchable(codes: Codes) -> npt.NDArray[np.bool_]:
    """Which characters can be part of a term."""
    ok = np.ones(len(codes), np.bool_)
    for gap in _GAPS:
        ok &= codes != gap
    return ok


def pairs(codes: Codes) -> tuple[Codes, Codes, npt.NDArray[np.int64]]:
    """First characters, second characters and positions of all terms of a text, in reading order."""
    ok = searchable(codes)
    second = np.full(len(codes), END, dtype=np.uint32)
    second[:-1][ok[1:]] = codes[1:][ok[1:]]
    positions = np.flatnonzero(ok)
    return codes[positions], second[positions], positions


def units(folded: str) -> tuple[Unit, ...]:
    """What to look for to find the phrase: all its pairs, and the characters that stand alone between gaps."""
    found: list[Unit] = []
    after_pair = False
    for at, char in enumerate(folded):
        following = folded[at + 1 : at + 2]
        if char in _GAP_SIGNS:
            after_pair = False
        elif following and following not in _GAP_SIGNS:
            found.append(Unit(at, ord(char), ord(following)))
            after_pair = True
        elif not after_pair:
            found.append(Unit(at, ord(char), None))
    return tuple(found)


def only_masks(folded: str) -> bool:
    """True for a question that asks for nothing but masking signs. One X alone is a letter."""
    letters = folded.strip(_GAP_SIGNS)
    return not letters or (len(folded) > 1 and not letters.strip(_GAP_SIGNS + MASKING_LETTER))


class PairTokenizer(Tokenizer):  # type: ignore[misc]  # Whoosh's classes are untyped for mypy
    """The same terms as a Whoosh analyser, so that Whoosh's own queries work on the field as well."""

    def __call__(self, value: str, **options: Any) -> Iterator[Token]:
        token = Token(positions=True, chars=False, removestops=False, mode=options.get("mode", ""))
        for one, two, at in zip(*(a.tolist() for a in pairs(fold(value).codes)), strict=True):
            token.text, token.pos, token.boost, token.stopped = chr(one) + chr(two), at, 1.0, False
            yield token
