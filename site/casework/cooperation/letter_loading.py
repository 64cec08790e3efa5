"""Loading a letter that came in: one out of reach is as absent as one that never was."""

from __future__ import annotations

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from models.letters.queries import letter_by_id
from models.letters.tables import IncomingLetter
from models.people.permissions import Permission, can
from shared.access import account, authorise
from shared.database import session


def letter_for(number: int, permission: Permission | None = None) -> IncomingLetter:
    """The letter, if its unit is the officer's; and if they may use `permission` on it."""
    letter = letter_by_id(session, number)
    if not any(can(account(), one, letter) for one in (Permission.PAPER_WRITE, Permission.PAPER_APPROVE)):
        abort(404)
    if permission is not None:
        authorise(permission, letter)
    return letter


def back_to(letter: IncomingLetter, news: str) -> ResponseReturnValue:
    """To the page of the letter, with what was done."""
    flash(news, "done")
    return redirect(url_for("letters.show", number=letter.id), code=303)
