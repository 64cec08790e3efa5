"""Where a natural person lives. Registered seats and places of business are public and stay."""

from __future__ import annotations

import re
from collections.abc import Iterator

from models.decisions.redaction.about import About
from models.decisions.redaction.kinds import MarkKind, Risk, Why
from models.decisions.redaction.proposals import Proposal
from models.decisions.redaction.width import alike

_IS = r"(?:\([^()]{0,10}\))?\s*(?:为|是|在|于|位于)?\s*[:]?\s*"
_PLACE = r"(?P<it>[^,;。\n()<>《》]{2,60})"
_LEADS = (
    r"家庭住址|家庭地址|家庭住所|现住址|现住地址|现住地|现居住地|现居住|现居|现住|家住|户籍所在地|户籍地址|户籍地|户籍|户口所在地|"
    r"户口地|常住地址|常住地|经常居住地|居住地址|居住地|居住于|居住在|暂住地址|暂住地|暂住于|暂住|租住于|租住在|租住|住址|籍贯"
)
_AT_HOME = re.compile(rf"(?:{_LEADS}){_IS}{_PLACE}")
_PERSON_SEAT = re.compile(rf"(?<![注册经营业])(?:住所地|住所|地址){_IS}{_PLACE}")
_LIVES = re.compile(
    r"(?<![现家居入常暂租])住(?:在|于)?(?P<it>(?!所|址|宅|宿|房|院|建|户|改)[^,;。\n()<>《》、]{4,50})"
)
_LOOKS_LIKE_A_PLACE = re.compile(
    r"[省市县区镇乡村庄路街巷里弄组室栋幢]|苏木|嘎查|牧业点|小区|社区|\d号|号楼|单元|花园|家园|公寓"
)
_HOUSEHOLD = re.compile(
    r"[\u4e00-\u9fa5]{2,16}(?:村|庄|社区|小区|花园|家园|公寓|苑|新村|里)[^,;。\n()]{0,12}?"
    r"(?:\d{1,3}组\d{0,4}号?|[一二三四五六七八九十]+组\d{0,4}号?|\d{1,3}(?:号楼|栋|幢|#楼?)[^,;。\n]{0,4}\d{1,2}单元[^,;。\n]{0,2}\d{2,4}(?:室|户|号)?)"
)
# 御河丽景15-2-1801: building, stair, flat; and whatever stands before 家中. What stands before it is looked for backwards.
_FLAT = re.compile(
    r"(?P<number>(?<=[\u4e00-\u9fa5])\d{1,3}-\d{1,2}-\d{3,4}(?!\d))|(?:的)?(?:家中|家里|家内|住处|租住处|出租屋|卧室)"
)
_UP_TO_HERE = re.compile(r"(?:[\u4e00-\u9fa5]{2,}[省市县区镇乡村])?[^,;。\n()<>《》、:]{2,30}$")
_OF_BUSINESS = re.compile(
    r"经营场所|经营地|营业|住所|注册|仓库|仓储|库房|门店|店铺|店面|公司|厂|车间|作坊|生产|市场|现场检查"
)
_BEFORE_A_PLACE = re.compile(r".*?(?:位于|设在|放在|藏在|存放于|[在于到从至])")
_ENDS = re.compile(r"(?:居民|村民|人|的|内|家中|,|\s)+$")


def find_places(text: str, about: About) -> Iterator[Proposal]:
    """Homes in `text`; of a party who is a person, the seat is one as well."""
    half = alike(text)
    patterns = [_AT_HOME, _LIVES] + ([_PERSON_SEAT] if about.is_person else [])
    for pattern in patterns:
        for match in pattern.finditer(half):
            written = _ENDS.sub("", match["it"])
            if _LOOKS_LIKE_A_PLACE.search(written) and "***" not in written:
                begin = match.start("it")
                yield Proposal(begin, begin + len(written), MarkKind.HOME_ADDRESS, Why.LEAD_WORDS)
    for match in _FLAT.finditer(half):
        yield from _flat(half, match)
    for match in _HOUSEHOLD.finditer(half):
        if not _OF_BUSINESS.search(half[max(0, match.start() - 16) : match.end()]):
            risk = Risk.BLOCKING if about.is_person else Risk.REVIEW
            yield Proposal(*match.span(), MarkKind.HOME_ADDRESS, Why.HOUSEHOLD, risk)


def _flat(half: str, match: re.Match[str]) -> Iterator[Proposal]:
    """The address that ends with the number of a flat, or before 家中."""
    end = match.end("number") if match["number"] else match.start()
    before = _UP_TO_HERE.search(half, max(0, end - 40), end)
    if before is None:
        return
    lead = _BEFORE_A_PLACE.match(before[0])
    begin = before.start() + (lead.end() if lead else 0)
    written = half[begin:end]
    if _OF_BUSINESS.search(half[max(0, begin - 16) : end]) or not _LOOKS_LIKE_A_PLACE.search(written):
        return
    if match["number"] or re.search(r"[省市县区镇乡村].*[路街巷号栋幢楼苑园组\d]", written):
        yield Proposal(begin, end, MarkKind.HOME_ADDRESS, Why.HOUSEHOLD)
