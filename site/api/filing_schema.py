"""`POST /api/v1/filings` in the OpenAPI document, made from the limits that the view reads by."""

from __future__ import annotations

from typing import Any

from api.filing_body import LANGUAGES, LINK, MATTER, PERSON, PLATFORM, RESPONDENT, TOGETHER
from api.sending import LONGEST_KEY
from models.commerce.terms import MOST_LINKS, Verdict
from models.kinds import RightType, Track

ENDPOINT = "api_filings.create"
SECURITY_SCHEMES = {"token": {"type": "http", "scheme": "bearer"}}
_REF = "#/components/schemas/"


def _texts(limits: dict[str, int]) -> dict[str, Any]:
    return {name: {"type": "string", "maxLength": most} for name, most in limits.items()}


KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY},
}
_LINK_TOLD = {
    "address": {"type": "string", "maxLength": LINK["address"]},
    "captured_at": {"type": "string", "format": "date-time"},
    "screenshot": {"type": "string", "maxLength": LINK["screenshot"]},
    "remark": {"type": "string", "maxLength": LINK["remark"]},
}
_MAYBE = {"type": ["string", "null"]}
LINK_ROW: dict[str, Any] = {
    "sent": {"type": "boolean"},
    "row": {"type": "integer"},
    "given": {"type": "string"},
    "verdict": {"type": "string", "enum": list(Verdict)},
    "address": {"type": "string"},
    "platform": {"type": "string"},
    "kind": {"type": "string"},
    "item": _MAYBE,
    "shop": _MAYBE,
    "earlier": {**_MAYBE, "description": "the own filing that had it before"},
}
_RECEIVED: dict[str, Any] = {
    "reference": {"type": "string"},
    "query_code": {"type": ["string", "null"], "description": "told for an hour, to be handed to the filer"},
    "track": {"type": "string"},
    "received_at": {"type": "string", "format": "date-time"},
    "content_sha256": {"type": "string"},
    "also": {"type": "array", "items": {"type": "object"}, "description": "what `also` asked for"},
    "unit": {"type": "string", "description": "which received it"},
    "evidence": {"type": "array", "items": {"type": "object"}},
    "links": {
        "type": "array",
        "items": {"type": "object", "properties": LINK_ROW},
        "description": "each row that was given: good and filed before are sent, bad and twice are not",
    },
    "receipt": {"type": "object"},
    "track_at": {"type": "string", "format": "uri"},
}
SCHEMAS: dict[str, Any] = {
    "Matter": {
        "type": "object",
        "required": ["track", "facts", "respondent"],
        "additionalProperties": False,
        "properties": {
            "track": {"type": "string", "enum": list(Track)},
            "also": {
                "description": "with a complaint: registered as a report too, with clocks of its own",
                "type": "array",
                "items": {
                    "type": "string",
                    "enum": sorted({one for some in TOGETHER.values() for one in some}),
                },
                "maxItems": 1,
            },
            "right_type": {"type": "string", "enum": list(RightType), "default": RightType.OTHER.value},
            "region_code": {"type": "string", "pattern": "^[0-9]{6}$"},
            "language": {"type": "string", "enum": list(LANGUAGES)},
            **_texts(MATTER),
            "respondent": {
                "type": "object",
                "additionalProperties": False,
                "properties": _texts(RESPONDENT),
            },
            "right_id": {
                "type": "integer",
                "description": "a stored right of the token's account, or of a holder who authorised it",
            },
            "platform": {
                "description": "the platform that was notified before (E-Commerce Law Art. 42, 43)",
                "type": "object",
                "required": ["platform", "notified_on"],
                "additionalProperties": False,
                "properties": _texts(PLATFORM),
            },
            "links": {
                "description": "asks for the scope filing:links",
                "type": "array",
                "maxItems": MOST_LINKS,
                "items": {
                    "oneOf": [
                        {"type": "string"},
                        {
                            "type": "object",
                            "required": ["address"],
                            "additionalProperties": False,
                            "properties": _LINK_TOLD,
                        },
                    ]
                },
            },
            "again": {
                "type": "boolean",
                "default": False,
                "description": "also links that were filed before",
            },
            "person": {
                "description": "left out for an anonymous report",
                "type": "object",
                "additionalProperties": False,
                "properties": _texts(PERSON),
            },
        },
    },
    "Received": {"type": "object", "required": list(_RECEIVED), "properties": _RECEIVED},
}


def operation(plain: dict[str, Any]) -> dict[str, Any]:
    """The operation with what only this one has."""
    answer = {"application/json": {"schema": {"$ref": f"{_REF}Received"}}}
    problem = plain["responses"]["default"]
    return {
        **plain,
        "security": [{"token": []}],
        "parameters": [KEY],
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {"schema": {"$ref": f"{_REF}Matter"}},
                "multipart/form-data": {
                    "schema": {
                        "type": "object",
                        "required": ["filing"],
                        "properties": {
                            "filing": {"$ref": f"{_REF}Matter"},
                            "files": {"type": "array", "items": {"type": "string", "format": "binary"}},
                        },
                    },
                    "encoding": {"filing": {"contentType": "application/json"}},
                },
            },
        },
        "responses": {
            "201": {"description": "Received", "content": answer},
            "200": {"description": "Received before", "content": answer},
            **dict.fromkeys(("400", "401", "403", "409", "413", "422", "429"), problem),
            "default": problem,
        },
    }
