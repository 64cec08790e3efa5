"""`/oversight/<link>`: a procuratorate looks at the referrals of which it gets a copy, and takes the packs.

The link is the key, as that of an outside body is: in no log, in no index, learnt by no page that is opened from here.
"""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from journey.deadlines import shown_clocks
from journey.keys import keyring
from journey.referrals import history, send_pack
from models.errors import NotFound
from models.people.actors import OutsideBody
from models.referrals import watch as oversight
from models.referrals.queries import clocks_of
from models.referrals.tables import ReferralWatch
from models.referrals.terms import STANDING_LABELS, Standing
from models.types import now_utc
from shared.access import public
from shared.database import session
from shared.limits import limited

blueprint = Blueprint("oversight", __name__, url_prefix="/oversight/<token>")

_SECRET = {"X-Robots-Tag": "noindex", "Referrer-Policy": "same-origin", "Cache-Control": "no-store"}


@blueprint.get("")
@limited("outside", unsafe_only=False)
@public
def show(token: str) -> ResponseReturnValue:
    """Every referral: what it is about, what was done when, which clocks were kept."""
    watch, now = _watch(token), now_utc()
    if not watch.is_open(now):
        return render_template("public/oversight/over.html", watch=watch), 410, _SECRET
    referrals = oversight.overseen(session, watch)
    clocks = clocks_of(session, referrals)
    page = render_template(
        "public/oversight/show.html",
        watch=watch,
        token=token,
        referrals=referrals,
        clocks={number: shown_clocks(session, found, now) for number, found in clocks.items()},
        standings=STANDING_LABELS,
        histories={one.id: history(one, for_staff=False) for one in referrals},
        declined=Standing.DECLINED,
    )
    return page, 200, _SECRET


@blueprint.post("/packs/<int:number>")
@limited("outside")
@public
def pack(token: str, number: int) -> ResponseReturnValue:
    """The copy of one pack. Taking it is an event."""
    watch = _watch(token)
    if not watch.is_open(now_utc()):
        raise NotFound(_("这个链接已经停用或者过期。"))
    return send_pack(oversight.overseen_one(session, watch, number), OutsideBody(watch.unit_id))


def _watch(token: str) -> ReferralWatch:
    return oversight.watch_by_token(session, token, keys=keyring())
