"""Sentences made at run time, as their message and the figures in it, so that a page can say them in its own language.

The domain speaks Chinese: a `Sentence` is that text and can be used as such. What shows it to a person asks for
`message` and `figures` and finds the words of the page's language (`shared.i18n.label`).
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from typing import Any

AND = "、"


class Sentence(str):
    """The Chinese text. `figures` are numbers, days, names, lists of names, or sentences in their turn."""

    __slots__ = ("figures", "message")

    message: str
    figures: Mapping[str, object]

    def document(self) -> dict[str, Any]:
        """The same for a JSON column; days become text."""
        return {"message": self.message, "figures": {name: _plain(one) for name, one in self.figures.items()}}


def said(message: str, **figures: object) -> Sentence:
    """`said("最多延长 %(times)s 次。", times=2)`. The message is collected for the translators."""
    made = Sentence(message % {name: in_chinese(figure) for name, figure in figures.items()})
    made.message, made.figures = message, figures
    return made


def as_clauses(sentences: Sequence[Sentence]) -> Sentence:
    """Several clauses as one: 甲；乙. There is at least one."""
    return functools.reduce(lambda one, next_: said("%(one)s；%(next)s", one=one, next=next_), sentences)


def as_text(sentences: Sequence[Sentence]) -> Sentence:
    """Whole sentences, one after another. There is at least one."""
    return functools.reduce(lambda one, next_: said("%(one)s%(next)s", one=one, next=next_), sentences)


def in_chinese(figure: object) -> str:
    """A figure as it stands in the Chinese text."""
    if isinstance(figure, list | tuple):
        return AND.join(map(in_chinese, figure))
    return str(figure)


def read(document: Mapping[str, Any]) -> Sentence:
    """The sentence of a JSON column."""
    return said(document["message"], **{name: _read(one) for name, one in document["figures"].items()})


def _plain(figure: object) -> Any:
    if isinstance(figure, Sentence):
        return figure.document()
    if isinstance(figure, list | tuple):
        return [_plain(one) for one in figure]
    return figure if isinstance(figure, int) else str(figure)


def _read(figure: Any) -> object:
    if isinstance(figure, Mapping):
        return read(figure)
    return [_read(one) for one in figure] if isinstance(figure, list) else figure
