"""Checking companies against what is public, one answer for each name or code, never a bare "nothing found".

Four answers about the lists that are to the company's disadvantage: listed, formerly listed, not listed, cannot tell. A
name alone never tells; what is public about those that go by it is said all the same. "Formerly listed" is not answered
here: who has left a list is no longer shown as having been on it (总局令第44号 Art 18), so the word is kept for sites whose
law allows it.
"""

from __future__ import annotations

import datetime as dt
import enum
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from models.codes.uscc import LENGTH, is_valid_uscc, normalise_uscc
from models.companies.queries import standing_codes
from models.decisions.queries import public_counts_by_code
from models.errors import Invalid
from models.lists.kinds import LIST_KIND_LABELS, ListKind
from models.lists.queries import listed_by_code
from models.lists.tables import Entry
from results.exports import Export, csv_export, xlsx_export
from results.listed import MOST_ENTRIES
from results.roster import Roster, roster
from shared.i18n import label

COLUMNS = {
    "typed": "您填写的",
    "answer": "信用名单",
    "answer_text": "信用名单（中文）",
    "uscc": "统一社会信用代码",
    "name": "企业",
    "published_decisions": "公示中的决定书",
    "why": "说明",
    "lists": "所在名单",
}
# Excel writes long numbers in this way, and their last digits are gone.
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[Ee]\+?\d{2}")
_OLD_REGISTRATION = 15  # digits of a registration number before 2015
_ORGANISATION = 9  # characters of an organisation code, which are the 9th to 17th of the code of eighteen
_MOST_TOLD = 3


class Answer(enum.StrEnum):
    """About the lists."""

    LISTED = "listed"
    FORMERLY_LISTED = "formerly_listed"
    NOT_LISTED = "not_listed"
    CANNOT_TELL = "cannot_tell"


ANSWER_WORDS = {
    Answer.LISTED: _l("在列"),
    Answer.FORMERLY_LISTED: _l("曾经在列"),
    Answer.NOT_LISTED: _l("不在列"),
    Answer.CANNOT_TELL: _l("无法判断"),
}


@dataclass(frozen=True)
class Checked:
    """The answer to one line. `decisions` is the number of published decisions, None where it cannot be told."""

    typed: str
    answer: Answer
    why: str
    uscc: str = ""
    name: str = ""
    decisions: int | None = None
    lists: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Known:
    """What is public about some codes. After a merger, all codes of the company have what any of them has."""

    merged: Mapping[str, tuple[str, ...]]
    counts: Mapping[str, tuple[str, int]]
    entries: Mapping[str, list[Entry]]

    @classmethod
    def of(cls, session: Session, codes: set[str], *, today: dt.date) -> _Known:
        merged = standing_codes(session, codes)
        asked = codes.union(*merged.values())
        return cls(
            merged,
            public_counts_by_code(session, asked, today=today),
            listed_by_code(session, asked, today=today),
        )

    def own(self, code: str) -> tuple[str, ...]:
        """The codes of the company, first that of the one that stands."""
        return self.merged.get(code, (code,))

    def decisions(self, code: str) -> int:
        return sum(self.counts[one][1] for one in self.own(code) if one in self.counts)

    def listings(self, code: str) -> list[Entry]:
        return [entry for one in self.own(code) for entry in self.entries.get(one, [])]


def check_lines(session: Session, lines: Sequence[str], *, today: dt.date) -> list[Checked]:
    """An answer for each line, in their order.

    Raises:
        Invalid: nothing, or more than can be checked at once.
    """
    if not lines:
        raise Invalid(_("请填写企业名称或者统一社会信用代码，一行一个。"))
    if len(lines) > MOST_ENTRIES:
        raise Invalid(
            _("一次最多核对 %(most)s 行，现在是 %(lines)s 行。", most=MOST_ENTRIES, lines=len(lines))
        )
    everybody = roster(session, today=today)
    named = {line: everybody.named(line) for line in lines if not _looks_like_code(line)}
    codes = {normalise_uscc(line) for line in lines if is_valid_uscc(normalise_uscc(line))}
    known = _Known.of(session, codes.union(*named.values()), today=today)
    return [
        _by_name(line, named[line], known, everybody) if line in named else _by_code(line, known, everybody)
        for line in lines
    ]


def told_in_numbers(answers: Sequence[Checked]) -> list[tuple[Answer, int]]:
    """How many lines got each of the answers that were given."""
    counted = Counter(one.answer for one in answers)
    return [(answer, counted[answer]) for answer in Answer if counted[answer]]


def _looks_like_code(line: str) -> bool:
    code = normalise_uscc(line)
    if not code.isascii() or not any(char.isdigit() for char in code):
        return False
    return bool(_SCIENTIFIC.fullmatch(line.strip())) or (code.isalnum() and len(code) >= _ORGANISATION - 1)


