"""Manners of writing of other bureaus: broken lines, tables, papers from abroad, rare names. All people are invented."""

from __future__ import annotations

import datetime as dt

import pytest

from models.decisions.kinds import PartyKind
from models.decisions.redaction.about import About
from models.decisions.redaction.detect import propose
from models.decisions.redaction.kinds import MarkKind, Risk

K = MarkKind
COMPANY = About(PartyKind.ORGANISATION, "平岭县护航示例商贸有限公司", "贺知远", dt.date(2026, 4, 20))
ABROAD = About(PartyKind.ORGANISATION, "護航示例貿易有限公司", "張志強", dt.date(2026, 4, 20))


def found(text: str, about: About = COMPANY) -> list[tuple[MarkKind, str]]:
    return [(one.kind, text[one.begin : one.end]) for one in propose({"t": text}, about)["t"]]


@pytest.mark.parametrize(
    ("text", "kind", "stretch"),
    [
        ("门店内有未成年人严某某（15岁）帮忙，", K.MINOR, "严某某（15岁）"),
        ("家中有6岁儿子需要照看", K.MINOR, "6岁儿子"),
        ("抚养两个年幼子女，", K.MINOR, "两个年幼子女"),
        ("家有一个上幼儿园的孩子，", K.MINOR, "一个上幼儿园的孩子"),
        ("孙子（白石镇中心小学二年级）", K.MINOR, "白石镇中心小学二年级"),
        ("系平岭县第三中学高一学生，", K.MINOR, "系平岭县第三中学高一学生"),
        ("长女乔某，9岁，", K.MINOR, "乔某，9岁"),
        ("学生公孙朔（高一，16岁）", K.MINOR, "高一"),
    ],
)
def test_a_child_is_found_with_what_it_is_called(text: str, kind: MarkKind, stretch: str) -> None:
    assert (kind, stretch) in found(text)


@pytest.mark.parametrize(
    ("text", "kind", "stretch"),
    [
        ("身份证号：4104\n99199211309712，", K.IDENTITY_NUMBER, "4104\n99199211309712"),
        ("电话：1386\n  0181590", K.MOBILE_PHONE, "1386\n  0181590"),
        ("2026年1月12日，我局执法人员解\n文涛、覃雪梅", K.PERSON_NAME, "解\n文涛"),
        ("2026年1月12日，本局询问了证人覃雪\n梅，", K.PERSON_NAME, "覃雪\n梅"),
    ],
)
def test_what_stands_on_two_lines_is_found(text: str, kind: MarkKind, stretch: str) -> None:
    assert (kind, stretch) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "数量：1380\n18159元",
        "法定代表人：贺知远\n权利人云溪示例有限公司称",
        "送达地址：平岭县建设路88号\n平岭县市场监督管理局\n2026年4月20日",
        "平岭县市场监督管理局\n行政处罚决定书\n当事人：平岭县护航示例商贸有限公司\n法定代表人：贺知远",
    ],
)
def test_lines_that_end_where_something_ends_are_not_put_together(text: str) -> None:
    assert found(text) == []


def test_a_name_at_the_end_of_its_own_line_takes_nothing_from_the_next() -> None:
    assert found("联系人：陈伟\n本局地址不变") == [(K.PERSON_NAME, "陈伟")]


def test_two_names_on_two_lines_stay_two() -> None:
    assert found("办案人员：陈伟\n李敏") == [(K.PERSON_NAME, "陈伟"), (K.PERSON_NAME, "李敏")]


@pytest.mark.parametrize(
    ("text", "kind", "stretch"),
    [
        ("香港身份证：A123456(3)，", K.PASSPORT, "A123456(3)"),
        ("香港居民身份證號碼 AB987654（3）", K.PASSPORT, "AB987654（3）"),
        ("持有A123456789号身份证", K.PASSPORT, "A123456789"),
        ("护照No. C7654321，", K.PASSPORT, "C7654321"),
        ("WhatsApp：+852 9123 4567，", K.MOBILE_PHONE, "+852 9123 4567"),
        ("电话+886-912-345-678", K.MOBILE_PHONE, "+886-912-345-678"),
        ("办公室(852) 2345 6789，", K.LANDLINE, "(852) 2345 6789"),
        ("采购经理Peter Wong称", K.PERSON_NAME, "Peter Wong"),
        ("股东CHAN TAI MAN，持", K.PERSON_NAME, "CHAN TAI MAN"),
        ("设计师Jean-Paul Müller提供图纸", K.PERSON_NAME, "Jean-Paul Müller"),
        ("LE VAN TAM（越南籍）", K.PERSON_NAME, "LE VAN TAM"),
        ("證人張國華稱", K.PERSON_NAME, "張國華"),
        ("林美玲，台湾居民，", K.PERSON_NAME, "林美玲"),
    ],
)
def test_people_from_abroad_have_papers_and_names_of_their_own(
    text: str, kind: MarkKind, stretch: str
) -> None:
    assert (kind, stretch) in found(text)


