"""Handing out an original that somebody handed in: what it may hold is told first, malware needs a word more."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from casework.forms import OriginalForm
from journey.evidence import send_original
from models.errors import Invalid
from models.filings.evidence import hand_out
from models.filings.examined import Examined
from models.filings.kinds import COPY_OBSTACLE_LABELS, COPY_STATE_LABELS, SCAN_STATE_LABELS
from models.types import now_utc
from shared.access import account
from shared.database import session


def original_page(file: Examined, *, kicker: str, back: tuple[str, str]) -> ResponseReturnValue:
    """The page before the original, and on POST the original itself. The caller has asked for permission.

    Malware is handed out only to somebody who says to know it. `back`: the address and the words of the way back.
    """
    form = OriginalForm()
    if not file.is_infected:
        del form.knows_of_malware
    if form.validate_on_submit():
        knows = "knows_of_malware" in form and bool(form.knows_of_malware.data)
        try:
            hand_out(session, file=file, actor=account(), now=now_utc(), knows_of_malware=knows)
        except Invalid as error:
            form.take(error)
        else:
            return send_original(file)
    page = render_template(
        "casework/original.html",
        file=file,
        form=form,
        kicker=kicker,
        back=back,
        scan=SCAN_STATE_LABELS[file.scan_state],
        copy=COPY_STATE_LABELS[file.copy_state],
        obstacle=COPY_OBSTACLE_LABELS[file.copy_obstacle] if file.copy_obstacle else "",
    )
    return page, 422 if form.problems() else 200
