"""What tells who reported: “根据某某举报”, numbers of reports. The source of a case must not lead to a person."""

from __future__ import annotations

import re
from collections.abc import Iterator

from models.decisions.redaction.kinds import MarkKind, Risk, Why
from models.decisions.redaction.proposals import Proposal
from models.decisions.redaction.width import alike

_REPORT = re.compile(
    r"(?:根据|依据|接到|收到|接获|(?<![直间承链衔连对焊])接(?!受|收|触|口|入|种|待|近|力)|(?<![\u4e00-\u9fa5])(?:据|经(?!营|济)|因|由))"
    r"(?P<who>[^,;。、\n《》]{0,20}?(?:\([A-Za-z][A-Za-z .'\-]{1,40}\))?)(?<!被)(?:的)?(?:实名|匿名|来电|来信|电话|书面|网上|当面|现场)?"
    r"(?:举报|投诉|反映|报案|控告|检举|提供的?(?=线索))(?!处理|办法|条例|管理|制度|平台|渠道|机制|奖励|中心|人员|人|权)(?:的)?(?:线索|材料|信件|信息|电话)?"
)
_FORWARDED = re.compile(
    r"(?:根据|接到|收到|接|据|经|由)\s*(?:全国)?(?:12315|12345|12330)(?:平台|热线|中心|系统)?"
    r"(?:的)?(?:转办|交办|转来|派发|下派|分送|移交|推送)(?:的)?(?:工单|线索|件|单|信息)?"
)
# 举报人系当事人的前流程专员; 来电人为该村种植户; 一名曾在该厂做过针车工的女工致电12345.
_WHO_IT_IS = re.compile(
    r"(?:举报人|投诉人|来电人|来信人|反映人|线索提供人)(?:系|为|是)(?!当事人[,;。]|消费者[,;。]|匿名|权利人|商标|专利|实名)[^,;。()\n]{2,30}"
    r"|(?:一名|一位|有一)[^,;。\n]{3,30}?(?:致电|来电|来信|写信|打电话|写来举报信|写来的举报信)(?:12345|12315|12330)?"
)
_NOBODY = re.compile(
    r"^(?:有人|群众|市民|消费者|匿名|他人|社会|有关|相关|知情人?|举报|投诉|部分|多名|本地|居民|全国|国家|上级|省|市|县|区|局|机关|部门|单位|"
    r"12315|12345|12330|平台|热线|网络|互联网|转办|移送|交办|媒体|电视|信访|群众的|消费者的|当事人)*(?:平台|热线|转来|转办|移送|交办|的|分送|最后|再次|一次|首次)*$"
)
_RIGHT_HOLDER = re.compile(
    r"公司|集团|企业|厂|商行|协会|事务所|中心|研究所|大学|合作社|权利人|商标|专利|注册人"
)
_NUMBER = re.compile(
    r"(?:(?:举报|投诉)[单件信表]|举报|投诉|工单|(?<!税务)(?<!工商)(?<!注册)(?<!商标)登记|"
    r"受理|转办|信访|12345|12315)(?:平台|热线)?[ (（]{0,2}(?:单|件|编)?(?:编号|单号|号码|工单号|流水号|号)"
    r"\s*(?:为|是)?\s*[:]?\s*(?P<it>[A-Za-z0-9][A-Za-z0-9\-]{5,29})"
)


def find_clues(text: str) -> Iterator[Proposal]:
    """Who reported blocks; that somebody reported is for review, as is a company that complained of its own right."""
    half = alike(text)
    for match in _REPORT.finditer(half):
        who = match["who"].strip()
        if not who or _NOBODY.match(who):
            yield Proposal(*match.span(), MarkKind.REPORT_CLUE, Why.REPORTED, Risk.REVIEW)
        elif _RIGHT_HOLDER.search(who):
            yield Proposal(*match.span(), MarkKind.REPORT_CLUE, Why.RIGHT_HOLDER, Risk.REVIEW)
        else:
            yield Proposal(*match.span(), MarkKind.REPORT_CLUE, Why.REPORTED_BY)
    for match in _WHO_IT_IS.finditer(half):
        if not _RIGHT_HOLDER.search(match[0]):
            yield Proposal(*match.span(), MarkKind.REPORT_CLUE, Why.REPORTED_BY)
    for match in _FORWARDED.finditer(half):
        yield Proposal(*match.span(), MarkKind.REPORT_CLUE, Why.REPORTED, Risk.REVIEW)
    for match in _NUMBER.finditer(half):
        yield Proposal(*match.span("it"), MarkKind.REPORT_CLUE, Why.LEAD_WORDS)
