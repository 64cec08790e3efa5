"""Two filings are alike by respondent, link, right number and words, however each is written."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.filings.kinds import Likeness
from models.filings.likeness import alike, folded, marks_of, matter_of, normalise_link, similarity
from models.filings.submissions import Respondent
from models.kinds import RightType
from tests.support.filings import a_submission

TEXT = "我在演示市场三排八号摊位看到标有演示牌商标的水杯，价格只有正品的十分之一，包装上没有厂名厂址，摊主说是从外地批发来的。"
SAME = TEXT.replace("，", ", ").replace("十分之一", "1/10") + "请查处。"


def _matter(**changes: object):
    return matter_of(a_submission(**changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://item.m.shop.example/goods?id=77&utm_source=a", "http://shop.example/goods/?spm=x&id=77"),
        ("www.shop.example/a/", "https://shop.example/a?from=wechat"),
        ("HTTPS://Shop.Example/a", "shop.example/a"),
    ],
)
def test_a_link_is_the_same_from_a_phone_and_with_tracking(one: str, other: str) -> None:
    assert normalise_link(one) == normalise_link(other)


def test_other_goods_of_the_same_shop_are_another_link() -> None:
    assert normalise_link("shop.example/goods?id=77") != normalise_link("shop.example/goods?id=78")


@pytest.mark.parametrize("link", ["http://[", "不是链接", "http://a?" + "&".join("x=1" for _ in range(200))])
def test_a_broken_link_breaks_nothing(link: str) -> None:
    assert isinstance(normalise_link(link), str)


def test_names_are_compared_without_width_and_punctuation() -> None:
    one = _matter(respondent=Respondent(name="演示（平顶山）商贸有限公司"))
    other = _matter(respondent=Respondent(name="演示(平顶山) 商贸有限公司"), facts="完全不同的另一回事情。")
    assert set(alike(one, other)) == {Likeness.RESPONDENT}


def test_a_company_is_the_same_by_its_code_whatever_it_is_called() -> None:
    one = _matter(respondent=Respondent(name="甲店", uscc="91110000600037341L"), facts="一")
    other = _matter(respondent=Respondent(name="乙公司", uscc="91110000600037341L"), facts="二")
    assert Likeness.RESPONDENT in alike(one, other)


def test_a_patent_is_the_same_with_and_without_its_prefix() -> None:
    one = _matter(right_type=RightType.PATENT_PASSING_OFF, right_number="ZL 201710601862.3")
    other = _matter(right_type=RightType.PATENT_PASSING_OFF, right_number="2017106018623")
    assert Likeness.RIGHT_NUMBER in alike(one, other)


def test_much_the_same_words_are_alike_and_others_are_not() -> None:
    assert similarity(folded(TEXT), folded(SAME)) > 0.7
    assert similarity(folded(TEXT), folded("店里卖的白酒包装和正品不一样，扫码显示已被查询多次。")) < 0.1
    assert similarity("", "") == 0


def test_texts_that_are_alike_share_a_mark() -> None:
    one, other = _matter(facts=TEXT), _matter(facts=SAME)
    shared = marks_of(replace(one, respondents=frozenset())) & marks_of(
        replace(other, respondents=frozenset())
    )
    assert {kind for kind, _value in shared} == {Likeness.FACTS}


@given(st.text(max_size=300))
def test_every_text_is_like_itself_and_has_a_mark(text: str) -> None:
    matter = _matter(facts=text, respondent=Respondent(name=""))
    if folded(text):
        assert similarity(matter.facts, matter.facts) == 1
        assert marks_of(matter)
