"""A person's age, health and day of birth, and words that tell of business secrets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from models.decisions.redaction.about import About
from models.decisions.redaction.kinds import MarkKind, Risk, Why
from models.decisions.redaction.proposals import Proposal
from models.decisions.redaction.width import alike

_FULL_AGE = 18
_YOUNGEST = 3  # of whom a school has registered; a later day is that of a signature
_HAN_NUMBERS = {
    **{sign: value for value, sign in enumerate("零一二三四五六七八九")},
    **{
        f"十{sign}" if sign != "零" else "十": 10 + value for value, sign in enumerate("零一二三四五六七八九")
    },
}
_AGE = re.compile(
    r"(?<![\d\-~至到第])(?<!适合)(?<!适用)(?:年仅|时年|现年|(?<!平均)年龄|未满|不满|刚满|年满|满)?\s*[:]?\s*"
    r"(?P<years>\d{1,2}|十[一二三四五六七八九]?|[一二三四五六七八九])\s*周?岁(?!以上|以下|以内|及|至|到|-|~|儿童|婴|幼|\+)"
    r"(?:的)?(?:大女儿|小女儿|女儿|大儿子|小儿子|儿子|孩子|小孩|孙子|孙女|外孙女?|外甥女?|侄子|侄女|男孩|女孩|男童|女童|学生)?"
)
_MINOR = re.compile(
    r"(?<!《)(?<!中华人民共和国)(?<!向)(?<!对)(?<!禁止)(?<!周岁)(?:系|是|为|属于|属)?未成年(?:人|子女|工)?(?!人?保护)(?!人?检察)(?!人?的?个人信息)(?!人?的父母或者)(?!人?的询问)"
    r"|(?:系|是|为)?[^,;。\n()、:]{2,14}?(?:中学|学校|附中|一中|二中|三中)[初高][一二三](?:年级)?(?:的)?(?:学生|在校生)?"
    r"|(?<=[系为是均])\d{1,2}(?:周?岁)?(?:至|到|-|~)\d{1,2}周?岁的?(?:儿童|学生|学员|孩子|小孩|少年)"
    r"|(?:[一二两三四五1-9]个|[一两]名|多个)?(?:(?:年幼|幼小|年少|学龄前|未成年|嗷嗷待哺)的?|(?:上|读|念|在上|在读)(?:小学|幼儿园|初中|高中)的?)(?:子女|孩子|儿女|小孩|女儿|儿子|孙子|孙女)"
)
# Only texts that name a school are looked through for pupils.
_SCHOOL = re.compile(r"小学|中学|初中|高中|幼儿园|学校|附中|[一二三]中|[初高][一二三]|小学[一二三四五六]")
_PUPIL = re.compile(
    r"(?<=[(,])(?:小学|初|高)[一二三四五六](?:年级)?(?=[,)])"
    r"|就读于?[^,;。\n]{2,16}?(?:小学|初中|高中|中学|幼儿园)(?:[一二三四五六初高大中小]{1,2}(?:年级|班)?)?(?:[(]?[\d一二三四五六七八九十]{1,2}[)]?班)?"
    r"|(?:系|是|为)?[^,;。\n()、:]{2,14}?(?:小学|中学|幼儿园|学校)(?:[一二三四五六1-6初高大中小]{1,2}(?:年级|班))(?:[\d一二三四五六七八九十()]{1,4}班)?(?:的)?(?:学生|在校生)?"
    r"|(?:系|是|为)[^,;。\n]{0,10}(?:小学|初中|高中|中学)(?:[一二三四五六]年级)?(?:的)?(?:在校)?(?:学生|生)"
)
# 小雨（化名，11岁）, 邹某某（15岁）: what a child is called goes with its age.
_CHILD_BEFORE = re.compile(
    r"(?P<it>(?:(?<![\u4e00-\u9fa5])|(?<=[者生童人年孩]))[小阿][\u4e00-\u9fa5]{1,2}|[\u4e00-\u9fa5]某{1,2})\((?:化名|男|女|系|[, ])*$"
    r"|(?P<apart>[\u4e00-\u9fa5]某{1,2}),(?:化名|男|女|系|[, ])*$"
)
# An age tells who somebody is as a day of birth does: 男，62岁; 现年62岁.
_OF_A_PERSON = re.compile(
    r"[男女],?\s*(?:年龄|现年)?\s*:?\d+\s*周?岁|(?:现年|时年|(?<!平均)年龄)\s*:?\s*\d+\s*周?岁$"
)
_BORN = re.compile(
    r"(?P<year>(?:19|20)\d{2})(?:年|-|\.|/)(?P<month>\d{1,2})(?:月|-|\.|/)(?P<day>\d{1,2})日?(?:出?生)(?!产|效)"
    r"|(?P<year3>(?:19|20)\d{2})年(?:\d{1,2}月)?(?:出生|生人)(?!产|效)"
    r"|(?:出生日期|出生年月日|出生年月|出生时间|出生于|生于|生日)\s*[:为]?\s*(?P<year2>(?:19|20)\d{2})(?:年|-|\.|/)\d{1,2}(?:月|-|\.|/)?(?:\d{1,2}日?)?"
)
# 程小果 2017.05.06, in a register of children: the day beside a name.
_OF_CHILDREN = re.compile(r"学员|学生|儿童|幼儿|家长|花名册")
_DAY_BESIDE_A_NAME = re.compile(
    r"(?<=[\u4e00-\u9fa5])[ ,(|:]{1,3}(?P<it>(?P<year>20\d{2})(?:年|-|\.|/)\d{1,2}(?:月|-|\.|/)\d{1,2}日?)(?=[ ,)|;。\n]|$)"
)
# 一九七九年十月二日生, as older papers write it.
_BORN_IN_HAN = re.compile(
    r"(?P<year>[一二][零〇○一二三四五六七八九]{3})年[一二三四五六七八九十]{1,2}月(?:[一二三四五六七八九十]{1,3}日)?(?:出?生)(?!产|效)"
)
_DIGITS = str.maketrans("零〇○一二三四五六七八九", "000123456789")
_ILLNESS = re.compile(
    r"(?:身患|患有|罹患|(?<!隐)(?<!后)患(?!者|处|儿|病率|难|得患失)|确诊(?:为|患)?|诊断(?:为|患有)|感染(?:了)?|查出(?:患有)?|因患)[^,;。\n]{0,16}?(?:病|症|癌|炎|瘤|瘫痪|梗|中风|突出|骨折|衰竭|结石|障碍|偏瘫|失明|失聪|血压|血糖|抑郁|艾滋|HIV|肝)(?:[炎病症癌]|病毒)*(?:患者|晚期|早期)?"
    r"|(?:系|是|为|有|得了?)[^,;。\n]{0,6}(?:病|症|癌)(?:患者|病人|病史|晚期)"
    r"|(?<!导致)(?<!系统)(?<!网络)(?<!服务器)(?<!交通)(?<!平台)(?:瘫痪|卧病|卧床|植物人)(?:在床|不起)?|产后抑郁(?:症)?|低保(?:户|证|家庭|对象)|特困(?:户|人员)"
    r"|(?:肢体|视力|听力|智力|精神|言语|多重)残疾(?:人证|证|人|[一二三四]级)?|残疾(?:人证|证|人|[一二三四]级)|(?:肢体|视力|听力|智力|精神|言语)[一二三四]级残疾|(?:一|二|三|四)级(?:肢体|视力|听力|智力|精神)残疾"
    r"|(?:怀孕|妊娠|流产)(?:[一二三四五六七八九十\d]+个?(?:月|周))?|(?:精神病|艾滋病|抑郁症|尿毒症|癌症|乙肝|白血病)(?:患者|病史|晚期)"
    r"|(?:因病|因[^,;。\n]{1,10}(?:病|症|炎|癌)|因[^,;。\n]{1,8}手术|因[^,;。\n]{1,6}骨折)(?:住院|休养|治疗)|住院治疗|正在(?:化疗|透析)"
)
# Of somebody who is spoken of: 说自己股骨头坏死, 其丈夫因矽肺病去世, 老人因耳聋.
_OF_SOMEBODY = re.compile(
    r"(?:(?:因|自己|本人|其(?:父|母|父亲|母亲|丈夫|妻子|子|女)?|老人|家人|[父母]亲|丈夫|妻子)[^,;。\n]{0,6}?)"
    r"(?P<it>(?:(?![年月日患有诊断因])[\u4e00-\u9fa5]){0,4}(?:坏死|包虫病|缺乏症|[矽尘]肺病?|尿毒症|耳聋|聋哑|中风|半身不遂|脑梗死?|心梗|糖尿病|肝硬化|白血病|癫痫|[\u4e00-\u9fa5]癌)"
    r"(?:[^,;。\n]{0,12}?(?:手术|去世|病故|住院|治疗|透析|化疗|卧床))?)"
)
_OF_A_PRODUCT = re.compile(
    r"治疗|疗效|适用于|适合|宣称|宣传|功效|预防|可治|缓解|标注|人群|产品|药品|食品|患者使用|广告|对$"
)
_SECRETS = re.compile(
    r"(?:客户名单|供货商名单|供应商名单|生产配方|产品配方|工艺参数|技术参数|技术图纸|源代码|进货底价|成本构成)(?:为|包括|如下|:)?"
)


def find_conditions(text: str, about: About) -> Iterator[Proposal]:
    """Minors, illness and days of birth in `text`, and for review what may be a secret of business."""
    half = alike(text)
    yield from _ages(half)
    for match in _BORN.finditer(half):
        yield _born(match, int(match["year"] or match["year2"] or match["year3"]), about)
    for match in _BORN_IN_HAN.finditer(half):
        yield _born(match, int(match["year"].translate(_DIGITS)), about)
    if about.decided_on and _OF_CHILDREN.search(half):
        for match in _DAY_BESIDE_A_NAME.finditer(half):
            if _YOUNGEST <= about.decided_on.year - int(match["year"]) < _FULL_AGE:
                yield Proposal(*match.span("it"), MarkKind.MINOR, Why.AGE, Risk.REVIEW)
    for match in _ILLNESS.finditer(half):
        if not _is_of_a_product(half, match.start()):
            yield Proposal(*match.span(), MarkKind.HEALTH, Why.ILLNESS)
    for match in _OF_SOMEBODY.finditer(half):
        if not _is_of_a_product(half, match.start("it")):
            yield Proposal(*match.span("it"), MarkKind.HEALTH, Why.ILLNESS)
    for match in _SECRETS.finditer(half):
        yield Proposal(*match.span(), MarkKind.TRADE_SECRET, Why.SECRET_WORDS, Risk.REVIEW)


def _is_of_a_product(half: str, at: int) -> bool:
    """Whether the clause before says what a product is for."""
    return _OF_A_PRODUCT.search(re.split(r"[;。\n]", half[max(0, at - 24) : at])[-1]) is not None


def _born(match: re.Match[str], year: int, about: About) -> Proposal:
    is_minor = about.decided_on is not None and about.decided_on.year - year < _FULL_AGE
    kind, risk = (MarkKind.MINOR, Risk.BLOCKING) if is_minor else (MarkKind.BIRTH_DATE, Risk.REVIEW)
    return Proposal(*match.span(), kind, Why.AGE if is_minor else Why.FORM_OF_NUMBER, risk)


def _ages(half: str) -> Iterator[Proposal]:
    for match in _AGE.finditer(half):
        written = match["years"]
        years = int(written) if written.isdigit() else _HAN_NUMBERS[written]
        under = any(word in match[0] for word in ("未满", "不满")) and years <= _FULL_AGE
        if 0 < years < _FULL_AGE or under:
            named = _CHILD_BEFORE.search(half, max(0, match.start() - 14), match.start())
            begin = named.start(named.lastgroup or 0) if named else match.start()
            # 邹某某（15岁） goes whole: a bracket without its fellow would be left.
            closes = bool(named and named["it"]) and half.startswith(")", match.end())
            yield Proposal(begin, match.end() + closes, MarkKind.MINOR, Why.AGE)
        elif _OF_A_PERSON.search(half[max(0, match.start() - 6) : match.end()]):
            yield Proposal(*match.span(), MarkKind.BIRTH_DATE, Why.LEAD_WORDS, Risk.REVIEW)
    for pattern in (_MINOR, _PUPIL) if _SCHOOL.search(half) else (_MINOR,):
        for match in pattern.finditer(half):
            yield Proposal(*match.span(), MarkKind.MINOR, Why.AGE)
