"""What scans make of digits, names of other nations, and what must stay: names of shops, numbers of licences."""

from __future__ import annotations

import datetime as dt

import pytest

from models.decisions.kinds import PartyKind
from models.decisions.names import private_names, without_private_names
from models.decisions.redaction.about import About
from models.decisions.redaction.detect import propose
from models.decisions.redaction.kinds import MarkKind

K = MarkKind
COMPANY = About(PartyKind.ORGANISATION, "平岭县护航示例商贸有限公司", "贺知远", dt.date(2026, 4, 20))


def found(text: str, about: About = COMPANY) -> list[tuple[MarkKind, str]]:
    return [(one.kind, text[one.begin : one.end]) for one in propose({"t": text}, about)["t"]]


@pytest.mark.parametrize(
    ("text", "kind", "stretch"),
    [
        ("电话：I38O951l234。", K.MOBILE_PHONE, "I38O951l234"),
        ("身份证号码：41O499l99211309712", K.IDENTITY_NUMBER, "41O499l99211309712"),
        ("转入其农行卡（6228 4800 1234 5678 913）", K.BANK_ACCOUNT, "6228 4800 1234 5678 913"),
        ("海员证号：RUS0654321", K.PASSPORT, "RUS0654321"),
        ("通过Kakao（ID：psh_box77）", K.ONLINE_ACCOUNT, "psh_box77"),
        ("负责人及电话：孔令强 3325678", K.LANDLINE, "3325678"),
    ],
)
def test_a_number_is_found_as_a_scan_or_a_bureau_writes_it(text: str, kind: MarkKind, stretch: str) -> None:
    assert (kind, stretch) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "注册号：410499600123456，",
        "营业执照注册号410499600123456",
        "型号SO1O2O3O4O5L",
        "报关单号：422920260000123456",
    ],
)
def test_a_number_of_a_licence_or_a_model_stays(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("当事人的员工沙马伍来、曲比尔布的证言", "沙马伍来"),
        ("当事人的员工沙马伍来、曲比尔布的证言", "曲比尔布"),
        ("向牧民其其格、额尔敦朝鲁等3人销售", "额尔敦朝鲁"),
        ("吉木子石（另案处理）的交代材料", "吉木子石"),
        ("吉克阿果之妹吉克阿依留置送达", "吉克阿依"),
        ("理货员曲波在查验记录上签名", "曲波"),
        ("与美国消费者John A. Smith沟通", "John A. Smith"),
        ("运营人员Nguyễn Thị Mai负责上架", "Nguyễn Thị Mai"),
        ("与其助手佐藤美咲（日本籍）认为", "佐藤美咲"),
        ("收款码户名“*小彤”，", "*小彤"),
        ("其子曲向阳任销售总监", "曲向阳"),
        ("到覃有福的印刷店取货", "覃有福"),
    ],
)
def test_people_are_found_however_they_are_named(text: str, name: str) -> None:
    assert (K.PERSON_NAME, name) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "请求人SHIMANO EXAMPLE株式会社称",
        "连知法处字[2017]6号",
        "非社员农产品不超过合作社总额",
        "不得影响住宅小区相邻业主的通行",
        "适合8至10岁儿童的玩具",
    ],
)
def test_companies_and_ordinary_words_stay(text: str) -> None:
    assert found(text) == []


def test_days_of_children_in_a_register_are_found_but_not_those_of_signatures() -> None:
    kinds = found("学员花名册：程小果 2017.05.06；签收：程小雨 2026.04.02")
    assert [stretch for kind, stretch in kinds if kind is K.MINOR] == ["2017.05.06"]


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("袋上印有“王守义十三香”注册商标。", []),
        ("“王守义十三香”商标属于示例王守义十三香集团有限公司，王守义说不知道。", [27]),
        # The name alone may be the person, and what isn't called a brand isn't one.
        ("袋上印有“王守义”商标。", [5]),
        ("店员说：“王守义在场”，牌子是旧的。", [5]),
        ("王守义的“十三香”商标。", [0]),
    ],
)
def test_an_operators_name_stays_within_a_brand_that_is_more_than_it(text: str, masked: list[int]) -> None:
    about = About(PartyKind.SOLE_TRADER, "柳巷区小王烧饼铺", "王守义")
    found = propose({"t": text}, about, known=[(K.PARTY_NAME, "王守义")])["t"]
    assert [one.begin for one in found] == masked


