"""The closed envelope: who filed, opened with a reason, by those who may, and noted for good.

Where the bureau wants two people for it (`[identity]` of its profile), one asks here and another answers.
"""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from casework.forms import IdentityForm, UnsealForm
from casework.loading import case_to_read
from journey.keys import keyring
from models.cases.tables import Case
from models.errors import Invalid
from models.filings.kinds import OPENING_REASON_LABELS, OpeningReason
from models.filings.recovery import renew_code
from models.filings.submissions import Person
from models.identity import operations
from models.identity.queries import current_request, last_declined, request_of
from models.people.permissions import Permission
from models.people.profiles import IdentityPolicy
from models.types import now_utc
from shared.access import account, authorise, requires
from shared.components import Row
from shared.database import session
from shared.formats import moment
from shared.i18n import label
from shared.services import services

blueprint = Blueprint("identity", __name__, url_prefix="/casework/cases/<reference>/identity")


@blueprint.route("", methods=["GET", "POST"])
@requires(Permission.CASE_IDENTIFY, fresh=True)
def show(reference: str) -> ResponseReturnValue:
    """Asks why, then shows the person once; nothing of it is kept in the page's address or in a cache."""
    case, form = _case(reference), IdentityForm()
    if not form.validate_on_submit():
        return _page(case, form)
    reason, words = OpeningReason(form.reason.data), form.words.data
    common = {"case": case, "reason": reason, "words": words, "actor": account(), "now": now_utc()}
    try:
        if not _policy().wants_two:
            person = operations.open_alone(session, policy=_policy(), keys=keyring(), **common)
            return _opened(case, person, reason)
        operations.ask_to_open(session, **common)
    except Invalid as error:
        form.take(error)
        return _page(case, form)
    flash(_("已提出申请，负责人会收到提醒。批准以后回到这一页查看。"), "done")
    return redirect(url_for("identity.show", reference=reference), code=303)


@blueprint.post("/open")
@requires(Permission.CASE_IDENTIFY, fresh=True)
def open_once(reference: str) -> ResponseReturnValue:
    """Shows the person, by a request that was granted; the same request opens it no second time."""
    case, now = _case(reference), now_utc()
    request = current_request(session, case, account(), now)
    person = operations.open_as_granted(session, case=case, actor=account(), now=now, keys=keyring())
    return _opened(case, person, request.reason if request else OpeningReason.OTHER)


@blueprint.route("/requests/<int:number>", methods=["GET", "POST"])
@requires(Permission.CASE_UNSEAL)
def decide(reference: str, number: int) -> ResponseReturnValue:
    """Grants or declines what a colleague asks."""
    case = case_to_read(reference)
    authorise(Permission.CASE_UNSEAL, case)
    request, form = request_of(session, case, number), UnsealForm()
    common = {"case": case, "request": request, "approver": account(), "now": now_utc()}
    if form.validate_on_submit():
        try:
            if form.decision.data == "grant":
                operations.grant(session, policy=_policy(), **common)
            else:
                operations.decline(session, answer=form.answer.data or "", **common)
        except Invalid as error:
            form.take(error)
        else:
            flash(_("已处理，申请人会收到提醒。"), "done")
            return redirect(url_for("case.show", reference=reference), code=303)
    rows = [
        Row(_("申请人"), request.asked_by.display_name),
        Row(_("时间"), moment(request.asked_at)),
        Row(_("用途"), label(OPENING_REASON_LABELS[request.reason])),
        Row(_("理由"), request.words),
    ]
    page = render_template(
        "casework/identity_request.html", case=case, form=form, rows=rows, minutes=_policy().minutes
    )
    return page, 422 if form.problems() else 200


@blueprint.post("/code")
@requires(Permission.CASE_IDENTIFY, fresh=True)
def renew(reference: str) -> ResponseReturnValue:
    """A new query code for a filer who has lost theirs and shown who they are; shown this once."""
    case = _case(reference)
    code = renew_code(session, filing=case.filing, actor=account(), now=now_utc(), keys=keyring())
    return render_template("casework/new_code.html", case=case, code=code)


def _case(reference: str) -> Case:
    case = case_to_read(reference)
    authorise(Permission.CASE_IDENTIFY, case)
    return case


def _policy() -> IdentityPolicy:
    return services().bureau.identity


def _page(case: Case, form: IdentityForm) -> ResponseReturnValue:
    wants_two = _policy().wants_two
    page = render_template(
        "casework/identity.html",
        case=case,
        form=form,
        wants_two=wants_two,
        asked=current_request(session, case, account(), now_utc()) if wants_two else None,
        declined=last_declined(session, case, account()) if wants_two else None,
    )
    return page, 422 if form.problems() else 200


def _opened(case: Case, person: Person, reason: OpeningReason) -> ResponseReturnValue:
    is_recovery = reason is OpeningReason.RECOVERY
    return render_template("casework/identity_person.html", case=case, person=person, is_recovery=is_recovery)
