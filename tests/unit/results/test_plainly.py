"""Questions as people ask them, put into words that decisions use: what occurs is asked of a few sentences."""

from __future__ import annotations

import pytest

from results.plainly import in_plain_words
from search.documents import Audience, Kind, SearchDocument, Zone
from search.parse import parse
from search.query import Query
from search.single import Single
from search.writing import write

TEXTS = (
    "当事人销售侵犯注册商标专用权的白酒，违反《中华人民共和国商标法》第五十七条第（三）项，依据第六十条第二款，罚款五千元。",
    "当事人的网店销售侵权商品运动鞋，违反《中华人民共和国商标法》第五十七条第三项。",
    "当事人在包装上标注已失效的专利号，构成假冒专利。",
)


def finds(query: Query) -> int:
    documents = [
        SearchDocument(
            id=number, kind=Kind.DECISION, audience=Audience.PUBLIC, revision=0, zones=((Zone.FACTS, text),)
        )
        for number, text in enumerate(TEXTS)
    ]
    return sum(Single(one).answers(query) for one in documents)


@pytest.mark.parametrize(
    ("asked", "plain", "left_out"),
    [
        ("卖假茅台被罚多少", "销售 侵犯", ("茅台",)),
        ("卖假酒", "销售 侵犯 酒", ()),
        ("侵犯商标权 运动鞋", "侵犯注册商标专用权 运动鞋", ()),
        ("商标法第五十七条", '"商标法 第五十七条"~8', ()),
        ("《商标法》第57条第3项", '"商标法 第五十七条第(三)项"~8', ()),
        ("中华人民共和国商标法57条", '"商标法 第五十七条"~8', ()),
        ("罚款10万元以上", "金额:10万..", ()),
        ("罚款5000以下 白酒", "金额:..5000 白酒", ()),
        ("专利号失效了怎么罚", "专利号 失效", ()),
    ],
)
def test_a_question_in_the_words_of_decisions(asked: str, plain: str, left_out: tuple[str, ...]) -> None:
    found = in_plain_words(parse(asked), finds)
    assert found is not None
    assert (write(found.query), found.left_out) == (write(parse(plain)), left_out)


@pytest.mark.parametrize("asked", ["白酒", "当事人:甲", "毫无踪迹", "NOT 白酒", "😀😀", "金额:1万.."])
def test_what_cannot_be_put_otherwise_is_left(asked: str) -> None:
    assert in_plain_words(parse(asked), finds) is None
