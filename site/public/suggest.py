"""Typing ahead: suggestions as data, read by the search box where scripts run; and how a browser can search here."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue

from models.types import beijing_date, now_utc
from results.answers import rebuilding
from results.suggestions import suggestions
from search.errors import IndexUnavailable
from shared.access import public
from shared.database import session
from shared.limits import limited

blueprint = Blueprint("suggest", __name__)


@blueprint.get("/decisions/suggest.json")
@public
@limited("search", unsafe_only=False)
def suggest() -> ResponseReturnValue:
    """Companies, causes and authorities that go with the letters in `q`."""
    try:
        found = suggestions(session, request.args.get("q", ""), today=beijing_date(now_utc()))
    except IndexUnavailable:
        return rebuilding()
    items = [
        {
            "kind": one.facet.value,
            "text": one.text,
            "count": one.count,
            "url": url_for("decisions.index", **{one.facet.value: one.value}),
        }
        for one in found
    ]
    return jsonify({"items": items})


@blueprint.get("/opensearch.xml")
@public
def opensearch() -> ResponseReturnValue:
    """The OpenSearch description."""
    return Response(
        render_template("public/opensearch.xml"),
        content_type="application/opensearchdescription+xml; charset=utf-8",
    )
