"""`/api/v1/account/…` in the OpenAPI document: what is sent, what comes back, which scope of a token it asks for."""

from __future__ import annotations

from typing import Any

from api.filing_schema import LINK_ROW
from journey.own import Show

_TEXT = {"type": "string"}
_MAYBE = {"type": ["string", "null"]}
_MOMENT = {"type": "string", "format": "date-time"}
_FILING: dict[str, Any] = {
    "reference": _TEXT,
    "respondent": _TEXT,
    "state": _TEXT,
    "state_text": _TEXT,
    "unit": {
        **_MAYBE,
        "description": "which has it, is to acknowledge it, or ended it; null while a dispute of its closing is decided",
    },
    "received_at": _MOMENT,
}
_WEBHOOK: dict[str, Any] = {
    "id": {"type": "integer"},
    "address": _TEXT,
    "is_on": {"type": "boolean"},
    "made_at": _MOMENT,
    "last_ok_at": _MAYBE,
}


def _object(properties: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "object", "required": list(properties), "properties": {**properties, **more}}


def _listed(item: str) -> dict[str, Any]:
    return {"type": "array", "items": {"$ref": f"#/components/schemas/{item}"}}


SCHEMAS: dict[str, Any] = {
    "OwnFiling": _object({**_FILING, "due_on": _MAYBE, "url": _TEXT}),
    "OwnFilings": _object({"items": _listed("OwnFiling"), "next": _MAYBE}),
    "OwnFilingWhole": _object(
        {
            **_FILING,
            "track": _TEXT,
            "content_sha256": _TEXT,
            "outcome": _MAYBE,
            "outcome_text": _MAYBE,
            "reasons": _MAYBE,
            "closed_at": _MAYBE,
            "deadlines": {"type": "array", "items": {"type": "object"}},
            "links": {"type": "array", "items": {"type": "object", "properties": LINK_ROW}},
            "receipt": {"type": ["object", "null"]},
        }
    ),
    "Webhook": _object(_WEBHOOK, secret={**_TEXT, "description": "told once: when made, and when rotated"}),
    "Webhooks": _object({"items": _listed("Webhook")}),
    "WebhookEvent": {
        "description": "what is posted to a webhook, with the headers Huhang-Event and Huhang-Signature",
        **_object(
            {"id": _TEXT, "type": {"type": "string", "enum": ["filing.updated", "test"]}, "at": _MOMENT},
            reference=_TEXT,
            act=_TEXT,
            state=_TEXT,
        ),
    },
}
_ANSWERS = {
    "api_account.filings": ("200", "OwnFilings"),
    "api_account.filing": ("200", "OwnFilingWhole"),
    "api_account.webhooks": ("200", "Webhooks"),
    "api_account.add": ("201", "Webhook"),
    "api_account.rotate": ("200", "Webhook"),
    "api_account.remove": ("204", ""),
}
ENDPOINTS = frozenset(_ANSWERS)
# Where an answer leads: a webhook that was made can be given a new secret, and taken away.
_LINKS = {
    "api_account.add": {
        name: {"operationId": f"api_account_{name}_{method}", "parameters": {"number": "$response.body#/id"}}
        for name, method in (("rotate", "post"), ("remove", "delete"))
    }
}
_QUERY = {
    "show": {"type": "string", "enum": [one.value for one in Show]},
    "q": {"type": "string", "maxLength": 100, "pattern": "^[^\\u0000]*$"},
    "before": {"type": "integer", "minimum": 1},
}


def operation(endpoint: str, plain: dict[str, Any]) -> dict[str, Any]:
    """The operation with what only this one has."""
    status, shape = _ANSWERS[endpoint]
    good: dict[str, Any] = {"description": "OK"}
    if shape:
        good["content"] = {"application/json": {"schema": {"$ref": f"#/components/schemas/{shape}"}}}
    if endpoint in _LINKS:
        good["links"] = _LINKS[endpoint]
    problem = plain["responses"]["default"]
    asked = [{"name": name, "in": "query", "required": False, "schema": one} for name, one in _QUERY.items()]
    body = {
        "required": True,
        "content": {
            "application/json": {
                "schema": {"type": "object", "required": ["address"], "properties": {"address": _TEXT}}
            }
        },
    }
    return {
        **plain,
        "security": [{"token": []}],
        "parameters": [*plain["parameters"], *(asked if endpoint == "api_account.filings" else [])],
        **({"requestBody": body} if endpoint == "api_account.add" else {}),
        "responses": {
            status: good,
            **dict.fromkeys(("400", "401", "403", "404", "409", "422", "429"), problem),
            "default": problem,
        },
    }
