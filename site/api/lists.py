"""`/api/v1/lists/…`, `/api/v1/companies/…` and `/api/v1/statistics/…`: what the data endings of the public pages answer."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from models.lists.kinds import ListKind
from models.types import beijing_date, now_utc
from results.answers import rebuilding, refused, unless_known
from results.asked import read_strictly
from results.company import company_as_data, company_record
from results.counted import as_data, counted
from results.entries_asked import entries_answer
from search.errors import IndexUnavailable, QueryError
from shared.access import public
from shared.database import session
from shared.limits import limited

blueprint = Blueprint("api_lists", __name__, url_prefix="/api/v1")


@blueprint.errorhandler(QueryError)
def _refused(error: QueryError) -> Response:
    return refused(error)


@blueprint.get("/lists/<any(serious, infringers, commended):kind>")
@public
@limited("api", unsafe_only=False)
def entries(kind: str) -> ResponseReturnValue:
    """One of the three lists with its basis, its effect and its rules: what `q` asks for, whole or in pages of `size`."""
    return entries_answer(ListKind(kind))


@blueprint.get("/companies/<uscc>")
@public
@limited("api", unsafe_only=False)
def company(uscc: str) -> ResponseReturnValue:
    """What is public about the company with this code; 404 when nothing is; 301 after a merger."""
    record = company_record(session, uscc, today=beijing_date(now_utc()))
    if record.uscc != uscc:
        return redirect(url_for(".company", uscc=record.uscc), 301)
    return unless_known(company_as_data(record))


@blueprint.get("/statistics/decisions")
@public
@limited("api", unsafe_only=False)
def statistics() -> ResponseReturnValue:
    """The public decisions counted, by month, kind of right, place, cause, industry, fine, penalty and authority.

    The parameters are those of /decisions.
    """
    now, path = now_utc(), f"{request.script_root}/decisions"
    try:
        found = counted(session, read_strictly(request.args), path=path, today=beijing_date(now))
    except QueryError as error:
        return refused(error)
    except IndexUnavailable:
        return rebuilding()
    return unless_known({**as_data(found), "_meta": {"as_of": now.isoformat(timespec="seconds")}})
