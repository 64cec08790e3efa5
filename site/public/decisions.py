"""Published decisions, penalties and others: search and read, as pages and as data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from models.data.versions import version_of
from models.decisions.challenges.kinds import CHALLENGE_KIND_LABELS, OUTCOME_LABELS
from models.decisions.challenges.queries import challenges_of
from models.decisions.corrections.kinds import CorrectionGround, basis_of
from models.decisions.corrections.queries import corrections_of
from models.decisions.kinds import DECISION_KIND_LABELS, END_KIND_LABELS
from models.decisions.petitions.queries import objection_basis, objection_due_on, open_objection
from models.decisions.queries import decision_by_public_id
from models.decisions.tables import Decision
from models.types import beijing_date, now_utc
from public.decision_text import reading
from results import addresses, linked, links
from results.answers import RETRY_SECONDS, collection_answer, decision_answer, end_kind_of, mark_for_robots
from results.asked import Asked, read_kindly
from results.citations import citations
from results.complaints import Complaint, complaint
from results.finding import Page, find, instead, newest
from results.history import history
from results.jump import record_address
from results.looser import Looser
from results.understood import understood
from results.words import zone_words
from search.errors import IndexUnavailable, QueryError
from shared.access import public
from shared.database import session
from shared.i18n import label
from shared.limits import limited

FORMATS = {"JSON": ".json", "CSV": ".csv", "XLSX": ".xlsx", "Atom": ".atom"}

blueprint = Blueprint("decisions", __name__, url_prefix="/decisions")


@blueprint.get("")
@public
@limited("search", unsafe_only=False)
def index() -> ResponseReturnValue:
    """Search, with facets, orders and pages; without words the newest first."""
    asked = read_kindly(request.args)
    today = beijing_date(now_utc())
    record = record_address(session, asked, today=today)
    if record:
        return redirect(record)
    try:
        page = find(session, asked, today=today, named=links.SHOWN_VALUES)
        return _results(page, looser=() if page.total else instead(session, page, today=today))
    except QueryError as error:
        wrong = complaint(error, asked, request.script_root + request.path)
        return _results(newest(session, asked, today=today), wrong=wrong)
    except IndexUnavailable:
        response = make_response(_results(newest(session, asked, today=today), is_rebuilding=True))
        if asked.arguments():  # what was asked for cannot be answered; the newest ones can
            response.status_code = 503
            response.headers["Retry-After"] = str(RETRY_SECONDS)
        return response


@blueprint.get("/<public_id>")
@public
def show(public_id: str) -> ResponseReturnValue:
    """One decision at its permanent address; 410 when it is no longer public."""
    decision = decision_by_public_id(session, public_id)
    if not decision.is_public(beijing_date(now_utc())):
        return _gone(decision)
    q = request.args.get("q", "")
    objection = open_objection(session, decision)
    corrections = corrections_of(session, decision)
    version = version_of(session, decision, corrections)
    page = render_template(
        "public/decisions/show.html",
        decision=decision,
        reading=reading(decision, q),
        q=q,
        history=history(corrections),
        challenges=challenges_of(session, decision),
        challenge_kinds=CHALLENGE_KIND_LABELS,
        outcomes=OUTCOME_LABELS,
        objection=objection,
        objection_due_on=objection_due_on(session, objection) if objection else None,
        objection_basis=objection_basis(session, objection) if objection else None,
        linked=linked.decision(decision),
        correction_basis=label(basis_of(CorrectionGround.INACCURATE, decision.kind)),
        version=version,
        cite=citations(decision, version, read_on=beijing_date(now_utc())),
    )
    response = make_response(page)
    mark_for_robots(response, decision)
    return response


def _results(
    page: Page, *, wrong: Complaint | None = None, is_rebuilding: bool = False, looser: Sequence[Looser] = ()
) -> str:
    path = request.script_root + request.path
    return render_template(
        "public/decisions/index.html",
        page=page,
        facets=links.facets(path, page),
        chips=links.chips(path, page),
        sorts=links.sorts(path, page.asked),
        next_url=addresses.next_url(path, page),
        first_url=addresses.address(path, page.asked) if page.asked.after else None,
        data_url=addresses.address(f"{path}.json", page.asked),
        alert_url=addresses.address(url_for("alerts.index"), page.asked),
        counted_url=addresses.address(url_for("counted.decisions"), page.asked),
        canonical_url=addresses.absolute(addresses.address(path, _canonical(page.asked))),
        formats=[(name, addresses.address(path + ending, page.asked)) for name, ending in FORMATS.items()],
        behind=addresses.question(page.asked.q),
        keep=_kept(page.asked),
        understood=understood(page.query),
        zone_words=zone_words,
        kind_labels=DECISION_KIND_LABELS,
        refusal=wrong,
        looser=[(one, addresses.address(path, one.asked)) for one in looser],
        is_rebuilding=is_rebuilding,
    )


def _canonical(asked: Asked) -> Asked:
    """The same question in its first form: its own order, its first page."""
    return replace(asked, sort=Asked.sort, size=Asked.size, after=None)


def _kept(asked: Asked) -> dict[str, str]:
    """What a new question keeps of the old one: order and size, no filters."""
    return {name: value for name, value in asked.arguments().items() if name in ("sort", "size")}


def _gone(decision: Decision) -> Response:
    page = render_template(
        "public/decisions/gone.html", decision=decision, kind=END_KIND_LABELS[end_kind_of(decision)]
    )
    response = make_response(page, 410)
    mark_for_robots(response, decision)
    return response


data = Blueprint("decision_data", __name__)


@data.get("/decisions.json")
@public
@limited("search", unsafe_only=False)
def collection() -> ResponseReturnValue:
    """The same question as data."""
    return collection_answer()


@data.get("/decisions/<public_id>.json")
@public
def one(public_id: str) -> ResponseReturnValue:
    """The same decision as data."""
    return decision_answer(public_id)
