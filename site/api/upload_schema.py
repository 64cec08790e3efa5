"""`/api/v1/uploads` in the OpenAPI document: the tus protocol 1.0.0 with creation, checksum, termination, expiration."""

from __future__ import annotations

from typing import Any

from api.filing_schema import KEY
from journey.resumable import ALGORITHMS, PIECE, VERSION

_FIGURE = {"type": "string", "pattern": "^[0-9]{1,15}$"}


def _header(name: str, schema: dict[str, Any], *, is_required: bool = True) -> dict[str, Any]:
    return {"name": name, "in": "header", "required": is_required, "schema": schema}


_TUS = _header("Tus-Resumable", {"type": "string", "const": VERSION})
_HEADERS = {
    "api_uploads.begin": [
        _header("Upload-Length", _FIGURE),
        _header("Upload-Metadata", {"type": "string", "maxLength": 4096}, is_required=False),
    ],
    "api_uploads.take": [
        _header("Upload-Offset", _FIGURE),
        _header(
            "Upload-Checksum",
            {"type": "string", "pattern": f"^({'|'.join(ALGORITHMS)}) [A-Za-z0-9+/=]+$"},
            is_required=False,
        ),
    ],
    "api_uploads.one": [],
    "api_uploads.end": [],
}
_GOOD = {
    "api_uploads.begin": ("201", "Its address is in Location; it is found only with this token and this key"),
    "api_uploads.take": ("204", "How far it is now: Upload-Offset"),
    "api_uploads.one": ("200", "How far it is: Upload-Offset of Upload-Length, until Upload-Expires"),
    "api_uploads.end": ("204", "Given up"),
}
ENDPOINTS = tuple(_HEADERS)


def operation(endpoint: str, plain: dict[str, Any]) -> dict[str, Any]:
    """The operation with what only this one has."""
    status, meaning = _GOOD[endpoint]
    problem = plain["responses"]["default"]
    body: dict[str, Any] = {}
    if endpoint == "api_uploads.take":
        content = {PIECE: {"schema": {"type": "string", "format": "binary"}}}
        body = {"requestBody": {"required": True, "content": content}}
    return {
        **plain,
        **body,
        "security": [{"token": []}],
        "parameters": [*plain["parameters"], KEY, _TUS, *_HEADERS[endpoint]],
        "responses": {status: {"description": meaning}, "default": problem},
    }
