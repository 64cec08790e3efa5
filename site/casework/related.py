"""What may be about the same as a case: signals for an officer, never verdicts (Order 121 Art 17, 35)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from casework.loading import case_to_see
from models.cases.possible import is_open_to
from models.cases.tables import Case
from models.cases.terms import STATE_LABELS, Act
from models.filings.duplicates import Similar, similar
from models.filings.kinds import LIKENESS_LABELS, Likeness
from models.people.permissions import Permission, can
from shared.access import account, requires
from shared.database import session
from shared.i18n import label

blueprint = Blueprint("related", __name__, url_prefix="/casework/cases")


@dataclass(frozen=True)
class Line:
    """One case that is alike, and in what."""

    case: Case
    state: str
    signals: list[str]
    merge_url: str = ""


@blueprint.get("/<reference>/related")
@requires(Permission.CASE_VIEW)
def show(reference: str) -> ResponseReturnValue:
    """Cases alike, as far as the officer may see them; the same person only to those who may open envelopes."""
    case, officer = case_to_see(reference), account()
    by_person = can(officer, Permission.CASE_IDENTIFY, case)
    found = similar(session, case.filing, by_person=by_person)
    seen = {
        other.filing_id: other
        for other in _cases([one.filing.id for one in found])
        if can(officer, Permission.CASE_VIEW, other)
    }
    lines = [_line(case, seen[one.filing.id], one) for one in found if one.filing.id in seen]
    return render_template("casework/related.html", case=case, lines=lines, by_person=by_person)


def _line(case: Case, other: Case, found: Similar) -> Line:
    may_merge = all(is_open_to(one, account(), Act.MERGE) for one in (case, other))
    address = url_for("acts.merge", reference=case.shown_reference, lead=other.shown_reference)
    return Line(other, label(STATE_LABELS[other.state]), list(_signals(found)), address if may_merge else "")


def _cases(numbers: list[int]) -> list[Case]:
    wanted = (
        select(Case)
        .where(Case.filing_id.in_(numbers))
        .options(joinedload(Case.origin_unit), selectinload(Case.recusals))
    )
    return list(session.scalars(wanted))


def _signals(one: Similar) -> Iterator[str]:
    if one.same_person:
        yield _("同一联系电话或者证件号码")
    for kind, much in one.likeness.items():
        if kind is Likeness.FACTS:
            yield _("文字相似 %(percent)s%%", percent=round(much * 100))
        else:
            yield label(LIKENESS_LABELS[kind])
