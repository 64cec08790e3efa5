"""Every act on an entry comes in here and goes to its verb."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from casework.lists.doing import DOINGS
from casework.lists.entries import KIND, entry_to_read, page
from casework.lists.forms import ActForm
from models.errors import Invalid, NotFound
from models.people.permissions import Permission
from shared.access import authorise, requires

blueprint = Blueprint("listing_acts", __name__, url_prefix="/casework/lists")


@blueprint.post(f"/{KIND}/<int:entry_id>/<act>")
@requires(Permission.LISTING_PROPOSE, Permission.LISTING_DECIDE)
def act(kind: str, entry_id: int, act: str) -> ResponseReturnValue:
    """Does it, or shows what is wrong at its field."""
    entry = entry_to_read(kind, entry_id)
    if act not in DOINGS:
        raise NotFound(_("没有这个行为。"))
    doing = DOINGS[act]
    authorise(doing.permission, entry)
    form = ActForm(prefix=f"{act}-").keep(doing.fields)
    if form.validate():
        try:
            doing.verb(entry, form)
        except Invalid as error:
            form.take(error)
        else:
            flash(_("已办理：%(act)s", act=doing.title), "done")
            return redirect(url_for("listing.show", kind=kind, entry_id=entry_id), code=303)
    return page(entry, {act: form}), 422
