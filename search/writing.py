"""From a tree back to a question as people write it: `parse(write(tree))` is the tree again."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from decimal import Decimal

from search.fields import FIELDS, DayField, Field, MoneyField, PinyinField, TextField, WordField
from search.query import All, And, Between, Near, Not, Or, Phrase, Pinyin, Query, Value

_MANY = 10_000
_PLAIN = re.compile(r"[\w*×][\w*×.,，、。;；/%+·-]*")
_OPERATORS = "且或非"
_QUOTES = frozenset('"“”')


def write(query: Query) -> str:
    """The question in the language of `search.parse`, with Chinese names of fields."""
    match query:
        case All():
            return ""
        case Phrase(text, zones):
            return _prefix(
                field for field in FIELDS if isinstance(field, TextField) and field.zones == zones
            ) + _word(text)
        case Near(texts, distance, zones):
            name = _prefix(field for field in FIELDS if isinstance(field, TextField) and field.zones == zones)
            return f'{name}"{" ".join(texts)}"~{distance}'
        case Value(facet, text):
            return _prefix(
                field for field in FIELDS if isinstance(field, WordField) and field.facet == facet
            ) + _word(text)
        case Pinyin(letters):
            return _prefix(field for field in FIELDS if isinstance(field, PinyinField)) + letters
        case Between():
            return _range(query)
        case Not(part):
            return f"NOT {_grouped(part)}"
        case And(parts):
            return " ".join(_grouped(part) if isinstance(part, Or) else write(part) for part in parts)
        case Or(parts):
            return " OR ".join(_grouped(part) if isinstance(part, And) else write(part) for part in parts)


def _grouped(query: Query) -> str:
    return f"({write(query)})" if isinstance(query, And | Or | Not) else write(query)


def _prefix(fields: Iterable[Field]) -> str:
    return next((f"{field.name}:" for field in fields), "")


def _word(text: str) -> str:
    """Bare where nothing in it could be taken for a sign of the language; else in quotation marks.

    What holds a quotation mark itself was read without them, and is again.
    """
    return (
        text
        if _QUOTES.intersection(text) or (_PLAIN.fullmatch(text) and text not in _OPERATORS)
        else f'"{text}"'
    )


def _range(query: Between) -> str:
    for field in FIELDS:
        if isinstance(field, MoneyField | DayField) and field.amount is query.amount:
            said = _money if isinstance(field, MoneyField) else _day
            low, high = (None if end is None else said(end) for end in (query.low, query.high))
            if low is not None and low == high:
                return f"{field.name}:{low}"
            return f"{field.name}:{low or ''}..{high or ''}" if low or high else ""
    return ""


def _money(fen: int) -> str:
    yuan = Decimal(fen) / 100
    if yuan >= _MANY and yuan % 1000 == 0:
        return f"{(yuan / _MANY).normalize():f}万"
    return f"{yuan.normalize():f}"


def _day(ordinal: int) -> str:
    return dt.date.fromordinal(min(max(ordinal, 1), dt.date.max.toordinal())).isoformat()
