"""Names that nothing announces: found by what they are made of. All people are invented."""

from __future__ import annotations

import datetime as dt

import pytest

from models.decisions.kinds import PartyKind
from models.decisions.redaction.about import About
from models.decisions.redaction.kinds import Risk
from models.decisions.redaction.likely import find_likely

COMPANY = About(PartyKind.ORGANISATION, "平岭县明珠路海燕示例商贸有限公司", "贺知远", dt.date(2026, 4, 20))


def found(text: str) -> list[tuple[str, Risk]]:
    return [(text[one.begin : one.end], one.risk) for one in find_likely(text, COMPANY)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("向真名涂建业的人购得", ["涂建业"]),
        ("关于樊立新的询问笔录", ["樊立新"]),
        ("祁县居民申屠家瑞称曾买到", ["申屠家瑞"]),
        ("由打假员巩志鹏、时宇轩出具", ["巩志鹏", "时宇轩"]),
        ("转让给卓玛（护照号", ["卓玛"]),
    ],
)
def test_names_in_the_middle_of_a_sentence(text: str, names: list[str]) -> None:
    assert [name for name, _risk in found(text)] == names


@pytest.mark.parametrize(
    "text",
    [
        "自公布之日起施行",
        "商品交易文书上使用",
        "给予实施发明专利强制许可",
        "当事人位于平岭县明珠路88号",
        "由习律师参加",
        "法定代表人贺知远到场",
        "平岭县明珠路海燕示例商贸有限公司",
        "向平岭县人民法院起诉",
        "购自岳海燕示例酒业有限公司",
        "标注“示例山大米”，涉嫌",
    ],
)
def test_words_places_companies_and_the_party_are_none(text: str) -> None:
    assert found(text) == []


def test_an_operator_gives_way_without_asking() -> None:
    trader = About(PartyKind.SOLE_TRADER, "叶县虚构劳保用品店", "上官申", dt.date(2026, 4, 20))
    assert list(find_likely("经营者：上官申", trader)) == []


def test_one_that_stands_by_itself_blocks_and_one_within_a_sentence_is_for_review() -> None:
    assert found("老崔（崔广田）。") == [("崔广田", Risk.BLOCKING)]
    assert found("由崔广田的车运来") == [("崔广田", Risk.REVIEW)]
    assert found("使用“崔广田”标识") == [("崔广田", Risk.REVIEW)]
