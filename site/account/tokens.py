"""Tokens and webhooks of an account, under /account/tokens: for the holder's own system to file, to follow, to be told."""

from __future__ import annotations

import datetime as dt

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from journey.keys import keyring
from models.errors import Invalid
from models.people.roles import AccountKind
from models.people.tokens import OWN_SCOPES, SCOPE_LABELS, Scope, make_token, revoke_token, tokens_of
from models.types import now_utc
from models.webhooks.operations import (
    add_webhook,
    calls_of,
    own_webhook,
    remove_webhook,
    rotate_secret,
    send_test,
    switch_on,
    webhooks_of,
)
from shared.access import account, signed_in
from shared.database import session
from shared.fields import Answered, Checkboxes, Select, TextField
from shared.forms import Form
from shared.i18n import label
from shared.services import services

blueprint = Blueprint("own_tokens", __name__, url_prefix="/account/tokens")
rights_holders = signed_in(AccountKind.RIGHTS_HOLDER)
fresh_holders = signed_in(AccountKind.RIGHTS_HOLDER, fresh=True)


class TokenForm(Form):
    """A token for a system of the holder's own."""

    name = TextField(
        _l("给哪个系统用"),
        [Answered(_l("请写明令牌给哪个系统用。"))],
        hint=_l("例如“侵权监测系统”。停用时靠它认出来。"),
        max_chars=100,
    )
    scopes = Checkboxes(
        _l("可以做什么"),
        [Answered(_l("请至少选择一项权限。"))],
        choices=lambda: [(one.value, label(SCOPE_LABELS[one])) for one in OWN_SCOPES],
    )
    days = Select(
        _l("有效期"),
        [Answered(_l("请选择有效期。"))],
        choices=lambda: [("90", _("三个月")), ("30", _("一个月")), ("365", _("一年"))],
    )


class WebhookForm(Form):
    """Where to call."""

    address = TextField(
        _l("通知地址"),
        [Answered(_l("请填写接收通知的网址。"))],
        hint=_l("https:// 开头、公网能访问的网址。办件有新进展时，我们向它发送带签名的通知。"),
        attributes={"inputmode": "url", "autocomplete": "off"},
        max_chars=500,
    )


@blueprint.get("/")
@rights_holders
def index() -> ResponseReturnValue:
    """All of both."""
    return render_template(
        "account/tokens.html",
        tokens=tokens_of(session, account()),
        webhooks=webhooks_of(session, account()),
        scope_labels=SCOPE_LABELS,
        now=now_utc(),
    )


@blueprint.route("/new", methods=["GET", "POST"])
@fresh_holders
def new() -> ResponseReturnValue:
    """Makes a token. The page that answers is the only one that ever shows it."""
    form, now = TokenForm(), now_utc()
    if form.validate_on_submit():
        try:
            token, secret = make_token(
                session,
                name=form.name.data,
                scopes=[Scope(scope) for scope in form.scopes.data],
                expires_at=now + dt.timedelta(days=int(form.days.data)),
                actor=account(),
                account=account(),
                now=now,
            )
        except Invalid as error:
            form.take(error)
        else:
            return _secret_page(_("令牌已经建好"), secret, token.name)
    return _form_page(form, _("新建令牌"), _("建立令牌"))


@blueprint.post("/<int:token_id>/revoke")
@rights_holders
def revoke(token_id: int) -> ResponseReturnValue:
    """Takes one back."""
    revoke_token(session, token_id=token_id, actor=account(), now=now_utc())
    flash(_("令牌已经停用，用它的系统马上不能再访问。"), "success")
    return redirect(url_for("own_tokens.index"), 303)


@blueprint.route("/webhooks/new", methods=["GET", "POST"])
@fresh_holders
def new_webhook() -> ResponseReturnValue:
    """Sets a webhook up; its secret is shown once."""
    form = WebhookForm()
    if form.validate_on_submit():
        try:
            webhook, secret = add_webhook(
                session,
                account=account(),
                address=form.address.data,
                is_strict=services().config.is_production,
                keys=keyring(),
                now=now_utc(),
            )
        except Invalid as error:
            form.take(error)
        else:
            return _secret_page(_("通知地址已经设好"), secret, webhook.address)
    return _form_page(form, _("新的通知地址"), _("设置"))


@blueprint.get("/webhooks/<int:webhook_id>")
@rights_holders
def webhook(webhook_id: int) -> ResponseReturnValue:
    """One webhook and its latest calls."""
    found = own_webhook(session, account(), webhook_id)
    return render_template(
        "account/webhook.html", webhook=found, calls=calls_of(session, found), now=now_utc()
    )


@blueprint.post("/webhooks/<int:webhook_id>/rotate")
@fresh_holders
def rotate(webhook_id: int) -> ResponseReturnValue:
    """A new secret, shown once."""
    found = own_webhook(session, account(), webhook_id)
    secret = rotate_secret(session, webhook=found, actor=account(), keys=keyring(), now=now_utc())
    return _secret_page(_("密钥已经更换"), secret, found.address)


@blueprint.post("/webhooks/<int:webhook_id>/test")
@rights_holders
def try_it(webhook_id: int) -> ResponseReturnValue:
    """Sends a call that says nothing."""
    send_test(session, webhook=own_webhook(session, account(), webhook_id), now=now_utc())
    flash(_("测试通知马上发出，稍后刷新看结果。"), "success")
    return redirect(url_for("own_tokens.webhook", webhook_id=webhook_id), 303)


@blueprint.post("/webhooks/<int:webhook_id>/on")
@rights_holders
def on(webhook_id: int) -> ResponseReturnValue:
    """Calls it again."""
    switch_on(session, webhook=own_webhook(session, account(), webhook_id), actor=account(), now=now_utc())
    flash(_("已经重新启用。"), "success")
    return redirect(url_for("own_tokens.webhook", webhook_id=webhook_id), 303)


@blueprint.post("/webhooks/<int:webhook_id>/remove")
@rights_holders
def remove(webhook_id: int) -> ResponseReturnValue:
    """Calls it no more."""
    remove_webhook(
        session, webhook=own_webhook(session, account(), webhook_id), actor=account(), now=now_utc()
    )
    flash(_("通知地址已经删除。"), "success")
    return redirect(url_for("own_tokens.index"), 303)


def _secret_page(title: str, secret: str, name: str) -> str:
    return render_template("account/secret.html", title=title, secret=secret, name=name)


def _form_page(form: Form, title: str, act: str) -> ResponseReturnValue:
    page = render_template("account/token_form.html", form=form, title=title, act=act)
    return page, 422 if form.problems() else 200
