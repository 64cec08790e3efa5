"""`POST /api/v1/decisions` in the OpenAPI document, made from the fields that are read."""

from __future__ import annotations

from typing import Any

from models.decisions.content import TEXT_LIMITS
from models.decisions.kinds import DecisionKind, PartyKind
from models.decisions.spreadsheet.fields import AMOUNTS, FIELDS, LISTS, REQUIRED, ZONES
from models.decisions.states import State

ENDPOINT = "api_entry.create"
_REF = "#/components/schemas/"
_DAYS = frozenset({"decided_on", "valid_until_on", "ends_on"})


def _shape(name: str) -> dict[str, Any]:
    if name in LISTS:
        return {
            "type": "array",
            "items": {"type": "string"},
            "description": "行政处罚法第九条的处罚种类；行政裁决等不是处罚的决定没有",
        }
    if name in AMOUNTS:
        return {"type": ["string", "number", "null"], "description": "元，最多两位小数"}
    if name in _DAYS:
        return {"type": ["string", "null"], "description": "2026-03-05"}
    if name == "party_kind":
        return {"type": ["string", "null"], "enum": [*PartyKind, None]}
    if name == "kind":
        return {"type": ["string", "null"], "enum": [*DecisionKind, None]}
    return {"type": "string" if name in REQUIRED else ["string", "null"]}


_WARNING = {
    "type": "object",
    "required": ["field", "message"],
    "properties": {"field": {"type": "string"}, "message": {"type": "string"}},
}
_ENTERED: dict[str, Any] = {
    "id": {"type": "string"},
    "state": {"type": "string", "enum": [*State]},
    "document_number": {"type": "string"},
    "content_sha256": {"type": "string"},
    "warnings": {"type": "array", "items": _WARNING},
}
SCHEMAS: dict[str, Any] = {
    "DecisionDraft": {
        "type": "object",
        "additionalProperties": False,
        "required": list(REQUIRED),
        "properties": {
            **{name: _shape(name) for name in FIELDS},
            **{
                name: {"type": ["string", "null"], "maxLength": TEXT_LIMITS[field]}
                for name, field in ZONES.items()
            },
        },
    },
    "DecisionEntered": {"type": "object", "required": list(_ENTERED), "properties": _ENTERED},
}


def operation(plain: dict[str, Any]) -> dict[str, Any]:
    """The operation with what only this one has."""
    answer = {"application/json": {"schema": {"$ref": f"{_REF}DecisionEntered"}}}
    problem = plain["responses"]["default"]
    return {
        **plain,
        "security": [{"token": []}],
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": {"$ref": f"{_REF}DecisionDraft"}}},
        },
        "responses": {
            "201": {"description": "Entered as a draft", "content": answer},
            "200": {"description": "Entered before, with this content", "content": answer},
            **dict.fromkeys(("400", "401", "403", "409", "413", "422", "429"), problem),
            "default": problem,
        },
    }
