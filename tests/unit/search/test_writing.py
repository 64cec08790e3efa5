"""A tree written as a question is read as the same tree."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.errors import QueryError
from search.parse import parse
from search.query import And, Near, Not, Or, Phrase, Query, Value
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


def words(tree: Query) -> str:
    """All that the leaves look for or exclude."""
    match tree:
        case And(parts) | Or(parts):
            return "".join(words(part) for part in parts)
        case Not(part):
            return words(part)
        case Phrase(text) | Value(_, text):
            return text
        case Near(texts):
            return "".join(texts)
        case _:
            return ""


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
    # The language has no way to quote a quotation mark, so a word that is one may pair with the next.
    if tree is not None and not set('"“”').intersection(words(tree)):
        assert parse(write(tree)) == tree
