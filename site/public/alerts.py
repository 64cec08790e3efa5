"""`/alerts`: any search by feed at once, or by mail after the address was confirmed; stopped by one press.

Every address gets the same answer, whether or not it has alerts: only whoever reads its mail learns anything.
"""

from __future__ import annotations

import re

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import ValidationError

from journey.keys import keyring
from models import outbox
from models.alerts.links import alert_by_token, token_of
from models.alerts.operations import ask_for, confirm
from models.alerts.operations import stop as stop_alert
from models.alerts.tables import Alert
from models.alerts.terms import RHYTHM_LABELS, Rhythm
from models.types import beijing_date, now_utc
from results import addresses
from results.alerting import asked_of, confirmation_text, estimate, in_words, kept
from results.asked import Asked, read_kindly
from results.complaints import complaint
from search.errors import IndexUnavailable, QueryError
from shared.access import public
from shared.database import database, session
from shared.fields import Answered, EmailField, Radios
from shared.forms import Form
from shared.i18n import current_locale
from shared.limits import limited
from shared.services import services

blueprint = Blueprint("alerts", __name__, url_prefix="/alerts")

LONGEST_QUESTION = 2000
_ADDRESS = re.compile(r"[^\s@<>\",;:]{1,64}@[^\s@<>\",;:]+\.[^\s@<>\",;:.]{2,}")


class AlertForm(Form):
    """Where the mail goes, and how often."""

    address = EmailField(
        _l("邮箱"),
        [Answered(_l("请填写邮箱。"))],
        hint=_l("先收到一封确认邮件，确认以后才开始。"),
        who_sees=_l("没有人：加密保存，只用来寄这个检索；停止后即删除"),
        max_chars=254,
    )
    rhythm = Radios(
        _l("多久一封"),
        [Answered(_l("请选择多久一封。"))],
        choices=[(one.value, _l(RHYTHM_LABELS[one])) for one in Rhythm],
        default=Rhythm.DAILY.value,
    )

    def validate_address(self, field: EmailField) -> None:
        """Only the form: whether it exists, the confirmation will tell."""
        if field.data and not _ADDRESS.fullmatch(field.data.strip()):
            raise ValidationError(_("邮箱的写法不对，例如 name@example.com。"))


@blueprint.get("")
@public
@limited("search", unsafe_only=False)
def index() -> ResponseReturnValue:
    """The question, what it would bring, its feed, and the form."""
    return _page(AlertForm())


@blueprint.post("")
@public
@limited("alert")
def ask() -> ResponseReturnValue:
    """Sends the mail that asks whether the address is meant."""
    form, asked = AlertForm(), read_kindly(request.args)
    if not form.validate() or len(kept(asked)) > LONGEST_QUESTION:
        return _page(form)
    now, keys = now_utc(), keyring()
    address = (form.address.data or "").strip()
    alert = ask_for(
        session,
        address=address,
        question=kept(asked),
        rhythm=Rhythm(form.rhythm.data),
        locale=current_locale(),
        keys=keys,
        now=now,
    )
    if alert is not None:
        _queue_confirmation(alert, address, asked)
    return redirect(url_for("alerts.asked"), 303)


def _queue_confirmation(alert: Alert, address: str, asked: Asked) -> None:
    now = now_utc()
    link = services().config.public_url + url_for("alerts.manage", token=token_of(alert, keyring()))
    subject, body = confirmation_text(asked, manage=link, is_running=alert.confirmed_at is not None)
    mail = {"to": address, "subject": subject, "body": body}
    outbox.put(
        session, kind="mail", key=f"mail:alert:{alert.handle}:{now.isoformat()}", payload=mail, now=now
    )


@blueprint.get("/asked")
@public
def asked() -> ResponseReturnValue:
    """What happens next; the same for every address."""
    return render_template("public/alerts/asked.html")


@blueprint.get("/<token>")
@public
def manage(token: str) -> ResponseReturnValue:
    """The alert behind a link: to be confirmed, or stopped."""
    alert = alert_by_token(session, token, keys=keyring())
    return _noindex(
        render_template(
            "public/alerts/manage.html",
            alert=alert,
            token=token,
            question=in_words(asked_of(alert.question)),
            rhythm=RHYTHM_LABELS[alert.rhythm],
        )
    )


@blueprint.post("/<token>/confirm")
@public
@limited("read")
def begin(token: str) -> ResponseReturnValue:
    """Confirms it."""
    confirm(session, alert_by_token(session, token, keys=keyring()), now=now_utc())
    return redirect(url_for("alerts.manage", token=token), 303)


@blueprint.get("/<token>/stop")
@public
def stop_page(token: str) -> ResponseReturnValue:
    """A link that was opened rather than pressed: nothing is stopped by looking."""
    return redirect(url_for("alerts.manage", token=token), 303)


@blueprint.post("/<token>/stop")
@public
@limited("read")
def stop(token: str) -> ResponseReturnValue:
    """Stops it: by the button of the page, or by the mail program (RFC 8058). Nothing is left of it."""
    stop_alert(session, alert_by_token(session, token, keys=keyring()), now=now_utc())
    return _noindex(render_template("public/alerts/stopped.html"))


def _noindex(page: str) -> ResponseReturnValue:
    """The address is a secret: no search engine keeps it, no page that is opened from it learns it."""
    return page, {"X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer", "Cache-Control": "no-store"}


def _page(form: AlertForm) -> ResponseReturnValue:
    asked, found, wrong = read_kindly(request.args), None, None
    try:
        with database().reading() as reading:
            found = estimate(reading, asked, today=beijing_date(now_utc()))
    except QueryError as error:
        wrong = complaint(error, asked, request.path)
    except IndexUnavailable:
        found = None
    page = render_template(
        "public/alerts/index.html",
        form=form,
        refusal=wrong,
        estimate=found,
        question="" if wrong else in_words(asked),
        results=addresses.address(url_for("decisions.index"), asked),
        feed=addresses.address(url_for("exports.as_atom"), asked),
        here=addresses.address(url_for("alerts.index"), asked),
    )
    return page, 422 if wrong or form.problems() else 200