def _by_code(line: str, known: _Known, everybody: Roster) -> Checked:
    """The answer for a code; after a merger, that of the company that stands, with what all its codes have."""
    code = normalise_uscc(line)
    if len(code) != LENGTH or not is_valid_uscc(code):
        return Checked(line, Answer.CANNOT_TELL, _in_a_row(_faults(line, code, everybody)))
    found, count = known.listings(code), known.decisions(code)
    against = [entry for entry in found if entry.kind is not ListKind.COMMENDED]
    is_known = bool(found or count)
    name = next((everybody.newest[one] for one in known.own(code) if one in everybody.newest), "")
    return Checked(
        line,
        Answer.LISTED if against else Answer.NOT_LISTED,
        "；".join(map(_told, found)) or _("本站公布的名单里没有；不等于别处没有。"),
        known.own(code)[0] if is_known else code,
        (found[0].name if found else name) if is_known else "",
        count,
        tuple(entry.kind.value for entry in found),
    )


def _faults(line: str, code: str, everybody: Roster) -> Iterator[str]:
    """Why it is no code, and whose it may be."""
    if _SCIENTIFIC.fullmatch(line.strip()):
        yield _(
            "表格软件把代码变成了科学记数，后面的位数已经丢失。请把这一列设成文本，再从原始数据重新粘贴。"
        )
        return
    if len(code) == _OLD_REGISTRATION and code.isdigit():
        yield _("这像是 15 位的旧注册号；请用 18 位的统一社会信用代码核对。")
    elif len(code) == _ORGANISATION:
        yield _("这像是 9 位的组织机构代码；请用 18 位的统一社会信用代码核对。")
    elif len(code) != LENGTH:
        yield _("代码应有 18 位，这里是 %(length)s 位。", length=len(code))
    else:
        yield _("代码的校验位不对，可能有一位写错了。")
    meant = [(other, everybody.newest[other]) for other in everybody.slipped(code)]
    if meant:
        yield _("有公示记录、只差一处的代码：%(codes)s。", codes=_as_list(meant))


def _by_name(line: str, same: Sequence[str], known: _Known, everybody: Roster) -> Checked:
    standing = sorted({known.own(code)[0] for code in same})
    if len(standing) == 1:
        code, own = standing[0], next(one for one in same)
        name = everybody.newest.get(code, everybody.newest[own])
        why = [_("这是“%(name)s”用过的名称。", name=name)] if everybody.is_former(line, own) else []
        why += [_of_namesake(code, known), _("名称相同不等于同一家企业，请用代码核对。")]
        return Checked(line, Answer.CANNOT_TELL, _in_a_row(why), code, name)
    if standing:
        namesakes = [(code, everybody.newest.get(code, line)) for code in standing]
        why = [
            _("同名的有 %(count)s 家：%(codes)s。", count=len(standing), codes=_as_list(namesakes)),
            _("请用代码核对。"),
        ]
        return Checked(line, Answer.CANNOT_TELL, _in_a_row(why))
    if not any(char.isalpha() for char in line):
        return Checked(line, Answer.CANNOT_TELL, _("这里既没有名称，也没有 18 位的代码。"))
    if like := everybody.like(line, limit=_MOST_TOLD):
        why = [_("只有名称相近的：%(names)s。", names=_as_list(like)), _("请用代码核对。")]
        return Checked(line, Answer.CANNOT_TELL, _in_a_row(why))
    return Checked(
        line,
        Answer.CANNOT_TELL,
        _("公示中的决定书和名单里没有相近的名称。只凭名称不能断定，请用代码核对。"),
    )


def _of_namesake(code: str, known: _Known) -> str:
    """What is public about the one company that goes by the name."""
    count, found = known.decisions(code), known.listings(code)
    if found:
        names = "、".join(dict.fromkeys(map(_told, found)))
        return _("同名的有一家，在名单上：%(lists)s；公示中的决定书 %(count)s 份。", lists=names, count=count)
    return _("同名的有一家，不在名单上；公示中的决定书 %(count)s 份。", count=count)


def _as_list(parties: Sequence[tuple[str, str]]) -> str:
    told = [_("%(name)s（%(code)s）", name=name, code=code) for code, name in parties[:_MOST_TOLD]]
    return "、".join(told)


def _told(entry: Entry) -> str:
    """The list by its legal name; an open objection is said wherever the entry is."""
    name = label(LIST_KIND_LABELS[entry.kind])
    return _("%(list)s（异议处理中）", list=name) if entry.objected_on else name


def _in_a_row(sentences: Iterable[str]) -> str:
    """Blanks stand between English sentences only."""
    return " ".join(sentences).replace("。 ", "。")


def _rows(answers: Sequence[Checked]) -> Iterator[dict[str, object]]:
    for one in answers:
        yield {
            "typed": one.typed,
            "answer": one.answer.value,
            "answer_text": str(ANSWER_WORDS[one.answer]),
            "uscc": one.uscc,
            "name": one.name,
            "published_decisions": "" if one.decisions is None else one.decisions,
            "why": one.why,
            "lists": list(one.lists),
        }


def as_csv(answers: Sequence[Checked]) -> Export:
    """The answers as text that Excel reads right."""
    return csv_export(_rows(answers), bom=True, columns=COLUMNS)


def as_xlsx(answers: Sequence[Checked], *, note: list[tuple[str, str]]) -> Export:
    """The answers as a workbook, and a sheet that says when and where they were given."""
    return xlsx_export(_rows(answers), note=note, columns=COLUMNS, title=str(_("核对结果")))
