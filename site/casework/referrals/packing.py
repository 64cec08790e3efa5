"""The pack: its papers are issued, the worker makes it, and whoever takes it is on record."""

from __future__ import annotations

from flask import Blueprint, flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from casework.referrals.loading import back_to, referral_for
from journey.papers import office
from journey.referrals import send_pack
from models.people.permissions import Permission
from models.referrals.papers import issue_and_pack
from models.types import now_utc
from shared.access import account, authorise, requires
from shared.database import session

blueprint = Blueprint("referral_packs", __name__, url_prefix="/casework/cases/<reference>/referral/pack")


@blueprint.post("")
@requires(Permission.PAPER_WRITE)
def make(reference: str) -> ResponseReturnValue:
    """Issues the papers and has the pack made."""
    referral = referral_for(reference, Permission.PAPER_WRITE)
    if referral.names_filer:
        authorise(Permission.CASE_IDENTIFY, referral.case)
    issue_and_pack(session, referral=referral, office=office(), actor=account(), now=now_utc())
    flash(_("公文已签发，正在制作案卷包。做好以后在这里下载。"), "done")
    return back_to(referral.case)


@blueprint.post("/download")
@requires(Permission.CASE_VIEW)
def download(reference: str) -> ResponseReturnValue:
    """The archive. One that names the filer is for those who may know the filer."""
    referral = referral_for(reference, Permission.CASE_VIEW)
    if referral.names_filer:
        authorise(Permission.CASE_IDENTIFY, referral.case)
    return send_pack(referral, account())
