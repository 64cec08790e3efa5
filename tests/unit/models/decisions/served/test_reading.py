"""Served texts of various make: every one falls into its zones and tells its fields, and what is doubtful is said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.decisions.kinds import DecisionKind
from models.decisions.served.reading import read_served
from models.decisions.served.zones import cuts
from tests.support.served import ADJUDICATION, LABELLED_LIST, ONE_PARAGRAPH, ORDER, TEXTS, Served


@pytest.mark.parametrize("served", TEXTS, ids=[one.name for one in TEXTS])
def test_the_fields_of_a_text_are_found(served: Served) -> None:
    found = read_served(served.text)
    assert found.document_number == served.number
    assert found.authority_name == served.authority
    assert str(found.decided_on) == served.decided_on
    assert found.party is not None
    assert (found.party.name, found.party.uscc, found.party.kind.value) == (
        served.party,
        served.uscc,
        served.kind,
    )
    assert [kind.value for kind in found.ordered.kinds] == sorted(
        served.kinds, key=[kind.value for kind in found.ordered.kinds].index
    )
    assert found.ordered.fine_fen == (served.fine_yuan and int(served.fine_yuan * 100))
    assert found.ordered.confiscated_fen == (served.gains_yuan and int(served.gains_yuan * 100))
    assert found.cause is not None
    assert found.cause.code == served.cause
    assert {field for field, _ in found.doubts} == set(served.doubts)


@pytest.mark.parametrize("served", TEXTS, ids=[one.name for one in TEXTS])
def test_the_text_falls_into_its_zones(served: Served) -> None:
    zones = read_served(served.text).zones
    for zone, words in served.begins.items():
        assert zones[zone].startswith(words), (zone, zones[zone][:30])


@given(st.text(alphabet="当事人：经查，证据。决定处罚如下1\n如不服本《商标法》违反第条款", max_size=200))
def test_no_character_is_lost_or_told_twice(text: str) -> None:
    stretches = cuts(text)
    assert "".join(text[one.begin : one.end] for one in stretches) == text


def test_a_text_without_any_anchor_stays_whole_and_says_so() -> None:
    found = read_served("关于开展专项行动的通知，请各单位认真落实。")
    assert found.left_out == "关于开展专项行动的通知，请各单位认真落实。"
    assert {"party_name", "document_number", "penalty", "facts"} <= {field for field, _ in found.doubts}


def test_an_adjudication_is_known_and_is_about_the_one_who_was_asked_against() -> None:
    found = read_served(ADJUDICATION)
    assert found.kind is DecisionKind.ADJUDICATION
    assert found.party is not None
    assert found.party.name == "平岭县护航示例机电有限公司"
    assert found.cause is not None
    assert (found.cause.code, found.document_number) == ("PT-31", "平知法裁字〔2026〕3号")
    assert (found.penalty_kinds, found.ordered.fine_fen, found.doubts) == ((), None, ())
    begins = {
        "party_text": "请求人：",
        "facts": "请求人于2025年",
        "evidence_text": "以上事实有",
        "basis": "本局认为",
        "penalty": "本局裁决如下",
        "remedy": "当事人如不服",
    }
    assert all(found.zones[zone].startswith(words) for zone, words in begins.items()), found.zones


def test_an_order_to_put_right_is_known_as_no_penalty() -> None:
    found = read_served(ORDER)
    assert (found.kind, found.document_number) == (DecisionKind.OTHER, "平市监责改〔2026〕5号")
    assert found.authority_name == "平岭县市场监督管理局"
    assert found.cause is not None
    assert found.cause.code == "PT-06"
    assert (found.penalty_kinds, found.doubts) == ((), ())
    begins = {
        "party_text": "当事人：",
        "facts": "经查",
        "evidence_text": "以上事实有",
        "basis": "违反了《",
        "penalty": "现责令你单位",
        "remedy": "如对本通知不服",
    }
    assert all(found.zones[zone].startswith(words) for zone, words in begins.items()), found.zones


@pytest.mark.parametrize(
    ("title", "body", "kind", "is_doubted"),
    [
        ("行政处罚决定书", "决定处罚如下：罚款100元。", DecisionKind.PENALTY, False),
        ("行政处罚决定书", "决定处理如下：责令立即停止销售。", DecisionKind.PENALTY, True),
        ("不予行政处罚决定书", "本局决定对你单位不予行政处罚。", DecisionKind.OTHER, True),
        ("责令停止销售通知书", "现责令你单位立即停止销售。", DecisionKind.OTHER, False),
        # The order is mentioned, and the paper punishes.
        (
            "行政处罚决定书",
            "本局曾送达《责令改正通知书》，决定处罚如下：罚款100元。",
            DecisionKind.PENALTY,
            False,
        ),
    ],
)
def test_what_a_paper_is_is_told_by_its_title(
    title: str, body: str, kind: DecisionKind, is_doubted: bool
) -> None:
    head = f"平岭县市场监督管理局\n{title}\n平市监处罚〔2026〕7号\n当事人：平岭县护航示例商贸有限公司\n"
    found = read_served(f"{head}经查，当事人销售侵权商品。\n{body}\n如不服本决定，可以申请复议。")
    assert (found.kind, "kind" in dict(found.doubts)) == (kind, is_doubted)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            LABELLED_LIST,
            "当事人应当自收到本决定书之日起15日内到指定银行缴纳罚款。到期不缴纳罚款的，可以采取下列措施：每日按罚款数额的3%加处罚款。",
        ),
        (ONE_PARAGRAPH, "当事人应自收到本决定书之日起十五日内缴纳罚款。"),
        (ADJUDICATION, "被请求人应当自收到本裁决书之日起15日内履行完毕。"),
        (ORDER, "于2026年3月20日前改正上述行为，并将改正情况书面报告本局。"),
        (
            "决定处罚如下：罚款100元，当事人应自收到决定书之日起十五日内缴清。如不服本决定，可以申请复议。",
            "当事人应自收到决定书之日起十五日内缴清。",
        ),
        (
            "一、处罚决定\n决定处罚如下：罚款100元。\n"
            "二、履行方式和期限\n十五日内缴至工商银行。\n如不服本决定，可以申请复议。",
            "十五日内缴至工商银行。",
        ),
        ("决定处罚如下：没收侵权商品。如不服本决定，可以申请复议。", ""),
    ],
)
def test_how_and_until_when_to_perform_is_told_apart(text: str, told: str) -> None:
    assert read_served(text).performance == told


@pytest.mark.parametrize(
    ("written", "penalty", "performance"),
    [
        (
            "罚款100元。\n自收到决定书之日起十五日内缴至工商银行。",
            "罚款100元。",
            "自收到决定书之日起十五日内缴至工商银行。",
        ),
        (
            "罚款100元。\n逾期不缴纳的，每日加处罚款百分之三。",
            "罚款100元。",
            "逾期不缴纳的，每日加处罚款百分之三。",
        ),
        ("罚款100元。\n二、履行方式和期限\n十五日内缴清。", "罚款100元。", "十五日内缴清。"),
        # It orders as well: what is ordered stays whole.
        (
            "罚款100元，限十五日内缴清。",
            "罚款100元，限十五日内缴清。",
            "限十五日内缴清。",
        ),
        (
            "罚款100元。\n当事人应在三日内销毁侵权商品并缴清罚款。",
            "罚款100元。\n当事人应在三日内销毁侵权商品并缴清罚款。",
            "应在三日内销毁侵权商品并缴清罚款。",
        ),
    ],
)
def test_how_to_perform_is_not_said_again_among_what_is_ordered(
    written: str, penalty: str, performance: str
) -> None:
    head = "平岭县市场监督管理局\n行政处罚决定书\n当事人：平岭县护航示例商贸有限公司\n经查，当事人销售侵权商品。\n"
    found = read_served(f"{head}决定处罚如下：{written}\n如不服本决定，可以申请复议。")
    assert (found.zones["penalty"], found.performance) == (f"决定处罚如下：{penalty}", performance)
