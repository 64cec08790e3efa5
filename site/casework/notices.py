"""An officer's notices: what is due, what was escalated, which dates moved; and the calendar feed of due dates."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound

from casework.notice_words import Line, lines_of
from models.people.permissions import Permission
from models.supervision.feeds import as_icalendar, due_dates
from models.supervision.operations import give_feed, open_feed, reader_of, revoke_feed
from models.supervision.telling import PAGE, mark_read, notices_of, unread
from models.types import now_utc
from shared.access import account, public, requires
from shared.database import session
from shared.i18n import label
from shared.limits import limited
from shared.pages import site_name
from shared.requests import row_number
from shared.services import services

blueprint = Blueprint("notices", __name__, url_prefix="/casework")

READERS = (Permission.CASE_VIEW, Permission.DECISION_VIEW)


@blueprint.get("/notices")
@requires(*READERS)
def index() -> ResponseReturnValue:
    """The newest notices."""
    notices = notices_of(session, account(), before=row_number(request.args.get("before")))
    shown = notices[:PAGE]
    older = url_for("notices.index", before=shown[-1].id) if len(notices) > PAGE else None
    lines: list[Line] = lines_of(session, shown)
    return render_template(
        "casework/notices.html",
        lines=lines,
        unread=unread(session, account()),
        newest=shown[0].id if shown else 0,
        older=older,
    )


@blueprint.post("/notices/read")
@requires(*READERS)
def read() -> ResponseReturnValue:
    """Marks what was on the page as read; what came in the meantime stays new."""
    mark_read(session, account(), up_to=row_number(request.form.get("up_to")) or 0, now=now_utc())
    return redirect(url_for("notices.index"), code=303)


@blueprint.get("/feed")
@requires(*READERS)
def feed() -> ResponseReturnValue:
    """Whether there is a feed, and how to get one."""
    return render_template("casework/feed.html", feed=open_feed(session, account()), address="")


@blueprint.post("/feed")
@requires(*READERS)
def give() -> ResponseReturnValue:
    """A new address, shown this once; the old one stops."""
    token = give_feed(session, account=account(), now=now_utc())
    address = services().config.public_url + url_for("notices.calendar", token=token)
    response = Response(
        render_template("casework/feed.html", feed=open_feed(session, account()), address=address)
    )
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.post("/feed/revoke")
@requires(*READERS)
def revoke() -> ResponseReturnValue:
    """Stops the feed."""
    revoke_feed(session, account=account(), now=now_utc())
    flash(_("订阅地址已经作废。"), "done")
    return redirect(url_for("notices.feed"), code=303)


@blueprint.get("/feed/<token>.ics")
@public
@limited("api", unsafe_only=False)
def calendar(token: str) -> ResponseReturnValue:
    """The feed itself: whoever knows the address may read it; unknown and revoked are the same."""
    reader = reader_of(session, token)
    if reader is None:
        raise NotFound
    host = urlsplit(services().config.public_url).hostname or "localhost"
    name = _("办件时限：%(site)s", site=site_name(services().bureau.bureau))
    text = as_icalendar(due_dates(session, reader), name=name, host=host, now=now_utc(), say=label)
    response = Response(text, content_type="text/calendar; charset=utf-8")
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
