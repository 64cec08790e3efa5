"""Pairs of neighbouring characters: whatever part of a text is asked for, its units are among the text's pairs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import END, PairTokenizer, key, key_text, only_masks, pairs, units
from search.documents import BORDER
from search.fold import fold

texts = st.text(st.sampled_from("罚款专利 aX1*×〕，" + BORDER), max_size=30)


def terms(text: str) -> list[tuple[str, int]]:
    first, second, at = (array.tolist() for array in pairs(fold(text).codes))
    return [(chr(a) + chr(b), p) for a, b, p in zip(first, second, at, strict=True)]


def test_terms_overlap_and_the_last_character_has_one_too() -> None:
    assert terms("A4纸，") == [("a4", 0), ("4纸", 1), ("纸,", 2), (",\0", 3)]


def test_masking_signs_and_borders_are_in_no_term_but_keep_their_place() -> None:
    assert terms("张*三×") == [("张\0", 0), ("三\0", 2)]
    assert terms(f"张{BORDER}三") == [("张\0", 0), ("三\0", 2)]


@given(texts, st.data())
def test_the_units_of_every_part_stand_in_the_text_at_their_places(text: str, data: st.DataObject) -> None:
    folded = fold(text).text
    start = data.draw(st.integers(0, len(folded)))
    part = folded[start : start + data.draw(st.integers(0, 20))]
    standing = {(term[0], term[1], at) for term, at in terms(folded)}
    beginning = {(first, at) for first, _, at in standing}
    for unit in units(part):
        at = start + unit.offset
        if unit.second is None:
            assert (chr(unit.first), at) in beginning
        else:
            assert (chr(unit.first), chr(unit.second), at) in standing


@given(texts)
def test_units_cover_every_searchable_character(text: str) -> None:
    folded = fold(text).text
    covered = {u.offset for u in units(folded)} | {
        u.offset + 1 for u in units(folded) if u.second is not None
    }
    assert covered == {at for at, char in enumerate(folded) if char not in "*×" + BORDER}


@pytest.mark.parametrize("text", ["*", "***", "××", "xx", "x*x", "*x"])
def test_masks_alone_ask_for_nothing(text: str) -> None:
    assert only_masks(text)


@pytest.mark.parametrize("text", ["x", "x1", "张*", "某", "某某", "9x"])
def test_anything_else_can_be_asked_for(text: str) -> None:
    assert not only_masks(text)


def test_numbers_of_terms_keep_the_order_of_their_characters() -> None:
    numbers = [key(ord(a), b) for a, b in (("专", END), ("专", ord("利")), ("罚", END))]
    assert numbers == sorted(numbers)
    assert key_text(numbers[1]) == "专利"


def test_whoosh_sees_the_same_terms() -> None:
    text = "〔2023〕0 号张*"
    assert [(token.text, token.pos) for token in PairTokenizer()(text)] == terms(text)
