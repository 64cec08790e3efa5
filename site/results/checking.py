"""Checking companies against what is public, one answer for each name or code, never a bare "nothing found".

Four answers about the lists that are to the company's disadvantage: listed, formerly listed, not listed, cannot tell. A
name alone never tells. "Formerly listed" is not answered here: who has left a list is no longer shown as having been on
it (总局令第44号 Art 18), so the word is kept for sites whose law allows it.
"""

from __future__ import annotations

import csv
import datetime as dt
import enum
import io
from collections.abc import Sequence
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
from results.matching import companies_like
from shared.i18n import label

MOST_LINES = 5000
MOST_NAMES = 500  # names are searched for one by one
_BOM = "\ufeff"


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


def lines_of(text: str) -> list[str]:
    """One name or code a line; of a line with several columns, the first. Repeats are left out.

    Raises:
        Invalid: nothing, or more than can be checked at once.
    """
    firsts = (
        next(iter(csv.reader([line.replace("\t", ",")])), [""])[0]
        for line in text.splitlines()
        if line.strip()
    )
    lines = list(dict.fromkeys(first.strip().strip(_BOM)[:200] for first in firsts if first.strip()))
    if not lines:
        raise Invalid(_("请填写企业名称或者统一社会信用代码，一行一个。"))
    if len(lines) > MOST_LINES:
        raise Invalid(_("一次最多核对 %(most)s 行，现在是 %(lines)s 行。", most=MOST_LINES, lines=len(lines)))
    return lines


def check_lines(session: Session, lines: Sequence[str], *, today: dt.date) -> list[Checked]:
    """An answer for each line, in their order.

    Raises:
        IndexUnavailable: names cannot be looked for while search is being rebuilt.
    """
    codes = {normalise_uscc(line) for line in lines if is_valid_uscc(normalise_uscc(line))}
    merged = standing_codes(session, codes)
    asked = codes.union(*merged.values())
    known = public_counts_by_code(session, asked, today=today)
    entries = listed_by_code(session, asked, today=today)
    names = [line for line in lines if not _looks_like_code(line)][:MOST_NAMES]
    named = {line: _by_name(session, line, today) for line in names}
    return [
        _by_code(line, merged, known, entries)
        if _looks_like_code(line)
        else named.get(line) or _too_many(line)
        for line in lines
    ]


def _looks_like_code(line: str) -> bool:
    code = normalise_uscc(line)
    return code.isascii() and code.isalnum() and any(char.isdigit() for char in code)


def _by_code(
    line: str,
    merged: dict[str, tuple[str, ...]],
    known: dict[str, tuple[str, int]],
    entries: dict[str, list[Entry]],
) -> Checked:
    """The answer for a code; after a merger, that of the company that stands, with what all its codes have."""
    code = normalise_uscc(line)
    if len(code) != LENGTH:
        return Checked(
            line, Answer.CANNOT_TELL, _("代码应有 18 位，这里是 %(length)s 位。", length=len(code))
        )
    if not is_valid_uscc(code):
        return Checked(line, Answer.CANNOT_TELL, _("代码的校验位不对，可能有一位写错了。"))
    own = merged.get(code, (code,))
    names = [known[one] for one in own if one in known]
    name, count = names[0][0] if names else "", sum(number for _name, number in names)
    found = [entry for one in own for entry in entries.get(one, [])]
    against = [entry for entry in found if entry.kind is not ListKind.COMMENDED]
    return Checked(
        line,
        Answer.LISTED if against else Answer.NOT_LISTED,
        "；".join(map(_told, found)) or _("本站公布的名单里没有；不等于别处没有。"),
        own[0] if names or found else code,
        found[0].name if found else name,
        count,
        tuple(entry.kind.value for entry in found),
    )


def _by_name(session: Session, line: str, today: dt.date) -> Checked:
    found = companies_like(session, line, today=today, limit=5)
    exact = [match for match in found if match.is_same_name]
    if len(exact) == 1:
        why = _("名称相同不等于同一家企业，请用代码核对。")
        return Checked(line, Answer.CANNOT_TELL, why, exact[0].uscc, exact[0].name, None)
    if found:
        names = "、".join(match.name for match in found[:3])
        return Checked(line, Answer.CANNOT_TELL, _("只有名称相近的：%(names)s。请用代码核对。", names=names))
    return Checked(
        line, Answer.CANNOT_TELL, _("公示中的决定书里没有相近的名称。只凭名称不能断定，请用代码核对。")
    )


def _too_many(line: str) -> Checked:
    why = _("一次最多按名称核对 %(most)s 行，请改用代码。", most=MOST_NAMES)
    return Checked(line, Answer.CANNOT_TELL, why)


def _told(entry: Entry) -> str:
    """The list by its legal name; an open objection is said wherever the entry is."""
    name = label(LIST_KIND_LABELS[entry.kind])
    return _("%(list)s（异议处理中）", list=name) if entry.objected_on else name


def checks_csv(answers: Sequence[Checked]) -> str:
    """The answers as a file for Excel."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(["typed", "answer", "uscc", "name", "published_decisions", "why", "lists"])
    for one in answers:
        cells = (
            one.typed,
            one.answer.value,
            one.uscc,
            one.name,
            "" if one.decisions is None else one.decisions,
            one.why,
            ";".join(one.lists),
        )
        writer.writerow(
            ["'" + cell if str(cell).startswith(("=", "+", "-", "@", "\t", "\r")) else cell for cell in cells]
        )
    return _BOM + file.getvalue()
