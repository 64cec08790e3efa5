"""Typical cases at /cases and notices at /notices: lists, and a permanent address for each."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from models.bulletins.kinds import BulletinKind, BulletinText
from models.bulletins.queries import newest, public_bulletin
from models.bulletins.tables import Bulletin
from models.types import beijing_date, now_utc
from shared.access import public
from shared.database import session
from shared.i18n import SOURCE, current_locale
from shared.requests import row_number

SHOWN = 20
LEADS = {
    BulletinKind.TYPICAL_CASE: _l("从公示中的处罚决定里选出，说明怎么认定、为什么典型。"),
    BulletinKind.NOTICE: _l("专项行动、活动安排和服务变化。"),
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
@public
def index(kind: BulletinKind) -> ResponseReturnValue:
    """The newest first."""
    before = row_number(request.args.get("before"))
    found = newest(session, kind, today=beijing_date(now_utc()), before=before, limit=SHOWN + 1)
    return render_template(
        "public/bulletins/index.html",
        kind=kind,
        lead=LEADS[kind],
        bulletins=[(one, told(one)) for one in found[:SHOWN]],
        next_url=url_for(".index", kind=kind, before=found[SHOWN - 1].id) if len(found) > SHOWN else None,
        first_url=url_for(".index", kind=kind) if before is not None else None,
    )


@blueprint.get("/cases/<public_id>", defaults={"kind": BulletinKind.TYPICAL_CASE})
@blueprint.get("/notices/<public_id>", defaults={"kind": BulletinKind.NOTICE})
@public
def show(kind: BulletinKind, public_id: str) -> ResponseReturnValue:
    """One of them; 410 when it was taken down, or a decision behind it is no longer public."""
    bulletin, is_public = public_bulletin(session, kind, public_id, today=beijing_date(now_utc()))
    if not is_public:
        return make_response(render_template("public/bulletins/gone.html", bulletin=bulletin), 410)
    return render_template("public/bulletins/show.html", bulletin=bulletin, told=told(bulletin))


def told(bulletin: Bulletin) -> Told:
    """What the bulletin says to the reader of this page."""
    if current_locale() == "en" and bulletin.english:
        return Told(bulletin.english, "en")
    return Told(bulletin.chinese, SOURCE.tag)
