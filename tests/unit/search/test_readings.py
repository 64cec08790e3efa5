"""Names read aloud: whole syllables and initials, with every reading of the characters that are read in several ways."""

from __future__ import annotations

import pytest

from search.readings import readings


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("护航商贸", {"huhangshangmao", "hhsm"}),
        ("解某", {"jiemou", "xiemou", "jm", "xm"}),
        ("单某", {"danmou", "shanmou", "chanmou"}),
        ("重庆示例店", {"chongqingshilidian", "cqsld"}),
        ("吕某", {"lumou", "lm"}),
        ("A4紙業（鄭州）", {"a4zhiyezhengzhou", "a4zyzz"}),
    ],
)
def test_all_ways_to_type_a_name(name: str, letters: set[str]) -> None:
    assert letters <= set(readings(name))


@pytest.mark.parametrize("name", ["", "ABC Ltd", "***", "㐀㐁"])
def test_what_has_no_reading_is_no_fault(name: str) -> None:
    assert all(isinstance(letters, str) for letters in readings(name))


def test_a_long_name_has_few_readings() -> None:
    assert len(readings("平顶山市卫东区解单仇区盖查重行长商贸有限责任公司")) <= 40
