from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.plain import plain


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (" 甲 乙\u3000", "甲 乙"),
        ("一\r\n二\r三\x0b四\u2028五", "一\n二\n三\n四\n五"),
        ("甲\u202e司公\u202c乙\x00\x07\x1b", "甲司公乙"),
        ("\u200b\u2060\ufeff\u00ad", ""),
        ("\t缩进\t内容", "缩进\t内容"),
        ("👩\u200d👧 и́ किं Å", "👩\u200d👧 и́ किं Å"),
        ("𠮷野家〔2026〕＊×", "𠮷野家〔2026〕＊×"),
    ],
)
def test_text_is_what_everybody_reads(written: str, read: str) -> None:
    assert plain(written) == read


@given(st.text())
def test_what_is_plain_stays_as_it_is(text: str) -> None:
    assert plain(plain(text)) == plain(text)
    assert "\0" not in plain(text)
