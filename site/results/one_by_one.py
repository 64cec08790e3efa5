"""The language of questions, asked of short lists that come from the database whole: entries of the lists, bulletins."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from results.finding import as_pinyin
from search.parse import parse
from search.query import All
from search.single import Single

T = TypeVar("T")


def answering(records: Sequence[T], question: str, single: Callable[[T], Single]) -> list[T]:
    """The records that answer the question, in their order; letters that stand nowhere are looked for in pinyin.

    Raises:
        QueryError: it cannot be asked.
    """
    query = parse(question)
    if isinstance(query, All):
        return list(records)
    asked = [(record, single(record)) for record in records]
    found = [record for record, one in asked if one.answers(query)]
    spelt = as_pinyin(query)
    if found or spelt is None:
        return found
    return [record for record, one in asked if one.answers(spelt)]
