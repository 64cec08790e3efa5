"""Structured logs without personal data: the route's pattern, never the address that was asked, which may hold a reference."""

from __future__ import annotations

import logging
import re
import secrets
import sys
import time
from collections.abc import MutableMapping
from typing import Any

import structlog
from flask import Flask, Response, g, request

QUIET = frozenset(
    {"static", "styles", "bootstrap.static", "operations.healthz", "operations.readyz", "operations.metrics"}
)

REQUEST_ID = re.compile(r"[0-9A-Za-z-]{1,64}")

log = structlog.get_logger("huhang")


def configure(level: str, *, with_messages: bool) -> None:
    """One JSON line an event on stderr, so that stdout stays free for a command's figures.

    The messages of exceptions often repeat what was typed, so they are left out unless `with_messages`, which is for
    developers: what and where it happened is enough to find the line.
    """
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.ExceptionRenderer(
                structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
            ),
            *([] if with_messages else [_without_messages]),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper())),
        logger_factory=lambda *_names: structlog.PrintLogger(sys.stderr),  # the present one, at each line
        cache_logger_on_first_use=False,
    )


def _without_messages(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    for problem in event.get("exception", ()):
        problem.update(exc_value="", exc_notes=[], syntax_error=None)
    return event


def init_app(app: Flask) -> None:
    """Gives each request an id, and writes one line when it is answered."""
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> None:
    given = request.headers.get("X-Request-ID", "")
    g.request_id = given if REQUEST_ID.fullmatch(given) else secrets.token_hex(8)
    g.request_began = time.perf_counter()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=g.request_id)


def _end(response: Response) -> Response:
    response.headers["X-Request-ID"] = g.get("request_id", "")
    if request.endpoint not in QUIET:
        began = g.get("request_began", time.perf_counter())
        log.info(
            "request",
            method=request.method,
            route=request.url_rule.rule if request.url_rule else None,
            status=response.status_code,
            milliseconds=round((time.perf_counter() - began) * 1000, 1),
        )
    return response
