"""The language of questions: what is operator and what is text, and what is said where a question is wrong."""

from __future__ import annotations

import datetime as dt

import pytest

from search.documents import Amount, Facet, Zone
from search.errors import QueryError
from search.parse import parse
from search.query import And, Between, Near, Not, Or, Phrase, Pinyin, Query, Value

A, B, C = Phrase("假冒"), Phrase("专利"), Phrase("罚款")


def day(year: int, month: int, number: int) -> int:
    return dt.date(year, month, number).toordinal()


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("假冒 AND 专利", And((A, B))),
        ("假冒 且 专利", And((A, B))),
        ("假冒 && 专利", And((A, B))),
        ("假冒 OR 专利", Or((A, B))),
        ("假冒 或 专利", Or((A, B))),
        ("假冒 || 专利", Or((A, B))),
        ("假冒 NOT 专利", And((A, Not(B)))),
        ("假冒 非 专利", And((A, Not(B)))),
        ("假冒 -专利", And((A, Not(B)))),
        ("假冒 AND NOT 专利", And((A, Not(B)))),
        ("NOT 专利", Not(B)),
        ("NOT NOT 专利", B),
        ("假冒 或 专利 罚款", Or((A, And((B, C))))),
        ("(假冒 或 专利) 罚款", And((Or((A, B)), C))),
        ("（假冒 或 专利） 罚款", And((Or((A, B)), C))),
        ("NOT(假冒 专利)", Not(And((A, B)))),
        ("罚款 -(假冒 专利)", And((C, Not(And((A, B)))))),
        ("(假冒) AND (专利)", And((A, B))),
        ("((假冒 专利) 罚款)", And((A, B, C))),
    ],
)
def test_operators_in_both_languages(text: str, tree: Query) -> None:
    assert parse(text) == tree


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("当事人:护航", Phrase("护航", (Zone.PARTY,))),
        ("party:护航", Phrase("护航", (Zone.PARTY,))),
        ("PARTY: 护航", Phrase("护航", (Zone.PARTY,))),
        ('违法事实:"假冒 专利"', Phrase("假冒专利", (Zone.FACTS,))),
        ("处罚:(罚款 或 没收)", Or((Phrase("罚款", (Zone.PENALTY,)), Phrase("没收", (Zone.PENALTY,))))),
        ("文号:〔2026〕1号", Phrase("(2026)1号", (Zone.NUMBER,))),
        ("案由:商標", Value(Facet.CAUSE, "商标")),
        ("机关:平顶山", Value(Facet.AUTHORITY, "平顶山")),
        ("地区:卫东", Value(Facet.DISTRICT, "卫东")),
        ("权利:商标", Value(Facet.RIGHT_TYPE, "商标")),
        ("拼音:HuHang", Pinyin("huhang")),
        ("假冒 -案由:商标", And((A, Not(Value(Facet.CAUSE, "商标"))))),
        ("罚款：5元", Or((Between(Amount.FINE, 500, 500), Phrase("罚款:5元")))),
        ("-1234 罚款", And((Phrase("-1234"), C))),
        ("当事人：护航", Or((Phrase("护航", (Zone.PARTY,)), Phrase("当事人:护航")))),
    ],
)
def test_fields(text: str, tree: Query) -> None:
    assert parse(text) == tree


