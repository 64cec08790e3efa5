"""From typed text to a tree, or to a sentence that says why not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.errors import QueryError
from search.parse import MAX_CHARACTERS, MAX_WORDS, parse
from search.query import All, And, Not, Or, Phrase, phrases


@pytest.mark.parametrize("text", ["", "  ", "\n\u3000"])
def test_nothing_typed_asks_for_everything(text: str) -> None:
    assert parse(text) == All()


def test_words_between_blanks_must_all_occur() -> None:
    assert parse("专利　侵權 罚款") == And((Phrase("专利"), Phrase("侵权"), Phrase("罚款")))


def test_a_word_typed_twice_is_asked_for_once() -> None:
    assert parse("专利 專利") == Phrase("专利")


@pytest.mark.parametrize("text", ['"iPhone 15" 手机', "“iPhone 15” 手机"])
def test_quoted_words_stay_together(text: str) -> None:
    assert parse(text) == And((Phrase("iphone 15"), Phrase("手机")))


@pytest.mark.parametrize("text", ["称“小米", "使用“小米”商标", '5"屏', "”，罚"])
def test_marks_inside_a_word_are_characters_of_the_text(text: str) -> None:
    assert isinstance(parse(text), Phrase)


@pytest.mark.parametrize(
    "text", ["***", "XX", "× ＊", "\u200b", "罚" * (MAX_CHARACTERS + 1), "罚 " * (MAX_WORDS + 1)]
)
def test_what_cannot_be_asked_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(QueryError, match=r"。$"):
        parse(text)


def test_masks_beside_a_name_are_left_out() -> None:
    assert parse("张三 ***") == Phrase("张三")


@given(st.text(max_size=80))
def test_every_text_gives_a_tree_or_a_sentence(text: str) -> None:
    try:
        answer: object = parse(text)
    except QueryError as error:
        answer = str(error)
    assert isinstance(answer, All | And | Phrase) or str(answer).endswith("。")


def test_phrases_to_show_leave_out_what_is_excluded() -> None:
    tree = And((Phrase("专利"), Or((Phrase("罚款"), All())), Not(Phrase("撤回"))))
    assert list(phrases(tree)) == ["专利", "罚款"]
