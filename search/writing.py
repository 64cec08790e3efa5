"""From a tree back to a question as people write it: `parse(write(tree))` is the tree again."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from decimal import Decimal

from search.fields import FIELDS, DayField, Field, MoneyField, PinyinField, TextField, WordField
from search.query import All, And, Between, Near, Not, Or, Phrase, Pinyin, Query, Value
from search.values import MONEY_LIMIT

_MANY = 10_000
_PLAIN = re.compile(r"[\w*×][\w*×.,，、。;；/%+·-]*")
_OPERATORS = "且或非"


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
            return f'{name}"{_quotable(" ".join(texts))}"~{distance}'
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

    A quotation mark that is looked for itself is written in full width: that one never quotes, and folds to the same.
    """
    bare = _PLAIN.fullmatch(text) and text not in _OPERATORS
    return text if bare else f'"{_quotable(text)}"'


def _quotable(text: str) -> str:
    return text.replace('"', "＂")


def _range(query: Between) -> str:
    for field in FIELDS:
        if isinstance(field, MoneyField | DayField) and field.amount is query.amount:
            return field.name + (_money_range if isinstance(field, MoneyField) else _day_range)(query)
    return ""


def _day_range(query: Between) -> str:
    last = dt.date.max.toordinal()
    if query.low is not None and query.low > last:
        return f">{dt.date.max}"
    if query.high is not None and query.high < 1:
        return f"<{dt.date.min}"
    return ":" + _ends(*(None if end is None else str(dt.date.fromordinal(end)) for end in query.ends))


def _money_range(query: Between) -> str:
    if query.low == MONEY_LIMIT:
        return f">{_yuan(MONEY_LIMIT - 1)}"
    if query.high is not None and query.high < 0:
        return "<0"
    # A unit that only the upper end has would count for both, as when people say "one to five 万".
    in_units = all(end >= _MANY * 100 and end % 100_000 == 0 for end in query.ends if end is not None)
    return ":" + _ends(*(None if end is None else _yuan(end, in_units) for end in query.ends))


def _ends(low: str | None, high: str | None) -> str:
    return low if low is not None and low == high else f"{low or ''}..{high or ''}"


def _yuan(fen: int, in_units: bool = False) -> str:
    yuan = Decimal(fen) / 100
    return f"{(yuan / _MANY).normalize():f}万" if in_units else f"{yuan.normalize():f}"
