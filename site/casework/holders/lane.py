"""The record of holders at the staff's desk: numbers and signals, the lane given and taken, conduct noted, appeals answered."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from journey.lane import record_rows, tell_owners
from models.errors import Invalid
from models.holders.lane.operations import announce_withdrawal, answer_appeal, grant_lane, note_conduct
from models.holders.lane.patterns import signals
from models.holders.lane.queries import (
    appeals,
    holders,
    lane_by_id,
    lane_of,
    note_by_id,
    notes_of,
    organisation_by_id,
)
from models.holders.lane.record import record_of, suggested
from models.holders.lane.rules import read_lane_rules
from models.holders.lane.tables import PATTERN_LABELS, ConductNote, FastLane, Pattern
from models.holders.tables import Organisation
from models.people.permissions import Permission, can
from models.types import now_utc
from shared.access import account, requires
from shared.database import session
from shared.fields import Answered, Radios, TextArea
from shared.forms import Form
from shared.i18n import label

blueprint = Blueprint("holder_records", __name__, url_prefix="/casework/holders/records")
_SEEN = _l("权利人")


class ReasonsForm(Form):
    """Why the lane is given or taken."""

    reasons = TextArea(
        _l("理由"), [Answered(_l("请写明理由，权利人会看到。"))], who_sees=_SEEN, max_chars=2000, rows=3
    )


class NoteForm(Form):
    """What was found, and why it is serious."""

    pattern = Radios(
        _l("提示什么？"),
        [Answered(_l("请选择一种。"))],
        choices=lambda: [(one.value, label(text)) for one, text in PATTERN_LABELS.items()],
    )
    reasons = TextArea(
        _l("依据和说明"), [Answered(_l("请写明理由，权利人会看到。"))], who_sees=_SEEN, max_chars=2000, rows=3
    )


class AnswerForm(Form):
    """What becomes of an appeal."""

    upheld = Radios(
        _l("申诉成立吗？"),
        [Answered(_l("请选择。"))],
        choices=[("yes", _l("成立，撤销原决定")), ("no", _l("不成立，维持"))],
    )
    answer = TextArea(
        _l("理由"), [Answered(_l("请写明理由，权利人会看到。"))], who_sees=_SEEN, max_chars=2000, rows=3
    )


@blueprint.get("/")
@requires(Permission.HOLDER_VERIFY, Permission.HOLDER_JUDGE)
def index() -> ResponseReturnValue:
    """Suggestions first, then who is in the lane; and the appeals that wait."""
    return render_template(
        "casework/holders/records.html",
        holders=holders(session, read_lane_rules(), now=now_utc()),
        appeals=appeals(session),
    )


@blueprint.get("/<int:organisation_id>")
@requires(Permission.HOLDER_VERIFY, Permission.HOLDER_JUDGE)
def show(organisation_id: int) -> ResponseReturnValue:
    """One holder."""
    return _page(organisation_by_id(session, organisation_id), ReasonsForm(formdata=None))


@blueprint.post("/<int:organisation_id>/grant")
@requires(Permission.HOLDER_JUDGE)
def grant(organisation_id: int) -> ResponseReturnValue:
    """Gives the lane."""
    organisation, form = organisation_by_id(session, organisation_id), ReasonsForm()

    def act(form: ReasonsForm) -> None:
        lane = grant_lane(
            session,
            organisation=organisation,
            reasons=form.reasons.data,
            rules=read_lane_rules(),
            actor=account(),
            now=now_utc(),
        )
        tell_owners(organisation, f"lane:{lane.id}:granted")

    return _done(organisation, form, act) or _page(organisation, form)


@blueprint.post("/<int:organisation_id>/withdraw/<int:lane_id>")
@requires(Permission.HOLDER_JUDGE)
def withdraw(organisation_id: int, lane_id: int) -> ResponseReturnValue:
    """Announces its end."""
    organisation, form = organisation_by_id(session, organisation_id), ReasonsForm()
    lane = lane_by_id(session, lane_id)

    def act(form: ReasonsForm) -> None:
        now, rules = now_utc(), read_lane_rules()
        announce_withdrawal(
            session, lane=lane, reasons=form.reasons.data, rules=rules, actor=account(), now=now
        )
        tell_owners(lane.organisation, f"lane:{lane.id}:announced:{now.timestamp():.0f}")

    return _done(organisation, form, act) or _page(organisation, form)


@blueprint.route("/<int:organisation_id>/notes", methods=["GET", "POST"])
@requires(Permission.HOLDER_JUDGE)
def note(organisation_id: int) -> ResponseReturnValue:
    """Notes a pattern."""
    organisation, form = organisation_by_id(session, organisation_id), NoteForm()

    def act(form: NoteForm) -> None:
        made = note_conduct(
            session,
            organisation=organisation,
            pattern=Pattern(form.pattern.data),
            reasons=form.reasons.data,
            actor=account(),
            now=now_utc(),
        )
        tell_owners(organisation, f"conduct:{made.id}:noted")

    return _done(organisation, form, act) or _form_page(organisation, form, _("写一条提示"))


@blueprint.route("/appeals/<any(lane, note):kind>/<int:number>", methods=["GET", "POST"])
@requires(Permission.HOLDER_JUDGE)
def reply(kind: str, number: int) -> ResponseReturnValue:
    """Answers an appeal."""
    against: FastLane | ConductNote = (
        lane_by_id(session, number) if kind == "lane" else note_by_id(session, number)
    )
    form = AnswerForm()

    def act(form: AnswerForm) -> None:
        answer_appeal(
            session,
            against=against,
            is_upheld=form.upheld.data == "yes",
            words=form.answer.data,
            actor=account(),
            now=now_utc(),
        )
        tell_owners(against.organisation, f"{kind}:{number}:answered")

    title = _("答复申诉")
    return _done(against.organisation, form, act) or _form_page(
        against.organisation, form, title, against.appeal or ""
    )


def _done(organisation: Organisation, form: Form, act: Callable[..., None]) -> ResponseReturnValue | None:
    """Does it and leads back; None when something has to be mended first."""
    if not form.validate_on_submit():
        return None
    try:
        act(form)
    except Invalid as error:
        form.take(error)
        return None
    flash(_("已经记录，并告知权利人。"), "success")
    return redirect(url_for("holder_records.show", organisation_id=organisation.id), 303)


def _form_page(organisation: Organisation, form: Form, title: str, appeal: str = "") -> ResponseReturnValue:
    page = render_template(
        "casework/holders/record_form.html", organisation=organisation, form=form, title=title, appeal=appeal
    )
    return page, 422 if form.problems() else 200


def _page(organisation: Organisation, form: ReasonsForm) -> ResponseReturnValue:
    rules, now = read_lane_rules(), now_utc()
    lane = lane_of(session, organisation.id)
    record = record_of(session, organisation.id, rules, now=now)
    page = render_template(
        "casework/holders/record.html",
        organisation=organisation,
        form=form,
        lane=lane,
        suggestion=suggested(record, rules, has_lane=lane is not None),
        rows=record_rows(record, rules),
        signals=signals(session, organisation.id, rules, now=now),
        notes=notes_of(session, organisation.id),
        patterns=PATTERN_LABELS,
        may_judge=can(account(), Permission.HOLDER_JUDGE),
    )
    return page, 422 if form.problems() else 200
