"""What may be about the same as a case: signals for an officer, never verdicts (Order 121 Art 17, 35)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from casework.forms import DismissForm
from casework.loading import case_to_see
from models.cases.possible import is_open_to
from models.cases.queue import sight_of
from models.cases.sight import Sight
from models.cases.tables import Case
from models.cases.terms import STATE_LABELS, Act
from models.errors import NotFound
from models.filings.likeness import matter_of, similarity
from models.people.permissions import Permission, can
from models.signals.matching import MOST, matches
from models.signals.operations import dismiss as dismiss_signal
from models.signals.queries import cases_of, decisions_of, dismissals_of
from models.signals.terms import SIGNAL_BASIS_LABELS, SIGNAL_LABELS, Signal
from models.types import beijing_date, now_utc
from shared.access import account, authorise, requires
from shared.database import session
from shared.i18n import label

blueprint = Blueprint("related", __name__, url_prefix="/casework/cases/<reference>/related")

MOST_SHOWN = 20


@dataclass(frozen=True)
class Hint:
    """One signal: what it is called, how many matches the officer may open, what it rests on."""

    signal: Signal
    text: str
    count: str
    basis: str


@dataclass(frozen=True)
class Line:
    """One case that is alike, and in what."""

    case: Case
    state: str
    signals: list[str]
    merge_url: str = ""


def hints(found: Mapping[Signal, Sequence[int]]) -> list[Hint]:
    """The signals of a case for its page, in their order."""
    return [
        Hint(one, label(SIGNAL_LABELS[one]), _count(found[one]), label(SIGNAL_BASIS_LABELS[one]))
        for one in Signal
        if one in found
    ]


def _count(numbers: Sequence[int]) -> str:
    return f"{MOST}+" if len(numbers) > MOST else str(len(numbers))


@blueprint.get("")
@requires(Permission.CASE_VIEW)
def show(reference: str) -> ResponseReturnValue:
    """Cases and decisions alike, as far as the officer may see them; the same person only to those who may open envelopes."""
    case, officer = case_to_see(reference), account()
    found = matches(session, case, _sight())
    numbers = sorted(
        {one for signal, some in found.items() if signal is not Signal.DECISIONS for one in some}
    )
    shown = sorted(numbers, key=lambda one: (-sum(one in some for some in found.values()), -one))[:MOST_SHOWN]
    others = cases_of(session, shown)
    return render_template(
        "casework/related.html",
        case=case,
        hints=hints(found),
        lines=[
            _line(case, others[one], found)
            for one in shown
            if can(officer, Permission.CASE_VIEW, others[one])
        ],
        decisions=decisions_of(session, found.get(Signal.DECISIONS, ())[:MOST_SHOWN]),
        dismissals=dismissals_of(session, case),
        labels=SIGNAL_LABELS,
        by_person=can(officer, Permission.CASE_IDENTIFY, case),
        may_dismiss=can(officer, Permission.CASE_ANSWER, case),
    )


@blueprint.route("/dismiss", methods=["GET", "POST"])
@requires(Permission.CASE_ANSWER)
def dismiss(reference: str) -> ResponseReturnValue:
    """Asks what came of looking at a signal, and takes it off the page."""
    case = case_to_see(reference)
    authorise(Permission.CASE_ANSWER, case)
    asked = request.args.get("signal", "")
    if asked not in set(Signal):
        raise NotFound(_("没有找到您要的内容。"))
    signal, form = Signal(asked), DismissForm()
    if form.validate_on_submit():
        words = form.reasons.data or ""
        common = {"sight": _sight(), "actor": account(), "now": now_utc()}
        dismiss_signal(session, case=case, signal=signal, reasons=words, **common)
        flash(_("已记录核对结果；以后有新的相同之处会再提示。"), "done")
        return redirect(url_for("related.show", reference=case.shown_reference), code=303)
    page = render_template(
        "casework/related_dismiss.html",
        case=case,
        name=label(SIGNAL_LABELS[signal]),
        basis=label(SIGNAL_BASIS_LABELS[signal]),
        form=form,
    )
    return page, 422 if form.problems() else 200


def _sight() -> Sight:
    return sight_of(session, account(), beijing_date(now_utc()))


def _line(case: Case, other: Case, found: Mapping[Signal, Sequence[int]]) -> Line:
    may_merge = all(is_open_to(one, account(), Act.MERGE) for one in (case, other))
    address = url_for("acts.merge", reference=case.shown_reference, lead=other.shown_reference)
    signals = list(_signals(case, other, found))
    return Line(other, label(STATE_LABELS[other.state]), signals, address if may_merge else "")


def _signals(case: Case, other: Case, found: Mapping[Signal, Sequence[int]]) -> Iterator[str]:
    for signal in Signal:
        if signal is Signal.DECISIONS or other.id not in found.get(signal, ()):
            continue
        if signal is Signal.FACTS:
            much = similarity(matter_of(case.filing).facts, matter_of(other.filing).facts)
            yield _("文字相似 %(percent)s%%", percent=round(much * 100))
        else:
            yield label(SIGNAL_LABELS[signal])
