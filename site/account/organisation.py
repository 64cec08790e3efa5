"""The organisation of an account, under /account/organisation: the claim and its proofs, the members, the owners' acts."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from account.forms import ActForm, OrganisationForm, ProofForm
from account.proofs import attach_files
from models.errors import Invalid, NotFound
from models.holders.operations import (
    ask_again,
    claim_organisation,
    confirm_member,
    end_member,
    make_owner,
    members,
    membership_of,
    refuse_member,
)
from models.holders.proofs import remove_proof
from models.holders.tables import Membership
from models.holders.terms import FAULT_LABELS, MEMBER_ROLE_LABELS, MEND_LABELS, STANDING_LABELS, Fault
from models.people.roles import AccountKind
from models.types import now_utc
from shared.access import account, signed_in
from shared.database import session
from shared.limits import limited

blueprint = Blueprint("organisation", __name__, url_prefix="/account/organisation")
rights_holders = signed_in(AccountKind.RIGHTS_HOLDER)


@blueprint.get("/")
@rights_holders
def index() -> ResponseReturnValue:
    """The organisation, how the claim stands, and for those who were confirmed its members."""
    mine = membership_of(session, account())
    return render_template(
        "account/organisation.html",
        mine=mine,
        members=members(session, mine.organisation) if mine and mine.is_verified else [],
        form=ProofForm(formdata=None),
        standings=STANDING_LABELS,
        roles=MEMBER_ROLE_LABELS,
        faults=FAULT_LABELS,
        mends=MEND_LABELS,
    )


@blueprint.route("/claim", methods=["GET", "POST"])
@limited("upload")
@rights_holders
def claim() -> ResponseReturnValue:
    """To which organisation somebody belongs, anew."""
    form = OrganisationForm()
    if form.validate_on_submit():
        try:
            claim_organisation(
                session,
                account=account(),
                name=form.organisation.data,
                uscc=form.uscc.data,
                now=now_utc(),
            )
        except Invalid as error:
            form.take(error)
        else:
            flash(_("已经登记。请上传营业执照，等待核验。"), "success")
            return _back()
    return render_template("account/claim.html", form=form), 422 if form.problems() else 200


@blueprint.post("/proofs")
@limited("upload")
@rights_holders
def prove() -> ResponseReturnValue:
    """Adds proofs; a refused claim that is mended goes back into the queue by the button beside."""
    mine = _mine()
    if attach_files(mine):
        flash(_("证明文件已经收下。"), "success")
    return _back()


@blueprint.post("/proofs/<int:proof_id>/remove")
@rights_holders
def unprove(proof_id: int) -> ResponseReturnValue:
    """Takes a proof off."""
    remove_proof(session, of=_mine(), proof_id=proof_id, actor=account(), now=now_utc())
    return _back()


@blueprint.post("/again")
@rights_holders
def again() -> ResponseReturnValue:
    """Asks once more."""
    ask_again(session, membership=_mine(), actor=account(), now=now_utc())
    flash(_("已经重新提交，请等待核验。"), "success")
    return _back()


@blueprint.post("/members/<int:membership_id>/<any(confirm, refuse, end, owner):act>")
@rights_holders
def member(membership_id: int, act: str) -> ResponseReturnValue:
    """What an owner does about a member; and leaving, for oneself."""
    if not ActForm().validate():
        return _back()
    found, who, now = _member(membership_id), account(), now_utc()
    if act == "confirm":
        confirm_member(session, membership=found, actor=who, now=now)
    elif act == "refuse":
        refuse_member(session, membership=found, fault=Fault.NO_AUTHORITY, words="", actor=who, now=now)
    elif act == "owner":
        make_owner(session, membership=found, actor=who, now=now)
    else:
        end_member(session, membership=found, actor=who, now=now)
    flash(_("已经办好。"), "success")
    return _back()


def _mine() -> Membership:
    mine = membership_of(session, account())
    if mine is None:
        raise NotFound(_("请先填写所在的单位。"))
    return mine


def _member(membership_id: int) -> Membership:
    """Of the own organisation; anybody else's is not there. Before one is confirmed, only oneself is."""
    mine, found = _mine(), session.get(Membership, membership_id)
    is_ours = found is not None and found.organisation_id == mine.organisation_id and mine.is_verified
    if found is None or not (is_ours or found.id == mine.id):
        raise NotFound("没有找到这名成员。")
    return found


def _back() -> ResponseReturnValue:
    return redirect(url_for("organisation.index"), 303)
