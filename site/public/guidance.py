"""Pages of plain text: how to file, by telephone too, about the site, privacy, accessibility."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from models.bulletins.kinds import BulletinKind
from models.bulletins.queries import newest
from models.clocks.book import book
from models.rewards.queries import CLAIM, TELL
from models.rewards.schemes import scheme_on
from models.types import beijing_date, now_utc
from public.bulletins import told
from public.opening import opening
from public.promises import promises
from shared.access import public
from shared.database import session
from shared.services import services

blueprint = Blueprint("guidance", __name__)

NOTICES = 5


@blueprint.get("/guides")
@public
def guides() -> ResponseReturnValue:
    """What can be filed, what is needed, what happens then and by when."""
    lines = promises(book(session).rules, services().bureau.promises, beijing_date(now_utc()))
    return render_template("guidance/guides.html", promises=lines, uploads=services().config.uploads)


@blueprint.get("/guides/rewards")
@public
def rewards() -> ResponseReturnValue:
    """Who can have a reward, how much, and how it is claimed without a name."""
    today = beijing_date(now_utc())
    rules = book(session).rules
    return render_template(
        "guidance/rewards.html",
        scheme=scheme_on(today),
        rule=rules.pick(CLAIM, today),
        telling=rules.pick(TELL, today),
    )


@blueprint.get("/hotline")
@public
def hotline() -> ResponseReturnValue:
    """Which number answers what, when the counter is open, and what else is announced (plan: 公开活动电话)."""
    today = beijing_date(now_utc())
    return render_template(
        "guidance/hotline.html",
        opening=opening(book(session).calendar, today),
        notices=[
            (one, told(one)) for one in newest(session, BulletinKind.NOTICE, today=today, limit=NOTICES)
        ],
    )


@blueprint.get("/about")
@public
def about() -> ResponseReturnValue:
    """Who runs the site, and what its figures mean."""
    return render_template("guidance/about.html")


@blueprint.get("/privacy")
@public
def privacy() -> ResponseReturnValue:
    """What is kept of a filer, who sees it, for how long."""
    return render_template("guidance/privacy.html")


@blueprint.get("/accessibility")
@public
def accessibility() -> ResponseReturnValue:
    """What the site does for readers with other needs, and whom to tell when it fails."""
    return render_template("guidance/accessibility.html")
