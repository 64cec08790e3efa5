"""`/statistics/decisions` and `/statistics/coverage`: what is public in numbers, and how much of what was decided that is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from models.decisions.coverage import GROUND_BASIS_LABELS, GROUND_LABELS, LEAST, Ground, Year, coverage
from models.types import beijing_date, now_utc
from results import addresses, links
from results.answers import rebuilding, refused, unless_known
from results.asked import Asked, read_kindly, read_strictly
from results.charts import HEIGHT, WIDTH, columns
from results.counted import Counted, as_data, counted, months
from results.exports import Row, csv_export, file_answer
from results.finding import Page
from results.known import known_issues
from search.errors import IndexUnavailable, QueryError
from search.parse import parse
from shared.access import public
from shared.database import session
from shared.i18n import label
from shared.limits import limited

blueprint = Blueprint("counted", __name__, url_prefix="/statistics")

CSV_COLUMNS = {"table": "表", "value": "值", "label": "名称", "count": "件数"}


@blueprint.get("/decisions")
@public
@limited("search", unsafe_only=False)
def decisions() -> ResponseReturnValue:
    """Charts and tables of the public decisions that the question finds, of all without one; every number leads to its
    decisions. A question that cannot be asked is explained where it can be mended."""
    asked, path = read_kindly(request.args), f"{request.script_root}/decisions"
    try:
        found = _counted(asked)
    except QueryError:
        return redirect(addresses.address(path, asked), 303)
    except IndexUnavailable:
        return render_template("public/counted/rebuilding.html"), 503, {"Retry-After": "60"}
    return render_template(
        "public/counted/decisions.html",
        counted=found,
        chips=links.chips(request.script_root + request.path, Page(asked, parse(asked.q), 0, [], {}, None)),
        asked=asked,
        is_asked=bool(asked.q or asked.filters),
        back_url=addresses.address(path, asked),
        data_url=addresses.address(url_for(".decisions_data"), asked),
        table_url=addresses.address(url_for(".decisions_table"), asked),
        columns=columns(months(found)),
        size=(WIDTH, HEIGHT),
    )


@blueprint.get("/decisions.json")
@public
@limited("api", unsafe_only=False)
def decisions_data() -> ResponseReturnValue:
    """The numbers of public decisions for programs; the parameters are those of /decisions."""
    try:
        found = _counted(read_strictly(request.args))
    except QueryError as error:
        return refused(error)
    except IndexUnavailable:
        return rebuilding()
    return unless_known({**as_data(found), "_meta": {**_meta(), "known_issues": known_issues()}})


@blueprint.get("/decisions.csv")
@public
@limited("api", unsafe_only=False)
def decisions_table() -> ResponseReturnValue:
    """The numbers of public decisions as one table; the parameters are those of /decisions."""
    try:
        found = _counted(read_strictly(request.args))
    except QueryError as error:
        return refused(error)
    except IndexUnavailable:
        return rebuilding()
    rows = (
        {"table": table.facet.value, "value": row.value or "", "label": row.label, "count": row.count}
        for table in found.tables
        for row in table.rows
    )
    return _table(rows, CSV_COLUMNS, "statistics")


@blueprint.get("/coverage")
@public
def covered() -> ResponseReturnValue:
    """How many decisions were made, how many of them are public, and on what ground the others are not."""
    heads = [_("决定年份"), (_("作出"), "number")]
    return render_template(
        "public/counted/coverage.html",
        years=_years(),
        heads=[*heads, *((label(name), "number") for name in GROUND_LABELS.values())],
        grounds=[(ground, GROUND_LABELS[ground], GROUND_BASIS_LABELS[ground]) for ground in Ground],
        least=LEAST,
    )


@blueprint.get("/coverage.json")
@public
@limited("api", unsafe_only=False)
def coverage_data() -> ResponseReturnValue:
    """Made, public and withheld by ground, year by year; null is a number that is withheld."""
    years = [{"year": one.year, "made": one.made, **one.by_ground} for one in _years()]
    return unless_known(
        {"years": years, "grounds": GROUND_BASIS_LABELS, "_meta": {**_meta(), "least": LEAST}}
    )


@blueprint.get("/coverage.csv")
@public
@limited("api", unsafe_only=False)
def coverage_table() -> ResponseReturnValue:
    """The same as one table; an empty cell is a number that is withheld."""
    columns = {
        "year": "决定年份",
        "made": "作出",
        **{ground.value: GROUND_LABELS[ground] for ground in Ground},
    }
    rows = (
        {"year": one.year, "made": one.made, **{ground.value: one.by_ground[ground] for ground in Ground}}
        for one in _years()
    )
    return _table(rows, columns, "coverage")


def _table(rows: Iterator[Row], columns: Mapping[str, str], name: str) -> Response:
    export = csv_export(rows, bom=True, columns=columns)
    return file_answer(export, name=f"{name}.csv", content_type="text/csv; charset=utf-8")


def _counted(asked: Asked) -> Counted:
    return counted(session, asked, path=f"{request.script_root}/decisions", today=beijing_date(now_utc()))


def _years() -> Sequence[Year]:
    return coverage(session, today=beijing_date(now_utc()))


def _meta() -> dict[str, str]:
    return {"as_of": now_utc().isoformat(timespec="seconds"), "zone": "Asia/Shanghai"}
