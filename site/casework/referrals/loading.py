"""Loading the referral of a case for a page or an act."""

from __future__ import annotations

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from casework.loading import case_to_see
from models.cases.tables import Case
from models.people.permissions import Permission
from models.referrals.queries import open_referral
from models.referrals.tables import Referral
from shared.access import authorise
from shared.database import session


def referral_for(reference: str, permission: Permission) -> Referral:
    """The one of the case that goes on, if the visitor may use `permission` on it."""
    case = case_to_see(reference)
    authorise(permission, case)
    return open_referral(session, case)


def back_to(case: Case) -> ResponseReturnValue:
    """To the page of the case's referrals."""
    return redirect(url_for("referrals.show", reference=case.shown_reference), code=303)
