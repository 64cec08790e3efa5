"""The law as an official paper cites it."""

from __future__ import annotations

import pytest

from models.cases.grounds import BASIS_LABELS, FORMER_BASIS_LABELS, Ground
from models.papers.citing import cited, in_han

REFUSALS_AND_ENDS = [
    basis
    for ground in Ground
    for basis in (BASIS_LABELS[ground], FORMER_BASIS_LABELS.get(ground, ""))
    if basis.startswith(("121号", "20号", "程序规定"))
]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "一"),
        (10, "十"),
        (15, "十五"),
        (20, "二十"),
        (23, "二十三"),
        (100, "一百"),
        (105, "一百零五"),
        (110, "一百一十"),
    ],
)
def test_articles_are_counted_in_han_numerals(number: int, words: str) -> None:
    assert in_han(number) == words


def test_a_ground_is_cited_with_the_title_of_its_law() -> None:
    assert cited("121号 第23条第1款第6项") == "《市场监督管理投诉举报处理办法》第二十三条第一款第六项"
    assert cited("20号 第15条第2项") == "《市场监督管理投诉举报处理暂行办法》第十五条第二项"
    assert cited("专利法实施细则 第95、97条") == "《专利法实施细则》第九十五、九十七条"


@pytest.mark.parametrize("basis", REFUSALS_AND_ENDS)
def test_no_short_form_is_left(basis: str) -> None:
    told = cited(basis)
    assert "号" not in told
    assert not any(one.isdigit() for one in told)
