"""Texts as bureaus publish them: slips of the pen, traditional characters, tables, old forms. All are invented."""

from __future__ import annotations

import pytest

from models.decisions.kinds import DecisionKind, PenaltyKind
from models.decisions.served.reading import read_served

SLIP = """西市监处罚[2026]09号
当事任：西陵县老周水果店
统一社会信用代码：92410999MA40ABCD1L
经营者：周某
2026年3月1日本局接到举报。经查，当事人自2026年1月起销售标有“示例红”地理标志的苹果50箱，货值3000元。
上述事实有现场笔录、照片为证。
当事人的行为违反了《中华人民共和国商标法》第五十七条第三项之规定，责令停止侵权，作出如下处罚：罚款人民币叁仟元整（3000元）。
如不服，可在60日内申请复议或6个月内起诉。
西陵县市场监督管理局
二〇二六年四月十日"""

TRADITIONAL = """護航市市場監督管理局
行政處罰決定書
護市監處罰〔2026〕第0012號
當事人：護航示例貿易有限公司
法定代表人：張志強
經查，當事人於2026年2月銷售侵犯註冊商標專用權的手袋20個，違法經營額8000元。
以上事實有下列證據證明：1.現場筆錄；2.照片。
當事人的行為違反了《中華人民共和國商標法》第五十七條第（三）項的規定。
依據《中華人民共和國商標法》第六十條第二款的規定，決定處罰如下：1.沒收侵權手袋20個；2.罰款16000元。
如不服本決定，可自收到本決定書之日起六十日內申請行政復議。
護航市市場監督管理局
2026年4月20日"""

TABLE = """文号\t平市监处罚〔2026〕45号
当事人\t平岭县护航示例商贸有限公司
法定代表人\t贺知远
违法事实\t2026年2月起销售侵犯注册商标专用权的运动鞋30双，货值9000元。
处罚依据\t《中华人民共和国商标法》第六十条第二款
处罚内容\t罚款1.8万元；没收运动鞋30双
处罚机关\t平岭县市场监督管理局
处罚决定日期\t2026-04-20"""

OLD = """平知罚字（2026）第7号
平岭县知识产权局专利行政处罚决定书
被处罚人张铁柱，男，系平岭县五金市场摊主。
我局于2026年3月3日对被处罚人进行检查，发现其销售的锁具包装上印有“国家专利产品”字样。\
本局认为被处罚人的行为属于假冒专利。根据《中华人民共和国专利法》第六十八条，决定：\
一、责令改正并予公告；二、没收违法所得贰佰元；三、罚款伍佰元。
平岭县知识产权局  2026.4.20"""

RULING = """专利侵权纠纷行政裁决书
豫知裁字〔2026〕8号
请求人：云溪示例机电有限公司
被请求人：平岭示例绕线设备有限公司
请求人就实用新型专利侵权纠纷一案提出处理请求。
经审理查明：被控侵权产品落入保护范围。
本局认为，被请求人的行为构成侵权。依据《中华人民共和国专利法》第六十五条，裁决如下：
责令被请求人立即停止制造、销售侵权产品。
当事人不服的，可以自收到本裁决书之日起十五日内向人民法院起诉。
河南省知识产权局
2026年4月20日"""


@pytest.mark.parametrize("text", [SLIP, TRADITIONAL, TABLE, OLD, RULING])
def test_nothing_is_lost_and_nothing_stands_twice(text: str) -> None:
    reading = read_served(text)
    assert "".join(text[one.begin : one.end] for one in reading.stretches) == text


def test_a_slip_of_the_pen_hides_no_party() -> None:
    reading = read_served(SLIP)
    assert reading.party is not None
    assert (reading.party.name, reading.party.representative) == ("西陵县老周水果店", "周某")
    assert reading.zones["facts"].startswith("2026年3月1日本局接到举报")
    assert reading.zones["basis"].startswith("当事人的行为违反了")


def test_traditional_characters_are_read_and_stay() -> None:
    reading = read_served(TRADITIONAL)
    assert reading.party is not None
    assert (reading.party.name, reading.party.representative) == ("護航示例貿易有限公司", "張志強")
    assert reading.authority_name == "護航市市場監督管理局"
    assert reading.document_number == "護市監處罰〔2026〕第0012號"
    assert reading.cause is not None
    assert reading.cause.code == "TM-03"
    assert reading.ordered.fine_fen == 1_600_000
    assert reading.zones["remedy"].startswith("如不服本決定")


def test_a_table_pasted_as_text_has_its_zones() -> None:
    reading = read_served(TABLE)
    assert reading.zones["facts"].startswith("违法事实\t2026年2月起")
    assert reading.zones["basis"].startswith("处罚依据")
    assert reading.zones["penalty"].startswith("处罚内容\t罚款1.8万元")
    assert reading.ordered.fine_fen == 1_800_000


