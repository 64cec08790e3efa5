"""Assigning and transferring many cases at once: choose in the queue, look them over, do it, read what became of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from casework.bulk_forms import AssignManyForm, BulkForm, TransferManyForm
from casework.bulk_page import Choice, choices, lines
from casework.routing_page import proposal_for
from models.cases import operations
from models.cases.bulk import Result, act_on_each, picked_cases
from models.cases.queries import handlers_for
from models.cases.tables import Case
from models.cases.terms import ACT_LABELS, Act
from models.cases.transfers import transfer_targets
from models.errors import Invalid
from models.people.permissions import Permission
from models.routing.operations import transfer_with_proposal
from models.types import beijing_date, now_utc
from shared.access import account, requires
from shared.database import session
from shared.i18n import label

blueprint = Blueprint("bulk", __name__, url_prefix="/casework/bulk")


@blueprint.route("/assign", methods=["GET", "POST"])
@requires(Permission.CASE_ASSIGN)
def assign() -> ResponseReturnValue:
    """指派承办人 for many."""
    chosen = _chosen()
    people = handlers_for(session, chosen.first) if chosen.first else []
    form = AssignManyForm.offering(people)

    def verb(case: Case) -> object:
        handler = next(one for one in people if str(one.id) == form.handler.data)
        return operations.assign(session, case=case, handler=handler, actor=account(), now=now_utc())

    return _run(Act.ASSIGN, chosen, form, verb)


@blueprint.route("/transfer", methods=["GET", "POST"])
@requires(Permission.CASE_TRANSFER)
def transfer() -> ResponseReturnValue:
    """移交 for many; where another unit was proposed, the reasons given hold for the departure too."""
    chosen = _chosen()
    targets = transfer_targets(session, chosen.first) if chosen.first else []
    form = TransferManyForm.offering(targets)

    def verb(case: Case) -> object:
        return transfer_with_proposal(
            session,
            case=case,
            to_unit=next(unit for _way, unit in targets if str(unit.id) == form.unit.data),
            reasons=form.reasons.data,
            proposal=proposal_for(case),
            departure=form.reasons.data,
            actor=account(),
            now=now_utc(),
        )

    return _run(Act.TRANSFER, chosen, form, verb)


def _chosen() -> Choice:
    officer, today = account(), beijing_date(now_utc())
    references = request.values.getlist("pick")
    found = picked_cases(session, references=references, officer=officer, today=today)
    return choices(found, asked=len(set(references)))


def _run(act: Act, chosen: Choice, form: BulkForm, verb: Callable[[Case], object]) -> ResponseReturnValue:
    """The form over the cases that can be done together, or what became of each of them."""
    results: Sequence[Result] = ()
    status = 200
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                results = act_on_each(
                    session,
                    act=act,
                    picked=form.picked(),
                    officer=account(),
                    today=beijing_date(now_utc()),
                    verb=verb,
                )
            except Invalid as refused:
                form.form_errors.append(label(refused.sentence))
            else:
                status = 200
    page = render_template(
        "casework/bulk.html",
        act=act,
        title=label(ACT_LABELS[act]),
        kicker=_l("一次办理多件"),
        form=form,
        chosen=chosen,
        lines=lines(results),
        done=sum(one.is_done for one in results),
    )
    return page, status
