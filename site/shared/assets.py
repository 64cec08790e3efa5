"""Addresses of static files: without the language prefix and with a digest of the content, so browsers keep them for long.

All style sheets that every page needs are sent as one file, compressed: on a phone with a slow connection a page is seen
a second and a half earlier than with a dozen files.
"""

from __future__ import annotations

import gzip
import hashlib
import time
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from urllib.parse import urlencode

import flask_bootstrap
from flask import Flask, Response, request

from shared.access import public
from shared.i18n import current_language

DIGEST_LENGTH = 10
LOOKED_AT_EVERY_SECONDS = 1
KEPT_FOR_LONG = "public, max-age=31536000, immutable"
STYLES_PATH, STYLES_ENDPOINT = "/style.css", "styles"
STATIC_ENDPOINTS = ("static", "bootstrap.static", STYLES_ENDPOINT)
CHARSET, SOURCE_MAP = '@charset "UTF-8";', "/*# sourceMappingURL"

BOOTSTRAP = Path(flask_bootstrap.__file__).parent / "static/bootstrap5/css/bootstrap.min.css"
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
    """Gives `asset('css/type.css')` and `style_sheet()` to the templates, and answers for the latter."""
    folder = Path(app.static_folder or "")

    def asset(filename: str) -> str:
        return _root() + _versioned(f"{app.static_url_path}/{filename}", folder / filename, _second())

    def style_sheet() -> str:
        return f"{_root()}{STYLES_PATH}?{urlencode({'v': _styles(folder, _second()).digest})}"

    @public
    def styles() -> Response:
        """The one style sheet of all pages; its address changes with its content."""
        return _answer(_styles(folder, _second()))

    app.add_url_rule(STYLES_PATH, STYLES_ENDPOINT, styles)
    app.jinja_env.globals.update(asset=asset, style_sheet=style_sheet)
    app.after_request(_keep_for_long)


@dataclass(frozen=True)
class Styles:
    """The one style sheet, as it is and compressed. Nothing in it is secret, so its length may tell what it will."""

    plain: bytes
    compressed: bytes
    digest: str


@lru_cache(maxsize=1)
def _styles(folder: Path, _second: int) -> Styles:
    """Of the files as they are now: whoever edits one sees it a second later."""
    paths = (BOOTSTRAP, *(folder / f"css/{name}.css" for name, _ in STYLE_SHEETS))
    return _joined(paths, tuple(path.stat().st_mtime_ns for path in paths))


@lru_cache(maxsize=1)
def _joined(paths: tuple[Path, ...], _changed_at: tuple[int, ...]) -> Styles:
    medias = ("all", *(media for _, media in STYLE_SHEETS))
    texts = (path.read_text(encoding="utf-8").partition(SOURCE_MAP)[0] for path in paths)
    parts = (
        text if media == "all" else f"@media {media} {{\n{text}}}\n"
        for text, media in zip(texts, medias, strict=True)
    )
    plain = "\n".join(parts).replace(CHARSET, "").encode()
    digest = hashlib.sha256(plain).hexdigest()[:DIGEST_LENGTH]
    return Styles(plain, gzip.compress(plain, 9, mtime=0), digest)


def _answer(styles: Styles) -> Response:
    compressed = request.accept_encodings["gzip"] > 0
    response = Response(
        styles.compressed if compressed else styles.plain, content_type="text/css; charset=utf-8"
    )
    if compressed:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    response.set_etag(f"{styles.digest}{'-gzip' if compressed else ''}")
    response.make_conditional(request)
    return response


def _second() -> int:
    return int(time.monotonic() / LOOKED_AT_EVERY_SECONDS)


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
