"""Notices in words: which case, which limit, what happened to it, and where to look."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.cases.recusal.queries import cases_kept_from
from models.cases.sight import Sight
from models.cases.tables import Case
from models.cases.terms import DONE_LABELS, NEWS_LABELS, OUTCOME_LABELS, Act, Outcome
from models.clocks.book import Book, book
from models.clocks.tables import SubjectKind
from models.decisions.tables import Decision
from models.filings.references import grouped
from models.lists.kinds import ListKind
from models.lists.queries import entry_subjects
from models.people.tables import Unit
from models.supervision.tables import StaffNotice
from models.supervision.terms import NOTICE_LABELS, NoticeKind
from models.types import beijing_date, now_utc
from models.wording import read
from shared.access import account
from shared.formats import day_text
from shared.i18n import in_script, label

Subject = tuple[str, int]
_UNIT = "unit"  # as a kind of subject: who did what the notice tells
_FEEDBACK = frozenset({Act.CLOSE, Act.REFUSE})
_LISTS = {
    SubjectKind.SERIOUS_ENTRY: ListKind.SERIOUS,
    SubjectKind.INFRINGER_ENTRY: ListKind.INFRINGERS,
    SubjectKind.COMMENDED_ENTRY: ListKind.COMMENDED,
}


@dataclass(frozen=True)
class Item:
    """One deadline or act that the notice is about. `note` says why there is nothing to open."""

    name: str
    url: str
    text: str
    note: str = ""


@dataclass(frozen=True)
class Line:
    """One notice. `more` says how many items are not listed."""

    kind: str
    light: str
    at: dt.datetime
    text: str
    items: Sequence[Item]
    more: str
    is_new: bool


LIGHTS = {
    NoticeKind.BEFORE: "soon",
    NoticeKind.DUE: "soon",
    NoticeKind.MOVED: "fine",
    NoticeKind.EXTENSION: "soon",
    NoticeKind.IDENTITY: "soon",
    NoticeKind.EXPERT: "waiting",
    NoticeKind.CASE: "waiting",
}


def lines_of(session: Session, notices: Sequence[StaffNotice]) -> list[Line]:
    """The notices in words, in a fixed number of queries."""
    names = _names(session, [subject for notice in notices for subject in _subjects(notice)])
    found = book(session)
    return [_line(notice, names, found) for notice in notices]


def _line(notice: StaffNotice, names: Mapping[Subject, tuple[str, str]], found: Book) -> Line:
    data = notice.data
    is_moved = notice.kind is NoticeKind.MOVED
    if is_moved:
        items = [_moved(move, names, found) for move in data["moves"]]
    elif notice.kind is NoticeKind.CASE:
        items = [_news(data, names)]
    elif notice.kind is NoticeKind.EXPERT:
        items = [_expert(data, names)]
    elif notice.kind is NoticeKind.EXTENSION:
        items = [_extension(data, names, found)]
    elif notice.kind is NoticeKind.IDENTITY:
        items = [_identity(data, names)]
    else:
        items = [_rung(data, names, found)]
    left_out = data["total"] - len(items) if is_moved else 0
    return Line(
        kind=label(NOTICE_LABELS[notice.kind]),
        light=LIGHTS.get(notice.kind, "late"),
        at=notice.at,
        text=_("原因：%(why)s", why=_why(data["why"])) if is_moved else "",
        items=items,
        more=ngettext("另有 %(num)s 个时限", "另有 %(num)s 个时限", left_out) if left_out > 0 else "",
        is_new=notice.read_at is None,
    )


def _why(kept: str | Mapping[str, Any]) -> str:
    """What moved the deadlines; notices of older versions keep the Chinese text alone."""
    return kept if isinstance(kept, str) else label(read(kept))


def _rung(data: Mapping[str, Any], names: Mapping[Subject, tuple[str, str]], found: Book) -> Item:
    name, url = names.get((data["kind"], data["id"]), ("", ""))
    end = day_text(dt.date.fromisoformat(data["end"]))
    return Item(name, url, _("%(title)s，届满日%(end)s", title=_title(found, data["rule"]), end=end))


def _extension(data: Mapping[str, Any], names: Mapping[Subject, tuple[str, str]], found: Book) -> Item:
    name, url = names.get((data["kind"], data["id"]), ("", ""))
    title, end = _title(found, data["rule"]), day_text(dt.date.fromisoformat(data["end"]))
    if data["what"] == "asked":
        return Item(
            name, url, _("申请延长“%(title)s”，请批准或者不批准；届满日%(end)s", title=title, end=end)
        )
    if data["what"] == "granted":
        return Item(name, url, _("已批准延长“%(title)s”，届满日%(end)s", title=title, end=end))
    return Item(name, url, _("没有批准延长“%(title)s”，届满日仍为%(end)s", title=title, end=end))


def _identity(data: Mapping[str, Any], names: Mapping[Subject, tuple[str, str]]) -> Item:
    name, url = names.get((data["kind"], data["id"]), ("", ""))
    texts = {
        "asked": _("有人申请查看举报投诉人身份信息，请批准或者不批准"),
        "granted": _("已批准您查看举报投诉人身份信息，请在规定时间内查看，只能查看一次"),
        "declined": _("没有批准您查看举报投诉人身份信息，理由见办件"),
    }
    return Item(name, url, texts.get(data["what"], ""))


def _expert(data: Mapping[str, Any], names: Mapping[Subject, tuple[str, str]]) -> Item:
    name, url = names.get((data["kind"], data["id"]), ("", ""))
    texts = {
        "accept": _("专家已接受邀请"),
        "decline": _("专家谢绝了邀请，请另请一位"),
        "give": _("专家已出具意见，请查看"),
    }
    return Item(name, url, texts.get(data["what"], ""))


def _news(data: Mapping[str, Any], names: Mapping[Subject, tuple[str, str]]) -> Item:
    """What was done to a case; an act that this version doesn't know any more is left unsaid."""
    name, url = names.get((data["kind"], data["id"]), ("", ""))
    if data["act"] not in set(Act):
        return Item(name, url, "")
    note = _where_it_is(data, names) if name and not url else ""
    if outcome := data.get("outcome"):
        result = label(OUTCOME_LABELS[Outcome(outcome)])
        return Item(name, url, _("移交出去的办件已经办结，处理结果：%(outcome)s", outcome=result), note)
    return Item(name, url, label(NEWS_LABELS.get(data["act"], DONE_LABELS[Act(data["act"])])), note)


