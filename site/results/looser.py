"""Nothing was found: what else could be asked, each with how many decisions it would find."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from results.asked import Asked
from results.plainly import Plain, in_plain_words
from search.query import And, Near, Not, Or, Phrase, Pinyin, Query
from search.writing import write

MOST = 6
MOST_PARTS = 6
# A phrase may be mistyped; a longer one takes too long to vary, and of two characters one left open means nothing.
VARIED = range(2, 13)
OPENED = 3

Count = Callable[[Query, Asked], int]


@dataclass(frozen=True)
class Looser:
    """Another question: why it is offered, how it is asked, how many decisions it finds."""

    why: LazyString
    asked: Asked
    total: int


def looser(query: Query, asked: Asked, count: Count) -> list[Looser]:
    """Questions that are less strict than one that found nothing, in the order in which they are likely meant."""
    found: dict[str, Looser] = {}
    for why, wider, kept in _wider(query, asked, count):
        total = count(wider, kept)
        question = dataclasses.replace(kept, q=write(wider), after=None)
        if total:
            found.setdefault(repr(question), Looser(why, question, total))
        if len(found) == MOST:
            break
    return list(found.values())


def _wider(query: Query, asked: Asked, count: Count) -> Iterator[tuple[LazyString, Query, Asked]]:
    if asked.filters:
        bare = dataclasses.replace(asked, chosen={}, unwanted={}, since=None)
        yield _l("不加筛选条件"), query, bare
    plain = in_plain_words(query, lambda part: count(part, asked))
    if plain is not None:
        yield _why(plain), plain.query, asked
    for other in _mistyped(query, asked, count):
        yield _l("您是不是要找"), other, asked
    if isinstance(query, Phrase) and query.text.isascii() and query.text.isalpha():
        yield _l("按名称的拼音找"), Pinyin(query.text), asked
    anywhere = _anywhere(query)
    if anywhere != query:
        yield _l("在全文里找"), anywhere, asked
    if isinstance(query, And):
        yield from _fewer(query, asked)
    elif plain is not None and isinstance(plain.query, And) and not count(plain.query, asked):
        yield from _fewer(plain.query, asked)
    if isinstance(query, Phrase) and len(query.text) >= 4:
        middle = len(query.text) // 2
        halves = (Phrase(query.text[:middle], query.zones), Phrase(query.text[middle:], query.zones))
        yield _l("分成两个词"), And(halves), asked


def _why(plain: Plain) -> LazyString:
    if plain.left_out:
        return _l("没有“%(words)s”，其余用决定书里的说法", words="、".join(plain.left_out))
    return _l("用决定书里的说法")


def _fewer(query: And, asked: Asked) -> Iterator[tuple[LazyString, Query, Asked]]:
    parts = query.parts[:MOST_PARTS]
    for left_out in parts:
        rest = tuple(part for part in query.parts if part != left_out)
        yield _l("少一个条件"), And(rest) if len(rest) > 1 else rest[0], asked
    wanted = tuple(part for part in parts if not isinstance(part, Not))
    if len(wanted) > 1:
        yield _l("有其中任何一个"), Or(wanted), asked


def _anywhere(query: Query) -> Query:
    """The same in any part of the text, words that had to be close to each other apart."""
    match query:
        case Phrase(text, _zones):
            return Phrase(text)
        case Near(texts):
            return And(tuple(Phrase(text) for text in texts))
        case And(parts):
            return And(tuple(map(_anywhere, parts)))
        case Or(parts):
            return Or(tuple(map(_anywhere, parts)))
        case _:
            return query


def _mistyped(query: Query, asked: Asked, count: Count) -> Iterator[Query]:
    """The phrase with two neighbours changed over, or with one character left open; the best first."""
    if not isinstance(query, Phrase) or len(query.text) not in VARIED:
        return
    text = query.text
    turned = (text[:at] + text[at + 1] + text[at] + text[at + 2 :] for at in range(len(text) - 1))
    opened = (text[:at] + "*" + text[at + 1 :] for at in range(len(text) if len(text) >= OPENED else 0))
    for kind in (turned, opened):
        tried = [Phrase(other, query.zones) for other in kind if other != text]
        best = max(((count(other, asked), other.text) for other in tried), default=(0, ""))
        if best[0]:
            yield Phrase(best[1], query.zones)
