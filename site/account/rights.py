"""The rights of an organisation, under /account/rights: stored once with proofs, and chosen when filing."""

from __future__ import annotations

import datetime as dt

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from account.forms import ActForm, ProofForm, RightForm
from account.proofs import attach_files
from account.stored import begin
from models.errors import Invalid, NotAllowed
from models.holders.filing import usable, usable_rights
from models.holders.operations import membership_of
from models.holders.proofs import remove_proof
from models.holders.rights import (
    RightTold,
    end_right,
    mend_right,
    own_right,
    rights_of,
    store_right,
    verified_member,
)
from models.holders.tables import Right
from models.holders.terms import FAULT_LABELS, MEND_LABELS, STANDING_LABELS
from models.kinds import RIGHT_TYPE_LABELS, RightType
from models.people.roles import AccountKind
from models.types import beijing_date, now_utc
from shared.access import account, signed_in
from shared.database import session
from shared.i18n import label
from shared.limits import limited

blueprint = Blueprint("rights", __name__, url_prefix="/account/rights")
rights_holders = signed_in(AccountKind.RIGHTS_HOLDER)
SOON = dt.timedelta(days=60)


@blueprint.get("/")
@rights_holders
def index() -> ResponseReturnValue:
    """All rights of the organisation, with how they stand."""
    mine, today = membership_of(session, account()), beijing_date(now_utc())
    is_in = mine is not None and mine.is_verified
    return render_template(
        "account/rights.html",
        mine=mine,
        rights=rights_of(session, mine.organisation_id) if mine and is_in else [],
        kinds=RIGHT_TYPE_LABELS,
        standings=STANDING_LABELS,
        today=today,
        soon=today + SOON,
    )


@blueprint.route("/new", methods=["GET", "POST"])
@limited("upload")
@rights_holders
def new() -> ResponseReturnValue:
    """Stores one."""
    try:
        verified_member(session, account())
    except NotAllowed as refused:  # before anything is filled in
        flash(label(refused.sentence), "warn")
        return redirect(url_for("organisation.index"), 303)
    form, now = RightForm(), now_utc()
    if form.validate_on_submit():
        try:
            right = store_right(session, told=_told(form), actor=account(), now=now, today=beijing_date(now))
        except Invalid as error:
            form.take(error)
        else:
            attach_files(right)
            flash(
                _("权利已经登记，等待核验。")
                if right.proofs
                else _("权利已经登记。请上传证明文件，才能核验。"),
                "success",
            )
            return redirect(url_for("rights.show", right_id=right.id), 303)
    return render_template("account/right_edit.html", form=form, right=None), 422 if form.problems() else 200


@blueprint.get("/<int:right_id>")
@rights_holders
def show(right_id: int) -> ResponseReturnValue:
    """One right, what was decided about it, and how to mend it."""
    right, today = own_right(session, account(), right_id), beijing_date(now_utc())
    return render_template(
        "account/right.html",
        right=right,
        form=ProofForm(formdata=None),
        kinds=RIGHT_TYPE_LABELS,
        standings=STANDING_LABELS,
        faults=FAULT_LABELS,
        mends=MEND_LABELS,
        is_usable=right.is_usable(today),
        has_expired=right.has_expired(today),
    )


@blueprint.route("/<int:right_id>/mend", methods=["GET", "POST"])
@limited("upload")
@rights_holders
def mend(right_id: int) -> ResponseReturnValue:
    """Changes it; then it waits to be verified again."""
    right, now = own_right(session, account(), right_id), now_utc()
    form = RightForm(obj=right)
    if form.validate_on_submit():
        try:
            mend_right(
                session, right=right, told=_told(form), actor=account(), now=now, today=beijing_date(now)
            )
        except Invalid as error:
            form.take(error)
        else:
            attach_files(right)
            flash(_("已经更正，重新等待核验。"), "success")
            return redirect(url_for("rights.show", right_id=right.id), 303)
    return render_template("account/right_edit.html", form=form, right=right), 422 if form.problems() else 200


@blueprint.post("/<int:right_id>/proofs")
@limited("upload")
@rights_holders
def prove(right_id: int) -> ResponseReturnValue:
    """Adds proofs."""
    right = own_right(session, account(), right_id)
    if attach_files(right):
        flash(_("证明文件已经收下。"), "success")
    return redirect(url_for("rights.show", right_id=right_id), 303)


@blueprint.post("/<int:right_id>/proofs/<int:proof_id>/remove")
@rights_holders
def unprove(right_id: int, proof_id: int) -> ResponseReturnValue:
    """Takes a proof off."""
    right: Right = own_right(session, account(), right_id)
    remove_proof(session, of=right, proof_id=proof_id, actor=account(), now=now_utc())
    return redirect(url_for("rights.show", right_id=right_id), 303)


@blueprint.post("/<int:right_id>/end")
@rights_holders
def end(right_id: int) -> ResponseReturnValue:
    """Files under it no more."""
    end_right(session, right=own_right(session, account(), right_id), actor=account(), now=now_utc())
    flash(_("这项权利已经停用；以前提交的不受影响。"), "success")
    return redirect(url_for("rights.index"), 303)


@blueprint.route("/file", methods=["GET"])
@rights_holders
def choose() -> ResponseReturnValue:
    """Under which right to file: the own ones, and those of others whose agent one is."""
    found = usable_rights(session, account(), beijing_date(now_utc()))
    if not found:
        return redirect(url_for("account_filing.kind"), 303)
    return render_template("account/choose.html", rights=found, kinds=RIGHT_TYPE_LABELS)


@blueprint.post("/file/<int:right_id>", defaults={"authority_id": None})
@blueprint.post("/file/<int:right_id>/<int:authority_id>")
@rights_holders
def file(right_id: int, authority_id: int | None) -> ResponseReturnValue:
    """Begins a filing with this right: the journey's own pages, with its answers filled in."""
    if not ActForm().validate():
        return redirect(url_for("rights.choose"), 303)
    chosen = usable(session, account(), right_id, authority_id, beijing_date(now_utc()))
    return begin(account(), chosen)


def _told(form: RightForm) -> RightTold:
    return RightTold(
        right_type=RightType(form.right_type.data),
        title=form.title.data,
        number=form.number.data,
        nice_class=form.nice_class.data,
        expires_on=form.expires_on.data,
    )