def _where_it_is(data: Mapping[str, Any], names: Mapping[Subject, tuple[str, str]]) -> str:
    """After the feedback the case is closed to the units between the first and the last: with whom it can be asked for."""
    unit, _url = names.get((_UNIT, data.get("unit", 0)), ("", ""))
    if data["act"] not in _FEEDBACK or not unit:
        return ""
    return _(
        "办件由%(unit)s办理，反馈以后本机构不再能打开；要了解详情，请与该机构联系。", unit=in_script(unit)
    )


def _moved(move: Mapping[str, Any], names: Mapping[Subject, tuple[str, str]], found: Book) -> Item:
    name, url = names.get((move["kind"], move["id"]), ("", ""))
    old, new = (day_text(dt.date.fromisoformat(move[which])) for which in ("old", "new"))
    title = _title(found, move["rule"])
    if old == new:
        return Item(name, url, _("%(title)s，届满日仍为%(new)s，重新计算过", title=title, new=new))
    return Item(name, url, _("%(title)s，届满日由%(old)s改为%(new)s", title=title, old=old, new=new))


def _title(found: Book, rule_id: str) -> str:
    return label(found.rules.versions(rule_id)[-1].title) if rule_id in found.rules.ids else rule_id


def _subjects(notice: StaffNotice) -> list[Subject]:
    if notice.kind is NoticeKind.MOVED:
        return [(move["kind"], move["id"]) for move in notice.data["moves"]]
    data = notice.data
    unit = [(_UNIT, data["unit"])] if notice.kind is NoticeKind.CASE and data["act"] in _FEEDBACK else []
    return [(data["kind"], data["id"]), *unit]


def _names(session: Session, subjects: Iterable[Subject]) -> dict[Subject, tuple[str, str]]:
    """Name and address by kind and number; no address of what is out of sight, and of a recused case not even the name."""
    ids: dict[str, set[int]] = {kind: set() for kind in (*(one.value for one in SubjectKind), _UNIT)}
    for kind, number in subjects:
        ids[kind].add(number)
    today = beijing_date(now_utc())
    in_sight = Sight(account(), today, today).visible()
    known = (Case.id.in_(ids[SubjectKind.CASE]), Case.id.not_in(cases_kept_from(account())))
    cases = select(Case.id, Case.reference, in_sight).where(*known)
    decisions = select(Decision.id, Decision.document_number).where(
        Decision.id.in_(ids[SubjectKind.DECISION])
    )
    found: dict[Subject, tuple[str, str]] = {}
    for number, reference, is_seen in session.execute(cases):
        shown = grouped(reference)
        found["case", number] = (shown, url_for("case.show", reference=shown) if is_seen else "")
    for number, document in session.execute(decisions):
        found["decision", number] = (document, "")
    entries = entry_subjects()
    for subject, path in ((one, path) for one, path in _LISTS.items() if ids[one]):
        mine = (entries.c.kind == subject.value, entries.c.id.in_(ids[subject]))
        for number, name in session.execute(select(entries.c.id, entries.c.name).where(*mine)):
            found[subject.value, number] = (name, url_for("listing.show", kind=path.value, entry_id=number))
    if units := ids[_UNIT]:
        for number, name in session.execute(select(Unit.id, Unit.name).where(Unit.id.in_(units))):
            found[_UNIT, number] = (name, "")
    if letters := ids[SubjectKind.LETTER]:
        came_in = (entries.c.kind == SubjectKind.LETTER.value, entries.c.id.in_(letters))
        for number, name in session.execute(select(entries.c.id, entries.c.name).where(*came_in)):
            found["letter", number] = (name, url_for("letters.show", number=number))
    return found
