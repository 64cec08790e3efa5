"""The same question as a file or a feed, at the address of the page with another ending."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator

from flask import Blueprint, Response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from models.decisions.queries import ended_since
from models.decisions.tables import Decision
from models.types import beijing_date, now_utc
from results import addresses, feed
from results.answers import rebuilding, refused, unless_known
from results.asked import NOT, Asked, BadParameter, moment_since, read_strictly
from results.exports import Export, Row, csv_export, file_answer, rows, xlsx_export
from results.finding import find
from results.shapes import permanent_url
from search.errors import IndexUnavailable, QueryError
from search.paging import Sort
from shared.access import public
from shared.database import session
from shared.errors import answer
from shared.limits import limited
from shared.services import services

blueprint = Blueprint("exports", __name__)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_REMOVALS = 1000
MOST_IN_A_NAME = 80  # with three bytes a sign still short enough for every file system
_NOT_IN_NAMES = re.compile(r"[^\w.-]+")
REMOVALS_GO_BACK = dt.timedelta(days=365)


@blueprint.get("/decisions.csv")
@public
@limited("search", unsafe_only=False)
def as_csv() -> ResponseReturnValue:
    """All that the question finds; `bom=0` leaves out what is there for Excel."""
    arguments: MultiDict[str, str] = MultiDict(request.args)
    bom = arguments.pop("bom", "1")
    if bom not in ("0", "1"):
        return answer(400, _("bom 只能是 0 或者 1。"))
    return _file(
        arguments, lambda asked: csv_export(_rows(asked), bom=bom == "1"), "csv", "text/csv; charset=utf-8"
    )


@blueprint.get("/decisions.xlsx")
@public
@limited("search", unsafe_only=False)
def as_xlsx() -> ResponseReturnValue:
    """All that the question finds, as a workbook."""
    return _file(
        MultiDict(request.args), lambda asked: xlsx_export(_rows(asked), note=_note(asked)), "xlsx", XLSX
    )


@blueprint.get("/decisions.atom")
@public
@limited("search", unsafe_only=False)
def as_atom() -> ResponseReturnValue:
    """A page of what the question finds, the last published first unless another order is asked for."""
    arguments: MultiDict[str, str] = MultiDict(request.args)
    arguments.setdefault("sort", Sort.PUBLISHED.value)
    now = now_utc()
    try:
        page = find(session, read_strictly(arguments), today=beijing_date(now))
    except (QueryError, BadParameter, IndexUnavailable) as error:
        return _refusal(error)
    path = request.script_root + request.path.removesuffix(".atom")
    author = services().bureau.bureau.name
    return feed.answer(feed.decisions_feed(page, path=path, author=author, now=now))


@blueprint.get("/decisions/removals.atom")
@public
def removals_atom() -> ResponseReturnValue:
    """What has ended, by ids alone, for those who keep copies."""
    gone, following = _gone(".removals_atom")
    author = services().bureau.bureau.name
    told = feed.removals_feed(gone, author=author, next_url=following, now=now_utc())
    return feed.answer(told)


@blueprint.get("/decisions/removals.json")
@public
def removals_json() -> ResponseReturnValue:
    """The same as data."""
    gone, following = _gone(".removals_json")
    items = [
        {
            "id": one.public_id,
            "url": permanent_url(one),
            "end_kind": one.end_kind.value if one.end_kind else None,
            "ended_at": one.ended_at.isoformat(timespec="seconds") if one.ended_at else None,
        }
        for one in gone
    ]
    return unless_known({"total": len(items), "items": items, "next": following})


def _gone(endpoint: str) -> tuple[list[Decision], str | None]:
    """A page of them, and the address of the next one."""
    day = moment_since(request.args.get("since", ""), now_utc() - REMOVALS_GO_BACK)
    found = ended_since(session, day, limit=MOST_REMOVALS + 1, before=_before())
    if len(found) <= MOST_REMOVALS:
        return found, None
    last = found[MOST_REMOVALS - 1]
    place = f"{last.ended_at.isoformat() if last.ended_at else ''}~{last.public_id}"
    asked = {"since": request.args["since"]} if request.args.get("since") else {}
    return found[:MOST_REMOVALS], url_for(endpoint, before=place, **asked, _external=True)


def _before() -> tuple[dt.datetime, str] | None:
    written, _tilde, name = request.args.get("before", "").partition("~")
    return (moment_since(written, now_utc()), name) if name else None


def _file(
    arguments: MultiDict[str, str], make: Callable[[Asked], Export], ending: str, content_type: str
) -> ResponseReturnValue:
    """The file. What was asked stands in its name and in the header `Link`: a CSV has no room for it inside."""
    try:
        asked = read_strictly(arguments)
        export = make(asked)
    except (QueryError, BadParameter, IndexUnavailable) as error:
        return _refusal(error)
    asked_for = [one for one in asked.arguments().items(multi=True) if one[0] not in ("sort", "size")]
    told = [NOT + word if name.startswith(NOT) else word for name, word in asked_for]
    name = "-".join(["decisions", str(beijing_date(now_utc())), *told])
    return file_answer(
        export,
        name=f"{_NOT_IN_NAMES.sub('_', name)[:MOST_IN_A_NAME]}.{ending}",
        content_type=content_type,
        links={
            "alternate": _whole_address("decisions.index", asked),
            "describedby": _whole_address("decision_data.collection", asked),
        },
    )


def _rows(asked: Asked) -> Iterator[Row]:
    return rows(session, asked, today=beijing_date(now_utc()))


def _whole_address(endpoint: str, asked: Asked) -> str:
    return addresses.absolute(addresses.address(url_for(endpoint), asked))


def _note(asked: Asked) -> list[tuple[str, str]]:
    address = _whole_address("decisions.index", asked)
    return [("检索", asked.q), ("地址", address), ("生成时间", now_utc().isoformat(timespec="seconds"))]


def _refusal(error: Exception) -> Response:
    if isinstance(error, QueryError):
        return refused(error)
    if isinstance(error, IndexUnavailable):
        return rebuilding()
    raise error
