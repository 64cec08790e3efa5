"""What a request asks for: a page for a person, or data for a program."""

from __future__ import annotations

from flask import request

DATA_ENDINGS = (".json", ".csv", ".xlsx", ".atom", ".jsonl")


def wants_data() -> bool:
    """Whether the answer goes to a program: the API, an address with a data ending, or an Accept of JSON only."""
    if request.path.startswith("/api/") or request.path.endswith(DATA_ENDINGS):
        return True
    return request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json"
