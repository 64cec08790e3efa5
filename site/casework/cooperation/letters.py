"""来函: registered at the desk, answered by an officer, issued by a head; each with the day by which it is owed."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from casework.cooperation.letter_files import attach_files
from casework.cooperation.letter_forms import LetterDeliveryForm, RegisterForm, ReplyForm
from casework.cooperation.letter_loading import back_to, letter_for
from casework.outside_forms import letter_limits
from casework.papers.forms import ReasonsForm
from journey.deadlines import shown_clocks, shown_deadlines
from journey.papers import office
from models.cases.outside.kinds import letter_kinds
from models.clocks.queries import deadlines_of
from models.cooperation.queries import outside_bodies
from models.errors import Invalid
from models.filings.kinds import COPY_STATE_LABELS, SCAN_STATE_LABELS
from models.letters import operations
from models.letters.queries import letters_for
from models.letters.tables import IncomingLetter
from models.papers.terms import WAY_LABELS, Way
from models.people.permissions import OfUnit, Permission, can
from models.people.tables import Unit
from models.types import now_utc
from shared.access import account, requires
from shared.database import session
from shared.forms import Form

blueprint = Blueprint("letters", __name__, url_prefix="/casework/letters")
_SHOWN = 200


@blueprint.get("")
@requires(Permission.PAPER_WRITE)
def index() -> ResponseReturnValue:
    """Those of the officer's units, the open ones first."""
    found, now = letters_for(session, account(), limit=_SHOWN), now_utc()
    clocks = deadlines_of(session, found)
    return render_template(
        "casework/cooperation/letters.html",
        letters=[(one, next(iter(shown_clocks(session, clocks[one.id], now)), None)) for one in found],
        kinds=letter_kinds(),
    )


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.PAPER_WRITE)
def new() -> ResponseReturnValue:
    """登记来函."""
    senders, units = outside_bodies(session), _units()
    form = RegisterForm.among(senders, units, letter_limits())
    if form.validate_on_submit():
        try:
            made = operations.register(
                session,
                unit=next(one for one in units if str(one.id) == form.unit.data),
                sender=next(one for one in senders if str(one.id) == form.sender.data),
                kind=form.kind.data,
                their_number=form.their_number.data or "",
                words=form.words.data or "",
                received_on=form.received_on.data,
                actor=account(),
                now=now_utc(),
            )
        except Invalid as error:
            form.take(error)
        else:
            attach_files(made)
            return back_to(made, _("来函已经登记，答复期限开始计算。"))
    page = render_template("casework/cooperation/letter_form.html", form=form)
    return page, 422 if form.problems() else 200


@blueprint.get("/<int:number>")
@requires(Permission.PAPER_WRITE, Permission.PAPER_APPROVE)
def show(number: int) -> ResponseReturnValue:
    """One letter: by when it is owed, the reply, what can be done."""
    letter, officer = letter_for(number), account()
    return render_template(
        "casework/cooperation/letter.html",
        letter=letter,
        kind=letter_kinds()[letter.kind],
        deadlines=shown_deadlines(session, letter, now_utc()),
        ways=WAY_LABELS,
        scan_labels=SCAN_STATE_LABELS,
        copy_labels=COPY_STATE_LABELS,
        has_link=letter.has_link(now_utc()),
        was_sent=letter.handle is not None,
        may_issue=can(officer, Permission.PAPER_APPROVE, letter) and letter.drafted_by_id != officer.id,
        may_write=can(officer, Permission.PAPER_WRITE, letter),
    )


@blueprint.route("/<int:number>/reply", methods=["GET", "POST"])
@requires(Permission.PAPER_WRITE)
def reply(number: int) -> ResponseReturnValue:
    """起草复函."""
    letter = letter_for(number, Permission.PAPER_WRITE)
    form = ReplyForm(data={"words": letter.reply})
    return _asked(
        letter,
        form,
        _("起草复函"),
        lambda: operations.draft_reply(
            session, letter=letter, words=form.words.data, actor=account(), now=now_utc()
        ),
    )


@blueprint.route("/<int:number>/send-back", methods=["GET", "POST"])
@requires(Permission.PAPER_APPROVE)
def send_back(number: int) -> ResponseReturnValue:
    """退回修改."""
    letter, form = letter_for(number, Permission.PAPER_APPROVE), ReasonsForm()
    return _asked(
        letter,
        form,
        _("退回修改"),
        lambda: operations.send_back(
            session, letter=letter, reasons=form.reasons.data, actor=account(), now=now_utc()
        ),
    )


@blueprint.post("/<int:number>/issue")
@requires(Permission.PAPER_APPROVE)
def issue(number: int) -> ResponseReturnValue:
    """批准并签发 of the draft that stood on the page: from here on it never changes."""
    letter = letter_for(number, Permission.PAPER_APPROVE)
    draft = request.form.get("draft", "")
    operations.issue_reply(
        session, letter=letter, draft=draft, office=office(), actor=account(), now=now_utc()
    )
    return back_to(letter, _("已签发，文号%(number)s。", number=letter.document_number))


@blueprint.route("/<int:number>/delivery", methods=["GET", "POST"])
@requires(Permission.PAPER_WRITE)
def deliver(number: int) -> ResponseReturnValue:
    """登记送达 of the reply."""
    letter, form = letter_for(number, Permission.PAPER_WRITE), LetterDeliveryForm.today()
    return _asked(
        letter,
        form,
        _("登记送达"),
        lambda: operations.deliver(
            session,
            letter=letter,
            way=Way(form.way.data),
            on=form.on.data,
            proof=form.proof.data or "",
            actor=account(),
            now=now_utc(),
        ),
    )


def _units() -> list[Unit]:
    """Those of ours in which the officer writes papers."""
    wanted = select(Unit).where(Unit.is_active, Unit.outside_kind.is_(None)).order_by(Unit.path)
    officer = account()
    return [unit for unit in session.scalars(wanted) if can(officer, Permission.PAPER_WRITE, OfUnit(unit))]


def _asked(
    letter: IncomingLetter, form: Form, title: str, verb: Callable[[], IncomingLetter]
) -> ResponseReturnValue:
    if form.validate_on_submit():
        try:
            verb()
        except Invalid as error:
            form.take(error)
        else:
            return back_to(letter, _("已保存。"))
    page = render_template("casework/cooperation/letter_act.html", letter=letter, form=form, title=title)
    return page, 422 if form.problems() else 200
