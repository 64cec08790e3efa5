"""A tree written as a question is read as the same tree."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from search import leaves
from search.analysis import only_masks
from search.documents import Amount
from search.errors import QueryError
from search.fields import FIELDS, DayField, MoneyField, TextField, WordField
from search.fold import fold
from search.leaves import MAX_DISTANCE
from search.parse import MAX_CHARACTERS, parse
from search.query import And, Between, Near, Or, Phrase, Pinyin, Query, Value
from search.values import MONEY_LIMIT
from search.writing import write

PIECES = [
    "假冒", "专利", "AND", "OR", "NOT", "且", "或", "非", "(", ")", "（", "）", '"', "“", "”", "~10", ":", "：", "-",
    "当事人:", "party:", "金额:1万..5万", "日期>=2025-01", "案由:", "拼音:huhang", "*", "X", "  ", "a b", "〔2026〕1号",
]  # fmt: skip


@pytest.mark.parametrize(
    ("question", "again"),
    [
        ("假冒 且 专利", "假冒 专利"),
        ("(假冒 或 专利) 非 罚款", "(假冒 OR 专利) NOT 罚款"),
        ("NOT (假冒 专利)", "NOT (假冒 专利)"),
        ('"iPhone 15"', '"iphone 15"'),
        ("party:护航 fine:10000..50000", "当事人:护航 金额:1万..5万"),
        ("日期:2025-01", "日期:2025-01-01..2025-01-31"),
        ("金额>=0.5", "金额:0.5.."),
        ("“假冒 专利”~10", '"假冒 专利"~10'),
        ("罚款 或 （一）", "罚款 OR 一"),
        ('罚款 或 ("（" 一)', '罚款 OR ("(" 一)'),
    ],
)
def test_a_question_in_its_plainest_form(question: str, again: str) -> None:
    assert write(parse(question)) == again


def sound(question: str) -> Query | None:
    try:
        return parse(question)
    except QueryError:
        return None


@given(
    st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
    | st.lists(st.sampled_from(PIECES), max_size=9).map(" ".join)
)
def test_what_can_be_asked_can_be_written_and_means_the_same(question: str) -> None:
    tree = sound(question)
    if tree is not None:
        assert parse(write(tree)) == tree


def searchable(text: str) -> bool:
    return bool(text) and not only_masks(text)


# What folding leaves of any characters at all, and of the signs of the language itself.
TEXTS = (
    st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("甲乙aB \"“”＂'()（）:~*-且或非"), max_size=6)
    | st.sampled_from(PIECES)
).map(lambda text: fold(text).text).filter(searchable)  # fmt: skip
ZONES = st.sampled_from([()] + [field.zones for field in FIELDS if isinstance(field, TextField)])
NEAR_TEXTS = st.lists(TEXTS.filter(lambda text: text.split() == [text]), min_size=2, max_size=4, unique=True)
DAYS = st.integers(0, dt.date.max.toordinal() + 1)
FEN = st.integers(-1, MONEY_LIMIT) | st.sampled_from(
    [0, 1, 100, 9_999_99, 1_000_000, 5_000_000, 1_234_000_00]
)


def ranges(
    amounts: list[Amount], ends: st.SearchStrategy[int], first: int, last: int
) -> st.SearchStrategy[Query]:
    """Both ends within what can be written, or one of them just beyond, as `>` and `<` make it."""
    within = ends.filter(lambda end: first <= end <= last)
    both = st.tuples(within, within).map(lambda pair: (min(pair), max(pair)))
    low, high = ends.filter(lambda end: end >= first), ends.filter(lambda end: end <= last)
    one = st.tuples(low, st.none()) | st.tuples(st.none(), high)
    return st.builds(lambda amount, pair: Between(amount, *pair), st.sampled_from(amounts), both | one)


LEAVES: st.SearchStrategy[Query] = st.one_of(
    st.builds(Phrase, TEXTS, ZONES),
    st.builds(Value, st.sampled_from([field.facet for field in FIELDS if isinstance(field, WordField)]), TEXTS),
    st.builds(lambda texts, far, zones: Near(tuple(texts), far, zones), NEAR_TEXTS, st.integers(0, MAX_DISTANCE), ZONES),
    st.builds(Pinyin, st.text("abcdefghijklmnopqrstuwxyz", min_size=1, max_size=8)),
    ranges([field.amount for field in FIELDS if isinstance(field, DayField)], DAYS, 1, dt.date.max.toordinal()),
    ranges([field.amount for field in FIELDS if isinstance(field, MoneyField)], FEN, 0, MONEY_LIMIT - 1),
)  # fmt: skip


def joined(kind: type[And] | type[Or]) -> Callable[[list[Query]], Query]:
    return lambda parts: leaves.joined(kind, parts) or parts[0]


def negated(part: Query) -> Query:
    return leaves.negated(part) or part


TREES = st.recursive(
    LEAVES,
    lambda parts: st.one_of(
        st.lists(parts, min_size=2, max_size=4).map(joined(And)),
        st.lists(parts, min_size=2, max_size=4).map(joined(Or)),
        parts.map(negated),
    ),
    max_leaves=8,
)


@given(TREES)
@example(And((Phrase('"甲'), Phrase('乙"'))))
@example(Phrase('"甲"'))
@example(Between(Amount.FINE, 100, 5_000_000))
@example(Between(Amount.FINE, 1_000_001, 2_500_000))
def test_every_tree_has_a_question_of_its_own(tree: Query) -> None:
    written = write(tree)
    assume(len(written) <= MAX_CHARACTERS)
    assert parse(written) == tree