def test_traditional_characters_name_the_same_public_people() -> None:
    assert found("護航示例貿易有限公司，法定代表人：張志強，", ABROAD) == []
    assert found("證人陳偉國稱屬實", ABROAD) == [(K.PERSON_NAME, "陳偉國")]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("检验员代国英、顾恺，报告", "代国英"),
        ("检验员代国英、顾恺，报告", "顾恺"),
        ("审理员：支海燕", "支海燕"),
        ("法制审核：应如是；", "应如是"),
        ("协办：石一宁；", "石一宁"),
        ("技术调查官水庆霞参加口头审理", "水庆霞"),
        ("由店主丈夫勇恰东经手", "勇恰东"),
        ("当事人之妹容妙婷在场陪同", "容妙婷"),
        ("协会秘书长濮存义说", "濮存义"),
        ("权利人委托戚薇出具的《鉴定意见书》", "戚薇"),
        ("招牌是请计春华做的", "计春华"),
        ("| 1 | 燕小六 | 客服 | 15535101234 |", "燕小六"),
        ("燕小六 15535101234", "燕小六"),
        ("由其雇用的阿依古丽·艾山、买买提配合检查", "阿依古丽·艾山"),
        ("驾驶人丹增罗布。", "丹增罗布"),
        ("种植户冼亚弟、吉阿花", "冼亚弟"),
        ("鉴定人苻坚白、云中鹤出具", "云中鹤"),
    ],
)
def test_names_in_lists_labels_and_cells_are_found(text: str, name: str) -> None:
    assert (K.PERSON_NAME, name) in found(text)


@pytest.mark.parametrize(
    ("text", "kind", "stretch"),
    [
        ("微信昵称“阿炳”，号码abing_yw668，", K.ONLINE_ACCOUNT, "abing_yw668"),
        ("微博@湘云醉眠）", K.ONLINE_ACCOUNT, "湘云醉眠"),
        ("Telegram：seller_88，", K.ONLINE_ACCOUNT, "seller_88"),
        ("在平岭县御河丽景15-2-1801家中查获", K.HOME_ADDRESS, "平岭县御河丽景15-2-1801"),
        ("孙某，男，62岁，", K.BIRTH_DATE, "62岁"),
        ("投诉单（编号：1410400002026010512345678）", K.REPORT_CLUE, "1410400002026010512345678"),
        ("系尘肺病患者，", K.HEALTH, "尘肺病患者"),
        ("其公公瘫痪，", K.HEALTH, "瘫痪"),
        ("产后抑郁正在治疗，", K.HEALTH, "产后抑郁"),
        ("其父视力二级残疾，", K.HEALTH, "视力二级残疾"),
        ("因急性肾盂肾炎住院，", K.HEALTH, "急性肾盂肾炎"),
        ("个人银行卡（6210 9760 0012 3456，示例银行）", K.BANK_ACCOUNT, "6210 9760 0012 3456"),
        (
            "工作站接展商北欧示例家居股份有限公司现场投诉，",
            K.REPORT_CLUE,
            "接展商北欧示例家居股份有限公司现场投诉",
        ),
        ("根据县农技站干部王明哲提供的线索，", K.REPORT_CLUE, "王明哲提供的线索"),
    ],
)
def test_more_of_what_tells_who_somebody_is(text: str, kind: MarkKind, stretch: str) -> None:
    assert any(one is kind and stretch in words for one, words in found(text))


@pytest.mark.parametrize(
    "text",
    [
        "委托报关行申报出口电动工具",
        "住所：云溪市江阳路二段318号",
        "手镯从剑河购进，",
        "提供了上家线索，“示例杉”牌练习本（10本）",
        "住所：云溪市张杨路1001弄2号",
        "卡由示例邮储银行开立",
        "直接投诉，承接投诉，",
        "执法证号：16040010023、16040010047。",
        "员工培训、考核，工人工资、奖金，客户关系、口碑，店员两名，",
        "| 序号 | 商品 | 单价 | 金额 |\n| 1 | 保温杯 | 39.9 | 4788.00 |",
        "商品 数量 单价 金额\n保温杯 120 39.9 4788.00",
        "型号A123456(2)，订单号A1234567890，",
        "品牌Peter Rabbit，权利人MAKESA CORPORATION，",
        "系统瘫痪，服务器瘫痪，对糖尿病有效，",
        "保质期18个月，使用年限25年，",
        "审核：通过；结论：合格；数量：二十；",
        "负责人员的培训，证人证言、书证，",
    ],
)
def test_ordinary_writing_is_left_alone(text: str) -> None:
    assert found(text) == []


def test_a_table_with_numbers_of_people_blocks_and_one_without_is_for_review() -> None:
    def risks(text: str) -> set[Risk]:
        return {one.risk for one in propose({"t": text}, COMPANY)["t"] if one.kind is K.PERSON_NAME}

    assert risks("| 1 | 燕小六 | 15535101234 |") == {Risk.BLOCKING}
    assert risks("| 1 | 燕小六 | 客服 |") == {Risk.REVIEW}
