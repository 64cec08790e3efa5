"""The one view behind every act of the table: load, authorise, ask, call the verb, go back to the case.

Old screens and double clicks are met here for all of them.
"""

from __future__ import annotations

from functools import partial, update_wrapper

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from casework.acts.base import ActForm
from casework.acts.table import DOINGS, Doing
from casework.case_page import why_not
from casework.loading import case_to_act_on
from models.cases.moves import SOMEBODY_WAS_FASTER
from models.cases.possible import PERMISSIONS, possible_act
from models.cases.queries import case_by_reference, last_act
from models.cases.tables import Case, CaseAct
from models.cases.terms import ACT_LABELS, Act
from models.errors import ActRefused, Conflict, Invalid
from models.people.permissions import Permission, can
from models.types import now_utc
from shared.access import account, requires
from shared.database import session, start_again
from shared.fields import tidy
from shared.i18n import in_script, label

blueprint = Blueprint("acts", __name__, url_prefix="/casework/cases/<reference>")


def act_on_case(doing: Doing, reference: str, *, is_again: bool = False) -> ResponseReturnValue:
    """Shows the form of the act, or does the act with what was sent. Whatever is wrong, the words stay.

    `is_again`: a colleague was faster by a moment; the form is read once more, against the case as it is now.
    """
    if request.method == "POST" and (case := _done_already(doing, reference)):
        return _back_to(case, _("刚才的操作已经办理，没有重复。"))
    case = case_to_act_on(reference, doing.act)
    if request.method != "POST":
        _refuse_in_time(case, doing.act)
    form, status = doing.form.of(case, doing.act), 200
    if form.is_submitted():
        try:
            status = _do(doing, form)
        except Conflict:
            if is_again or not form.questions() or not start_again():
                raise
            return act_on_case(doing, reference, is_again=True)
        if status == 303:
            return _back_to(case, _went_up(case) or str(doing.done))
    page = render_template(
        f"casework/{doing.template}",
        case=case,
        act=doing.act,
        title=label(ACT_LABELS[doing.act]),
        form=form,
        **form.shown(),
    )
    return page, status


def _refuse_in_time(case: Case, act: Act) -> None:
    """Says what the verb would refuse in the end, before anything is written."""
    possible = possible_act(case, account(), act)
    if not possible.is_open:
        raise ActRefused(why_not(possible))


def _do(doing: Doing, form: ActForm) -> int:
    """Calls the verb. Answers with the status: 303 done, 422 something is to be mended, 409 the case has changed.

    Where the form asks nothing there are no words to keep: then an old screen is a Conflict.
    """
    if not form.validate():
        return 422
    if not form.is_up_to_date():
        if not form.questions():
            raise Conflict(SOMEBODY_WAS_FASTER)
        form.catch_up()
        return 409
    try:
        doing.verb(session, case=form.case, actor=account(), now=now_utc(), **form.given())
    except Invalid as error:
        form.take(error)
        return 422
    return 303


def _done_already(doing: Doing, reference: str) -> Case | None:
    """The case, when this very act of this officer is the last thing that happened to it: a double click.

    Asked before anything else, because the first click may have taken the case out of the officer's sight.
    """
    last = last_act(session, case_by_reference(session, reference))
    is_mine = last.act is doing.act and last.actor_id == account().id
    if is_mine and str(last.on_version) == request.form.get("version") and _says_what_was_sent(last):
        return last.case
    return None


def _says_what_was_sent(entry: CaseAct) -> bool:
    words = tidy(request.form.get("body") or request.form.get("reasons"))
    return not words or words in (entry.public_note, entry.internal_note)


def _went_up(case: Case) -> str:
    """What is to be said where a return took the case to the common superior by itself; empty otherwise."""
    superior = case.designator_unit
    if case.last_act is not Act.ESCALATE or superior is None or case.acts[-1].actor_id is not None:
        return ""
    return _("已退回，并按规定报请%(unit)s指定管辖。", unit=in_script(superior.name))


def _back_to(case: Case, news: str) -> ResponseReturnValue:
    """To the page of the case, or to the queue where the act has taken it out of sight."""
    flash(news, "done")
    if can(account(), Permission.CASE_VIEW, case):
        return redirect(url_for("case.show", reference=case.shown_reference), code=303)
    return redirect(url_for("queue.index"), code=303)


for _doing in DOINGS:
    blueprint.add_url_rule(
        f"/{_doing.path}",
        endpoint=_doing.act.value,
        view_func=requires(PERMISSIONS[_doing.act])(
            update_wrapper(partial(act_on_case, _doing), act_on_case)
        ),
        methods=["POST"] if _doing.asks_nothing else ["GET", "POST"],
    )
