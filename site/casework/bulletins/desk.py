"""The bulletins of a state, one of them, and the acts on it: submit, publish, send back, withdraw."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from casework.bulletins.forms import PictureForm, SendBackForm, WithdrawBulletinForm
from casework.bulletins.guides import opened
from casework.decisions.loading import entry_units
from models.bulletins import operations
from models.bulletins.kinds import BULLETIN_KIND_LABELS, BULLETIN_STATE_LABELS, BulletinState, acts_from
from models.bulletins.queries import bulletin_for_staff, counts_for_staff, for_staff
from models.bulletins.tables import Bulletin
from models.errors import Invalid
from models.filings.kinds import COPY_STATE_LABELS
from models.people.permissions import Permission, can
from models.types import now_utc
from shared.access import account, authorise, requires
from shared.components import FacetValue
from shared.database import session
from shared.i18n import label

SHOWN = 100

blueprint = Blueprint("bulletin_desk", __name__, url_prefix="/casework/bulletins")


@blueprint.get("")
@requires(Permission.DECISION_VIEW)
def index() -> ResponseReturnValue:
    """Views by state on the left, the bulletins of one of them on the right."""
    counts = counts_for_staff(session, account())
    state = _state(counts)
    views = [
        FacetValue(label(words), counts[one], url_for(".index", state=one), one is state)
        for one, words in BULLETIN_STATE_LABELS.items()
    ]
    return render_template(
        "casework/bulletins/index.html",
        views=views,
        rows=for_staff(session, account(), state, limit=SHOWN),
        state_label=label(BULLETIN_STATE_LABELS[state]),
        kinds=BULLETIN_KIND_LABELS,
        may_write=bool(entry_units(account())),
    )


@blueprint.get("/<int:bulletin_id>")
@requires(Permission.DECISION_VIEW)
def show(bulletin_id: int) -> ResponseReturnValue:
    """One as it will be public, with what can be done."""
    return page(loaded(bulletin_id, Permission.DECISION_VIEW))


@blueprint.post("/<int:bulletin_id>/submit")
@requires(Permission.DECISION_ENTER)
def submit(bulletin_id: int) -> ResponseReturnValue:
    """To the reviewers."""
    bulletin = loaded(bulletin_id, Permission.DECISION_ENTER)
    operations.submit(session, bulletin, actor=account(), now=now_utc())
    return back(bulletin, _("已提交，等待另一位审核员审核。"))


@blueprint.post("/<int:bulletin_id>/publish")
@requires(Permission.DECISION_REVIEW)
def publish(bulletin_id: int) -> ResponseReturnValue:
    """On the site from this moment."""
    bulletin = loaded(bulletin_id, Permission.DECISION_REVIEW)
    operations.publish(session, bulletin, reveal=opened, actor=account(), now=now_utc())
    return back(bulletin, _("已发布。"))


@blueprint.post("/<int:bulletin_id>/return")
@requires(Permission.DECISION_REVIEW)
def send_back(bulletin_id: int) -> ResponseReturnValue:
    """Back to the maker, with the reason."""
    bulletin = loaded(bulletin_id, Permission.DECISION_REVIEW)
    form = SendBackForm()
    if not form.validate():
        return page(bulletin, return_form=form), 422
    operations.send_back(session, bulletin, reason=form.reason.data, actor=account(), now=now_utc())
    return back(bulletin, _("已退回起草人。"))


@blueprint.post("/<int:bulletin_id>/withdraw")
@requires(Permission.DECISION_WITHDRAW)
def withdraw(bulletin_id: int) -> ResponseReturnValue:
    """Off the site from this moment, with a reason that is published."""
    bulletin = loaded(bulletin_id, Permission.DECISION_WITHDRAW)
    form = WithdrawBulletinForm()
    if form.validate():
        try:
            operations.withdraw(session, bulletin, reason=form.reason.data, actor=account(), now=now_utc())
        except Invalid as error:
            form.take(error)
        else:
            return back(bulletin, _("已撤下，地址只显示原因。"))
    return page(bulletin, withdraw_form=form), 422


def loaded(bulletin_id: int, permission: Permission) -> Bulletin:
    bulletin = bulletin_for_staff(session, bulletin_id)
    authorise(permission, bulletin)
    return bulletin


def page(
    bulletin: Bulletin,
    *,
    return_form: SendBackForm | None = None,
    withdraw_form: WithdrawBulletinForm | None = None,
    picture_form: PictureForm | None = None,
) -> str:
    return render_template(
        "casework/bulletins/show.html",
        bulletin=bulletin,
        kind_label=label(BULLETIN_KIND_LABELS[bulletin.kind]),
        state_label=label(BULLETIN_STATE_LABELS[bulletin.state]),
        acts=acts_from(bulletin.state),
        may_write=can(account(), Permission.DECISION_ENTER, bulletin),
        may_review=operations.may_review(bulletin, account()),
        may_withdraw=can(account(), Permission.DECISION_WITHDRAW, bulletin),
        return_form=return_form or SendBackForm(formdata=None),
        withdraw_form=withdraw_form or WithdrawBulletinForm(formdata=None),
        picture_form=picture_form or PictureForm(formdata=None),
        copy_labels=COPY_STATE_LABELS,
        form=return_form or withdraw_form or picture_form,
    )


def back(bulletin: Bulletin, words: str) -> ResponseReturnValue:
    flash(words, "done")
    return redirect(url_for("bulletin_desk.show", bulletin_id=bulletin.id), code=303)


def _state(counts: dict[BulletinState, int]) -> BulletinState:
    """The state asked for, else the first in which something waits for somebody."""
    asked = request.args.get("state", "")
    if asked in set(BulletinState):
        return BulletinState(asked)
    waiting = (BulletinState.IN_REVIEW, BulletinState.DRAFT)
    return next((one for one in waiting if counts[one]), BulletinState.PUBLISHED)
