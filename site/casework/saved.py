"""Views of the queue that officers keep: saving the one on the screen, changing or deleting one, and the lines of the left column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from models.cases.saved.operations import change_view, drop_view, keep_view, may_drop
from models.cases.saved.tables import SavedView
from models.errors import Invalid
from models.people.permissions import Permission
from models.people.tables import Account
from models.types import now_utc
from shared.access import account, requires
from shared.database import session
from shared.i18n import label

blueprint = Blueprint("saved", __name__, url_prefix="/casework/views")

KEPT = (
    *("view", "light", "state", "track", "right_type", "complexity", "unit", "handler", "lane", "proof"),
    *("q", "sort"),
)
LONGEST_VALUE = 100


@dataclass(frozen=True)
class Line:
    """A saved view in the left column; `count` is -1 where it is not counted on every page."""

    name: str
    url: str
    count: int
    is_chosen: bool
    is_shared: bool
    drop_url: str
    change_url: str


def asked_of(given: Mapping[str, str]) -> dict[str, str]:
    """What of an address makes a view: nothing of pages, nothing that is empty or unknown."""
    return {name: given[name][:LONGEST_VALUE] for name in KEPT if given.get(name)}


def lines(
    saved: Sequence[SavedView], counts: Sequence[int], given: Mapping[str, str], officer: Account
) -> list[Line]:
    """The saved views with their counts; the one that the address asks for is chosen, and only that one can be deleted."""
    here = asked_of(given)
    return [
        Line(
            one.name,
            url_for("queue.index", **one.asked),
            count,
            one.asked == here,
            one.unit_id is not None,
            url_for("saved.drop", number=one.id) if one.asked == here and may_drop(one, officer) else "",
            url_for("saved.change", number=one.id)
            if one.asked == here and one.account_id == officer.id
            else "",
        )
        for one, count in zip(saved, counts, strict=True)
    ]


@blueprint.post("")
@requires(Permission.CASE_VIEW)
def keep() -> ResponseReturnValue:
    """Saves the view that was on the screen, and goes back to it."""
    asked = asked_of(request.form)
    try:
        keep_view(
            session,
            name=request.form.get("name", ""),
            asked=asked,
            is_shared=bool(request.form.get("shared")),
            actor=account(),
            now=now_utc(),
        )
    except Invalid as error:
        flash(label(error.sentence), "late")
    else:
        flash(_("视图已经保存，在左边。"), "done")
    return redirect(url_for("queue.index", **asked), code=303)


@blueprint.post("/<int:number>/change")
@requires(Permission.CASE_VIEW)
def change(number: int) -> ResponseReturnValue:
    """Renames one's own view, shares it or keeps it to oneself; goes back to it."""
    try:
        change_view(
            session,
            number=number,
            name=request.form.get("name", ""),
            is_shared=bool(request.form.get("shared")),
            actor=account(),
        )
    except Invalid as error:
        flash(label(error.sentence), "late")
    else:
        flash(_("视图已经修改。"), "done")
    return redirect(url_for("queue.index", **asked_of(request.form)), code=303)


@blueprint.post("/<int:number>/drop")
@requires(Permission.CASE_VIEW)
def drop(number: int) -> ResponseReturnValue:
    """Deletes one; of a shared one the page has said before that the colleagues lose it too."""
    was_shared = drop_view(session, number=number, actor=account())
    flash(_("视图已经删除，同事也不再看到它。") if was_shared else _("视图已经删除。"), "done")
    return redirect(url_for("queue.index"), code=303)
