"""Names of companies: taken apart without loss, compared with an explanation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.companies.likeness import Part, compare
from models.companies.naming import NameParts, parts_of


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("平顶山市卓远电子商务有限公司", ("平顶山", "卓远", "电子商务", "有限公司", "")),
        ("河南省平顶山市新华区老李五金店", ("河南平顶山新华区", "老李", "五金", "店", "")),
        ("卓远(河南)科技股份有限公司", ("河南", "卓远", "科技", "股份有限公司", "")),
        ("深圳前海华信知识产权代理事务所(普通合伙)", ("深圳", "前海华信", "知识产权代理", "事务所", "")),
        ("卓远科技有限公司郑州分公司", ("", "卓远", "科技", "有限公司", "郑州分公司")),
        ("中山市华帝灯饰照明有限公司", ("中山", "华帝灯饰", "照明", "有限公司", "")),
        ("金种子种业有限公司", ("", "金种子", "种业", "有限公司", "")),
        ("上海贸易有限公司", ("上海", "贸易", "", "有限公司", "")),
        ("阿里巴巴", ("", "阿里巴巴", "", "", "")),
    ],
)
def test_a_name_is_taken_apart(name: str, parts: tuple[str, str, str, str, str]) -> None:
    assert parts_of(name) == NameParts(*parts)


@given(st.text(alphabet="河南省平顶山市郑州新华区卓远科技电子商务贸易有限公司分店()个体", max_size=24))
def test_any_text_can_be_taken_apart_and_compared(name: str) -> None:
    parts_of(name)
    assert compare(name, name).score == 100.0
    assert 0 <= compare(name, "平顶山市卓远电子商务有限公司").score <= 100


@given(
    st.text(alphabet="平顶山郑州卓远鸿达科技商贸有限公司", max_size=16),
    st.text(alphabet="平顶山卓远科技有限公司店", max_size=16),
)
def test_equal_names_alone_have_a_hundred(one: str, other: str) -> None:
    assert (compare(one, other).score == 100.0) is (one == other)


def test_the_trade_name_weighs_more_than_all_that_firms_share() -> None:
    asked = "平顶山市卓远科技有限公司"
    same_firm_otherwise_written = compare(asked, "卓远科技有限责任公司").score
    another_firm_of_the_place = compare(asked, "平顶山市鸿达科技有限公司").score
    assert same_firm_otherwise_written > 80 > 50 > another_firm_of_the_place


def test_a_branch_is_not_its_head_office_and_it_is_said_why() -> None:
    likeness = compare("卓远科技有限公司郑州分公司", "卓远科技有限公司")
    assert likeness.score < 100
    assert likeness.of(Part.BRANCH) == 0.0
    assert likeness.of(Part.TRADE_NAME) == 1.0
    assert [one.part for one in likeness.parts] == [Part.TRADE_NAME, Part.TRADE, Part.LEGAL_FORM, Part.BRANCH]
