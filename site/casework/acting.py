"""How every act runs at the edge: the form, the guard against old screens and double clicks, the verb, the way back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString
from flask_babel import gettext as _

from casework.forms import ActForm
from models.cases.moves import SOMEBODY_WAS_FASTER
from models.cases.queries import case_by_reference, last_act
from models.cases.tables import Case, CaseAct
from models.cases.terms import ACT_LABELS, Act
from models.errors import Conflict, Invalid
from models.people.permissions import Permission, can
from shared.access import account
from shared.database import session
from shared.fields import tidy
from shared.i18n import label

Verb = Callable[[], object]


def run_form(
    case: Case,
    act: Act,
    form: ActForm,
    verb: Verb,
    *,
    done: LazyString,
    template: str = "casework/act.html",
    **context: Any,
) -> ResponseReturnValue:
    """Shows the form of an act, or does the act with what was sent. Whatever is wrong, the words stay.

    `context` is what a template of the act's own prints besides.
    """
    status = 200
    if form.is_submitted():
        status = 422
        if not form.validate():
            pass  # the fields say what to mend
        elif not form.is_about(case):
            form.catch_up(case)
            status = 409
        else:
            try:
                verb()
            except Invalid as error:
                form.take(error)
            else:
                return _back_to(case, done)
    page = render_template(template, case=case, act=act, title=label(ACT_LABELS[act]), form=form, **context)
    return page, status


def run_button(case: Case, verb: Verb, *, done: LazyString) -> ResponseReturnValue:
    """Does an act that asks nothing; a screen that is out of date is a Conflict."""
    if not ActForm().is_about(case):
        raise Conflict(SOMEBODY_WAS_FASTER)
    verb()
    return _back_to(case, done)


def repeated(reference: str, act: Act) -> ResponseReturnValue | None:
    """The way back when this very act of this officer is the last thing that happened: a double click.

    Asked before anything else, because the first click may have taken the case out of the officer's sight.
    """
    if request.method != "POST":
        return None
    last = last_act(session, case_by_reference(session, reference))
    words = tidy(request.form.get("body") or request.form.get("reasons"))
    is_mine = last.act is act and last.actor_id == account().id
    if is_mine and str(last.on_version) == request.form.get("version") and _said(last, words):
        return _back_to(last.case, None)
    return None


def _said(entry: CaseAct, words: str | None) -> bool:
    return not words or words in (entry.public_note, entry.internal_note)


def _back_to(case: Case, done: LazyString | None) -> ResponseReturnValue:
    """To the page of the case, or to the queue where the act has taken it out of sight."""
    flash(str(done) if done else _("刚才的操作已经办理，没有重复。"), "done")
    if can(account(), Permission.CASE_VIEW, case):
        return redirect(url_for("case.show", reference=case.shown_reference), code=303)
    return redirect(url_for("queue.index"), code=303)
