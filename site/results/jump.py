"""A number in the box goes to its record: a decision by its number, a company by its code, a right by the one decision."""

from __future__ import annotations

import datetime as dt
import re

from flask import url_for
from sqlalchemy.orm import Session

from models.codes.patents import is_valid_patent_number
from models.codes.uscc import is_valid_uscc, normalise_uscc
from models.decisions.numbers import has_usual_form, number_key
from models.decisions.queries import ended_but_indexed, public_decisions
from results.asked import Asked
from results.engine import engine
from search.documents import Audience, Kind, Zone
from search.errors import IndexUnavailable, QueryError
from search.fold import fold
from search.query import Phrase, Query

_TRADEMARK = re.compile(r"第?[Gg]?(\d{6,9}[A-Za-z]?)号?")


def record_address(session: Session, asked: Asked, *, today: dt.date) -> str | None:
    """The address of the one record that the number in the box belongs to; None when there is none or it is no number.

    Only a question that is nothing but the number goes there: with filters or an order one wants the list.
    """
    written = asked.q.strip()
    if asked != Asked(q=asked.q) or not 6 <= len(written) <= 40:
        return None
    try:
        return _address(session, written, today)
    except (QueryError, IndexUnavailable):
        return None


def _address(session: Session, written: str, today: dt.date) -> str | None:
    code = normalise_uscc(written)
    if is_valid_uscc(code):
        return url_for("companies.show", uscc=code) if _ids(session, Phrase(fold(code).text), today) else None
    if has_usual_form(written):
        ids = _ids(session, Phrase(fold(written).text, (Zone.NUMBER,)), today)
        decisions = public_decisions(session, ids, today=today).values()
        exact = [one for one in decisions if one.number_key == number_key(written)]
        return _decision(exact[0].public_id) if len(exact) == 1 else None
    if is_valid_patent_number(written) or _TRADEMARK.fullmatch(written):
        ids = _ids(session, Phrase(fold(written).text), today)
        decisions = public_decisions(session, ids, today=today).values()
        return _decision(next(iter(decisions)).public_id) if len(decisions) == 1 else None
    return None


def _decision(public_id: str) -> str:
    return url_for("decisions.show", public_id=public_id)


def _ids(session: Session, query: Query, today: dt.date) -> list[int]:
    results = engine().search(
        query,
        kind=Kind.DECISION,
        audience=Audience.PUBLIC,
        today=today,
        size=20,
        excluded=ended_but_indexed(session),
        facets=(),
    )
    return [hit.id for hit in results.hits]
