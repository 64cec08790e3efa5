"""Codes of GB/T 4754 as tables and people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.codes.industry import SECTION_LABELS, industry_code, section_of


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("C2614", "C2614"),
        ("2614", "C2614"),
        ("c26", "C26"),
        ("Ｃ２６１４", "C2614"),
        ("F", "F"),
        ("批发和零售业", "F"),
        ("F 批发和零售业", "F"),
        ("5191 再生物资回收与批发", "F5191"),
        ("0111", "A0111"),
        ("A", "A"),
        ("97", "T97"),
    ],
)
def test_a_code_is_letter_and_digits(written: str, code: str) -> None:
    assert industry_code(written) == code
    assert section_of(code) in SECTION_LABELS


@pytest.mark.parametrize(
    "written", ["", " ", "U", "F2614", "98", "0000", "1", "26145", "制笔", "无", "C2614C"]
)
def test_what_is_none_is_told(written: str) -> None:
    assert industry_code(written) is None


@given(st.text(max_size=60))
def test_no_text_is_too_strange(written: str) -> None:
    code = industry_code(written)
    assert code is None or industry_code(code) == code
