"""What a request asks for: a page for a person, or data for a program; and what no request may hold."""

from __future__ import annotations

import string
from collections.abc import Iterable
from itertools import chain
from typing import TYPE_CHECKING
from urllib.parse import quote

from flask import Flask, abort, request

from models.types import LARGEST_ID

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

DATA_ENDINGS = (".json", ".csv", ".xlsx", ".atom", ".jsonl")


def wants_data() -> bool:
    """Whether the answer goes to a program: the API, a service for programs, an address with a data ending, or an Accept of JSON only."""
    if request.path.startswith(("/api/", "/reconcile")) or request.path.endswith(DATA_ENDINGS):
        return True
    return request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json"


def row_number(written: str | None) -> int | None:
    """The number of a row as a parameter has it; None for what no row can have, which no database need be asked."""
    if not written or not written.isascii() or not written.isdigit() or len(written) > len(str(LARGEST_ID)):
        return None
    number = int(written)
    return number if number <= LARGEST_ID else None


def init_app(app: Flask) -> None:
    """Refuses NUL before a view sees it. To be called when limits and form tokens have had their say."""
    app.before_request(_refuse_nul)
    app.wsgi_app = TypedLetters(app.wsgi_app)  # type: ignore[method-assign]


class TypedLetters:
    """Percent-encodes the letters beyond ASCII that curl and older browsers leave in a query as typed.

    They are UTF-8, or GB 18030 from old Chinese browsers; bytes that are neither are encoded one by one, and read as
    U+FFFD. Without this, reading the query raises in Werkzeug.
    """

    def __init__(self, inner: WSGIApplication) -> None:
        self.inner = inner

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        query = environ.get("QUERY_STRING", "")
        if not query.isascii():
            environ["QUERY_STRING"] = _encoded(query.encode("latin-1"))
        return self.inner(environ, start_response)


def _encoded(query: bytes) -> str:
    for encoding in ("utf-8", "gb18030"):
        try:
            return quote(query.decode(encoding), safe=string.punctuation)
        except UnicodeDecodeError:
            continue
    return quote(query, safe=string.punctuation)


def _refuse_nul() -> None:
    """No keyboard writes NUL, and PostgreSQL cannot store it or compare with it: 400 on both databases.

    Pasted into a text field it is left out instead (shared.fields.tidy), so only what no field tidies is looked at.
    """
    sent = chain([request.path], *request.args.listvalues())
    if any("\0" in text for text in sent):
        abort(400)
