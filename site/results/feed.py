"""The same question as an Atom feed (RFC 4287), with pages (RFC 5005); and the feed of what is no longer public."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from flask import Response, request, url_for
from flask_babel import gettext as _

from models.decisions.tables import Decision
from results import addresses
from results.finding import Page
from results.shapes import permanent_url
from results.shown import Shown
from results.understood import understood

ATOM = "http://www.w3.org/2005/Atom"
TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"
TYPE = "application/atom+xml; charset=utf-8"


def answer(feed: bytes) -> Response:
    """The feed; 304 for the reader that has it already."""
    response = Response(feed, content_type=TYPE)
    response.add_etag()
    return response.make_conditional(request)


def decisions_feed(page: Page, *, path: str, author: str, now: dt.datetime) -> bytes:
    """A page of the answer as a feed; entries are named by their permanent addresses."""
    told = understood(page.query)
    changed = max((_changed(found.decision) for found in page.items), default=_day_of(now))
    self_url = addresses.absolute(addresses.address(path + ".atom", page.asked, after=page.asked.after))
    feed = _feed(
        _("行政处罚和裁决公示") + (f" · {told}" if told else ""),
        addresses.absolute(addresses.address(path + ".atom", page.asked)),
        self_url,
        changed,
        author,
    )
    _link(feed, "alternate", addresses.absolute(addresses.address(path, page.asked)), "text/html")
    following = addresses.next_url(path + ".atom", page)
    if following:
        _link(feed, "next", addresses.absolute(following), "application/atom+xml")
    for found in page.items:
        _entry(feed, found.decision)
    return _bytes(feed)


def removals_feed(gone: Sequence[Decision], *, author: str, next_url: str | None, now: dt.datetime) -> bytes:
    """Ids and times of decisions that ended (RFC 6721): enough to delete a copy, nothing to learn."""
    address = addresses.absolute(request.script_root + request.path)
    changed = max((one.ended_at for one in gone if one.ended_at), default=_day_of(now))
    feed = _feed(_("已停止公示的决定书"), address, address, changed, author)
    if next_url:
        _link(feed, "next", next_url, TYPE)
    for one in gone:
        ended = one.ended_at or now
        tombstone = ET.SubElement(
            feed, f"{{{TOMBSTONES}}}deleted-entry", ref=permanent_url(one), when=_time(ended)
        )
        ET.SubElement(tombstone, f"{{{TOMBSTONES}}}comment").text = str(one.end_kind or "")
    return _bytes(feed)


@dataclass(frozen=True)
class Entry:
    """An entry of a feed that is about something else than decisions. `url` is permanent, and its name."""

    url: str
    title: str
    summary: str
    term: str
    published_at: dt.datetime
    updated_at: dt.datetime


def entries_feed(
    title: str, entries: Sequence[Entry], *, page: str, own: str, author: str, now: dt.datetime
) -> bytes:
    """The newest entries as a feed; `page` is where people read them, `own` the feed's address."""
    feed = _feed(title, own, own, max((one.updated_at for one in entries), default=_day_of(now)), author)
    _link(feed, "alternate", page, "text/html")
    for one in entries:
        entry = ET.SubElement(feed, f"{{{ATOM}}}entry")
        _text(entry, "id", one.url)
        _text(entry, "title", one.title)
        _text(entry, "updated", _time(one.updated_at))
        _text(entry, "published", _time(one.published_at))
        _link(entry, "alternate", one.url, "text/html")
        ET.SubElement(entry, f"{{{ATOM}}}category", term=one.term)
        _text(entry, "summary", one.summary)
    return _bytes(feed)


def _feed(title: str, name: str, self_url: str, changed: dt.datetime, author: str) -> ET.Element:
    feed = ET.Element(f"{{{ATOM}}}feed")
    _text(feed, "id", name)
    _text(feed, "title", title)
    _text(feed, "updated", _time(changed))
    _link(feed, "self", self_url, "application/atom+xml")
    _text(ET.SubElement(feed, f"{{{ATOM}}}author"), "name", author)
    return feed


def _entry(feed: ET.Element, decision: Shown) -> None:
    entry = ET.SubElement(feed, f"{{{ATOM}}}entry")
    _text(entry, "id", permanent_url(decision))
    _text(entry, "title", f"{decision.party_name} {decision.document_number}")
    _text(entry, "updated", _time(_changed(decision)))
    if decision.published_at:
        _text(entry, "published", _time(decision.published_at))
    _link(entry, "alternate", permanent_url(decision), "text/html")
    data = url_for("decision_data.one", public_id=decision.public_id, _external=True)
    _link(entry, "alternate", data, "application/json")
    ET.SubElement(entry, f"{{{ATOM}}}category", term=decision.cause_name)
    _text(entry, "summary", decision.facts)


def _day_of(now: dt.datetime) -> dt.datetime:
    """When a feed of nothing last changed: not with every look at it."""
    return now.replace(hour=0, minute=0, second=0, microsecond=0)


def _changed(decision: Shown) -> dt.datetime:
    return max(filter(None, (decision.updated_at, decision.published_at)))


def _time(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _text(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, f"{{{ATOM}}}{name}").text = "".join(
        char for char in text if char >= " " or char in "\n\t"
    )


def _link(parent: ET.Element, rel: str, href: str, kind: str) -> None:
    ET.SubElement(parent, f"{{{ATOM}}}link", rel=rel, href=href, type=kind)


def _bytes(feed: ET.Element) -> bytes:
    ET.register_namespace("", ATOM)
    ET.register_namespace("at", TOMBSTONES)
    return ET.tostring(feed, encoding="utf-8", xml_declaration=True)
