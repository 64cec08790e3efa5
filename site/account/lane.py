"""The fast lane as its holder sees it, under /account/lane: the record with its numbers, decisions, and the appeal."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from journey.lane import record_rows
from models.errors import Invalid, NotFound
from models.holders.lane.operations import appeal
from models.holders.lane.queries import lane_of, lanes_of, notes_of
from models.holders.lane.record import record_of
from models.holders.lane.rules import read_lane_rules
from models.holders.lane.tables import PATTERN_LABELS, ConductNote, FastLane
from models.holders.operations import membership_of
from models.people.roles import AccountKind
from models.types import beijing_date, now_utc
from shared.access import account, signed_in
from shared.database import session
from shared.fields import Answered, TextArea
from shared.forms import Form
from shared.limits import limited

blueprint = Blueprint("lane", __name__, url_prefix="/account/lane")
rights_holders = signed_in(AccountKind.RIGHTS_HOLDER)


class AppealForm(Form):
    """Why the holder does not agree."""

    appeal = TextArea(
        _l("您的理由"),
        [Answered(_l("请写明您的理由。"))],
        hint=_l("由没有作出这个决定的工作人员处理；申诉期间不收回直通车。"),
        max_chars=3000,
        rows=5,
    )


@blueprint.get("/")
@rights_holders
def index() -> ResponseReturnValue:
    """The numbers of the organisation, its lane, what was noted."""
    mine, rules, now = membership_of(session, account()), read_lane_rules(), now_utc()
    if mine is None or not mine.is_verified:
        return render_template("account/lane_none.html")
    lane = lane_of(session, mine.organisation_id)
    return render_template(
        "account/lane.html",
        mine=mine,
        lane=lane,
        is_in_force=lane is not None and lane.is_in_force(beijing_date(now)),
        former=[one for one in lanes_of(session, mine.organisation_id) if one.ended_at],
        rows=record_rows(record_of(session, mine.organisation_id, rules, now=now), rules),
        notes=notes_of(session, mine.organisation_id),
        patterns=PATTERN_LABELS,
        rules=rules,
    )


@blueprint.route("/appeals/<any(lane, note):kind>/<int:number>", methods=["GET", "POST"])
@limited("upload")
@rights_holders
def object_to(kind: str, number: int) -> ResponseReturnValue:
    """Appeals against the end of the lane, or against a note."""
    form, against = AppealForm(), _own(kind, number)
    if form.validate_on_submit():
        try:
            words = form.appeal.data
            appeal(
                session, against=against, words=words, rules=read_lane_rules(), actor=account(), now=now_utc()
            )
        except Invalid as error:
            form.take(error)
        else:
            flash(_("已经收到申诉，由没有作出决定的工作人员处理，结果会发邮件。"), "success")
            return redirect(url_for("lane.index"), 303)
    reasons = against.withdrawal_reasons if isinstance(against, FastLane) else against.reasons
    page = render_template("account/lane_appeal.html", form=form, reasons=reasons)
    return page, 422 if form.problems() else 200


def _own(kind: str, number: int) -> FastLane | ConductNote:
    mine = membership_of(session, account())
    table = {"lane": FastLane, "note": ConductNote}.get(kind)
    found = session.get(table, number) if table else None
    if mine is None or found is None or found.organisation_id != mine.organisation_id or not mine.is_verified:
        raise NotFound(_("没有找到这条记录。"))
    return found
