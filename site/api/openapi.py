"""The OpenAPI 3.1 document, made from the code: addresses from the routes, words from the views, parameters and
shapes from what reads and writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from flask import Blueprint, current_app, jsonify, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.routing import Rule

from api import entry_schema, filing_schema, own_schema, upload_schema
from models.decisions.kinds import DecisionKind
from models.kinds import RightType
from results.asked import DEFAULT_SIZE, FACETS, MAX_SIZE, NOT
from results.lists import COLUMNS as ENTRY_COLUMNS
from search.documents import Facet
from search.paging import Sort
from shared.access import access_of, public

blueprint = Blueprint("api_docs", __name__)

VERSION = "1"
_DATA = (".json", ".csv", ".xlsx", ".atom")
_COLLECTIONS = (
    "api_decisions.index",
    "decision_data.collection",
    "exports.as_csv",
    "exports.as_xlsx",
    "exports.as_atom",
)
# What else is asked as a collection is, and has no pages.
_COUNTED = ("api_lists.statistics", "counted.decisions_data", "counted.decisions_table")
_CONTENT = {
    ".csv": "text/csv",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".atom": "application/atom+xml",
}
_ENTRIES = ("api_lists.entries", "lists.data", "lists.table", "lists.workbook", "lists.feed")
# What an answer with JSON is made of.
_SHAPES = {
    "Collection": _COLLECTIONS,
    "Decision": ("api_decisions.show", "decision_data.one"),
    "EntryCollection": _ENTRIES,
    "Company": ("api_lists.company", "company_data.one"),
}
_TYPES = {"data.catalog": "application/ld+json"}
_WORD = {"type": "string", "pattern": "^[^\\u0000]*$"}  # NUL is refused everywhere
_SIZE = {"type": "integer", "minimum": 1, "maximum": 10**15 - 1}
# What an address cannot do without.
_REQUIRED: dict[str, dict[str, dict[str, Any]]] = {
    "api_deadlines.due": {"start": {"type": "string", "format": "date"}},
    "data.consistency": {"first": _SIZE, "second": _SIZE},
}
# Where an answer leads: its first hit is a decision with an address of its own.
_LINKS = {
    "first": {
        "operationId": "api_decisions_show_get",
        "parameters": {"public_id": "$response.body#/items/0/id"},
        "description": "the first hit by itself",
    }
}
_METHODS = ("GET", "POST", "PATCH", "DELETE")
_PART = re.compile(r"<(?:\w+:)?(\w+)>")


@blueprint.get("/api/v1/openapi.json")
@public
def document() -> ResponseReturnValue:
    """This description."""
    response = jsonify(specification())
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@blueprint.get("/api/docs")
@public
def page() -> ResponseReturnValue:
    """The description as a page to read."""
    return render_template("public/api/docs.html", specification=specification())


def specification() -> dict[str, Any]:
    """The document as data."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "处罚和裁决公示数据",
            "version": VERSION,
            "description": url_for("api_docs.page", _external=True),
        },
        "servers": [{"url": url_for("home.home", _external=True).rstrip("/")}],
        "paths": _paths(),
        "components": {
            "schemas": SCHEMAS | entry_schema.SCHEMAS | filing_schema.SCHEMAS | own_schema.SCHEMAS,
            "securitySchemes": filing_schema.SECURITY_SCHEMES,
        },
    }


def _paths() -> dict[str, Any]:
    paths: dict[str, Any] = {}
    for rule in sorted(_rules(), key=lambda rule: rule.rule):
        operations = paths.setdefault(_PART.sub(r"{\1}", rule.rule), {})
        methods = rule.methods or set()
        # Every GET answers HEAD too; said only where HEAD is all there is.
        for method in sorted(methods & {*_METHODS, *(() if "GET" in methods else ("HEAD",))}):
            operations[method.lower()] = _operation(rule, method)
    return paths


def _rules() -> Iterator[Rule]:
    """Every public address that answers with data."""
    for rule in current_app.url_map.iter_rules():
        access = (
            access_of(current_app, rule.endpoint) if rule.endpoint in current_app.view_functions else None
        )
        if (
            access is not None
            and (access.is_public or access.scope is not None)
            and (rule.rule.startswith("/api/v1") or rule.rule.endswith(_DATA))
        ):
            yield rule


def _operation(rule: Rule, method: str) -> dict[str, Any]:
    doc = (current_app.view_functions[rule.endpoint].__doc__ or "").strip().split("\n")[0]
    named = [
        {"name": name, "in": "path", "required": True, "schema": _WORD} for name in sorted(rule.arguments)
    ]
    asked = parameters(rule.endpoint) if rule.endpoint in (*_COLLECTIONS, *_COUNTED) else []
    asked += _of_lists(rule.endpoint) if rule.endpoint in _ENTRIES else []
    asked += [
        {"name": name, "in": "query", "required": True, "schema": schema}
        for name, schema in _REQUIRED.get(rule.endpoint, {}).items()
    ]
    good: dict[str, Any] = {"description": "OK", "content": _content(rule)}
    if rule.endpoint == "api_decisions.index":
        good["links"] = _LINKS
    plain = {
        "operationId": f"{rule.endpoint.replace('.', '_')}_{method.lower()}",
        "summary": doc,
        "parameters": [*named, *asked],
        "responses": {
            "200": good,
            "default": {
                "description": "RFC 9457",
                "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
            },
        },
    }
    if rule.endpoint in upload_schema.ENDPOINTS:
        return upload_schema.operation(rule.endpoint, plain)
    if rule.endpoint in own_schema.ENDPOINTS:
        return own_schema.operation(rule.endpoint, plain)
    if rule.endpoint == entry_schema.ENDPOINT:
        return entry_schema.operation(plain)
    return filing_schema.operation(plain) if rule.endpoint == filing_schema.ENDPOINT else plain


