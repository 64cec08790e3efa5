"""The three lists, each on its own page with its own basis and effect, and as JSON, CSV, XLSX and Atom."""

from __future__ import annotations

import datetime as dt

from flask import Blueprint, Response, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from models.lists.kinds import LIST_KIND_LABELS, ListKind
from models.lists.queries import counts_listed, left_since, listed
from models.lists.rules import laws
from models.lists.tables import Entry
from models.types import beijing_date, now_utc
from results.answers import refused
from results.asked import Asked, moment_since
from results.complaints import complaint
from results.entries_asked import entries_answer, entries_answering
from results.exports import Export, file_answer
from results.feed import answer as feed_answer
from results.lists import as_csv, as_feed, as_xlsx
from search.errors import QueryError
from shared.access import public
from shared.database import session
from shared.errors import answer
from shared.i18n import current_language, in_script, label
from shared.limits import limited
from shared.services import services

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_REMOVALS = 10_000
REMOVALS_GO_BACK = dt.timedelta(days=365)
ROUTE = "<any(serious, infringers, commended):kind>"

blueprint = Blueprint("lists", __name__, url_prefix="/lists")


@blueprint.get("")
@public
def index() -> ResponseReturnValue:
    """What the three lists are, and why they are three."""
    today = beijing_date(now_utc())
    counts = counts_listed(session, today=today)
    lists = [(kind, title_of(kind), laws()[kind], counts[kind]) for kind in ListKind]
    return render_template("public/lists/index.html", lists=lists)


@blueprint.get(f"/{ROUTE}")
@public
@limited("search", unsafe_only=False)
def show(kind: str) -> ResponseReturnValue:
    """One list, whole; `q` asks it in the language of questions."""
    words, wrong, chosen = request.args.get("q", "").strip(), None, ListKind(kind)
    entries = listed(session, chosen, today=beijing_date(now_utc()))
    try:
        entries = entries_answering(entries, words)
    except QueryError as error:
        wrong = complaint(error, Asked(q=words), request.script_root + request.path)
    return render_template(
        "public/lists/show.html",
        kind=chosen,
        title=title_of(chosen),
        law=laws()[chosen],
        entries=entries,
        refusal=wrong,
        today=beijing_date(now_utc()),
        q=words,
    )


@blueprint.get(f"/{ROUTE}.json")
@public
@limited("search", unsafe_only=False)
def data(kind: str) -> ResponseReturnValue:
    """The same as data, whole or in pages of `size`."""
    return entries_answer(ListKind(kind))


@blueprint.get(f"/{ROUTE}.csv")
@public
@limited("search", unsafe_only=False)
def table(kind: str) -> ResponseReturnValue:
    """The same for spreadsheets; `bom=0` leaves out what is there for Excel."""
    bom = request.args.get("bom", "1")
    if bom not in ("0", "1"):
        return answer(400, _("bom 只能是 0 或者 1。"))
    return _file(as_csv(_entries(ListKind(kind)), bom=bom == "1"), kind, "csv", "text/csv; charset=utf-8")


@blueprint.get(f"/{ROUTE}.xlsx")
@public
@limited("search", unsafe_only=False)
def workbook(kind: str) -> ResponseReturnValue:
    """The same as a workbook."""
    return _file(as_xlsx(ListKind(kind), _entries(ListKind(kind))), kind, "xlsx", XLSX)


@blueprint.get(f"/{ROUTE}.atom")
@public
@limited("search", unsafe_only=False)
def feed(kind: str) -> ResponseReturnValue:
    """The same as a feed."""
    author = services().bureau.bureau.name
    found = as_feed(ListKind(kind), _entries(ListKind(kind)), author=author, now=now_utc())
    return feed_answer(found)


@blueprint.get("/removals.json")
@public
def removals() -> ResponseReturnValue:
    """What has left the lists, by ids alone: whoever keeps a copy takes it off too (河南省社会信用条例 Art 37).

    An entry that has left is not shown, and neither is that its company had one (总局令第44号 Art 18).
    """
    day = moment_since(request.args.get("since", ""), now_utc() - REMOVALS_GO_BACK)
    gone = left_since(session, day, limit=MOST_REMOVALS)
    items = [
        {
            "list": one.kind.value,
            "id": one.public_id,
            "end_kind": one.end_kind.value if one.end_kind else None,
            "ended_at": one.ended_at.isoformat(timespec="seconds") if one.ended_at else None,
        }
        for one in gone
    ]
    return jsonify({"total": len(items), "items": items, "next": None})


@blueprint.errorhandler(QueryError)
def _refused(error: QueryError) -> Response:
    return refused(error)


def title_of(kind: ListKind) -> str:
    """What the bureau calls the list; where another language has no words for that, what the law calls it."""
    own = getattr(services().bureau.lists, kind.value)
    told = label(own)
    if told != own:
        return told
    return label(LIST_KIND_LABELS[kind]) if current_language().tag == "en" else in_script(own)


def _entries(kind: ListKind) -> list[Entry]:
    return entries_answering(
        listed(session, kind, today=beijing_date(now_utc())), request.args.get("q", "").strip()
    )


def _file(export: Export, kind: str, ending: str, content_type: str) -> Response:
    return file_answer(export, name=f"{kind}-{beijing_date(now_utc())}.{ending}", content_type=content_type)
