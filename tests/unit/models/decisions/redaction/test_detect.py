"""What is found in texts of decisions, and what must be left alone. All people and numbers are invented."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.decisions.kinds import PartyKind
from models.decisions.redaction.about import About
from models.decisions.redaction.detect import blocking, propose
from models.decisions.redaction.kinds import MarkKind, Risk, Why
from models.decisions.redaction.proposals import Proposal

K = MarkKind
COMPANY = About(PartyKind.ORGANISATION, "平岭县护航示例商贸有限公司", "贺知远", dt.date(2026, 4, 20))
PERSON = About(PartyKind.PERSON, "何秀兰", "", dt.date(2026, 4, 20))


def found(text: str, about: About = COMPANY) -> list[tuple[MarkKind, str]]:
    return [(one.kind, text[one.begin : one.end]) for one in propose({"text": text}, about)["text"]]


def risks(text: str, about: About = COMPANY) -> set[Risk]:
    return {one.risk for one in propose({"text": text}, about)["text"]}


@pytest.mark.parametrize(
    ("text", "kind", "stretch"),
    [
        ("身份证号：4104**********1234。", K.IDENTITY_NUMBER, "4104**********1234"),
        ("身份证号码：**************1234，", K.IDENTITY_NUMBER, "**************1234"),
        ("座机2943567，", K.LANDLINE, "2943567"),
        ("电话(0371)66554433", K.LANDLINE, "(0371)66554433"),
        ("联系电话：６６５５４４３３", K.LANDLINE, "６６５５４４３３"),
        ("车牌号：豫D·1**45", K.PLATE, "豫D·1**45"),
        ("其账号为62284800001234567", K.BANK_ACCOUNT, "62284800001234567"),
        ("见证人 王 明 签字", K.PERSON_NAME, "王 明"),
        ("证人李向东说明了情况", K.PERSON_NAME, "李向东"),
        ("证人李敏向当事人说明", K.PERSON_NAME, "李敏"),
        ("办案人员：欧阳靖、司空曙。", K.PERSON_NAME, "司空曙"),
        ("根据李某邻居张桂芳的举报，", K.REPORT_CLUE, "根据李某邻居张桂芳的举报"),
        ("其女儿时年十二岁，", K.MINOR, "时年十二岁"),
        ("员工患有糖尿病，", K.HEALTH, "患有糖尿病"),
    ],
)
def test_what_tells_of_a_person_is_found(text: str, kind: MarkKind, stretch: str) -> None:
    assert (kind, stretch) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "平市监处罚〔2026〕13800138号",
        "统一社会信用代码：913301002539161853",
        "商标注册证第12345678号，商标注册号为1234567，",
        "当事人销售额为2943567元，其中2025年为66554433元。",
        "住所（经营场所）：平岭县建设路88号3号楼2单元501室",
        "执法人员依法向当事人送达，办案人员于3月1日到场，消费者高度关注。",
        "员工安全培训，会计成本核算，客户关系管理，司机任务单。",
        "宣称可治疗糖尿病，对患有高血压的人群有疗效。",
        "适合3岁以上儿童，《中华人民共和国未成年人保护法》。",
        "证人王某、李某某、张**",
        "身份证号：******************，电话：***",
        "依据《市场监督管理投诉举报处理办法》第十五条",
    ],
)
def test_what_does_not_is_left_alone(text: str) -> None:
    assert [one for one in found(text) if one] == []


def test_a_seat_is_public_of_a_company_and_private_of_a_person() -> None:
    text = "住所：平岭县永宁乡大王庄1组9号，"
    assert found(text) == []
    assert found(text, PERSON) == [(K.HOME_ADDRESS, "平岭县永宁乡大王庄1组9号")]


def test_who_stands_for_a_company_is_public() -> None:
    assert found("法定代表人贺知远到场，现场负责人：贺知远，") == []


def test_a_name_found_once_is_found_in_every_text() -> None:
    texts = {"facts": "证人陈伟国称属实。", "evidence": "陈伟国的询问笔录"}
    assert [one.kind for one in propose(texts, COMPANY)["evidence"]] == [K.PERSON_NAME]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("我局对方志诚进行了询问", "方志诚"),  # 对方 is a word, 方志诚 is not
        ("货物由孟宪军（系当事人的表弟）签收", "孟宪军"),
        ("经辨认，顾大山确认照片属实", "顾大山"),
        ("与赵丽萍签订租赁合同", "赵丽萍"),
        ("其表哥祝长福的账户", "祝长福"),
        ("姓名：欧阳若兰，性别：女", "欧阳若兰"),
        ("摊主胡定邦在旁边", "胡定邦"),
        ("向段*航购买", "段*航"),
    ],
)
def test_a_name_without_a_role_is_told_by_what_stands_around_it(text: str, name: str) -> None:
    (one,) = propose({"t": text}, COMPANY)["t"]
    assert (text[one.begin : one.end], one.kind, one.risk) == (name, K.PERSON_NAME, Risk.BLOCKING)


@pytest.mark.parametrize(
    "text",
    [
        "对方提供了票据，应当及时改正，金额准确，方法得当",
        "当事人从云溪市示例向阳实业有限公司购进白酒",
        "在委托范围内以委托机关的名义",
        "程序正当，高于市场价格销售，张贴公告，成立专班",
        "与原注册人签订许可合同，经常居所不明",
    ],
)
def test_ordinary_words_that_begin_with_a_family_name_are_none(text: str) -> None:
    assert [text[one.begin : one.end] for one in propose({"t": text}, COMPANY)["t"]] == []


def test_a_name_with_a_dot_may_be_a_brand_and_is_for_review() -> None:
    assert risks("向买买提·艾力购买") == {Risk.REVIEW}


def test_numbers_of_offices_are_for_review_only() -> None:
    assert risks("本局咨询电话：0375-2943000") == {Risk.REVIEW}
    assert risks("罚款缴至平岭县财政局罚没专户，账号：41001234567890123456") == {Risk.REVIEW}


def test_a_report_without_a_name_and_one_of_a_company_are_for_review() -> None:
    assert risks("接群众举报，") == {Risk.REVIEW}
    assert risks("根据示例知识产权服务有限公司投诉，") == {Risk.REVIEW}


def test_known_words_are_found_however_they_are_spaced() -> None:
    found_in = propose({"t": "经查，钱 小 满曾到店。"}, COMPANY, known=[(K.FILER, "钱小满")])["t"]
    assert found_in == [Proposal(3, 8, K.FILER, found_in[0].why)]


_DIGITS = st.text("0123456789", min_size=8, max_size=8)
_FORMS = st.sampled_from(["{}", "{} ", "：{}。", "（{}）", "，{}；"])
_WIDTHS = st.sampled_from([str, lambda s: "".join(chr(ord(c) + 0xFEE0) if "!" < c < "~" else c for c in s)])
_JOINS = st.sampled_from(["", " ", "-", "\u3000", "\u200b"])


@given(
    st.sampled_from(["13", "15", "17", "18", "19"]),
    _DIGITS,
    st.sampled_from("0123456789"),
    _FORMS,
    _WIDTHS,
    _JOINS,
)
def test_a_mobile_number_is_found_in_any_dress(
    prefix: str, digits: str, digit: str, form: str, widen: Callable[[str], str], join: str
) -> None:
    number = f"{prefix}{digit}{digits}"
    dressed = widen(join.join((number[:3], number[3:7], number[7:])))
    text = "经查" + form.format(dressed) + "当事人"
    covered = {at for one in blocking(text, COMPANY) for at in range(one.begin, one.end)}
    begin = text.index(dressed)
    assert set(range(begin, begin + len(dressed))) <= covered


@given(st.text("证人举报现住电话0123456789*张王李，。：身份证号 〔〕", max_size=120))
def test_proposals_are_in_order_and_share_no_character(text: str) -> None:
    proposals = propose({"t": text}, COMPANY)["t"]
    assert all(0 <= one.begin < one.end <= len(text) for one in proposals)
    assert all(a.end <= b.begin for a, b in pairwise(proposals))


def test_of_two_signs_the_one_that_says_more_is_told() -> None:
    (name,) = propose({"t": "证人陈伟国称属实"}, COMPANY)["t"]
    assert name.why is Why.ROLE_OF_PERSON


@pytest.mark.parametrize(
    ("text", "kind", "stretch"),
    [
        ("供货商示例水泵厂（法定代表人：孟长河）供货。", K.PERSON_NAME, "孟长河"),
        ("经营者何大勇之妻柳秀兰在店内。", K.PERSON_NAME, "柳秀兰"),
        ("由当事人财务人员邓晓琴通过银行转款。", K.PERSON_NAME, "邓晓琴"),
        ("购买者中有学生邹小满（13岁）。", K.PERSON_NAME, "邹小满"),
        ("就读于平岭县第二小学五年级。", K.MINOR, "就读于平岭县第二小学五年级"),
        ("证人买买提·艾力称其购买。", K.PERSON_NAME, "买买提·艾力"),
        ("外籍人员ANDREW MILLER（护照号：G61234567）到场。", K.PERSON_NAME, "ANDREW MILLER"),
        ("微信昵称“老谭五金”的人下单。", K.ONLINE_ACCOUNT, "老谭五金"),
        ("淘宝旺旺“平岭小铺01”发货。", K.ONLINE_ACCOUNT, "平岭小铺01"),
        ("QQ群号：876543210。", K.ONLINE_ACCOUNT, "876543210"),
        ("小灵通2971668。", K.LANDLINE, "2971668"),
        ("通过12315平台（单号1410400002026010512345678）反映。", K.REPORT_CLUE, "1410400002026010512345678"),
        ("曾广文，男，1985年4月出生。", K.BIRTH_DATE, "1985年4月出生"),
        ("王秀珍，女，一九六五年十二月三十日出生。", K.BIRTH_DATE, "一九六五年十二月三十日出生"),
        ("其女二〇一二年五月一日生，", K.MINOR, "二〇一二年五月一日生"),
    ],
)
def test_what_still_tells_who_somebody_is(text: str, kind: MarkKind, stretch: str) -> None:
    assert (kind, stretch) in found(text)


def test_who_stands_for_the_party_stays_and_an_unknown_one_is_for_a_person_to_say() -> None:
    text = "法定代表人：贺知远。"
    assert found(text) == []
    assert risks(text, About(PartyKind.ORGANISATION, "平岭县护航示例商贸有限公司")) == {Risk.REVIEW}
    trader = About(PartyKind.SOLE_TRADER, "平岭县老谭五金店", "谭永福")
    assert risks("供货方经营者：孟长河。", trader) == {Risk.BLOCKING}


@pytest.mark.parametrize(
    "text",
    [
        "经本局负责人批准，延长办案期限。",
        "当事人的法定代表人变更登记。",
        "商标“老谭”与微信支付“扫码”标识近似。",
        "MADE IN CHINA，2024年5月生产。",
    ],
)
def test_ordinary_words_near_them_are_left_alone(text: str) -> None:
    assert found(text) == []
