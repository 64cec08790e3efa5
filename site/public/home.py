"""The front page: two doors, a search box, what is promised, what was done this month, when somebody is there."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from models.bulletins.kinds import BulletinKind
from models.bulletins.queries import newest
from models.clocks.book import book
from models.types import beijing_date, now_utc
from public.bulletins import told
from public.figures import figures
from public.opening import opening
from public.promises import FRONT_PAGE, promises
from results import linked
from shared.access import public
from shared.database import session
from shared.pages import site_name
from shared.services import services

blueprint = Blueprint("home", __name__)

NOTICES = 3
# Searched as they stand, in every language: the decisions are in Chinese.
EXAMPLES = ("假冒注册商标", "假冒专利", "地理标志")


@blueprint.get("/")
@public
def home() -> ResponseReturnValue:
    """The front page."""
    now = now_utc()
    clocks = book(session)
    today, bureau = beijing_date(now), services().bureau.bureau
    return render_template(
        "home.html",
        examples=EXAMPLES,
        linked=linked.site(name=site_name(bureau), bureau=bureau.name),
        promises=promises(clocks.rules, services().bureau.promises, today, of=FRONT_PAGE),
        figures=figures(session, now),
        opening=opening(clocks.calendar, today),
        notices=[
            (one, told(one)) for one in newest(session, BulletinKind.NOTICE, today=today, limit=NOTICES)
        ],
    )
