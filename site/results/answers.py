"""Answers for programs: a collection, a decision, a tombstone; the same at the data endings and in the API."""

from __future__ import annotations

import hashlib
from typing import Any

from flask import Response, json, jsonify, request
from flask_babel import gettext as _

from models.data.versions import version_of
from models.decisions.challenges.queries import challenges_of
from models.decisions.corrections.queries import corrections_of
from models.decisions.kinds import END_KIND_LABELS, EndKind
from models.decisions.queries import decision_by_public_id
from models.decisions.tables import Decision
from models.types import beijing_date, now_utc
from results.asked import read_strictly
from results.finding import find
from results.freshness import freshness
from results.shapes import collection, whole
from results.understood import told
from search.errors import IndexUnavailable, QueryError
from shared.database import session
from shared.errors import answer

RETRY_SECONDS = 60
_MOMENTS = frozenset({"generated_at", "updated_at", "as_of"})


def collection_answer() -> Response:
    """The question of this address, answered as data; a question that cannot be asked is a 400."""
    try:
        now = now_utc()
        page = find(session, read_strictly(request.args), today=beijing_date(now))
        fresh = freshness(session, now=now)
    except QueryError as error:
        return refused(error)
    except IndexUnavailable:
        return rebuilding()
    return unless_known(collection(request.script_root + request.path, page, fresh))


def decision_answer(public_id: str) -> Response:
    """One decision as data; 410 with kind, day and basis when it has ended."""
    decision = decision_by_public_id(session, public_id)
    today = beijing_date(now_utc())
    if not decision.is_public(today):
        return _gone(decision)
    corrections = corrections_of(session, decision)
    version = version_of(session, decision, corrections)
    response = unless_known(whole(decision, version, challenges_of(session, decision), corrections))
    mark_for_robots(response, decision)
    return response


def unless_known(data: dict[str, Any]) -> Response:
    """The data with an ETag of all but the moments of answer and index; 304 for who has it already."""
    meta = {name: value for name, value in data.get("_meta", {}).items() if name not in _MOMENTS}
    response = jsonify(data)
    response.set_etag(hashlib.sha256(json.dumps({**data, "_meta": meta}).encode()).hexdigest()[:32])
    return response.make_conditional(request)


def refused(error: QueryError) -> Response:
    """400: what is wrong with the question, where it is, and what could be asked instead."""
    if error.at is None:
        return answer(400, told(error), code=error.wrong)
    return answer(
        400,
        told(error),
        code=error.wrong,
        at=error.at,
        stop=error.stop,
        caret=error.caret(request.args.get("q", "")),
        suggestion=error.suggestion or None,
    )


def rebuilding() -> Response:
    """503: the index is being rebuilt; when to come back."""
    response = answer(503, _("检索正在重建，请稍后再试。"))
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def mark_for_robots(response: Response, decision: Decision) -> None:
    """Tells search engines of others when they have to forget it, or that it is over."""
    if not decision.is_public(beijing_date(now_utc())):
        response.headers["X-Robots-Tag"] = "noindex, noarchive"
    elif decision.ends_on is not None:
        response.headers["X-Robots-Tag"] = f"noarchive, unavailable_after: {decision.ends_on.isoformat()}"


def end_kind_of(decision: Decision) -> EndKind:
    """Why it is no longer public; a term that is over counts before the worker has said so."""
    return decision.end_kind or EndKind.EXPIRED


def _gone(decision: Decision) -> Response:
    kind = end_kind_of(decision)
    ended_on = beijing_date(decision.ended_at) if decision.ended_at else decision.ends_on
    response = answer(
        410,
        END_KIND_LABELS[kind],
        id=decision.public_id,
        end_kind=kind.value,
        ended_on=ended_on.isoformat() if ended_on else None,
        basis=decision.end_basis,
        reason=decision.withdrawal_reason,
    )
    mark_for_robots(response, decision)
    return response
