"""W3C Reconciliation Service API 0.2 over companies with public decisions, for OpenRefine and its kin.

An exact code is a match; a name is a proposal with a score. Version 0.1 clients (JSONP) are tolerated.
"""

from __future__ import annotations

import json
import re
from typing import Any

from flask import Blueprint, Response, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from models.types import beijing_date, now_utc
from results.answers import rebuilding
from results.company import company_record
from results.matching import Match, companies_like
from search.errors import IndexUnavailable
from shared.access import public
from shared.database import database
from shared.errors import answer
from shared.limits import limited

blueprint = Blueprint("reconcile", __name__, url_prefix="/reconcile")

TYPE = {"id": "company", "name": "企业、个体工商户和其他组织"}
MOST_QUERIES = 100
MOST_RESULTS = 50
_CALLBACK = re.compile(r"[A-Za-z_$][\w$.]{0,60}", re.ASCII)
PROPERTIES = {
    "uscc": "统一社会信用代码",
    "name": "名称",
    "former_names": "其他名称",
    "decisions": "公示中的决定书数",
}


@blueprint.route("", methods=["GET", "POST"])
@public
@limited("api", unsafe_only=False)
def service() -> ResponseReturnValue:
    """The manifest; with `queries` a batch of questions; with `extend` values for known codes."""
    if "queries" in request.values:
        asked = _json_object(request.values["queries"])
        if asked is None or len(asked) > MOST_QUERIES:
            return answer(400, _("queries 应是一个 JSON 对象，最多 %(most)s 个问题。", most=MOST_QUERIES))
        return _jsonp({name: {"result": _candidates(query)} for name, query in asked.items()})
    if "extend" in request.values:
        wanted = _json_object(request.values["extend"]) or {}
        ids, properties = wanted.get("ids"), wanted.get("properties")
        if not isinstance(ids, list) or not isinstance(properties, list) or len(ids) > MOST_QUERIES:
            return answer(
                400, _("extend 应有 ids 和 properties 两个列表，最多 %(most)s 个代码。", most=MOST_QUERIES)
            )
        return _jsonp(_extended(ids, properties))
    return _jsonp(_manifest())


@blueprint.get("/suggest/<any(entity, property, type):kind>")
@public
@limited("api", unsafe_only=False)
def suggest(kind: str) -> ResponseReturnValue:
    """Entities, the one type, or properties that begin with `prefix`."""
    prefix = request.args.get("prefix", "").strip()
    if kind == "type":
        return _jsonp({"result": [TYPE]})
    if kind == "property":
        named = [{"id": name, "name": label} for name, label in PROPERTIES.items()]
        return _jsonp({"result": [one for one in named if prefix in one["name"] or prefix in one["id"]]})
    found = _like(prefix, limit=20, prefix_only=True)
    return _jsonp({"result": [{"id": one.uscc, "name": one.name, "description": one.uscc} for one in found]})


@blueprint.get("/preview")
@public
@limited("api", unsafe_only=False)
def preview() -> ResponseReturnValue:
    """A few lines about a company, to be shown inside another program's window."""
    with database().reading() as session:
        record = company_record(session, request.args.get("id", ""), today=beijing_date(now_utc()))
        response = Response(render_template("public/companies/preview.html", record=record))
    response.headers["X-Frame-Options"] = "ALLOWALL"
    response.headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors *; base-uri 'none'"
    return response


@blueprint.errorhandler(IndexUnavailable)
def _later(_error: IndexUnavailable) -> Response:
    return rebuilding()


