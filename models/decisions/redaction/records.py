"""Who is named in the list of evidence: “对王小丽、阿尔伍呷、河野健太郎的询问笔录各一份”, “询问笔录：税明亮三次、扎西多吉一次”.

Nobody but people is asked and heard, so whatever stands in such a row is a name, of whatever family or nation; what is no
name there is told by its words. Once found it is found everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pypinyin.phrases_dict import phrases_dict

from models.decisions.redaction.about import About
from models.decisions.redaction.kinds import MarkKind, Why
from models.decisions.redaction.proposals import Proposal
from models.decisions.redaction.surnames import RARE_SURNAMES, SURNAMES
from models.decisions.redaction.width import alike

_HAN = "\u4e00-\u9fa5"
_RECORD = r"(?:询问|调查|谈话|讯问|陈述|辨认)(?:调查)?笔录"
_RECORDS = re.compile(rf"(?:分别)?(?:所?[作做])?的?{_RECORD}")
# The row before the word, from where its clause begins, and the one in brackets or after a colon behind it.
_LONGEST_ROW = 90
_ROW_BEFORE = re.compile(rf"[{_HAN}·•・、 \n]{{2,}}$")
_ROW_AFTER = re.compile(rf"\s*[:(]\s*(?P<row>[{_HAN}·•・、, ]{{2,{_LONGEST_ROW}}})")
_BEFORE_THE_ROW = re.compile(r"^.*(?:对|询问了|制作了|包括|有|[^提交达报]给)")
_BETWEEN = re.compile(r"[、,\n]|和(?=[^平])|与|以及|及(?!时)")
_HOW_OFTEN = re.compile(r"(?:各|共|分别)?[一二两三四五六七八九十]{0,2}[次份页]?$")
_ONE = re.compile(
    rf"[{_HAN}]{{2,5}}(?:[·•・][{_HAN}]{{1,8}}){{1,3}}|[{_HAN}]{{2,5}}|[{_HAN}]{{2}} [{_HAN}]{{2,3}}|[{_HAN}] [{_HAN}]"
)
_NO_NAME = re.compile(
    r"某|当事|公司|人员|人等|本局|我局|证据|笔录|照片|现场|检查|执法|员工|权利|举报|投诉|消费|店|厂|局|所|者|们|其他|相关|上述|三人|两人|二人|"
    r"涉案|[商物产药食]品|车辆|视频|记录|清单|[票单]据|合同|标识|图|文件|证|说明|"
    r"负责|经营|代表|代理|证人|股东|法定|单位|进行|制作|提供|提取|调取|的|了|是|为|在|等|各|份|次|页|人$"
)
_FAMILIES = SURNAMES | RARE_SURNAMES
_USUAL = 3


def find_in_records(text: str, about: About) -> Iterator[Proposal]:
    """Every name in the rows before and after words for a record of what somebody said."""
    half = alike(text)
    for record in _RECORDS.finditer(half):
        before = _ROW_BEFORE.search(half, max(0, record.start() - _LONGEST_ROW), record.start())
        if before:
            asked = _BEFORE_THE_ROW.match(before[0].replace("\n", " "))
            yield from _names(half, before.start() + (asked.end() if asked else 0), before.end(), about)
        after = _ROW_AFTER.match(half, record.end())
        if after:
            yield from _names(half, *after.span("row"), about)


def _names(half: str, begin: int, end: int, about: About) -> Iterator[Proposal]:
    """The names between `begin` and `end`."""
    for first, last in _parts(half, begin, end):
        told = _HOW_OFTEN.sub("", half[first:last]).rstrip()
        name = re.sub(r"\s", "", told)
        is_name = _ONE.fullmatch(told) and not _NO_NAME.search(name) and not _is_of_words(name)
        if is_name and name not in about.settled_names:
            yield Proposal(first, first + len(told), MarkKind.PERSON_NAME, Why.ROLE_OF_PERSON)


def _is_of_words(name: str) -> bool:
    """Whether it is a word, or two in a row: 涉案商品. A name of a known family may begin like one."""
    is_family = name[0] in _FAMILIES and len(name) == _USUAL
    return name in phrases_dict or (not is_family and (name[:2] in phrases_dict or name[2:] in phrases_dict))


def _parts(half: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Where the parts of the row begin and end."""
    at = begin
    for between in (*_BETWEEN.finditer(half, begin, end), None):
        last = between.start() if between else end
        first = at + len(half[at:last]) - len(half[at:last].lstrip())
        if first < last:
            yield first, last
        at = between.end() if between else end
