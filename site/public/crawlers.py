"""What programs ask for before anything else: robots.txt, security.txt (RFC 9116), an icon."""

from __future__ import annotations

import datetime as dt

from flask import Blueprint, Response, abort, redirect, url_for
from flask.typing import ResponseReturnValue

from models.types import now_utc
from shared.access import public
from shared.i18n import LANGUAGES
from shared.services import services

blueprint = Blueprint("crawlers", __name__)

# Nothing to be found there: pages of one person. What ended stays open to robots, so that they see its 410 and forget.
PERSONAL = ("/file", "/receipt", "/track", "/account/", "/casework/", "/admin/", "/respond/", "/sign-in")
SECURITY_TEXT_HOLDS = dt.timedelta(days=180)


@blueprint.get("/robots.txt")
@public
def robots() -> ResponseReturnValue:
    """All public pages are open; those of one person are not worth a visit."""
    closed = [f"Disallow: {language.prefix}{path}" for language in LANGUAGES for path in PERSONAL]
    return _plain(["User-agent: *", *closed, f"Sitemap: {_permanent('sitemap.index')}"])


@blueprint.get("/.well-known/security.txt")
@public
def security() -> ResponseReturnValue:
    """Where to report a weakness of this site; there is none to show until the profile names a contact."""
    contact = services().bureau.bureau.security_contact
    if not contact:
        abort(404)
    today = now_utc().replace(hour=0, minute=0, second=0, microsecond=0)
    expires = (today + SECURITY_TEXT_HOLDS).isoformat().replace("+00:00", "Z")
    languages, canonical = "Preferred-Languages: zh, en", f"Canonical: {_permanent('crawlers.security')}"
    return _plain([f"Contact: {contact}", f"Expires: {expires}", languages, canonical])


@blueprint.get("/favicon.ico")
@public
def icon() -> ResponseReturnValue:
    """For those that ask without having read a page."""
    return redirect(url_for("static", filename="mark.svg"), 301)


def _permanent(endpoint: str) -> str:
    return services().config.public_url + url_for(endpoint)


def _plain(lines: list[str]) -> Response:
    headers = {"Cache-Control": "public, max-age=3600"}
    return Response("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8", headers=headers)
