"""What a request asks for: a page for a person, or data for a program; and what no request may hold."""

from __future__ import annotations

from itertools import chain

from flask import Flask, abort, request

DATA_ENDINGS = (".json", ".csv", ".xlsx", ".atom", ".jsonl")


def wants_data() -> bool:
    """Whether the answer goes to a program: the API, a service for programs, an address with a data ending, or an Accept of JSON only."""
    if request.path.startswith(("/api/", "/reconcile")) or request.path.endswith(DATA_ENDINGS):
        return True
    return request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json"


def init_app(app: Flask) -> None:
    """Refuses NUL before a view sees it. To be called when limits and form tokens have had their say."""
    app.before_request(_refuse_nul)


def _refuse_nul() -> None:
    """No keyboard writes NUL, and PostgreSQL cannot store it or compare with it: 400 on both databases.

    Pasted into a text field it is left out instead (shared.fields.tidy), so only what no field tidies is looked at.
    """
    sent = chain([request.path], *request.args.listvalues())
    if any("\0" in text for text in sent):
        abort(400)
