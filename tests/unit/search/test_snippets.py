"""Highlights fall on the text as it is written, and snippets show where the question stands in it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.documents import BORDER, Zone
from search.fold import fold
from search.parse import parse
from search.query import All, And, Not, Phrase
from search.snippets import Piece, Zoned, highlight, hit_ranges, snippets
from tests.unit.search.making import document


def marked(text: str, question: str) -> str:
    return "".join(
        f"<{piece.text}>" if piece.hit else piece.text for piece in highlight(text, parse(question))
    )


@pytest.mark.parametrize(
    ("text", "question", "expected"),
    [
        ("依法罰　款五万元", "罚款", "依法<罰　款>五万元"),
        ("豫知罚〔2023〕0１号", "[2023]01", "豫知罚<〔2023〕0１>号"),
        ("第㈠项", "一", "第<㈠>项"),
        ("罚款罚款", "罚款 款罚", "<罚款罚款>"),
        ("罚罚罚", "罚罚", "<罚罚罚>"),
        ("张某丰", "张*丰", "<张某丰>"),
        ("cafe\u0301 bar", "café", "<cafe\u0301> bar"),
        ("没收", "罚款", "没收"),
    ],
)
def test_hits_are_marked_on_the_original_characters(text: str, question: str, expected: str) -> None:
    assert marked(text, question) == expected


@given(
    st.text(st.sampled_from("罚款罰 　aＡ㈠\n"), max_size=40), st.sampled_from(["罚款", "a", "一", "款罚 a"])
)
def test_the_pieces_are_the_text_and_the_marked_ones_fold_to_what_was_asked(text: str, question: str) -> None:
    pieces = highlight(text, parse(question))
    assert "".join(piece.text for piece in pieces) == text
    asked = set("".join(question.split()))
    assert all(set(fold(piece.text).text) & (asked | {"("}) for piece in pieces if piece.hit)


def test_what_is_excluded_and_what_asks_for_everything_is_not_marked() -> None:
    assert hit_ranges("罚款", And((Not(Phrase("罚款")), All()))) == ()
    assert highlight("罚款", All()) == (Piece("罚款", hit=False),)


def test_snippets_come_from_the_weightiest_zones_first_and_stay_inside_them() -> None:
    zones = (
        (Zone.BASIS, "依据规定，应当罚款。" + BORDER),
        (Zone.FACTS, "前" * 50 + "当事人拒绝缴纳罚款" + "后" * 50),
        (Zone.PENALTY, "处以罚款"),
    )
    first, second, third = snippets(Zoned(document(1, zones=zones).zones), parse("罚款"), context=10)
    assert [s.zone for s in (first, second, third)] == [Zone.FACTS, Zone.PENALTY, Zone.BASIS]
    assert "".join(piece.text for piece in first.pieces) == "前" * 3 + "当事人拒绝缴纳罚款" + "后" * 10
    assert (first.more_before, first.more_after) == (True, True)
    assert (second.more_before, second.more_after) == (False, False)
    assert BORDER not in "".join(piece.text for piece in third.pieces)


def test_hits_close_together_share_a_snippet_and_distant_ones_don_t() -> None:
    text = "罚款和罚款" + "无" * 500 + "罚款"
    found = snippets(Zoned(document(1, text).zones), parse("罚款"), context=20)
    assert [sum(piece.hit for piece in snippet.pieces) for snippet in found] == [2, 1]
    assert len(snippets(Zoned(document(1, text).zones), parse("罚款"), limit=1)) == 1


def test_a_hit_over_two_zones_shows_in_both() -> None:
    found = snippets(
        Zoned(document(1, zones=((Zone.FACTS, "当事人违"), (Zone.PENALTY, "法事实"))).zones), parse("违法")
    )
    assert [[piece.text for piece in snippet.pieces if piece.hit] for snippet in found] == [["违"], ["法"]]


def test_without_a_hit_the_facts_begin() -> None:
    zones = ((Zone.NUMBER, "一号" + BORDER), (Zone.FACTS, "经查" * 50 + BORDER))
    (only,) = snippets(Zoned(document(1, zones=zones).zones), All(), context=10)
    assert (only.zone, only.pieces, only.more_after) == (Zone.FACTS, (Piece("经查" * 10, hit=False),), True)
    assert snippets(Zoned(document(1, zones=((Zone.FACTS, BORDER),)).zones), All()) == ()
