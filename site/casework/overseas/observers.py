"""The list of observers: an entry, taking one in, mending, letting go."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from casework.overseas.forms import LeaveForm, ObserverForm, country_choices, filled_from
from models.errors import Invalid
from models.overseas import operations
from models.overseas.queries import observer_numbered
from models.overseas.tables import Observer
from models.overseas.terms import OBSERVER_KIND_LABELS
from models.people.permissions import OfUnit, Permission, can
from models.people.tables import Unit
from models.types import beijing_date, now_utc
from shared.access import account, authorise, requires
from shared.database import session

blueprint = Blueprint("observers", __name__, url_prefix="/casework/overseas/observers")


@blueprint.get("/<int:number>")
@requires(Permission.EXPERT_ASK, Permission.MECHANISM_MANAGE)
def show(number: int) -> ResponseReturnValue:
    """One entry."""
    return _page(observer_numbered(session, number), LeaveForm(formdata=None))


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.MECHANISM_MANAGE)
def new() -> ResponseReturnValue:
    """Takes one in."""
    form = ObserverForm(data={"since_on": beijing_date(now_utc())})
    if form.validate_on_submit():
        try:
            made = operations.add(session, unit=_unit(), entry=form.entry(), actor=account(), now=now_utc())
        except Invalid as error:
            form.take(error)
        else:
            return _done(made, _("已加入观察名录。"))
    return _form(form, None)


@blueprint.route("/<int:number>/edit", methods=["GET", "POST"])
@requires(Permission.MECHANISM_MANAGE)
def edit(number: int) -> ResponseReturnValue:
    """Mends the entry."""
    observer = _managed(number)
    form = ObserverForm(data=filled_from(observer))
    if form.validate_on_submit():
        try:
            entry = form.entry()
            operations.amend(session, observer=observer, entry=entry, actor=account(), now=now_utc())
        except Invalid as error:
            form.take(error)
        else:
            return _done(observer, _("已保存。"))
    return _form(form, observer)


@blueprint.post("/<int:number>/let-go")
@requires(Permission.MECHANISM_MANAGE)
def let_go(number: int) -> ResponseReturnValue:
    """退出."""
    observer, form = _managed(number), LeaveForm()
    if not form.validate():
        return _page(observer, form)
    words = form.reasons.data
    operations.let_go(session, observer=observer, reasons=words, actor=account(), now=now_utc())
    return _done(observer, _("已退出观察名录，联系方式已经删除。"))


def _managed(number: int) -> Observer:
    observer = observer_numbered(session, number)
    authorise(Permission.MECHANISM_MANAGE, observer)
    return observer


def _unit() -> Unit:
    """The unit for which the officer keeps the list: the first in which the permission is held."""
    mine = (one.unit for one in account().assignments)
    return next(unit for unit in mine if can(account(), Permission.MECHANISM_MANAGE, OfUnit(unit)))


def _done(observer: Observer, news: str) -> ResponseReturnValue:
    flash(news, "done")
    return redirect(url_for("observers.show", number=observer.id), 303)


def _form(form: ObserverForm, observer: Observer | None) -> ResponseReturnValue:
    page = render_template("casework/overseas/form.html", form=form, observer=observer)
    return page, 422 if form.problems() else 200


def _page(observer: Observer, form: LeaveForm) -> ResponseReturnValue:
    page = render_template(
        "casework/overseas/show.html",
        observer=observer,
        kind=OBSERVER_KIND_LABELS[observer.kind],
        names=dict(country_choices()),
        may_keep=can(account(), Permission.MECHANISM_MANAGE, observer),
        form=form,
    )
    return page, 422 if form.problems() else 200
