"""`/outside/replies/<link>`: an authority that wrote to the bureau takes the numbered reply. That is its delivery."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from journey.keys import keyring
from journey.papers import send_reply
from models.letters.replies import fetched, reply_by_token
from models.letters.tables import IncomingLetter
from models.types import now_utc
from shared.access import public
from shared.database import session
from shared.limits import limited

blueprint = Blueprint("replies", __name__, url_prefix="/outside/replies/<token>")


@blueprint.get("")
@limited("outside", unsafe_only=False)
@public
def show(token: str) -> ResponseReturnValue:
    """Which reply it is, and the button that takes it."""
    page = render_template("public/outside/reply.html", letter=_letter(token), token=token)
    return page, {"X-Robots-Tag": "noindex", "Referrer-Policy": "same-origin", "Cache-Control": "no-store"}


@blueprint.post("")
@limited("outside")
@public
def take(token: str) -> ResponseReturnValue:
    """The reply: as PDF where there is one. Asked for by POST, because it is an event."""
    letter = _letter(token)
    fetched(session, letter=letter, now=now_utc())
    return send_reply(letter, as_pdf=letter.pdf_key is not None)


def _letter(token: str) -> IncomingLetter:
    return reply_by_token(session, token, keys=keyring(), now=now_utc())
