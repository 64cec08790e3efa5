"""The procuratorates' links: made, listed and revoked by a head. A link is shown once, on the page that makes it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from casework.acts.base import to_choose
from casework.outside_forms import day_choices
from journey.keys import keyring
from models.cases.outside.terms import DEFAULT_DAYS
from models.errors import Invalid
from models.people.permissions import Permission
from models.referrals import watch as oversight
from models.types import now_utc
from shared.access import account, requires
from shared.database import session
from shared.fields import Answered, Select
from shared.forms import Form
from shared.i18n import in_script
from shared.services import services

blueprint = Blueprint("referral_watches", __name__, url_prefix="/casework/referral-watches")


class WatchForm(Form):
    """For whom, and for how long."""

    unit = Select(_l("检察机关"), [Answered(_l("请选择一个检察机关。"))])
    days = Select(
        _l("链接几日内有效"),
        [Answered(_l("请选择链接几日内有效。"))],
        choices=day_choices,
        default=str(DEFAULT_DAYS),
        width="short",
    )


@blueprint.route("", methods=["GET", "POST"])
@requires(Permission.REFERRAL_DECIDE)
def index() -> ResponseReturnValue:
    """Every link, and the form for a new one."""
    form = WatchForm()
    units = {str(one.id): one for one in oversight.procuratorates(session)}
    form.unit.choices = to_choose((key, in_script(one.name)) for key, one in units.items())
    address, now = "", now_utc()
    if form.validate_on_submit():
        try:
            made = oversight.open_watch(
                session, unit=units[form.unit.data], days=int(form.days.data), actor=account(), now=now
            )
            address = f"{services().config.public_url}/oversight/{oversight.token_of(made, keyring())}"
        except Invalid as error:
            form.take(error)
    page = render_template(
        "casework/referrals/watches.html",
        form=form,
        watches=oversight.watches(session),
        address=address,
        now=now,
    )
    return page, 422 if form.problems() else 200, {"Cache-Control": "no-store"}


@blueprint.post("/<int:number>/revoke")
@requires(Permission.REFERRAL_DECIDE)
def revoke(number: int) -> ResponseReturnValue:
    """停用 the link."""
    found = oversight.watch_of(session, number)
    oversight.revoke(session, watch=found, actor=account(), now=now_utc())
    flash(_("链接已经停用。"), "done")
    return redirect(url_for("referral_watches.index"), code=303)
