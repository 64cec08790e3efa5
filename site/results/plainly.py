"""From how people ask to how decisions are written: a law's article, an amount, official words, the pieces that occur.

Where a question finds nothing as it stands, its words are looked at one by one; each that occurs nowhere is put into words
that do. Which do is not guessed but asked of the index.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from models.decisions.served.amounts import han_number
from models.papers.citing import in_han
from search.documents import Amount
from search.fold import fold
from search.leaves import joined
from search.query import And, Between, Near, Phrase, Query
from search.values import money

_FILE = Path(__file__).parents[2] / "profiles" / "search-words.toml"
LONGEST = 24  # characters of a word that is taken apart
MOST_PIECES = 6
_BETWEEN_LAW_AND_ARTICLE = 8  # characters: 》, and the paragraph of another article that is quoted first

_ARTICLE = re.compile(
    r"《?(?:中华人民共和国)?(?P<law>[\u4e00-\u9fff]{1,20}?(?:法|条例|办法|规定|细则))》?"
    r"第?(?P<article>\d{1,3}|[一二三四五六七八九十百零]{1,7})条(?:第?(?P<paragraph>\d|[一二三四五六七八九十])款)?"
    r"(?:第?\(?(?P<item>\d{1,2}|[一二三四五六七八九十]{1,3})\)?项)?"
)
_LIMIT = re.compile(
    r"(?:罚款?|罚金)?(?P<amount>[\d.,]+(?:十万|百万|百|千|万|亿)?元?)(?P<side>以上|以下|以内|多)(?:的?罚款)?"
)

Finds = Callable[[Query], int]


@dataclass(frozen=True)
class Plain:
    """A question in words that occur, and what of the one before occurs in no decision."""

    query: Query
    left_out: tuple[str, ...] = ()


def in_plain_words(query: Query, finds: Finds) -> Plain | None:
    """The question in words that occur; None where nothing could be put otherwise."""
    parts = query.parts if isinstance(query, And) else (query,)
    left_out: list[str] = []
    rewritten = joined(And, [_rewritten(part, finds, left_out) for part in parts])
    return None if rewritten is None or rewritten == query else Plain(rewritten, tuple(left_out))


def _rewritten(part: Query, finds: Finds, left_out: list[str]) -> Query | None:
    if not isinstance(part, Phrase) or part.zones or finds(part):
        return part
    text = part.text[:LONGEST]
    return _article(text, finds) or _limit(text) or _in_pieces(text, finds, left_out)


def _article(text: str, finds: Finds) -> Query | None:
    """The article as decisions cite it, as precisely as any does."""
    found = _ARTICLE.fullmatch(text)
    if not found:
        return None
    law, article = found["law"], _place(found["article"], "条")
    precise = article + (_place(found["paragraph"], "款") if found["paragraph"] else "")
    item = _han(found["item"]) if found["item"] else ""
    items = [precise + _place(one, "项") for one in (f"({item})", item)] if item else []
    wanted = [*items, precise, article]
    tried = (Near((law, one), _BETWEEN_LAW_AND_ARTICLE) for one in dict.fromkeys(wanted))
    return next((one for one in tried if finds(one)), None)


def _place(number: str, unit: str) -> str:
    """One step of a citation, as the text of a law counts."""
    return "".join(("第", _han(number) if number.isalnum() else number, unit))


def _han(written: str) -> str:
    number = int(written) if written.isdigit() else han_number(written)
    return written if number is None else in_han(number)


def _limit(text: str) -> Query | None:
    found = _LIMIT.fullmatch(text)
    amount = money(found["amount"]) if found else None
    if found is None or amount is None:
        return None
    fen = amount[0]
    return Between(Amount.FINE, *((None, fen) if found["side"] in ("以下", "以内") else (fen, None)))


def _in_pieces(text: str, finds: Finds, left_out: list[str]) -> Query | None:
    """Official words for those that people say, and of the rest the longest pieces that occur."""
    pieces: list[str] = []
    for chunk in _asking().split(text):
        pieces += _pieces_of(chunk, finds, left_out)
    return joined(And, [Phrase(piece) for piece in list(dict.fromkeys(pieces))[:MOST_PIECES]])


def _pieces_of(chunk: str, finds: Finds, left_out: list[str]) -> Iterator[str]:
    at, lost = 0, ""
    while at < len(chunk):
        said = next((word for word in _said() if chunk.startswith(word, at)), "")
        piece = _longest(chunk[at:], finds)
        if said and len(said) >= len(piece):
            yield from _said()[said].split()
            at += len(said)
        elif piece:
            yield piece
            at += len(piece)
        else:
            lost += chunk[at]
            at += 1
            continue
        left_out += [lost] if len(lost) > 1 else []
        lost = ""
    left_out += [lost] if len(lost) > 1 else []


def _longest(text: str, finds: Finds) -> str:
    """The longest beginning of two characters or more that occurs: one that does not is in no longer one either."""
    found = ""
    for stop in range(2, len(text) + 1):
        if not finds(Phrase(text[:stop])):
            break
        found = text[:stop]
    return found


@cache
def _said() -> dict[str, str]:
    """The longest first."""
    read = tomllib.loads(_FILE.read_text(encoding="utf-8"))["said"]
    folded = {fold(word).text: words for word, words in read.items()}
    return {word: folded[word] for word in sorted(folded, key=lambda word: (-len(word), word))}


@cache
def _asking() -> re.Pattern[str]:
    words = tomllib.loads(_FILE.read_text(encoding="utf-8"))["asked"]["words"].split()
    return re.compile("|".join(sorted(words, key=lambda word: -len(word))))
