"""What search engines of others may find: an index of sitemaps, the pages, the decisions in parts, what has ended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from xml.sax.saxutils import escape

from flask import Blueprint, Response, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from models.decisions.queries import ended_since, public_addresses, public_count
from models.errors import NotFound
from models.types import beijing_date, now_utc
from shared.access import public
from shared.database import session

blueprint = Blueprint("sitemap", __name__)

PART = 20_000
RECRAWL = dt.timedelta(days=90)
MOST_ENDED = 20_000
PAGES = (
    "home.home",
    "decisions.index",
    "lists.index",
    "asking.language",
    "check.ask",
    "data.index",
    "api_docs.page",
)
_SCHEMA = "http://www.sitemaps.org/schemas/sitemap/0.9"

Entry = tuple[str, dt.datetime | None]


@blueprint.get("/sitemap.xml")
@public
def index() -> ResponseReturnValue:
    """The index: one sitemap of pages, as many of decisions as are needed, one of what has ended."""
    parts = -(-public_count(session, today=beijing_date(now_utc())) // PART)
    addresses = [url_for("sitemap.pages", _external=True), url_for("sitemap.ended", _external=True)]
    addresses += [url_for("sitemap.decisions", part=part, _external=True) for part in range(1, parts + 1)]
    return _xml("sitemapindex", "sitemap", [(address, None) for address in addresses])


@blueprint.get("/sitemap-pages.xml")
@public
def pages() -> ResponseReturnValue:
    """Pages that are always there."""
    return _xml("urlset", "url", [(url_for(endpoint, _external=True), None) for endpoint in PAGES])


@blueprint.get("/sitemap-decisions/<int:part>.xml")
@public
def decisions(part: int) -> ResponseReturnValue:
    """The permanent addresses of public decisions."""
    start = (part - 1) * PART
    found = public_addresses(session, today=beijing_date(now_utc()), start=max(start, 0), limit=PART)
    if part < 1 or (start and not found):
        raise NotFound(_("没有这样的网站地图。"))
    return _xml(
        "urlset",
        "url",
        [(url_for("decisions.show", public_id=name, _external=True), changed) for name, changed in found],
    )


@blueprint.get("/sitemap-ended.xml")
@public
def ended() -> ResponseReturnValue:
    """Addresses that now say 410, so that others look again and forget."""
    gone = ended_since(session, now_utc() - RECRAWL, limit=MOST_ENDED)
    return _xml(
        "urlset",
        "url",
        [(url_for("decisions.show", public_id=one.public_id, _external=True), one.ended_at) for one in gone],
    )


def _xml(root: str, element: str, entries: Iterable[Entry]) -> Response:
    lines = (
        f"<{element}><loc>{escape(address)}</loc>"
        + (f"<lastmod>{changed.isoformat(timespec='seconds')}</lastmod>" if changed else "")
        + f"</{element}>"
        for address, changed in entries
    )
    body = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{_SCHEMA}">\n'
        + "\n".join(lines)
        + f"\n</{root}>\n"
    )
    return Response(body, content_type="application/xml; charset=utf-8")
