"""The closed envelope: who filed, opened with a reason, by those who may, and noted for good."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from casework.forms import IdentityForm
from casework.loading import case_to_read
from journey.keys import keyring
from models.errors import Invalid
from models.filings.kinds import OpeningReason
from models.filings.recovery import renew_code
from models.filings.vault import open_identity
from models.people.permissions import Permission
from models.types import now_utc
from shared.access import account, authorise, requires
from shared.database import session

blueprint = Blueprint("identity", __name__, url_prefix="/casework/cases/<reference>/identity")


@blueprint.route("", methods=["GET", "POST"])
@requires(Permission.CASE_IDENTIFY, fresh=True)
def show(reference: str) -> ResponseReturnValue:
    """Asks why, then shows the person once; nothing of it is kept in the page's address or in a cache."""
    case = case_to_read(reference)
    authorise(Permission.CASE_IDENTIFY, case)
    form, person, status = IdentityForm(), None, 200
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                person = open_identity(
                    session,
                    filing=case.filing,
                    actor=account(),
                    reason=OpeningReason(form.reason.data),
                    words=form.words.data,
                    now=now_utc(),
                    keys=keyring(),
                )
                status = 200
            except Invalid as error:
                form.take(error)
    return render_template("casework/identity.html", case=case, form=form, person=person), status


@blueprint.post("/code")
@requires(Permission.CASE_IDENTIFY, fresh=True)
def renew(reference: str) -> ResponseReturnValue:
    """A new query code for a filer who has lost theirs and shown who they are; shown this once."""
    case = case_to_read(reference)
    authorise(Permission.CASE_IDENTIFY, case)
    code = renew_code(session, filing=case.filing, actor=account(), now=now_utc(), keys=keyring())
    return render_template("casework/new_code.html", case=case, code=code)
