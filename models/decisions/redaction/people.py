"""Names of natural persons who are not the party: found by the role that stands before them, then everywhere.

A family name with one or two more characters is no name by itself: it would eat ordinary words. So a name needs a role
before it, and must end where the text lets a name end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pypinyin.phrases_dict import phrases_dict

from models.decisions.names import COMPOUND_SURNAMES
from models.decisions.redaction.about import About
from models.decisions.redaction.context import is_of_kin
from models.decisions.redaction.kinds import MarkKind, Risk, Why
from models.decisions.redaction.labels import label_ends, unlisted_name_end
from models.decisions.redaction.peoples import other_nation_end
from models.decisions.redaction.proposals import Proposal
from models.decisions.redaction.surnames import (
    ENDS_A_NAME,
    FOLLOWS_A_NAME,
    GIVEN_NAMES,
    NEVER_IN_NAMES,
    NOT_NAMES,
    SURNAMES,
)
from models.decisions.redaction.width import alike

# After these the law wants a name, so one is believed whatever follows it.
_STRONG = (
    "举报投诉人|投诉举报人|举报人|投诉人|报案人|反映人|申诉人|见证人|证人|第三人|鉴定人员|鉴定人|办案人员|办案人|执法人员|承办人|经办人|"
    "调查人员|检查人员|询问人|被询问人|记录人|审核人|审批人|委托代理人|受委托人|受托人|代理人|联系人|抽样人员|送达人|签收人|经营者姓名|"
    "签名|署名|复核人员|审核人员|审批人员|听证主持人|主持人|听证员|记录员|专利代理师|代理师|曾用名|别名|化名|绰号|实名认证人|实名认证|代签人|被授权人|授权代表|"
    "发明人|设计人|主审|参审|同案人|同案人员|涉案人|中文名|中文姓名|英文名|外文名|本名|原名|真名|真实姓名|审理员|合议组组长|合议组成员|技术调查官|秘书长|理事长|研究员|受送达人|代收人|在场人|在场人员|陪同人员|填表人|制表人|制单人|开票人|开单人|经手人|复核人|主办人|协办人|主办人员|协办人员|书记员|公证员|鉴定师|检验员|翻译人员|翻译人|"
    "户名|开户名|开户人|持卡人|账户名|收款人|付款人|汇款人|收货人|收件人|寄件人|发货人|发件人|介绍人|中间人|担保人|签字人|买受人|出卖人|被侵权人|受害人|被害人"
)
_WEAK = (
    "包装工|装修工|焊工|电工|木工|普工|钳工|杂工|小工|操作工|验光师|技师|厨师|摄影师|美容师|理发师|药师|会计师|评估师|负责人员|"
    "民警|警官|辅警|干警|队员|法官|检察官|医师|家长|顾问|翻译|文员|前台|保安|保洁|门卫|女工|男工|工友|车间主任|站长|馆长|会长|理事|供货方|供应方|发货方|送货方|收货方|合作方|出借人|借款人|嫂子|弟媳|女婿|儿媳|孙子|孙女|人员|"
    "之妻|之夫|之子|之女|之父|之母|之兄|之弟|之姐|之妹|之侄|之婿|学生|学员|财务人员|财务|现场负责人|仓库负责人|店面负责人|门店负责人|实际经营人|员工|店员|营业员|销售员|销售人员|业务员|导购员|导购|收银员|会计|出纳|库管员|库管|仓管员|保管员|"
    "送货员|送货人|司机|驾驶员|驾驶人|种植户|养殖户|快递员|供货人|上家|购买人|购买者|买家|顾客|客户|消费者|房东|出租人|转租人|妻子|丈夫|儿子|女儿|父亲|母亲|其(?:妻子?|丈?夫|父亲?|母亲?|兄长?|弟弟?|姐姐?|妹妹?|子|女[儿婿]?)|"
    "配偶|亲属|邻居|合伙人|同学|朋友|亲戚|工人|技术员|厂长助理|店长|经理|主管|同村村民|村民|装卸工人?|缝纫工人?|印刷工人?|主播|客服|律师|车主|股东|被询问者|被委托人|监护人|法定监护人|"
    "牧民|渔民|农民|牧户|助手|搭档|船长|船员|店主|摊主|业主|户主|老板娘|老板|房主|库主(?!任)|货主|卖家|卖方|卖主|买主|买方|甲方|乙方|网民|网友|群众|居民|农户|租户|住户|商户|摊贩|商贩|小贩|批发商|经销商|承运人|"
    "首席代表|(?<=由)代表|干部|局长|科长|所长|股长|队长|中队长|主任|组长|书记|支书|校长|园长|医生|护士|教师|老师|工程师|设计师|厂长|总经理|副总经理|董事长|监事|执行董事|助理|采购员|采购|推销员|质检员|"
    "表哥|表弟|表姐|表妹|堂哥|堂弟|堂姐|堂妹|哥哥|弟弟|姐姐|妹妹|大哥|姐夫|妹夫|岳父|岳母|公公|婆婆|叔叔|侄子|侄女|外甥|舅舅|爱人|前妻|前夫|女友|男友|临时工|职工|雇员|帮工|学徒|老乡|熟人|同伙"
)
_HOLDERS = "权利人|著作权人|版权人|品种权人|专利权人|商标权人|注册人"
# Who stands for a company is public where it is the party, and nobody's business where it is another: a supplier, the
# other side of an adjudication.
_OFFICERS = "法定代表人|法人代表|主要负责人|实际控制人|执行事务合伙人|投资人|经营者|负责人"
_JOIN = (
    r"(?:\([^()\d]{0,10}\))?\s*(?:[及和/、]?(?:联系)?(?:电话|方式))?\s*(?:姓名)?"
    r"\s*(?:分别为|分别是|名叫|叫做|叫|为|是|系|即|有)?\s*[:]?\s*[“\"]?"
)
# 理货员, 报关员, 网格员: whatever somebody works as; 党员大会 and 会员费 are followed by no name.
_WORKER = "员(?![工会额])"
_ROLE = re.compile(
    rf"(?P<strong>{_STRONG})|(?P<holder>{_HOLDERS})|(?P<weak>{_WEAK}|[\u4e00-\u9fa5](?<![社会党团成动官定]){_WORKER})|(?P<officer>{_OFFICERS})"
)
_JOINED = re.compile(_JOIN)
_NEXT = re.compile(r"\s*(?:[、,/和与及]|以及)\s*|\s*\([^()]{0,20}\)\s*[、,和与及]\s*|\s+")
_BEFORE_SEX = re.compile(
    r"(?:(?<![\u4e00-\u9fa5])|(?<=其中)|(?<=员工)|(?<=居民)|(?<=人员))"
    r"(?P<it>[\u4e00-\u9fa5]{2,4})(?=\s*[,(]\s*[男女]\s*[,)])"
)
# 买买提·艾力; names of brands are written so too.
_DOTTED = re.compile(
    r"(?:(?<=[向由与和对给从找经的是叫请及])|(?<![\u4e00-\u9fa5]))(?![向由与对给从找经请及据])[\u4e00-\u9fa5]{2,5}(?:[·•・][\u4e00-\u9fa5]{2,4}?){1,3}"
    r"(?=[^\u4e00-\u9fa5]|[购销称说签在的向处等承表陈确是从于把将为系也并均与和及到]|$)"
)
_DOTTED_NAME = re.compile(
    r"[\u4e00-\u9fa5]{1,8}(?:[·•・][\u4e00-\u9fa5]{2,8}?){1,3}"
    rf"(?=[^\u4e00-\u9fa5·•・]|[购销称说签在的向处等承表陈确是从于把将为系也并均与和及到负来全]|{'|'.join(FOLLOWS_A_NAME)}|$)"
)
# After a role, and before a paper that only a person has: a name of whatever make, 田中一郎（护照号…）.
_CERTIFIED = re.compile(
    r"[\u4e00-\u9fa5·•・]{2,8}(?=\s*[(,]\s*(?:护照|国籍|身份证|公民身份|居民身份|证件号|台胞证|通行证|居留证|[\u4e00-\u9fa5]{1,6}籍))"
)
# ANDREW MILLER, before a number of a passport or after what says that it is a person.
_LATIN = re.compile(
    r"(?:外籍人员|外籍人士|外国人|外商|姓名)\s*[:为]?\s*(?P<after>[A-Z][A-Za-z'\-]+(?:[ .]{1,2}[A-Z][A-Za-z'\-]*){1,4})"
    r"|(?P<before>[A-Z][A-Za-z'\-]+(?:[ .]{1,2}[A-Z][A-Za-z'\-]*){1,4})(?=\s*[(,]\s*(?:护照|国籍|男|女))"
)
_HALF_MASKED = re.compile(r"(?<![*×])(?P<surname>[\u4e00-\u9fa5])[*×xX](?P<given>[\u4e00-\u9fa5])(?![*×])")
# 户名“*小彤”: as means of payment show whom they pay.
_WITHOUT_SURNAME = re.compile(
    r"(?:户名|姓名|昵称|收款人|收款方|付款人|付款方|实名|对方)\s*(?:为|是)?\s*[:]?\s*[“\"]?(?P<it>\*{1,2}[\u4e00-\u9fa5]{1,2})(?![\u4e00-\u9fa5*])"
)
# 吉木子石（另案处理）: whoever is dealt with elsewhere.
_ELSEWHERE = re.compile(
    r"(?:(?<![\u4e00-\u9fa5])|(?<=[与和向由对从及经]))(?P<it>[\u4e00-\u9fa5]{2,6})(?=\(?(?:另案处理|另案处罚|已另案|在逃|已判刑))"
)
_SPACED = re.compile(r"([\u4e00-\u9fa5]) {1,3}([\u4e00-\u9fa5])")
_INSTITUTION = re.compile(
    r"[\u4e00-\u9fa5]{0,10}?(?:公司|中心|商行|商店|超市|事务所|银行|集团|协会|合作社|经营部|厂|店|局|院)"
)
_HAN = re.compile(r"[\u4e00-\u9fa5]")


def find_people(text: str, about: About) -> Iterator[Proposal]:
    """Names in `text` after a role, and before “，男，”."""
    half = alike(text)
    for role in _ROLE.finditer(half):
        if half[role.end() : role.end() + 1] in ("员", "席", "言", "词"):
            continue
        yield from _names_after(half, role.end(), role.lastgroup or "", about)
    for label_end in label_ends(half):
        yield from _names_after(half, label_end, "strong", about)
    for match in _BEFORE_SEX.finditer(half):
        end = _name_end(half, match.start("it"), is_strong=True, is_certain=True)
        if end == match.end("it") and half[match.start("it") : end] not in about.public_names:
            yield Proposal(match.start("it"), match.end("it"), MarkKind.PERSON_NAME, Why.ROLE_OF_PERSON)
    for match in _DOTTED.finditer(half):
        if match[0] in about.settled_names:
            continue
        yield Proposal(*match.span(), MarkKind.PERSON_NAME, Why.LIKE_A_NAME, Risk.REVIEW)
        listed = other_nation_end(half, match.end() + 1) if half.startswith("、", match.end()) else None
        if listed:
            yield Proposal(match.end() + 1, listed, MarkKind.PERSON_NAME, Why.LIKE_A_NAME, Risk.REVIEW)
    for match in _LATIN.finditer(half):
        which = "after" if match["after"] else "before"
        yield Proposal(*match.span(which), MarkKind.PERSON_NAME, Why.ROLE_OF_PERSON)
    yield from _told_otherwise(half, about)


def _told_otherwise(half: str, about: About) -> Iterator[Proposal]:
    """Who is dealt with elsewhere, and names of which a part is masked."""
    for match in _ELSEWHERE.finditer(half):
        begin, end = match.span("it")
        if (end == other_nation_end(half, begin) or end == _name_end(half, begin, is_strong=True)) and (
            match["it"] not in about.settled_names
        ):
            yield Proposal(begin, end, MarkKind.PERSON_NAME, Why.ROLE_OF_PERSON)
    for match in _WITHOUT_SURNAME.finditer(half):
        yield Proposal(*match.span("it"), MarkKind.PERSON_NAME, Why.PARTLY_MASKED)
    for match in _HALF_MASKED.finditer(half):
        if match["surname"] in SURNAMES and match["given"] not in NEVER_IN_NAMES:
            yield Proposal(*match.span(), MarkKind.PERSON_NAME, Why.PARTLY_MASKED)


# What is called a trade mark in so many words: “王守义十三香”注册商标.
_BRAND = re.compile(r"[“”\"]([\u4e00-\u9fa5]{3,8})[“”\"](?:等|系列)?(?:(?:注册)?商标|品牌|牌)")


def find_known(
    text: str, names: Iterable[str], *, kind: MarkKind, why: Why, about: About
) -> Iterator[Proposal]:
    """Every place of `names` in `text`, also with blanks between the characters, but not inside the party's own name.

    Nor inside a brand that is more than the name: “王守义十三香”商标 names nobody, a brand that is the name alone may.
    """
    half, names = alike(text), list(names)
    brands = [
        one for one in set(_BRAND.findall(half)) if any(alike(name) in one != alike(name) for name in names)
    ]
    public = [
        range(m.start(), m.end())
        for name in (*about.public_names, *(brands if kind is not MarkKind.FILER else ()))
        for m in re.finditer(re.escape(alike(name)), half)
    ]
    for name in names:
        signs = [re.escape(sign) for sign in alike(name) if not sign.isspace()]
        for match in re.finditer(r"\s{0,3}".join(signs), half) if len(signs) >= 2 else ():
            if not any(match.start() >= span.start and match.end() <= span.stop for span in public):
                yield Proposal(*match.span(), kind, why)


def names_among(text: str, found: Iterable[Proposal]) -> set[str]:
    """The names that were found, to be looked for elsewhere."""
    kinds = (MarkKind.PERSON_NAME, MarkKind.FILER)
    sure = [
        one for one in found if one.kind in kinds and (one.why, one.risk) != (Why.LIKE_A_NAME, Risk.REVIEW)
    ]
    return {re.sub(r"\s", "", text[one.begin : one.end]) for one in sure}


def _names_after(half: str, role_end: int, role: str, about: About) -> Iterator[Proposal]:
    """One name, or several in a row, after a role of one of the groups of `_ROLE`."""
    joined = _JOINED.match(half, role_end)
    at = joined.end() if joined else role_end
    is_said = half[at - 1 : at] in (":", "为", "叫", "是", "系")
    is_strong = role == "strong" or is_said
    risk, why = (Risk.REVIEW, Why.RIGHT_HOLDER) if role == "holder" else (Risk.BLOCKING, Why.ROLE_OF_PERSON)
    if role == "officer" and about.may_be_represented_by_anybody:
        risk, why = Risk.REVIEW, Why.LIKE_A_NAME
    certified = _CERTIFIED.match(half, at)
    if certified and re.sub(r"\s", "", certified[0]) not in about.public_names:
        yield Proposal(*certified.span(), MarkKind.PERSON_NAME, why, risk)
        return
    settled = about.settled_names
    is_announced = is_said and (role == "strong" or half[at - 1] == "叫")
    while found := _name_or_unlisted(half, at, is_strong=is_strong, is_announced=is_announced):
        end, sure = found
        name = re.sub(r"\s", "", half[at:end])
        if name not in settled:
            is_sure = sure is Risk.BLOCKING
            yield Proposal(
                at, end, MarkKind.PERSON_NAME, why if is_sure else Why.LIKE_A_NAME, risk if is_sure else sure
            )
        following = _NEXT.match(half, end)
        if following is None:
            return
        at, is_strong = following.end(), False
        is_announced = is_announced and "、" in following[0]


def _name_or_unlisted(half: str, at: int, *, is_strong: bool, is_announced: bool) -> tuple[int, Risk] | None:
    """Where the name ends and how sure that is: one of a known family first."""
    if dotted_end := _dotted_end(half, at):
        return dotted_end, Risk.BLOCKING
    ends = [end for end in (_name_end(half, at, is_strong=is_strong), other_nation_end(half, at)) if end]
    return (max(ends), Risk.BLOCKING) if ends else unlisted_name_end(half, at, is_announced=is_announced)


def _dotted_end(half: str, at: int) -> int | None:
    """Where a name with dots ends: its last part goes up to where the text lets it end, or a word begins: 玉苏甫 and 粘贴."""
    dotted = _DOTTED_NAME.match(half, at)
    if dotted is None:
        return None
    last = max(half.rfind(dot, at, dotted.end()) for dot in "·•・") + 1
    words = (end for end in range(last + 2, dotted.end() - 1) if half[end : end + 2] in phrases_dict)
    return next(words, dotted.end())


def _name_end(half: str, at: int, *, is_strong: bool, is_certain: bool = False) -> int | None:
    """Where a name that begins at `at` ends, or None: the longest that can be one and ends where a name may.

    With `is_certain` the place says that it is a name, so one that is an ordinary word as well is believed.
    """
    spaced = _SPACED.match(half, at)
    if spaced and spaced[1] in SURNAMES and spaced[2] not in NEVER_IN_NAMES and _may_end(half, spaced.end()):
        return spaced.end()
    if "某" in half[at : at + 3] or (half[at : at + 2] in NOT_NAMES and not is_certain):
        return None
    surname = 2 if half[at : at + 2] in COMPOUND_SURNAMES else 1
    if surname == 1 and half[at : at + 1] not in SURNAMES:
        return None
    ends = [
        at + surname + given
        for given in (2, 1)
        if _is_given_name(half[at + surname : at + surname + given], given)
    ]
    for end in ends:
        if _may_end(half, end):
            return end
    if is_strong and len(ends) == 2 and not is_of_kin(half, ends[0]) and not _would_go_on(half, ends[0]):
        return ends[0]
    return None


def _is_given_name(signs: str, length: int) -> bool:
    if signs in GIVEN_NAMES:
        return True
    return len(signs) == length and all(_HAN.match(sign) and sign not in NEVER_IN_NAMES for sign in signs)


def _may_end(half: str, end: int) -> bool:
    if is_of_kin(half, end):
        return False
    following = half[end : end + 1]
    if not following or not _HAN.match(following) or following in ENDS_A_NAME:
        return True
    return half.startswith(FOLLOWS_A_NAME, end)


def _would_go_on(half: str, end: int) -> bool:
    """Whether an institution's name goes on: 公司, 中心, 商行 are no people."""
    return _INSTITUTION.match(half, end, end + 14) is not None