def _content(rule: Rule) -> dict[str, Any]:
    for ending, kind in _CONTENT.items():
        if rule.rule.endswith(ending):
            return {kind: {"schema": {"type": "string"}}}
    name = next((name for name, endpoints in _SHAPES.items() if rule.endpoint in endpoints), None)
    schema = {"$ref": f"#/components/schemas/{name}"} if name else {"type": "object"}
    return {_TYPES.get(rule.endpoint, "application/json"): {"schema": schema}}


def parameters(endpoint: str = "") -> list[dict[str, Any]]:
    """The parameters of a collection; those of facets can be given several times."""
    several = {"type": "array", "items": _WORD}
    right = {"type": "array", "items": {"type": "string", "enum": [*RightType, ""]}}
    plain: dict[str, dict[str, Any]] = {
        "q": {**_WORD, "maxLength": 500},
        "sort": {"type": "string", "enum": [sort.value for sort in Sort]},
        "size": {"type": "integer", "minimum": 1, "maximum": MAX_SIZE, "default": DEFAULT_SIZE},
        "after": _WORD,
        "since": {"type": "string", "format": "date"},
    }
    if endpoint == "exports.as_csv":
        plain["bom"] = {"type": "string", "enum": ["0", "1"]}
    words = {
        prefix + facet.value: right if facet is Facet.RIGHT_TYPE else several
        for prefix in ("", NOT)
        for facet in FACETS
    }
    return [
        {"name": name, "in": "query", "required": False, "schema": schema}
        for name, schema in (plain | words).items()
    ]


def _of_lists(endpoint: str) -> list[dict[str, Any]]:
    """The parameters of a list: `q` at every ending, pages for programs."""
    plain: dict[str, dict[str, Any]] = {"q": {**_WORD, "maxLength": 500}}
    if endpoint in ("api_lists.entries", "lists.data"):
        plain |= {"size": {"type": "integer", "minimum": 1, "maximum": MAX_SIZE}, "after": _WORD}
    if endpoint == "lists.table":
        plain["bom"] = {"type": "string", "enum": ["0", "1"]}
    return [
        {"name": name, "in": "query", "required": False, "schema": schema} for name, schema in plain.items()
    ]


_TEXT = {"type": "string"}
_MAYBE_TEXT = {"type": ["string", "null"]}
_DAY = {"type": "string", "format": "date"}
_MAYBE_DAY = {"type": ["string", "null"], "format": "date"}
_ITEM: dict[str, Any] = {
    "id": _TEXT,
    "url": {"type": "string", "format": "uri"},
    "document_number": _TEXT,
    "party": _TEXT,
    "uscc": _MAYBE_TEXT,
    "cause": _TEXT,
    "right_type": _MAYBE_TEXT,
    "facts": _TEXT,
    "basis": _TEXT,
    "penalty_kinds": {"type": "array", "items": _TEXT},
    "penalty": _TEXT,
    "fine_yuan": {"type": ["number", "null"]},
    "decided_on": _DAY,
    "published_on": _MAYBE_DAY,
    "ends_on": _MAYBE_DAY,
    "authority": _TEXT,
    "kind": {"type": "string", "enum": [*DecisionKind]},
    "confiscated_yuan": {"type": ["number", "null"]},
    "snippets": {"type": "array", "items": {"type": "object"}},
}
SCHEMAS: dict[str, Any] = {
    "Decision": {"type": "object", "required": list(_ITEM), "properties": _ITEM},
    "Collection": {
        "type": "object",
        "required": ["total", "items", "next", "facets", "_meta"],
        "properties": {
            "total": {"type": "integer"},
            "items": {"type": "array", "items": {"$ref": "#/components/schemas/Decision"}},
            "next": {"type": ["string", "null"], "format": "uri"},
            "facets": {"type": "object"},
            "_meta": {"type": "object"},
        },
    },
    "Entry": {
        "type": "object",
        "required": list(ENTRY_COLUMNS),
        "properties": {
            "id": _TEXT,
            "name": _TEXT,
            "uscc": _TEXT,
            "decisions": {"type": "array", "items": _TEXT},
        },
    },
    "EntryCollection": {
        "type": "object",
        "required": ["total", "items", "next", "facets", "_meta"],
        "properties": {
            "total": {"type": "integer"},
            "items": {"type": "array", "items": {"$ref": "#/components/schemas/Entry"}},
            "next": {"type": ["string", "null"], "format": "uri"},
            "facets": {"type": "object"},
            "_meta": {"type": "object"},
        },
    },
    "Company": {
        "type": "object",
        "required": ["uscc", "url", "name", "former_names", "former_codes", "lists", "decisions", "_meta"],
        "properties": {
            "uscc": _TEXT,
            "url": {"type": "string", "format": "uri"},
            "name": _TEXT,
            "former_names": {"type": "array", "items": _TEXT},
            "former_codes": {"type": "array", "items": _TEXT},
            "head_office": {"type": ["object", "null"]},
            "branches": {"type": "array", "items": {"type": "object"}},
            "lists": {"type": "array", "items": {"$ref": "#/components/schemas/Entry"}},
            "decisions": {"type": "array", "items": {"$ref": "#/components/schemas/Decision"}},
            "_meta": {"type": "object"},
        },
    },
    "Problem": {
        "type": "object",
        "required": ["type", "title", "status", "detail"],
        "properties": {"type": _TEXT, "title": _TEXT, "status": {"type": "integer"}, "detail": _TEXT},
    },
}
