"""Lines that end within a word: scans and mails wrap a text, so that a name or a number stands on two lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from models.decisions.redaction.kinds import MarkKind
from models.decisions.redaction.proposals import Proposal

# A line that begins with words and a colon, a number of a list or a day is one of its own.
_BREAK = re.compile(
    r"(?<=[\u4e00-\u9fa50-9０-９A-Za-z*＊×])[ \t\u3000]*\r?\n[ \t\u3000]*"
    r"(?=[\u4e00-\u9fa50-9０-９A-Za-z*＊×])(?![\u4e00-\u9fa5 \u3000]{1,12}[:：(（])(?!(?:\d{1,2}[.、．]|[一二三四五六七八九十]{1,3}、))"
    r"(?![12二][0-9〇○零]{1,3}[0-9〇○零一二三四五六七八九]*年)"
)
_NEAR = 30  # characters of each line that are looked at
_WRAPPED = 15  # a shorter line ends where somebody wanted it to, like 经办人：陈伟
# An address goes on for as long as it may, so that it may not be put together with what stands below.
_KINDS = frozenset(MarkKind) - {MarkKind.HOME_ADDRESS, MarkKind.REPORT_CLUE, MarkKind.TRADE_SECRET}


def find_across_lines(
    text: str, find: Callable[[str], Iterable[Proposal]], found: Iterable[Proposal]
) -> Iterator[Proposal]:
    """What `find` sees only when two lines are put together. `found` is what it saw in the text as it stands."""
    begins, ends = {one.begin for one in found}, {one.end for one in found}
    for match in _BREAK.finditer(text):
        before, after = text[: match.start()], text[match.end() :]
        first_line = before.rpartition("\n")[2]
        first, second = first_line[-_NEAR:], after.partition("\n")[0][:_NEAR]
        start = match.start() - len(first)
        is_number = first[-1:].isdigit() and second[:1].isdigit()
        if len(first_line) < _WRAPPED and not is_number:
            continue
        for one in find(first + second):
            if one.kind not in _KINDS or not one.begin < len(first) < one.end:
                continue
            are_two = match.start() in ends and match.end() in begins  # 陈伟 and, on the next line, 李敏
            if one.kind is not MarkKind.PERSON_NAME or not are_two:
                yield replace(one, begin=start + one.begin, end=match.end() + one.end - len(first))
