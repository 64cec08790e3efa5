"""From a word with its field to a leaf of the tree, and the joining of parts without repeats or needless levels."""

from __future__ import annotations

from collections.abc import Iterable

from search.analysis import only_masks
from search.fields import DayField, Field, MoneyField, PinyinField, TextField, WordField
from search.fold import fold
from search.messages import Wrong
from search.query import All, And, Between, Near, Not, Or, Phrase, Pinyin, Query, Value
from search.values import Limits, Read, days, limits, money

MAX_DISTANCE = 1000
_EXAMPLES: dict[type[Field], tuple[Wrong, str]] = {
    MoneyField: (Wrong.NOT_MONEY, "1万..5万"),
    DayField: (Wrong.NOT_DAYS, "2025-01..2025-06"),
    PinyinField: (Wrong.NOT_LETTERS, "huhang"),
}


def exact(written: str, field: Field | None) -> Query | None:
    """The word as it stands, or None if nothing is left of it that can be searched."""
    folded = fold(written).text
    if not folded or only_masks(folded):
        return None
    if isinstance(field, WordField):
        return Value(field.facet, folded)
    return Phrase(folded, field.zones if isinstance(field, TextField) else ())


def masks_only(written: str) -> bool:
    """Whether the word is nothing but masking signs."""
    return bool(fold(written).text)


def near(written: str, distance: int, field: Field | None) -> Query | None:
    """The words of a quotation, close to each other."""
    folded = (part for word in written.split() for part in fold(word).text.split())
    texts = tuple(dict.fromkeys(word for word in folded if word and not only_masks(word)))
    zones = field.zones if isinstance(field, TextField) else ()
    if len(texts) < 2:
        return Phrase(texts[0], zones) if texts else None
    return Near(texts, distance, zones)


def value(written: str, field: Field) -> Query | None:
    """A range of money or days, or a name's pinyin; None if it is not written like one."""
    if isinstance(field, PinyinField):
        letters = fold(written).text.replace("'", "").replace("v", "u")
        return Pinyin(letters) if letters.isascii() and letters.isalpha() else None
    found = _limits(written, field)
    if found is None or not isinstance(field, MoneyField | DayField):
        return None
    low, high = found
    return None if low is not None and high is not None and low > high else Between(field.amount, low, high)


def turned(written: str, field: Field) -> str:
    """The range with its ends the right way round, if that is all that is wrong with it; else empty."""
    found = _limits(written, field)
    if found is None:
        return ""
    for sign in ("..", "…", "至", "~", "～"):
        low, parted, high = written.partition(sign)
        if parted:
            return f"{high.lstrip('.')}..{low}"
    return ""


def complaint(field: Field, *, turned: bool) -> tuple[Wrong, str]:
    """What is wrong with a value that cannot be read, and an example of one that can."""
    wrong, example = _EXAMPLES[type(field)]
    return (Wrong.TURNED if turned else wrong), example


def _limits(written: str, field: Field) -> Limits | None:
    if not isinstance(field, MoneyField | DayField):
        return None
    read: Read = money if isinstance(field, MoneyField) else days
    return limits(written, read)


def negated(query: Query | None) -> Query | None:
    """What the query does not match."""
    if query is None:
        return None
    return query.part if isinstance(query, Not) else Not(query)


def joined(kind: type[And] | type[Or], parts: Iterable[Query | None]) -> Query | None:
    """The parts under one And or Or: those within those taken apart, repeats and empty ones left out."""
    flat: list[Query] = []
    for part in parts:
        if isinstance(part, kind):
            flat.extend(part.parts)
        elif part is not None and not isinstance(part, All):
            flat.append(part)
    unique = tuple(dict.fromkeys(flat))
    if not unique:
        return None
    return unique[0] if len(unique) == 1 else kind(unique)
