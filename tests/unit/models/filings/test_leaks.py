"""A code is found in free text however it is written, and nothing else is taken for one."""

from __future__ import annotations

import pytest

from models.filings.leaks import code_like, holds_query_code
from models.filings.references import code_hmac
from models.filings.tables import Filing
from tests.support.filings import KEYS

CODE = "ABCDEFGH23456789"
FILING = Filing(reference="K7QM2XHD", query_code_hmac=code_hmac(KEYS.code_key, "K7QM2XHD", CODE))


@pytest.mark.parametrize(
    "text",
    [
        CODE,
        CODE.lower(),
        "我的查询码是ABCD-EFGH-2345-6789，请查收。",
        "ABCD EFGH\n2345 6789",
        "ＡＢＣＤ—ＥＦＧＨ—２３４５—６７８９",
        "A B C D E F G H 2 3 4 5 6 7 8 9",
        "XYZ" + CODE + "XYZ",
        "ABCD - EFGH - 2345 - 6789",
    ],
)
def test_it_is_found_however_it_is_written(text: str) -> None:
    assert holds_query_code(text, FILING, KEYS)


@pytest.mark.parametrize("text", ["", "摊位上摆着水杯。", CODE[:-1], CODE[::-1], "ABCDEFGH，这是 23456789"])
def test_other_text_is_left_alone(text: str) -> None:
    assert not holds_query_code(text, FILING, KEYS)


def test_a_long_english_text_takes_no_long_time() -> None:
    assert len(list(code_like("THE QUICK BRWN FX " * 600))) < 20_000
