"""Proposing a company for a list, from a lead or from nothing."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from casework.lists.entries import KIND
from casework.lists.forms import ProposeForm
from models.decisions.queries import decisions_for_list
from models.decisions.tables import Decision
from models.errors import ActRefused, Conflict, Invalid, NotAllowed
from models.lists.kinds import LIST_KIND_LABELS, ListKind
from models.lists.operations import propose
from models.lists.rules import laws
from models.people.permissions import ROLE_PERMISSIONS, Permission
from models.people.tables import Unit
from models.types import beijing_date, now_utc
from shared.access import account, requires
from shared.database import session
from shared.i18n import label

blueprint = Blueprint("listing_proposals", __name__, url_prefix="/casework/lists")


@blueprint.route(f"/{KIND}/new", methods=["GET", "POST"])
@requires(Permission.LISTING_PROPOSE)
def new(kind: str) -> ResponseReturnValue:
    """The form; `uscc`, `name` and `decisions` fill it in from a lead."""
    chosen = ListKind(kind)
    given = {name: request.args.get(name, "") for name in ("uscc", "name", "decisions")}
    form = ProposeForm(data={**given, "decisions": given["decisions"].replace(",", "\n")})
    if form.validate_on_submit():
        try:
            entry = propose(
                session, kind=chosen, uscc=form.uscc.data, name=form.name.data, reason=form.reason.data,
                decisions=_decisions(form.decisions.data or ""), unit=_unit(), actor=account(), now=now_utc(),
            )  # fmt: skip
        except Invalid as error:
            form.take(error)
        except (ActRefused, Conflict) as error:
            form.take(Invalid(error.sentence, {"decisions": error.sentence}))
        else:
            flash(_("已提出，还没有公布。"), "done")
            return redirect(url_for("listing.show", kind=kind, entry_id=entry.id), code=303)
    page = render_template(
        "casework/lists/new.html",
        form=form,
        kind=chosen,
        title=label(LIST_KIND_LABELS[chosen]),
        rule=laws()[chosen].rule_on(beijing_date(now_utc())),
    )
    return page, 422 if form.is_submitted() else 200


def _decisions(written: str) -> list[Decision]:
    """The decisions with these permanent ids, within the visitor's reach."""
    names = list(
        dict.fromkeys(line.strip().rpartition("/")[2] for line in written.splitlines() if line.strip())
    )
    found = decisions_for_list(session, account(), names)
    missing = [name for name in names if name not in {one.public_id for one in found}]
    if missing:
        sentence = _("没有找到编号为“%(name)s”的决定书。", name=missing[0])
        raise Invalid(sentence, {"decisions": sentence})
    return found


def _unit() -> Unit:
    held = [
        one.unit for one in account().assignments if Permission.LISTING_PROPOSE in ROLE_PERMISSIONS[one.role]
    ]
    if not held:
        raise NotAllowed(_("您没有提出列入名单的权限。"))
    return held[0]
