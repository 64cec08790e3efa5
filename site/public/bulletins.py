"""Typical cases, notices, answers to questions and warnings about other countries: lists, and an address for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from journey.evidence import send_picture
from models.bulletins.kinds import BULLETIN_KIND_LABELS, BulletinKind, BulletinText
from models.bulletins.pictures import picture_of
from models.bulletins.queries import newest, public_bulletin
from models.bulletins.tables import Bulletin
from models.overseas.countries import COUNTRIES
from models.types import beijing_date, now_utc
from results.answers import refused
from results.asked import Asked
from results.bulletins_asked import bulletins_answering
from results.complaints import complaint
from results.feed import Entry, entries_feed
from results.feed import answer as feed_answer
from search.errors import QueryError
from shared.access import public
from shared.database import session
from shared.i18n import SOURCE, current_locale, label
from shared.requests import row_number
from shared.services import services

SHOWN = 20
LONGEST_WORDS = 100
SEARCHED = (BulletinKind.TYPICAL_CASE, BulletinKind.GUIDE, BulletinKind.WARNING)
MOST_ASKED = 2000  # bulletins of a kind that are looked through
LEADS = {
    BulletinKind.TYPICAL_CASE: _l("从公示中的决定书里选出，说明怎么认定、为什么典型。"),
    BulletinKind.NOTICE: _l("专项行动、活动安排和服务变化。"),
    BulletinKind.GUIDE: _l("别人问过的问题和我们的解答，已经去掉咨询人的信息。"),
    BulletinKind.WARNING: _l("海外知识产权纠纷的早期预警，按国家和地区查看；可以订阅。"),
}

blueprint = Blueprint("bulletins", __name__)


@dataclass(frozen=True)
class Told:
    """A bulletin in the language of the page; where nobody has translated it, in Chinese, and marked so."""

    text: BulletinText
    language: str

    @property
    def is_untranslated(self) -> bool:
        return current_locale() == "en" and self.language != "en"


@blueprint.get("/cases", defaults={"kind": BulletinKind.TYPICAL_CASE})
@blueprint.get("/notices", defaults={"kind": BulletinKind.NOTICE})
@blueprint.get("/guides/questions", defaults={"kind": BulletinKind.GUIDE})
@blueprint.get("/warnings", defaults={"kind": BulletinKind.WARNING})
@public
def index(kind: BulletinKind) -> ResponseReturnValue:
    """The newest first; all but notices by words, in the language of decisions, warnings by country."""
    before, asked, wrong = row_number(request.args.get("before")), _asked(kind), None
    try:
        found = _found(kind, asked, before)
    except QueryError as error:
        wrong = complaint(error, Asked(q=asked["words"]), request.script_root + request.path)
        found = _found(kind, {**asked, "words": ""}, before)
    return render_template(
        "public/bulletins/index.html",
        kind=kind,
        refusal=wrong,
        lead=LEADS[kind],
        title=label(BULLETIN_KIND_LABELS[kind]),
        asked=asked,
        countries=COUNTRIES,
        bulletins=[(one, told(one)) for one in found[:SHOWN]],
        next_url=url_for(".index", kind=kind, before=found[SHOWN - 1].id, **_in_address(asked))
        if len(found) > SHOWN
        else None,
        first_url=url_for(".index", kind=kind, **_in_address(asked)) if before is not None else None,
    )


@blueprint.get("/cases/<public_id>", defaults={"kind": BulletinKind.TYPICAL_CASE})
@blueprint.get("/notices/<public_id>", defaults={"kind": BulletinKind.NOTICE})
@blueprint.get("/guides/questions/<public_id>", defaults={"kind": BulletinKind.GUIDE})
@blueprint.get("/warnings/<public_id>", defaults={"kind": BulletinKind.WARNING})
@public
def show(kind: BulletinKind, public_id: str) -> ResponseReturnValue:
    """One of them; 410 when it was taken down, or a decision behind it is no longer public."""
    bulletin, is_public = public_bulletin(session, kind, public_id, today=beijing_date(now_utc()))
    if not is_public:
        return make_response(render_template("public/bulletins/gone.html", bulletin=bulletin), 410)
    return render_template(
        "public/bulletins/show.html",
        bulletin=bulletin,
        told=told(bulletin),
        title=label(BULLETIN_KIND_LABELS[kind]),
        country=label(COUNTRIES.get(bulletin.country, bulletin.country)) if bulletin.country else "",
    )


@blueprint.get("/warnings.atom")
@public
def feed() -> ResponseReturnValue:
    """The newest warnings, of all countries or of one, as an Atom feed (RFC 4287)."""
    asked = _asked(BulletinKind.WARNING)
    found = _found(BulletinKind.WARNING, asked)[:SHOWN]
    entries = [
        Entry(
            url=url_for(".show", kind=one.kind, public_id=one.public_id, _external=True),
            title=told(one).text.title,
            summary=told(one).text.summary,
            term=one.country or "",
            published_at=one.published_at or one.updated_at,
            updated_at=one.updated_at,
        )
        for one in found
    ]
    page = url_for(".index", kind=BulletinKind.WARNING, _external=True, **_in_address(asked))
    own = url_for(".feed", _external=True, **_in_address(asked))
    author = services().bureau.bureau.name
    made = entries_feed(_("海外预警"), entries, page=page, own=own, author=author, now=now_utc())
    return feed_answer(made)


@blueprint.errorhandler(QueryError)
def _refused(error: QueryError) -> Response:
    """Of the feed; a page says it where it can be mended."""
    return refused(error)


def _found(kind: BulletinKind, asked: dict[str, str], before: int | None = None) -> Sequence[Bulletin]:
    """A page of them and one more. Those that words are looked for in come whole: they are few."""
    today, country = beijing_date(now_utc()), asked["country"]
    if not asked["words"]:
        return newest(session, kind, today=today, before=before, limit=SHOWN + 1, country=country)
    every = newest(
        session, kind, today=today, before=before, limit=MOST_ASKED, country=country, with_decisions=True
    )
    return bulletins_answering(every, asked["words"])[: SHOWN + 1]


def _asked(kind: BulletinKind) -> dict[str, str]:
    """What the address asks for: words, of all but notices; a country that we know, of warnings."""
    words = request.args.get("q", "").strip()[:LONGEST_WORDS] if kind in SEARCHED else ""
    country = request.args.get("country", "") if kind is BulletinKind.WARNING else ""
    return {"words": words, "country": country if country in COUNTRIES else ""}


def _in_address(asked: dict[str, str]) -> dict[str, str]:
    named = {"q": asked["words"], "country": asked["country"]}
    return {name: value for name, value in named.items() if value}


@blueprint.get("/cases/<public_id>/pictures/<int:number>", defaults={"kind": BulletinKind.TYPICAL_CASE})
@blueprint.get("/notices/<public_id>/pictures/<int:number>", defaults={"kind": BulletinKind.NOTICE})
@blueprint.get("/guides/questions/<public_id>/pictures/<int:number>", defaults={"kind": BulletinKind.GUIDE})
@blueprint.get("/warnings/<public_id>/pictures/<int:number>", defaults={"kind": BulletinKind.WARNING})
@public
def picture(kind: BulletinKind, public_id: str, number: int) -> ResponseReturnValue:
    """One of its pictures, as the copy of it; 410 with the bulletin."""
    bulletin, is_public = public_bulletin(session, kind, public_id, today=beijing_date(now_utc()))
    if not is_public:
        return make_response(render_template("public/bulletins/gone.html", bulletin=bulletin), 410)
    return send_picture(picture_of(bulletin, number))


def told(bulletin: Bulletin) -> Told:
    """What the bulletin says to the reader of this page."""
    if current_locale() == "en" and bulletin.english:
        return Told(bulletin.english, "en")
    return Told(bulletin.chinese, SOURCE.tag)
