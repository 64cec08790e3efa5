"""Entries of the lists as data and as files: one shape for pages, JSON, CSV, XLSX and feeds.

An entry names its rule with its version and the decisions that it rests on, so that anyone can check it against the
export of decisions.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any
from xml.etree import ElementTree as ET

from flask import url_for
from flask_babel import gettext as _

from models.decisions.causes import causes
from models.lists.kinds import LIST_KIND_LABELS, ListKind
from models.lists.rules import ListRule, is_final_only, laws
from models.lists.tables import Entry, SeriousEntry
from models.types import beijing_date, now_utc
from results.exports import Export, csv_export, xlsx_export
from results.feed import ATOM
from results.shapes import REUSE
from shared.i18n import label

COLUMNS = {
    "id": "编号",
    "url": "地址",
    "list": "名单",
    "name": "名称",
    "uscc": "统一社会信用代码",
    "reason": "列入事由",
    "listed_on": "列入决定日期",
    "document_number": "列入决定文号",
    "authority": "列入决定机关",
    "published_on": "公布日期",
    "ends_on": "公布至",
    "rule": "列入规则及版本",
    "decisions": "依据决定书（编号）",
    "final_on": "依据决定书终局日期（与编号同序）",
    "final_only": "只认终局决定",
    "objection_since": "异议处理中（收到日期）",
    "restricted_until": "限制措施届满日",
}


def entry_item(entry: Entry) -> dict[str, Any]:
    """One entry. `decisions` are permanent ids; one whose own publication has ended answers 410 there."""
    return {
        "id": entry.public_id,
        "url": url_for("lists.show", kind=entry.kind.value, _external=True, _anchor=entry.public_id),
        "list": entry.kind.value,
        "name": entry.name,
        "uscc": entry.uscc,
        "reason": entry.reason,
        "listed_on": _day(entry.decided_on),
        "document_number": entry.document_number,
        "authority": entry.unit.name,
        "published_on": _day(beijing_date(entry.published_at) if entry.published_at else None),
        "ends_on": _day(entry.ends_on),
        "rule": entry.rule,
        "decisions": [decision.public_id for decision in entry.bases],
        "final_on": [_day(decision.final_on) or "" for decision in entry.bases],
        "final_only": is_final_only(entry.unit.region_code),
        "objection_since": _day(entry.objected_on),
        "restricted_until": _day(entry.restricted_until_on if isinstance(entry, SeriousEntry) else None),
    }


def collection(
    kind: ListKind, entries: Sequence[Entry], *, total: int, next_url: str | None = None
) -> dict[str, Any]:
    """A list, or a page of it: short enough to be given in one piece, in pages for who asks for them."""
    law = laws()[kind]
    return {
        "total": total,
        "items": [entry_item(entry) for entry in entries],
        "next": next_url,
        "facets": {},
        "_meta": {
            "list": kind.value,
            "basis": law.basis,
            "effect": law.effect,
            "leaving": law.leaving,
            "rules": {rule.name: rule.text for rule in law.rules},
            "recompute": {
                "term_months": law.term_months,
                "rules": {one.name: _rule(one) for one in law.rules},
            },
            "generated_at": now_utc().isoformat(timespec="seconds"),
            "reuse": REUSE,
        },
    }


def _rule(rule: ListRule) -> dict[str, Any]:
    """What a rule asks for, as figures: all that it takes to hold an entry against the decisions it names."""
    serious = [name for cause in causes() if cause.is_serious for name in (cause.name, *cause.aliases)]
    return {
        "force_from": rule.force_from.isoformat(),
        "decisions": rule.decisions,
        "window_years": rule.window_years,
        "same_right_type": rule.same_right_type,
        "causes": serious if rule.serious_causes else None,
        "no_public_decision": rule.clean,
        "kinds": [kind.value for kind in rule.kinds],
    }


def rows(entries: Sequence[Entry]) -> Iterator[dict[str, Any]]:
    """For the files: the columns in their order."""
    return ({name: entry_item(entry)[name] for name in COLUMNS} for entry in entries)


def as_csv(entries: Sequence[Entry], *, bom: bool) -> Export:
    """UTF-8 with CRLF; with `bom` made for Excel."""
    return csv_export(rows(entries), bom=bom, columns=COLUMNS)


def as_xlsx(kind: ListKind, entries: Sequence[Entry]) -> Export:
    """A workbook with the rows and where they come from."""
    law = laws()[kind]
    note = [("名单", LIST_KIND_LABELS[kind]), ("依据", law.basis), ("效力", law.effect)]
    note += [(f"规则 {rule.name}", rule.text) for rule in law.rules]
    note.append(("生成时间", now_utc().isoformat(timespec="seconds")))
    return xlsx_export(rows(entries), note=note, columns=COLUMNS, title=LIST_KIND_LABELS[kind][:31])


def as_feed(kind: ListKind, entries: Sequence[Entry], *, author: str, now: dt.datetime) -> bytes:
    """The list as an Atom feed. What has left it is simply no longer there: the law forbids to say so."""
    feed = ET.Element(f"{{{ATOM}}}feed")
    address = url_for("lists.feed", kind=kind.value, _external=True)
    _text(feed, "id", address)
    _text(feed, "title", label(LIST_KIND_LABELS[kind]))
    _text(feed, "updated", _instant(max((entry.updated_at for entry in entries), default=now)))
    ET.SubElement(feed, f"{{{ATOM}}}link", rel="self", href=address, type="application/atom+xml")
    _text(ET.SubElement(feed, f"{{{ATOM}}}author"), "name", author)
    for entry in entries:
        made, item = ET.SubElement(feed, f"{{{ATOM}}}entry"), entry_item(entry)
        _text(made, "id", item["url"])
        _text(made, "title", entry.name)
        _text(made, "updated", _instant(entry.updated_at))
        ET.SubElement(made, f"{{{ATOM}}}link", rel="alternate", href=item["url"], type="text/html")
        mark = _("（异议处理中）") if entry.objected_on else ""
        _text(made, "summary", entry.reason + mark)
    ET.register_namespace("", ATOM)
    return ET.tostring(feed, encoding="utf-8", xml_declaration=True)


def _text(parent: ET.Element, name: str, words: str) -> None:
    ET.SubElement(parent, f"{{{ATOM}}}{name}").text = "".join(char for char in words if char >= " ")


def _instant(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
