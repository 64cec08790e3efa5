"""The builder: a form of plain boxes that writes a question, and that a question fills again.

Whoever doesn't want to learn the language fills boxes; what stands in them is taken as it stands, never as syntax.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from search import leaves
from search.errors import QueryError
from search.fields import (
    AUTHORITY,
    CAUSE,
    DECIDED,
    FACTS,
    FINE,
    NUMBER,
    PARTY,
    PENALTY,
    DayField,
    Field,
    MoneyField,
)
from search.parse import parse
from search.query import All, And, Between, Near, Not, Or, Phrase, Query, Value
from search.writing import write

DISTANCE = 10
_NAMED: dict[str, Field] = {
    "party": PARTY,
    "number": NUMBER,
    "cause": CAUSE,
    "authority": AUTHORITY,
    "facts": FACTS,
    "penalty": PENALTY,
}


@dataclass(frozen=True, kw_only=True)
class Boxes:
    """What stands in the boxes. `rest` holds, as a question, what no box can hold."""

    all: str = ""
    phrase: str = ""
    any: str = ""
    none: str = ""
    near: str = ""
    distance: str = ""
    party: str = ""
    number: str = ""
    cause: str = ""
    authority: str = ""
    facts: str = ""
    penalty: str = ""
    fine_from: str = ""
    fine_to: str = ""
    decided_from: str = ""
    decided_to: str = ""
    rest: str = ""


NAMES = tuple(field.name for field in dataclasses.fields(Boxes))


def boxes_from(arguments: Mapping[str, str]) -> Boxes:
    """The boxes as they were sent."""
    return Boxes(**{name: arguments.get(name, "").strip()[:200] for name in NAMES})


def written(boxes: Boxes) -> str:
    """The question that the boxes ask for.

    Raises:
        QueryError: an amount, a day or the rest cannot be read.
    """
    parts: list[Query | None] = [leaves.exact(word, None) for word in boxes.all.split()]
    parts.append(leaves.exact(boxes.phrase, None))
    parts.append(leaves.joined(Or, [leaves.exact(word, None) for word in boxes.any.split()]))
    parts += [leaves.negated(leaves.exact(word, None)) for word in boxes.none.split()]
    if boxes.near:
        digits = boxes.distance if boxes.distance.isascii() and boxes.distance.isdigit() else str(DISTANCE)
        parts.append(leaves.near(boxes.near, min(int(digits[:4]), leaves.MAX_DISTANCE), None))
    parts += [
        leaves.exact(word, field) for name, field in _NAMED.items() for word in getattr(boxes, name).split()
    ]
    parts.append(_range(FINE, boxes.fine_from, boxes.fine_to))
    parts.append(_range(DECIDED, boxes.decided_from, boxes.decided_to))
    parts.append(parse(boxes.rest))
    return write(leaves.joined(And, parts) or All())


def _range(field: MoneyField | DayField, low: str, high: str) -> Query | None:
    return parse(f"{field.name}:{low.replace(' ', '')}..{high.replace(' ', '')}") if low or high else None


def boxes_of(question: str) -> Boxes:
    """The boxes that ask what `question` asks; all of it in `rest` when it cannot be read."""
    try:
        query = parse(question)
    except QueryError:
        return Boxes(rest=question)
    filled: dict[str, list[str]] = {}
    parts = query.parts if isinstance(query, And) else (query,)
    left = leaves.joined(And, [part for part in parts if not _put(filled, part)])
    boxes = {name: " ".join(words) for name, words in filled.items()}
    return Boxes(**boxes, rest=write(left) if left else "")


def _put(filled: dict[str, list[str]], part: Query) -> bool:
    """Finds a box for one part; False when there is none that is free."""
    match part:
        case Phrase(text, ()):
            if text.split() == [text]:
                return _add(filled, "all", text)
            return "phrase" not in filled and _add(filled, "phrase", text)
        case Phrase(text, _) | Value(_, text):
            name = _box_of(part)
            return bool(name) and text.split() == [text] and _add(filled, name, text)
        case Not(Phrase(text, ())):
            return text.split() == [text] and _add(filled, "none", text)
        case Or(parts):
            words = [
                one.text for one in parts if isinstance(one, Phrase) and not one.zones and " " not in one.text
            ]
            return len(words) == len(parts) and "any" not in filled and _add(filled, "any", *words)
        case Near(texts, distance, ()):
            free = "near" not in filled and not any(" " in text for text in texts)
            return free and _add(filled, "near", *texts) and _add(filled, "distance", str(distance))
        case Between(low=low, high=high):
            return _put_range(filled, part, (low, high))
        case _:
            return isinstance(part, All)


def _add(filled: dict[str, list[str]], name: str, *words: str) -> bool:
    filled.setdefault(name, []).extend(words)
    return True


def _box_of(part: Phrase | Value) -> str:
    """The box whose field makes this leaf."""
    return next((name for name, field in _NAMED.items() if leaves.exact(part.text, field) == part), "")


def _put_range(filled: dict[str, list[str]], part: Between, ends: Iterable[int | None]) -> bool:
    name = {FINE.amount: "fine", DECIDED.amount: "decided"}.get(part.amount)
    if name is None or f"{name}_from" in filled or f"{name}_to" in filled:
        return False
    for end, value in zip(("from", "to"), ends, strict=True):
        if value is not None:
            one = write(Between(part.amount, value, value))
            _add(filled, f"{name}_{end}", one.partition(":")[2])
    return True