def test_a_shop_keeps_the_name_that_is_its_operators() -> None:
    shop, operator = "柳巷区王守义烧饼铺", "王守义"
    text = "王守义烧饼铺由王守义经营，柳巷区王守义烧饼铺于2019年开业。"
    about = About(PartyKind.SOLE_TRADER, shop, operator)
    names = [(K.PARTY_NAME, name) for name, _public in about.private_names]
    assert [one.begin for one in propose({"t": text}, about, known=names)["t"]] == [7]
    public = without_private_names(text, shop, PartyKind.SOLE_TRADER, operator)
    assert public == "王守义烧饼铺由王某经营，柳巷区王守义烧饼铺于2019年开业。"


def test_the_last_part_of_a_dotted_name_gives_way_too() -> None:
    served = "胡西塔尔·赛力克"
    assert [name for name, _ in private_names(served, PartyKind.PERSON, None)] == [served, "赛力克"]
    public = without_private_names(f"{served}称，赛力克未到场。", served, PartyKind.PERSON, None)
    assert public == "胡某称，胡某未到场。"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "3.对沙马日火、税文博、河野健太郎的询问笔录各一份，证明货物来源；",
            ["沙马日火", "税文博", "河野健太郎"],
        ),
        ("（3）询问笔录：贺知远三次，阿尔伍呷、能古拉各一次；", ["阿尔伍呷", "能古拉"]),
        ("雷明原、占先军\n的调查笔录，证明运输经过。", ["雷明原", "占先军"]),
        ("2.伊力·帕塔尔与练子豪的询问笔录", ["伊力·帕塔尔", "练子豪"]),
    ],
)
def test_whoever_was_heard_is_a_person_of_whatever_family(text: str, names: list[str]) -> None:
    assert [stretch for kind, stretch in found(text) if kind is K.PERSON_NAME] == names


@pytest.mark.parametrize(
    "text",
    [
        "当事人、本局执法人员的询问笔录",
        "上述事实，有现场笔录、询问笔录、照片为证。",
        "2.对当事人法定代表人贺知远的询问笔录二份",
        "对仓库管理人员的询问笔录一份",
        "对公司销售的询问笔录",
        "执法人员依法对涉案商品和相关单据予以扣押，制作现场检查笔录和询问笔录。",
        "有专利登记簿副本、包装照片和询问笔录证明。",
        "对涉案商品、现场的调查笔录",
    ],
)
def test_a_row_without_names_names_nobody(text: str) -> None:
    assert [stretch for kind, stretch in found(text) if kind is K.PERSON_NAME] == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("货款转至降央卓玛的建设银行卡。", "降央卓玛"),
        ("6月3日晚，罗洪木果与司机一起到场。", "罗洪木果"),
        ("店长阿尔伍呷在场配合。", "阿尔伍呷"),
        ("由翻译帕提古丽·买买提全程翻译。", "帕提古丽·买买提"),
        ("交由店员热孜亚、依布拉音·玉苏甫粘贴。", "依布拉音·玉苏甫"),
        ("外聘技师伊万·谢尔盖耶维奇·科瓦廖夫负责。", "伊万·谢尔盖耶维奇·科瓦廖夫"),
        ("其兄税明光提交了材料。", "税明光"),
        ("在由其女婿丁勇签字的单据上。", "丁勇"),
        ("社区网格员欧阳慧作为见证人签字。", "欧阳慧"),
    ],
)
def test_names_of_other_nations_and_rare_families(text: str, name: str) -> None:
    assert (K.PERSON_NAME, name) in found(text)


@pytest.mark.parametrize(
    ("text", "kind", "stretch"),
    [
        ("护照号码：C7XK4M29F）", K.PASSPORT, "C7XK4M29F"),
        ("的账户（蒙商银行，6229 78 0000 1163 5508）", K.BANK_ACCOUNT, "6229 78 0000 1163 5508"),
        ("联系电话：0479 - 8260 147", K.LANDLINE, "0479 - 8260 147"),
        ("发到其QQ（280 417 7735）", K.ONLINE_ACCOUNT, "280 417 7735"),
        ("从会员名为“示例袜业小余2018”的卖家处购进", K.ONLINE_ACCOUNT, "示例袜业小余2018"),
        ("当事人说自己股骨头坏死，请求从轻。", K.HEALTH, "股骨头坏死"),
        ("举报人系当事人的前流程专员，", K.REPORT_CLUE, "举报人系当事人的前流程专员"),
    ],
)
def test_what_bureaus_write_in_their_own_ways(text: str, kind: MarkKind, stretch: str) -> None:
    assert (kind, stretch) in found(text)
