"""The receipt after filing: reference, query code as long as it is held, what happens next and by when."""

from __future__ import annotations

import segno
from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from journey.access import opened_filing
from journey.keys import keyring
from journey.progress import progress_of
from models.cases.queries import case_of_filing
from models.filings.operations import note_code
from models.filings.queries import held_code
from models.people.actors import FILER
from models.types import now_utc
from shared.access import public
from shared.database import session
from shared.services import services

blueprint = Blueprint("receipt", __name__, url_prefix="/receipt")


@blueprint.get("/<reference>")
@public
def show(reference: str) -> ResponseReturnValue:
    """The receipt, for the session that filed or has shown the code; else as if there were none."""
    filing, now = opened_filing(reference), now_utc()
    address = services().config.public_url + url_for("tracking.start")
    return render_template(
        "public/receipt/receipt.html",
        filing=filing,
        code=held_code(session, filing, now=now, keys=keyring()),
        progress=progress_of(session, case_of_filing(session, filing.id), now),
        track_address=address,
        picture=_picture(address),
    )


@blueprint.post("/<reference>/noted")
@public
def noted(reference: str) -> ResponseReturnValue:
    """The filer has written the code down; it is shown no more."""
    filing = opened_filing(reference)
    note_code(session, filing=filing, actor=FILER, now=now_utc())
    return redirect(url_for("receipt.show", reference=filing.reference), 303)


def _picture(address: str) -> Markup:
    """A QR code of the tracking address alone: whoever finds the sheet learns nothing from it."""
    svg = segno.make(address, error="m").svg_inline(
        scale=4, border=4, dark="#000", light="#fff", omitsize=True
    )
    return Markup(svg)  # noqa: S704 - made here from our own address
