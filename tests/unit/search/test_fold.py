"""Folding levels what people write differently, and never breaks the tie between a text and its parts."""

from __future__ import annotations

import opencc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.fold import fold

AWKWARD = "㈠℡ﬁﬀßẞİıŉǆé½①㎡…ａＸ０　 \t\n\u0301\u0327\u200b\u00ad\ufe0f\x00\x1e〔【（[］﹝❲*×＊X罚罰乾干覆复後后著着か\u3099がガｶﾞ한ﷺ´¨"
texts = st.text(
    st.one_of(st.sampled_from(AWKWARD), st.sampled_from("专利侵权 abc 12"), st.characters(codec="utf-8")),
    max_size=60,
)


@given(texts, st.data())
def test_a_part_of_a_text_folds_to_a_part_of_the_folded_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    stop = data.draw(st.integers(start, len(text)))
    assert fold(text[start:stop]).text in fold(text).text


@given(texts)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    once = fold(text).text
    assert fold(once).text == once


@given(texts)
def test_every_folded_character_points_at_the_character_it_came_from(text: str) -> None:
    folded = fold(text)
    assert list(folded.offsets) == sorted(folded.offsets)
    for char, offset in zip(folded.text, folded.offsets.tolist(), strict=True):
        assert char == " " or char in fold(text[offset]).text


@pytest.mark.parametrize(
    ("written", "the_same"),
    [
        ("豫知罚〔2023〕0１号", "豫知罰[2023]01號"),
        ("【2023】", "（2023）"),
        ("ＡＢＣ公司", "abc公司"),
        ("处 罚\n决　定", "处罚决定"),
        ("罚款 5 万元", "罚款5万元"),
        ("深圳 ABC  Tech 公司", "深圳abc tech公司"),
        ("答覆", "答复"),
        ("乾燥", "干燥"),
        ("隨著", "随着"),
        ("著作權", "著作权"),
        ("衞生", "卫生"),
        ("cafe\u0301", "café"),
        ("Straße", "STRASSE"),
        ("İstanbul", "istanbul"),
        ("㈠", "（一）"),
        ("专\u200b利", "专利"),
    ],
)
def test_spellings_that_mean_the_same_fold_to_the_same(written: str, the_same: str) -> None:
    assert fold(written).text == fold(the_same).text


@pytest.mark.parametrize(("one", "other"), [("AB", "A B"), ("专利", "专卖"), ("1 000", "1000"), ("某", "*")])
def test_what_differs_stays_different(one: str, other: str) -> None:
    assert fold(one).text != fold(other).text


@pytest.mark.parametrize("standard", ["s2t", "s2tw", "s2hk"])
def test_the_traditional_form_of_a_text_folds_to_the_same(standard: str) -> None:
    text = "经查，当事人擅自销售侵犯注册商标专用权的商品，责令停止，并处罚款。答复、了解、凭借、显著、制造、复议、征收、于是"
    assert fold(opencc.OpenCC(standard).convert(text)).text == fold(text).text


def test_a_range_leads_back_to_the_original_characters() -> None:
    text = "依据（第㈠项）处 罚"
    folded = fold(text)
    start = folded.text.index("一")
    assert text[slice(*folded.original_range(start, start + 1))] == "㈠"
    start = folded.text.index("处罚")
    assert text[slice(*folded.original_range(start, start + 2))] == "处 罚"


def test_a_range_takes_the_diacritics_that_belong_to_it() -> None:
    folded = fold("cafe\u0301 x")
    assert folded.original[slice(*folded.original_range(3, 4))] == "e\u0301"
    assert folded.original_range(2, 2) == (0, 0)