def test_an_old_form_without_headings_has_party_penalty_and_office() -> None:
    reading = read_served(OLD)
    assert reading.party is not None
    assert reading.party.name == "张铁柱"
    assert reading.authority_name == "平岭县知识产权局"
    assert reading.ordered.kinds == (PenaltyKind.FINE, PenaltyKind.CONFISCATE_GAINS)
    assert (reading.ordered.fine_fen, reading.ordered.confiscated_fen) == (50_000, 20_000)


def test_the_remedy_of_an_adjudication_is_found() -> None:
    reading = read_served(RULING)
    assert reading.kind is DecisionKind.ADJUDICATION
    assert reading.zones["remedy"].startswith("当事人不服的")


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("凤市监处罚【2026】 第 0187 号", "凤市监处罚【2026】第0187号"),
        ("凤市监处罚〔 2026 〕187号", "凤市监处罚〔2026〕187号"),
        ("凤市监处罚〔2O26〕l87号", "凤市监处罚〔2026〕187号"),
    ],
)
def test_a_number_is_read_with_blanks_and_slips(written: str, number: str) -> None:
    found = read_served(f"{written}\n当事人：平岭县示例五金商行（个体工商户）\n经营者：谭旺达\n经查，…")
    assert found.document_number == number
    is_said = any(field == "document_number" for field, _ in found.doubts)
    assert is_said is ("O" in written)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("平岭县示例五金商行（个体工商户）", "平岭县示例五金商行"),
        ("平岭县示例会计师事务所（普通合伙）", "平岭县示例会计师事务所（普通合伙）"),
    ],
)
def test_the_kind_of_business_is_no_part_of_a_traders_name(written: str, name: str) -> None:
    found = read_served(f"当事人：{written}\n经营者：谭旺达\n经查，…")
    assert found.party is not None
    assert found.party.name == name


@pytest.mark.parametrize(
    "signature",
    [
        "\n\n    平岭县市场监督管理局\n    2026 年 10 月 8 日\n",
        "\n平岭县市场监督管理局（印章）\n二〇二六年十月八日",
        "\n2026年10月8日",
        "\n平岭县市场监督管理局\n2026年10月8日\n（印章）\n（本文书一式两份，一份送达，一份归档。）\n",
    ],
)
def test_the_signature_is_no_part_of_the_last_zone(signature: str) -> None:
    body = "当事人：平岭县示例公司\n经查，当事人假冒专利。\n本局决定：罚款1000元。\n如不服本决定，可以申请行政复议。"
    found = read_served(body + signature)
    assert found.zones["remedy"] == "如不服本决定，可以申请行政复议。"
    assert found.zones["penalty"] == "本局决定：罚款1000元。"
    assert str(found.decided_on) == "2026-10-08"
    assert found.text[found.stretches[-1].end - 3 :] == (body + signature)[-3:]


LONG_SERIAL = """护航市示例区市场监督管理局
行政处罚决定书
沪示市监处〔2024〕152024003871号
当 事 人：示例国精密阀门有限公司护航代表处(Example Valve GmbH Huhang Representative Office)
首席代表：安德烈·霍夫曼
经查，当事人从事营利性活动，有审计报告（示会专审字〔2024〕第0226号）为证。
依据《外国企业常驻代表机构登记管理条例》第三十五条第二款的规定，作出如下处罚：罚款100000元。
护航市示例区市场监督管理局
2024年4月29日"""


def test_a_long_serial_and_a_name_in_its_own_letters_are_read() -> None:
    found = read_served(LONG_SERIAL)
    assert found.document_number == "沪示市监处〔2024〕152024003871号"
    assert found.party is not None
    assert (found.party.name, found.party.representative) == (
        "示例国精密阀门有限公司护航代表处",
        "安德烈·霍夫曼",
    )


def test_the_number_of_another_paper_is_not_taken_for_a_missing_one() -> None:
    found = read_served(LONG_SERIAL.replace("沪示市监处〔2024〕152024003871号\n", ""))
    assert found.document_number is None
    assert "document_number" in {field for field, _sentence in found.doubts}


@pytest.mark.parametrize(
    ("written", "name"), [("冼 健 棠，男", "冼健棠"), ("郜铁林(个体工商户，无字号名称)", "郜铁林")]
)
def test_a_name_is_read_without_what_stands_around_it(written: str, name: str) -> None:
    found = read_served(f"护市监处罚〔2026〕1号\n当事人：{written}\n经查，当事人销售假货。")
    assert found.party is not None
    assert found.party.name == name
