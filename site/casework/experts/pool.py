"""The pool of experts: the list with its filters, an entry, taking in, mending, letting go."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from casework.experts.forms import (
    ExpertForm,
    ReasonForm,
    country_choices,
    field_choices,
    filled_from,
    kind_choices,
    places,
)
from models.errors import Invalid
from models.experts import pool
from models.experts.queries import expert_numbered, questions_to
from models.experts.queries import pool as entries
from models.experts.tables import Expert
from models.experts.terms import REQUEST_STATE_LABELS
from models.people.permissions import Permission, can
from models.people.tables import Unit
from models.types import beijing_date, now_utc
from shared.access import account, authorise, requires
from shared.database import session

blueprint = Blueprint("expert_pool", __name__, url_prefix="/casework/experts")
_SHOWN = 50


@blueprint.get("")
@requires(Permission.EXPERT_ASK, Permission.EXPERT_MANAGE)
def index() -> ResponseReturnValue:
    """Who is in the pool, by field, place, country; or who was."""
    asked = {name: request.args.get(name, "") for name in ("kind", "field", "region", "country")}
    past = request.args.get("past") == "1"
    return render_template(
        "casework/experts/pool.html",
        experts=entries(session, today=beijing_date(now_utc()), past=past, **asked),
        asked=asked,
        past=past,
        filters=_filters(),
        names=_names(),
        may_manage=can(account(), Permission.EXPERT_MANAGE),
    )


@blueprint.get("/<int:number>")
@requires(Permission.EXPERT_ASK, Permission.EXPERT_MANAGE)
def show(number: int) -> ResponseReturnValue:
    """One entry, and what was asked in cases that the officer may see."""
    return _page(expert_numbered(session, number), ReasonForm(formdata=None))


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.EXPERT_MANAGE)
def new() -> ResponseReturnValue:
    """Takes somebody in."""
    form = ExpertForm()
    if form.validate_on_submit():
        try:
            made = pool.add(session, unit=_unit(), entry=form.entry(), actor=account(), now=now_utc())
        except Invalid as error:
            form.take(error)
        else:
            return _done(made, _("已聘任。"))
    return _form(form, None)


@blueprint.route("/<int:number>/edit", methods=["GET", "POST"])
@requires(Permission.EXPERT_MANAGE)
def edit(number: int) -> ResponseReturnValue:
    """Mends the entry, or makes the term longer."""
    expert = _managed(number)
    form = ExpertForm(data=filled_from(expert))
    if form.validate_on_submit():
        try:
            pool.amend(session, expert=expert, entry=form.entry(), actor=account(), now=now_utc())
        except Invalid as error:
            form.take(error)
        else:
            return _done(expert, _("已保存。"))
    return _form(form, expert)


@blueprint.post("/<int:number>/let-go")
@requires(Permission.EXPERT_MANAGE)
def let_go(number: int) -> ResponseReturnValue:
    """解聘."""
    expert, form = _managed(number), ReasonForm()
    if not form.validate():
        return _page(expert, form)
    pool.let_go(session, expert=expert, reasons=form.reasons.data, actor=account(), now=now_utc())
    return _done(expert, _("已解聘。"))


def _managed(number: int) -> Expert:
    expert = expert_numbered(session, number)
    authorise(Permission.EXPERT_MANAGE, expert)
    return expert


def _unit() -> Unit:
    """The unit for which the officer keeps the pool: the first in which the permission is held."""
    return next(
        one.unit for one in account().assignments if can(account(), Permission.EXPERT_MANAGE, _Kept(one.unit))
    )


class _Kept:
    """A unit as a thing that permissions are asked about."""

    def __init__(self, unit: Unit) -> None:
        self.unit = unit

    def units_for(self, permission: Permission) -> list[Unit]:
        """The unit itself."""
        return [self.unit]


def _done(expert: Expert, news: str) -> ResponseReturnValue:
    flash(news, "done")
    return redirect(url_for("expert_pool.show", number=expert.id), 303)


def _filters() -> list[tuple[str, str, list[tuple[str, str]]]]:
    return [
        ("kind", _("种类"), kind_choices()),
        ("field", _("专业领域"), field_choices()),
        ("region", _("服务的地方"), places()),
        ("country", _("熟悉的国家和地区"), country_choices()),
    ]


def _names() -> dict[str, str]:
    return dict([*kind_choices(), *field_choices(), *places(), *country_choices()])


def _form(form: ExpertForm, expert: Expert | None) -> ResponseReturnValue:
    page = render_template("casework/experts/form.html", form=form, expert=expert)
    return page, 422 if form.problems() else 200


def _page(expert: Expert, form: ReasonForm) -> ResponseReturnValue:
    officer = account()
    asked = [
        one
        for one in questions_to(session, expert, limit=_SHOWN)
        if one.case.destroyed_at is None and can(officer, Permission.CASE_VIEW, one)
    ]
    may_manage = can(officer, Permission.EXPERT_MANAGE, expert) and expert.left_at is None
    values: dict[str, Any] = {"names": _names(), "states": REQUEST_STATE_LABELS, "form": form}
    page = render_template(
        "casework/experts/entry.html",
        expert=expert,
        is_serving=expert.serves_on(beijing_date(now_utc())),
        asked=asked,
        may_manage=may_manage,
        **values,
    )
    return page, 422 if form.problems() else 200
