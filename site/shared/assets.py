"""Addresses of static files: without the language prefix and with a digest of the content, so browsers keep them for long."""

from __future__ import annotations

import hashlib
import time
from functools import cache, lru_cache
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask, Response, request
from flask_bootstrap import Bootstrap5

from shared.i18n import current_language

DIGEST_LENGTH = 10
LOOKED_AT_EVERY_SECONDS = 1
KEPT_FOR_LONG = "public, max-age=31536000, immutable"
STATIC_ENDPOINTS = ("static", "bootstrap.static")

STYLE_SHEETS = (
    ("tokens", "all"),
    ("type", "all"),
    ("layout", "all"),
    ("forms", "all"),
    ("components", "all"),
    ("tables", "all"),
    ("search", "all"),
    ("case", "all"),
    ("home", "all"),
    ("elder", "screen"),
    ("dark", "screen and (prefers-color-scheme: dark)"),
    ("print", "print"),
)


def init_app(app: Flask) -> None:
    """Gives `asset('css/type.css')`, `bootstrap_css()` and the list of style sheets to the templates."""
    folder = Path(app.static_folder or "")

    def asset(filename: str) -> str:
        second = int(time.monotonic() / LOOKED_AT_EVERY_SECONDS)
        return _root() + _versioned(f"{app.static_url_path}/{filename}", folder / filename, second)

    def bootstrap_css() -> str:
        path = f"/bootstrap{app.static_url_path}/css/bootstrap.min.css"
        return f"{_root()}{path}?{urlencode({'v': Bootstrap5.bootstrap_version})}"

    app.jinja_env.globals.update(asset=asset, bootstrap_css=bootstrap_css, style_sheets=STYLE_SHEETS)
    app.after_request(_keep_for_long)


@lru_cache(maxsize=256)
def _versioned(address: str, path: Path, _second: int) -> str:
    """With the digest. A page asks for two dozen files, and they don't change from page to page."""
    return f"{address}?{urlencode({'v': _digest(path, path.stat().st_mtime_ns)})}"


@cache
def _digest(path: Path, _changed_at: int) -> str:
    """Of the content, read again only when the file has changed, so that an edited style is seen at once."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:DIGEST_LENGTH]


def _root() -> str:
    return request.script_root.removesuffix(current_language().prefix)


def _keep_for_long(response: Response) -> Response:
    """An address with a version always means the same content."""
    if request.endpoint in STATIC_ENDPOINTS and "v" in request.args and response.status_code == 200:
        response.headers["Cache-Control"] = KEPT_FOR_LONG
    return response