@pytest.mark.parametrize(
    ("text", "amount", "low", "high"),
    [
        ("金额:1万..5万", Amount.FINE, 1_000_000, 5_000_000),
        ("金额:1..5万", Amount.FINE, 1_000_000, 5_000_000),
        ("fine:>=2,000", Amount.FINE, 200_000, None),
        ("金额>=1.5万元", Amount.FINE, 1_500_000, None),
        ("罚款<1000", Amount.FINE, None, 99_999),
        ("没收:0.5", Amount.CONFISCATED, 50, 50),
        ("日期:2025-01..2025-06", Amount.DECIDED_ON, day(2025, 1, 1), day(2025, 6, 30)),
        ("date:2025", Amount.DECIDED_ON, day(2025, 1, 1), day(2025, 12, 31)),
        ("日期:2024-02", Amount.DECIDED_ON, day(2024, 2, 1), day(2024, 2, 29)),
        ("日期:2025年3月5日至2025/3/7", Amount.DECIDED_ON, day(2025, 3, 5), day(2025, 3, 7)),
        ("日期>2025-03", Amount.DECIDED_ON, day(2025, 4, 1), None),
        ("日期:..20250307", Amount.DECIDED_ON, None, day(2025, 3, 7)),
        ("年:2024..2025", Amount.DECIDED_ON, day(2024, 1, 1), day(2025, 12, 31)),
        ("公示日期:≥2026-01-02", Amount.PUBLISHED_ON, day(2026, 1, 2), None),
    ],
)
def test_ranges(text: str, amount: Amount, low: int | None, high: int | None) -> None:
    assert parse(text) == Between(amount, low, high)


def test_nearness_is_counted_in_characters() -> None:
    assert parse("“假冒 专利”~10") == Near(("假冒", "专利"), 10)
    assert parse('事实:"假冒 专利"～0') == Near(("假冒", "专利"), 0, (Zone.FACTS,))
    assert parse('"假冒"~5') == A


@pytest.mark.parametrize(
    "text",
    [
        "（一）", "(2026)002号", "-5日", "：罚款", "金额：无法计算", "12:30", "http://x.cn", "公司（法定",
        "甲且乙", "或", "非", "A-1", "“假冒", "and", "一、(二", "foo:bar", "):", "当事人：", "5>3", "金额>", "-",
    ],
)  # fmt: skip
def test_what_may_be_part_of_a_text_is_looked_for_as_it_stands(text: str) -> None:
    assert isinstance(parse(text), Phrase)


@pytest.mark.parametrize(
    ("text", "place", "suggestion"),
    [
        ("假冒 AND", "AND", "假冒"),
        ("OR 专利", "OR", "专利"),
        ("假冒 AND OR 专利", "AND", "假冒 OR 专利"),
        ("(假冒 OR 专利", "(", "(假冒 OR 专利)"),
        ("假冒 OR 专利 )", ")", "假冒 OR 专利"),
        ("partie:护航", "partie", "party:护航"),
        ("违法事项:护航", "违法事项", "违法事实:护航"),
        ("金额:很多", "很多", "金额:1万..5万"),
        ("金额:5万..1万", "5万..1万", "金额:1万..5万"),
        ("日期:2025-13", "2025-13", "日期:2025-01..2025-06"),
        ('"假冒 专利"~x', "~x", '"假冒 专利"~10'),
        ('案由:"假冒 专利"~3', '"假冒 专利"~3', ""),
        ("假冒 OR 案由:", "案由:", ""),
    ],
)
def test_a_mistake_is_shown_where_it_stands_with_a_way_out(text: str, place: str, suggestion: str) -> None:
    with pytest.raises(QueryError, match=r"。$") as caught:
        parse(text)
    error = caught.value
    assert error.at is not None
    assert text[error.at : error.stop] == place
    assert error.suggestion == suggestion
    if suggestion:
        parse(suggestion)


def test_the_caret_stands_under_the_mistake() -> None:
    with pytest.raises(QueryError) as caught:
        parse("假冒 AND")
    assert caught.value.caret("假冒 AND") == "     ^^^"


def test_groups_are_limited_in_depth() -> None:
    assert parse("(" * 15 + "假冒 专利" + ")" * 15) == And((A, B))
    with pytest.raises(QueryError, match="层"):
        parse("(" * 40 + "假冒 专利" + ")" * 40)


def test_masks_in_a_group_are_left_out() -> None:
    assert parse("假冒 OR ***") == A
    assert parse("假冒 -***") == A
