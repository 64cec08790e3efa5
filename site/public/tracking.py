"""Following a filing by reference and query code, under /track."""

from __future__ import annotations

from flask import Blueprint, abort, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from journey import access, followup, platform_page, rewards
from journey import papers as journey_papers
from journey.deadlines import deadline_documents, filers_clocks
from journey.keys import keyring
from journey.mediation import filers_page
from journey.throttle import note_wrong_try
from models.cases.queries import case_of_filing
from models.filings.errors import WrongReferenceOrCode
from models.filings.queries import filing_by_code
from models.types import now_utc
from shared.access import public
from shared.database import session
from shared.fields import Answered, CodeField
from shared.forms import Form
from shared.i18n import label
from shared.limits import limited

blueprint = Blueprint("tracking", __name__, url_prefix="/track")


class TrackForm(Form):
    """The two numbers of the receipt."""

    reference = CodeField(
        _l("登记编号"), [Answered(_l("请填写登记编号，8 位，在回执上。"))], hint=_l("8 位，例如 K7QM-2XHD。")
    )
    code = CodeField(
        _l("查询码"),
        [Answered(_l("请填写查询码，16 位，是提交后让您抄下的那一组。"))],
        hint=_l("16 位，大小写、空格和横线都不影响。"),
    )


@blueprint.route("", methods=["GET", "POST"])
@limited("track")
@public
def start() -> ResponseReturnValue:
    """Asks for both numbers. A wrong code and an unknown reference are one answer, in wording, status and time."""
    form = TrackForm()
    if not form.validate_on_submit():
        return _form(form)
    try:
        filing = filing_by_code(session, reference=form.reference.data, code=form.code.data, keys=keyring())
    except WrongReferenceOrCode as error:
        if not note_wrong_try(form.reference.data):
            abort(429)
        form.reference.errors = [label(error.sentence)]
        return _form(form)
    access.remember(filing)
    return redirect(url_for("tracking.show", reference=filing.reference), 303)


@blueprint.get("/<reference>")
@public
def show(reference: str) -> ResponseReturnValue:
    """The case as its filer sees it."""
    if not access.is_open(reference):
        return redirect(url_for("tracking.start", reference=reference), 303)
    return followup.show(access.opened_filing(reference), "tracking")


@blueprint.get("/<reference>/deadlines.json")
@public
def deadlines(reference: str) -> ResponseReturnValue:
    """The deadlines of the case for programs, each counted day by day; for a browser that has opened the case."""
    case = case_of_filing(session, access.opened_filing(reference).id)
    return jsonify(deadlines=deadline_documents(session, filers_clocks(session, case), now_utc()))


@blueprint.post("/<reference>/papers/<int:number>")
@public
def paper(reference: str, number: int) -> ResponseReturnValue:
    """A paper addressed to the filer."""
    return journey_papers.fetch(access.opened_filing(reference), number)


@blueprint.post("/<reference>/supplement")
@public
def supplement(reference: str) -> ResponseReturnValue:
    """More from the filer."""
    return followup.supplement(access.opened_filing(reference), "tracking")


@blueprint.route("/<reference>/withdraw", methods=["GET", "POST"])
@public
def withdraw(reference: str) -> ResponseReturnValue:
    """The filer takes it back, after being asked once."""
    return followup.withdraw(access.opened_filing(reference), "tracking")


@blueprint.get("/<reference>/platform")
@public
def platform(reference: str) -> ResponseReturnValue:
    """The receipt for the platform, and until when it has to see it."""
    return platform_page.show(access.opened_filing(reference), "tracking")


@blueprint.get("/<reference>/platform/links.txt")
@public
def platform_links(reference: str) -> ResponseReturnValue:
    """The links that the receipt signs, for the platform."""
    return platform_page.links_file(access.opened_filing(reference))


@blueprint.post("/<reference>/platform/statement")
@public
def platform_statement(reference: str) -> ResponseReturnValue:
    """The platform has passed on the seller's statement."""
    return platform_page.statement(access.opened_filing(reference), "tracking")


@blueprint.post("/<reference>/platform/shown")
@public
def platform_shown(reference: str) -> ResponseReturnValue:
    """The platform has the receipt."""
    return platform_page.shown(access.opened_filing(reference), "tracking")


@blueprint.route("/<reference>/rate", methods=["GET", "POST"])
@public
def rate(reference: str) -> ResponseReturnValue:
    """How content the filer is with what came of it."""
    return followup.rate(access.opened_filing(reference), "tracking")


@blueprint.route("/<reference>/dispute", methods=["GET", "POST"])
@public
def dispute(reference: str) -> ResponseReturnValue:
    """The filer does not accept the closing."""
    return followup.dispute(access.opened_filing(reference), "tracking")


@blueprint.route("/<reference>/mediation", methods=["GET", "POST"])
@public
def mediation(reference: str) -> ResponseReturnValue:
    """Whether the filer agrees to mediation; later who mediates, and when."""
    return filers_page(access.opened_filing(reference), "tracking")


@blueprint.route("/<reference>/reward", methods=["GET", "POST"])
@public
@limited("track")
def reward(reference: str) -> ResponseReturnValue:
    """What the report has earned, and claiming it without a name."""
    return rewards.claim_page(access.opened_filing(reference))


@blueprint.post("/<reference>/stop-notices")
@public
def stop_notices(reference: str) -> ResponseReturnValue:
    """No more mails or messages about it."""
    return followup.stop(access.opened_filing(reference), "tracking")


@blueprint.post("/leave")
@public
def leave() -> ResponseReturnValue:
    """Forgets what this browser has opened."""
    access.forget_all()
    return redirect(url_for("tracking.start"), 303)


def _form(form: TrackForm) -> ResponseReturnValue:
    if not form.is_submitted():
        form.reference.data = request.args.get("reference", "")[:20]
    page = render_template("public/track/start.html", form=form)
    return page, 422 if form.problems() else 200
