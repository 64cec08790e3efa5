"""The rules of the clocks: every version with its text, what is still to be confirmed, and local versions."""

from __future__ import annotations

import datetime as dt

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select
from werkzeug.exceptions import NotFound

from admin.rule_forms import EndForm, LocalVersionForm
from journey.explaining import length_in_words
from models.clocks.local_rules import add_local_version, end_local_version
from models.clocks.tables import ClockRule, Source
from models.clocks.terms import REASONS
from models.errors import Invalid
from models.people.permissions import Permission
from models.supervision.ladder import read_ladders
from models.supervision.terms import RUNG_LABELS, TOLD_LABELS
from models.types import beijing_date, now_utc
from shared.access import account, requires
from shared.database import session
from shared.services import services

blueprint = Blueprint("clock_rules", __name__, url_prefix="/admin/rules")


@blueprint.get("")
@requires(Permission.RULE_MANAGE)
def index() -> ResponseReturnValue:
    """All versions, or with `?unconfirmed=1` those that wait for a lawyer's word."""
    rows = session.scalars(select(ClockRule).order_by(ClockRule.rule_id, ClockRule.version)).all()
    only_unconfirmed = request.args.get("unconfirmed") == "1"
    unconfirmed = [row for row in rows if not row.as_rule().is_confirmed]
    return render_template(
        "admin/rules.html",
        rows=unconfirmed if only_unconfirmed else rows,
        only_unconfirmed=only_unconfirmed,
        unconfirmed=len(unconfirmed),
        today=beijing_date(now_utc()),
        length_in_words=length_in_words,
    )


@blueprint.get("/<rule_id>/<int:version>")
@requires(Permission.RULE_MANAGE)
def show(rule_id: str, version: int) -> ResponseReturnValue:
    """One version, and the ladder that goes with it."""
    row = _row(rule_id, version)
    return render_template(
        "admin/rule.html",
        row=row,
        rule=row.as_rule(),
        ladder=read_ladders().of(rule_id, services().bureau.key),
        rung_labels=RUNG_LABELS,
        told_labels=TOLD_LABELS,
        reasons=REASONS,
        length_in_words=length_in_words,
        may_end=row.source is Source.ADMIN and _runs_on(row, beijing_date(now_utc())),
    )


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.RULE_MANAGE, fresh=True)
def new() -> ResponseReturnValue:
    """A local version with its own source; `?rule=` fills in the rule that it is a version of."""
    form = LocalVersionForm()
    if not form.is_submitted():
        form.begin_with(_latest(request.args.get("rule", "")))
    elif form.validate():
        try:
            row = add_local_version(session, wanted=form.wanted(), actor=account(), now=now_utc())
        except Invalid as error:
            form.take(error)
        else:
            flash(_("已添加本局的版本，对施行日期以后起算的事项有效。"), "done")
            address = url_for("clock_rules.show", rule_id=row.rule_id, version=row.version)
            return redirect(address, code=303)
    page = render_template("admin/rule_new.html", form=form)
    return page, 422 if form.problems() else 200


@blueprint.route("/<rule_id>/<int:version>/end", methods=["GET", "POST"])
@requires(Permission.RULE_MANAGE, fresh=True)
def end(rule_id: str, version: int) -> ResponseReturnValue:
    """Lets a local version end; what runs under it keeps its term."""
    row, form = _row(rule_id, version), EndForm()
    if row.source is not Source.ADMIN:
        raise NotFound
    if form.validate_on_submit():
        try:
            end_local_version(session, row=row, on=form.on.data, actor=account(), now=now_utc())
        except Invalid as error:
            form.take(error)
        else:
            flash(_("已写明失效日期。"), "done")
            return redirect(url_for("clock_rules.show", rule_id=rule_id, version=version), code=303)
    page = render_template("admin/rule_end.html", form=form, row=row)
    return page, 422 if form.problems() else 200


def _row(rule_id: str, version: int) -> ClockRule:
    wanted = select(ClockRule).where(ClockRule.rule_id == rule_id, ClockRule.version == version)
    return session.scalars(wanted).one()


def _latest(rule_id: str) -> ClockRule | None:
    wanted = select(ClockRule).where(ClockRule.rule_id == rule_id).order_by(ClockRule.version.desc())
    return session.scalars(wanted.limit(1)).first()


def _runs_on(row: ClockRule, today: dt.date) -> bool:
    return row.in_force_to is None or row.in_force_to > today
