"""What is public about one company, at the permanent address of its code."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from models.decisions.kinds import DECISION_KIND_LABELS
from models.lists.kinds import LIST_KIND_LABELS
from models.types import beijing_date, now_utc
from results.answers import unless_known
from results.company import company_as_data, company_record
from results.exports import csv_export, file_answer, row_of
from shared.access import public
from shared.database import session
from shared.limits import limited

blueprint = Blueprint("companies", __name__, url_prefix="/companies")
data = Blueprint("company_data", __name__)


@blueprint.get("/<uscc>")
@public
@limited("search", unsafe_only=False)
def show(uscc: str) -> ResponseReturnValue:
    """Names and decisions; an unknown code and one without anything public are the same 404.

    The code of a company that was merged into another leads there.
    """
    record = company_record(session, uscc, today=beijing_date(now_utc()))
    if record.uscc != uscc:
        return redirect(url_for(".show", uscc=record.uscc), 301)
    return render_template(
        "public/companies/show.html",
        record=record,
        list_names=LIST_KIND_LABELS,
        kind_labels=DECISION_KIND_LABELS,
    )


@data.get("/companies/<uscc>.json")
@public
@limited("search", unsafe_only=False)
def one(uscc: str) -> ResponseReturnValue:
    """The same as data."""
    record = company_record(session, uscc, today=beijing_date(now_utc()))
    if record.uscc != uscc:
        return redirect(url_for(".one", uscc=record.uscc), 301)
    return unless_known(company_as_data(record))


@data.get("/companies/<uscc>.csv")
@public
@limited("search", unsafe_only=False)
def table(uscc: str) -> ResponseReturnValue:
    """Its decisions for spreadsheets, in the columns that an export of a search has."""
    record = company_record(session, uscc, today=beijing_date(now_utc()))
    if record.uscc != uscc:
        return redirect(url_for(".table", uscc=record.uscc), 301)
    export = csv_export(map(row_of, record.decisions), bom=True)
    return file_answer(export, name=f"{record.uscc}.csv", content_type="text/csv; charset=utf-8")
