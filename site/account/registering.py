"""Registering a rights-holder's account, under /register: an address, a mail, and the rest behind its link.

Every address gets the same answer. What an address is good for is told to its mailbox alone.
"""

from __future__ import annotations

import secrets

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from account.forms import AskForm, RegisterForm
from journey.keys import keyring
from models import outbox
from models.errors import Invalid
from models.holders.registration import confirmed_address, is_taken, link_token, register_holder
from models.types import now_utc
from shared.access import public
from shared.accounts import hashed
from shared.database import session
from shared.limits import limited
from shared.services import services

blueprint = Blueprint("register", __name__, url_prefix="/register")


@blueprint.get("")
@public
def index() -> ResponseReturnValue:
    """What an account is good for, and the form."""
    return render_template("account/register.html", form=AskForm())


@blueprint.post("")
@public
@limited("register")
def ask() -> ResponseReturnValue:
    """Sends the mail."""
    form = AskForm()
    if not form.validate():
        return render_template("account/register.html", form=form), 422
    _queue_mail(form.email.data.strip())
    return redirect(url_for("register.asked"), 303)


@blueprint.get("/asked")
@public
def asked() -> ResponseReturnValue:
    """What happens next; the same for every address."""
    return render_template("account/register_asked.html")


@blueprint.get("/<token>")
@public
def details(token: str) -> ResponseReturnValue:
    """The rest of the questions, for whoever got the mail."""
    address = confirmed_address(token, keys=keyring(), now=now_utc())
    return _unlisted(render_template("account/register_details.html", form=RegisterForm(), address=address))


@blueprint.post("/<token>")
@public
@limited("register_form")
def make(token: str) -> ResponseReturnValue:
    """Makes the account; its owner signs in with it next, which begins a session of its own."""
    form, now = RegisterForm(), now_utc()
    address = confirmed_address(token, keys=keyring(), now=now)
    if form.validate():
        try:
            register_holder(
                session,
                address=address,
                display_name=form.display_name.data,
                password_hash=hashed(form.password.data),
                organisation=form.organisation.data,
                uscc=form.uscc.data,
                now=now,
            )
        except Invalid as error:
            form.take(Invalid(error.errors.get("email", error.sentence), error.errors))
        else:
            flash(_("账号已经建好，请登录。单位核验需要营业执照，登录后可以上传。"), "success")
            return redirect(url_for("security.login"), 303)
    return _unlisted(render_template("account/register_details.html", form=form, address=address), status=422)


def _queue_mail(address: str) -> None:
    now, base = now_utc(), services().config.public_url
    if is_taken(session, address):
        subject = _("您已经有账号")
        body = _(
            "有人用这个邮箱申请注册权利人账号，但它已经有账号了。请直接登录：%(sign_in)s\n忘记密码：%(recover)s\n\n不是您本人申请的，不用理会。",
            sign_in=base + url_for("security.login"),
            recover=base + url_for("security.forgot_password"),
        )
    else:
        link = base + url_for("register.details", token=link_token(address, keys=keyring(), now=now))
        subject = _("请确认邮箱，接着注册权利人账号")
        body = _(
            "请在 48 小时内打开下面的链接，填写单位和密码：\n%(link)s\n\n不是您本人申请的，不用理会，不会建立账号。",
            link=link,
        )
    mail = {"to": address, "subject": subject, "body": body}
    outbox.put(session, kind="mail", key=f"mail:register:{secrets.token_hex(16)}", payload=mail, now=now)


def _unlisted(page: str, status: int = 200) -> ResponseReturnValue:
    headers = {"X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer", "Cache-Control": "no-store"}
    return page, status, headers
