"""Agents, under /account/agents: whom the organisation has authorised, and for whom the account acts itself."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from account.forms import AuthorityForm
from account.proofs import attach_files
from models import outbox
from models.errors import Invalid, NotAllowed
from models.filings.parties import POWER_LABELS, Power
from models.holders.agents import end_authority, give_authority, given_by, given_to, owner, take_authority
from models.holders.operations import membership_of
from models.holders.rights import rights_of
from models.holders.tables import Authority
from models.kinds import RIGHT_TYPE_LABELS
from models.people.roles import AccountKind
from models.types import beijing_date, now_utc
from shared.access import account, signed_in
from shared.database import session
from shared.i18n import label
from shared.limits import limited
from shared.services import services

blueprint = Blueprint("agents", __name__, url_prefix="/account/agents")
rights_holders = signed_in(AccountKind.RIGHTS_HOLDER)


@blueprint.get("/")
@rights_holders
def index() -> ResponseReturnValue:
    """Both sides: authority given, and authority taken on or offered."""
    mine = membership_of(session, account())
    return render_template(
        "account/agents.html",
        mine=mine,
        given=given_by(session, mine.organisation_id) if mine and mine.is_owner else [],
        taken=given_to(session, account()),
        powers=POWER_LABELS,
        today=beijing_date(now_utc()),
    )


@blueprint.route("/new", methods=["GET", "POST"])
@limited("upload")
@rights_holders
def new() -> ResponseReturnValue:
    """Authorises an agent."""
    try:
        mine = owner(session, account())
    except NotAllowed as refused:  # before anything is filled in
        flash(label(refused.sentence), "warn")
        return redirect(url_for("organisation.index"), 303)
    form, now, rights = AuthorityForm(), now_utc(), rights_of(session, mine.organisation_id)
    form.rights.choices = [
        (str(one.id), f"{label(RIGHT_TYPE_LABELS[one.right_type])} {one.title} {one.number}")
        for one in rights
    ]
    if form.validate_on_submit():
        try:
            authority = give_authority(
                session,
                agent_email=form.email.data,
                matters=form.matters.data,
                power=Power(form.power.data),
                right_ids=[int(one) for one in form.rights.data or []],
                ends_on=form.ends_on.data,
                actor=account(),
                now=now,
                today=beijing_date(now),
            )
        except Invalid as error:
            form.take(error)
        else:
            attach_files(authority)
            _queue_mail(authority)
            flash(_("委托已经登记，邀请邮件已经发给代理人。"), "success")
            return redirect(url_for("agents.index"), 303)
    return render_template("account/agent_new.html", form=form), 422 if form.problems() else 200


@blueprint.post("/<int:authority_id>/take")
@rights_holders
def take(authority_id: int) -> ResponseReturnValue:
    """Takes it on."""
    take_authority(session, authority_id=authority_id, actor=account(), now=now_utc())
    flash(_("已经接受委托，可以用委托人的权利提交。"), "success")
    return redirect(url_for("agents.index"), 303)


@blueprint.post("/<int:authority_id>/end")
@rights_holders
def end(authority_id: int) -> ResponseReturnValue:
    """Revokes it, or lays it down."""
    end_authority(session, authority_id=authority_id, actor=account(), now=now_utc())
    flash(_("委托已经终止；以前提交的不受影响。"), "success")
    return redirect(url_for("agents.index"), 303)


def _queue_mail(authority: Authority) -> None:
    base = services().config.public_url
    body = _(
        "%(name)s委托您代为办理知识产权举报投诉。请登录后接受：%(agents)s\n还没有账号的，请用这个邮箱注册：%(register)s\n\n与您无关的，不用理会。",
        name=authority.organisation.name,
        agents=base + url_for("agents.index"),
        register=base + url_for("register.index"),
    )
    mail = {"to": authority.agent_email, "subject": _("有单位委托您做代理人"), "body": body}
    outbox.put(session, kind="mail", key=f"mail:authority:{authority.id}", payload=mail, now=now_utc())