@blueprint.after_request
def _for_all(response: Response) -> Response:
    """Other sites' pages may read it: it is public, and nobody is signed in here."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _manifest() -> dict[str, Any]:
    here = url_for("reconcile.service", _external=True)
    view = url_for("companies.show", uscc="UUU", _external=True).replace("UUU", "{{id}}")
    suggested = {
        kind: {"service_url": here, "service_path": f"/suggest/{kind}"}
        for kind in ("entity", "type", "property")
    }
    return {
        "versions": ["0.1", "0.2"],
        "name": _("公示中的决定书：企业"),
        "identifierSpace": view.removesuffix("{{id}}"),
        "schemaSpace": here,
        "documentation": url_for("api_docs.page", _external=True),
        "defaultTypes": [TYPE],
        "view": {"url": view},
        "preview": {"url": here + "/preview?id={{id}}", "width": 430, "height": 200},
        "suggest": suggested,
        "extend": {
            "propose_properties": {"service_url": here, "service_path": "/properties"},
            "property_settings": [],
        },
        "batchSize": MOST_QUERIES,
    }


@blueprint.get("/properties")
@public
@limited("api", unsafe_only=False)
def properties() -> ResponseReturnValue:
    """The properties that `extend` knows."""
    named = [{"id": name, "name": label} for name, label in PROPERTIES.items()]
    return _jsonp({"type": TYPE["id"], "properties": named})


def _candidates(query: Any) -> list[dict[str, Any]]:
    """The answer to one question of a batch; one that is malformed finds nothing."""
    if not isinstance(query, dict):
        return []
    limit = query.get("limit")
    most = limit if isinstance(limit, int) and 0 < limit <= MOST_RESULTS else 10
    typed = str(query.get("query") or "")[:200]
    codes = [
        str(one.get("v"))
        for one in query.get("properties") or []
        if isinstance(one, dict) and one.get("pid") == "uscc" and isinstance(one.get("v"), str)
    ]
    found = _like(codes[0], limit=1) if codes else []
    return [_candidate(match) for match in (found or _like(typed, limit=most))]


def _candidate(match: Match) -> dict[str, Any]:
    features: list[dict[str, Any]] = [{"id": "code", "value": match.is_exact_code}]
    if match.likeness is not None:
        features.append({"id": "whole_name", "value": match.likeness.whole})
        features += [{"id": one.part.value, "value": one.likeness} for one in match.likeness.parts]
    return {
        "id": match.uscc,
        "name": match.name,
        "description": match.uscc,
        "score": match.score,
        "match": match.is_exact_code,
        "type": [TYPE],
        "features": features,
    }


def _like(written: str, *, limit: int, prefix_only: bool = False) -> list[Match]:
    with database().reading() as session:
        today = beijing_date(now_utc())
        return companies_like(session, written, today=today, limit=limit, prefix_only=prefix_only)


def _extended(ids: list[Any], properties: list[Any]) -> dict[str, Any]:
    asked = [
        one["id"]
        for one in properties
        if isinstance(one, dict) and isinstance(one.get("id"), str) and one["id"] in PROPERTIES
    ]
    rows = {}
    for code in map(str, ids):
        found = _like(code, limit=1)
        match = found[0] if found and found[0].is_exact_code else None
        rows[code] = {name: _values(match, name) for name in asked}
    return {"meta": [{"id": name, "name": PROPERTIES[name]} for name in asked], "rows": rows}


def _values(match: Match | None, name: str) -> list[dict[str, Any]]:
    if match is None:
        return []
    if name == "decisions":
        return [{"int": match.decisions}]
    if name == "former_names":
        with database().reading() as session:
            record = company_record(session, match.uscc, today=beijing_date(now_utc()))
            return [{"str": former} for former in record.former_names]
    return [{"str": match.uscc if name == "uscc" else match.name}]


def _json_object(text: str) -> dict[str, Any] | None:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _jsonp(data: dict[str, Any]) -> Response:
    """JSON; wrapped into a call where an old client asks for one."""
    response = jsonify(data)
    callback = request.args.get("callback", "")
    if callback and _CALLBACK.fullmatch(callback):
        response.set_data(f"/**/{callback}({response.get_data(as_text=True).strip()});")
        response.content_type = "application/javascript; charset=utf-8"
    return response
