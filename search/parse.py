"""From what somebody typed to the tree: the language of questions.

    假冒 专利            both words                 "iPhone 15"        as it stands
    假冒 OR 侵权         或, ||                     假冒 NOT 专利       非, and -专利
    (假冒 或 侵权) 罚款   groups                     “甲 乙”~10          within ten characters of each other
    当事人:护航          a field, party:护航         金额:1万..5万  日期>=2025-01   ranges

Any passage copied out of a text must find that text. So a sign is part of the language only where it could
hardly be part of a text: operators stand alone, Latin ones in capitals; a bracket opens a group only where a
word could begin and only with something to group inside; a quotation mark counts where it opens a word and
another closes one; a minus excludes only after something else; a Chinese operator with nothing to join is a
word; a field before a full-width colon, as texts write it, is looked for as text as well.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from search import leaves
from search.errors import QueryError
from search.fields import Field, TextField, WordField, field_named, likely_field
from search.messages import Wrong
from search.query import All, And, Or, Query

MAX_CHARACTERS = 500
MAX_WORDS = 50
MAX_DEPTH = 20

_OPENING, _CLOSING = "(（", ")）"
_BLANK = re.compile(r"\s*")
_WORD = re.compile(r"\S+")
_QUOTED = re.compile(r'["“”]([^"“”]+)["“”](?:[~～](\S*))?(?!\S)')
_SHELTERED = re.compile(r'(?<![^\s(（:：])["“”][^"“”]+["“”](?=[\s)）~～]|$)')
_LATIN_OPERATOR = re.compile(r"(AND|OR|NOT|&&|\|\|)(?=[\s(（]|$)")
_HAN_OPERATOR = re.compile(r"([且或非])(?!\S)")
_NAMED = re.compile(r"([A-Za-z_]{2,20}|[\u4e00-\u9fff]{1,8})([:：]|(?=[<>≤≥＜＞]))")
_STRUCTURED = re.compile(r"(?:^|(?<=[\s)）]))(?:AND|OR|NOT|&&|\|\|)(?=[\s(（]|$)|(?<=\s)[且或非](?=\s)")


class _Sign(Enum):
    AND = "AND"
    OR = "OR"
    NOT = "NOT"


_SIGNS = {
    "AND": _Sign.AND, "&&": _Sign.AND, "且": _Sign.AND,
    "OR": _Sign.OR, "||": _Sign.OR, "或": _Sign.OR,
    "NOT": _Sign.NOT, "非": _Sign.NOT,
}  # fmt: skip


@dataclass(frozen=True)
class _Item:
    """An operator, or what one joins; `query` is None for a word that nothing is left of, like `***`."""

    at: int
    stop: int
    sign: _Sign | None = None
    query: Query | None = None


def parse(text: str) -> Query:
    """The question that `text` asks; empty text asks for everything.

    Raises:
        QueryError: it cannot be asked; it says where, why, and what could be asked instead.
    """
    if len(text) > MAX_CHARACTERS:
        raise QueryError(Wrong.TOO_LONG, most=MAX_CHARACTERS)
    if not text.strip():
        return All()
    reader = _Reader(text)
    query = reader.expression(0, len(text))
    if query is None:
        raise QueryError(Wrong.ONLY_MASKS if reader.has_masks else Wrong.ONLY_BLANKS)
    return query


class _Reader:
    """Reads one question from left to right, by recursive descent over ranges of it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.is_structured = bool(_STRUCTURED.search(text))
        self.words = 0
        self.has_masks = False

    def expression(self, start: int, stop: int, field: Field | None = None, depth: int = 0) -> Query | None:
        """The tree of a range; None when nothing that can be searched stands in it."""
        if depth > MAX_DEPTH:
            raise QueryError(Wrong.TOO_DEEP, at=start, stop=stop, most=MAX_DEPTH)
        items: list[_Item] = []
        at = self._skip(start, stop)
        while at < stop:
            item = self._item(at, stop, field, depth, first=not items)
            items.append(item)
            at = self._skip(item.stop, stop)
        return self._any_of(self._plain_words(items, field))

    def _skip(self, at: int, stop: int) -> int:
        found = _BLANK.match(self.text, at, stop)
        return found.end() if found else at

    def _item(self, at: int, stop: int, field: Field | None, depth: int, *, first: bool) -> _Item:
        operator = _LATIN_OPERATOR.match(self.text, at, stop) or _HAN_OPERATOR.match(self.text, at, stop)
        if operator:
            return _Item(at, operator.end(), sign=_SIGNS[operator[1]])
        if self.text[at] in "-－" and not first and self._excludes(at, stop):
            after = self._operand(at + 1, stop, field, depth)
            return _Item(at, after.stop, query=leaves.negated(after.query))
        return self._operand(at, stop, field, depth)

    def _excludes(self, at: int, stop: int) -> bool:
        """A minus excludes when it stands at a word; the caller sees that it is not the first thing."""
        following = self.text[at + 1 : min(at + 2, stop)]
        return bool(following.strip()) and following not in "-－"

    def _operand(self, at: int, stop: int, field: Field | None, depth: int) -> _Item:
        char = self.text[at]
        if char in _OPENING:
            close = self._closing(at, stop)
            if close is not None:
                return _Item(at, close + 1, query=self.expression(at + 1, close, field, depth + 1))
        quoted = _QUOTED.match(self.text, at, stop)
        if quoted:
            return self._quoted(quoted, field)
        named = _NAMED.match(self.text, at, stop) if field is None else None
        if named:
            item = self._named(named, stop, depth)
            if item:
                return item
        return self._word(at, _end_of_word(self.text, at, stop), field)

    def _closing(self, at: int, stop: int) -> int | None:
        """Where the group that opens here closes; None if the bracket is just a character of a text."""
        depth = 0
        sheltered = {
            place for quoted in _SHELTERED.finditer(self.text, at, stop) for place in range(*quoted.span())
        }
        for place in range(at, stop):
            if place in sheltered:  # a bracket inside quotation marks is a character like any other
                continue
            depth += (self.text[place] in _OPENING) - (self.text[place] in _CLOSING)
            if depth == 0:
                ends_word = place + 1 >= stop or self.text[place + 1].isspace()
                inside = self.text[at + 1 : place].strip()
                groups = (
                    self.is_structured or bool(re.search(r"\s", inside)) or bool(self._starts_field(at + 1))
                )
                return place if ends_word and inside and groups else None
        if self.is_structured and _STRUCTURED.search(self.text, at, stop):
            raise QueryError(
                Wrong.NOT_CLOSED, at=at, stop=at + 1, suggestion=self.text[:stop] + ")" + self.text[stop:]
            )
        return None

    def _starts_field(self, at: int) -> Field | None:
        named = _NAMED.match(self.text, self._skip(at, len(self.text)))
        return field_named(named[1]) if named else None

    def _quoted(self, quoted: re.Match[str], field: Field | None) -> _Item:
        at, stop = quoted.span()
        if quoted[2] is None:
            return self._leaf(at, stop, leaves.exact(quoted[1], field))
        if not quoted[2].isascii() or not quoted[2].isdigit() or int(quoted[2]) > leaves.MAX_DISTANCE:
            raise QueryError(
                Wrong.BAD_DISTANCE,
                at=quoted.end(2) - len(quoted[2]) - 1,
                stop=stop,
                suggestion=self._with(quoted.start(2), stop, "10"),
                most=leaves.MAX_DISTANCE,
            )
        if field is not None and not isinstance(field, TextField):
            raise QueryError(Wrong.NOT_NEAR, at=at, stop=stop, field=field.name)
        self.words += len(quoted[1].split()) - 1
        return self._leaf(at, stop, leaves.near(quoted[1], int(quoted[2]), field))

    def _named(self, named: re.Match[str], stop: int, depth: int) -> _Item | None:
        """A field with its value; None when these characters are just part of a text."""
        field, half = field_named(named[1]), named[2] == ":"
        if field is None:
            likely = likely_field(named[1]) if half else None
            if likely and self.text[named.end() : named.end() + 2] != "//":
                suggestion = self._with(named.start(), named.end() - 1, likely)
                place = {"at": named.start(), "stop": named.end() - 1}
                raise QueryError(
                    Wrong.NO_SUCH_FIELD, **place, suggestion=suggestion, written=named[1], likely=likely
                )
            return None
        at = self._skip(named.end(), stop) if half else named.end()
        if at >= stop or self.text[at].isspace():
            if half and self.is_structured:
                raise QueryError(Wrong.NO_VALUE, at=named.start(), stop=named.end(), field=named[1])
            return None
        if isinstance(field, TextField | WordField):
            return self._named_words(named, at, stop, field, depth) if named[2] else None
        return self._named_value(named, at, stop, field)

    def _named_words(
        self, named: re.Match[str], at: int, stop: int, field: TextField | WordField, depth: int
    ) -> _Item:
        value = self._operand(at, stop, field, depth)
        return _Item(named.start(), value.stop, query=self._or_as_text(named, value.stop, value.query))

    def _or_as_text(self, named: re.Match[str], stop: int, query: Query | None) -> Query | None:
        """Full-width colons stand in texts too: what looks like a field may be a passage copied out of one."""
        if query is None or named[2] != "：":
            return query
        return leaves.joined(Or, (query, leaves.exact(self.text[named.start() : stop], None)))

    def _named_value(self, named: re.Match[str], at: int, stop: int, field: Field) -> _Item | None:
        end = _end_of_word(self.text, at, stop)
        written = self.text[at:end]
        query = leaves.value(written, field)
        if query is not None:
            return self._leaf(named.start(), end, self._or_as_text(named, end, query))
        if named[2] != ":":
            return None
        turned = leaves.turned(written, field)
        wrong, example = leaves.complaint(field, turned=bool(turned))
        raise QueryError(
            wrong,
            at=at,
            stop=end,
            suggestion=self._with(at, end, turned or example),
            written=written,
            field=named[1],
            example=example,
        )

    def _word(self, at: int, stop: int, field: Field | None) -> _Item:
        written = self.text[at:stop]
        if self.is_structured and field is None and written.strip(_CLOSING) == "":
            raise QueryError(Wrong.NOT_OPENED, at=at, stop=stop, suggestion=self._with(at, stop, "").strip())
        return self._leaf(at, stop, leaves.exact(written, field))

    def _leaf(self, at: int, stop: int, query: Query | None) -> _Item:
        self.words += 1
        if self.words > MAX_WORDS:
            raise QueryError(Wrong.TOO_MANY, most=MAX_WORDS)
        self.has_masks |= query is None and leaves.masks_only(self.text[at:stop])
        return _Item(at, stop, query=query)

    def _with(self, at: int, stop: int, words: str) -> str:
        return self.text[:at] + words + self.text[stop:]

    def _plain_words(self, items: list[_Item], field: Field | None) -> list[_Item]:
        """Chinese operators that join nothing become words; Latin ones, typed in capitals, are complained about."""
        plain: list[_Item] = []
        for place, item in enumerate(items):
            following = items[place + 1] if place + 1 < len(items) else None
            has_right = following is not None and following.sign in (None, _Sign.NOT)
            has_left = bool(plain) and plain[-1].sign is None
            joins = has_right and (has_left or item.sign is _Sign.NOT)
            if item.sign is None or joins:
                plain.append(item)
            elif self.text[item.at] in "且或非":
                plain.append(self._word(item.at, item.stop, field))
            else:
                raise self._dangling(item)
        return plain

    def _dangling(self, item: _Item) -> QueryError:
        written = self.text[item.at : item.stop]
        suggestion = " ".join(self._with(item.at, item.stop, "").split())
        return QueryError(Wrong.DANGLING, at=item.at, stop=item.stop, suggestion=suggestion, written=written)

    def _any_of(self, items: list[_Item]) -> Query | None:
        groups: list[list[_Item]] = [[]]
        for item in items:
            if item.sign is _Sign.OR:
                groups.append([])
            else:
                groups[-1].append(item)
        return leaves.joined(Or, [self._all_of(group) for group in groups])

    def _all_of(self, items: list[_Item]) -> Query | None:
        parts: list[Query | None] = []
        negated = False
        for item in items:
            if item.sign is not None:
                negated ^= item.sign is _Sign.NOT
                continue
            parts.append(leaves.negated(item.query) if negated else item.query)
            negated = False
        return leaves.joined(And, parts)


def _end_of_word(text: str, at: int, stop: int) -> int:
    found = _WORD.match(text, at, stop)
    return found.end() if found else stop
