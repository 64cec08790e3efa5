"""Addresses of static files: without the language prefix and with a digest of the content, so browsers keep them for long."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask, request

from shared.i18n import current_language

DIGEST_LENGTH = 10

STYLE_SHEETS = (
    ("tokens", "all"),
    ("type", "all"),
    ("layout", "all"),
    ("forms", "all"),
    ("components", "all"),
    ("tables", "all"),
    ("case", "all"),
    ("home", "all"),
    ("elder", "screen"),
    ("dark", "screen and (prefers-color-scheme: dark)"),
    ("print", "print"),
)


def init_app(app: Flask) -> None:
    """Gives `asset('css/type.css')` and the list of style sheets to the templates."""
    folder = Path(app.static_folder or "")

    @cache
    def digest(filename: str) -> str:
        return hashlib.sha256((folder / filename).read_bytes()).hexdigest()[:DIGEST_LENGTH]

    def asset(filename: str) -> str:
        root = request.script_root.removesuffix(current_language().prefix)
        return f"{root}{app.static_url_path}/{filename}?{urlencode({'v': digest(filename)})}"

    app.jinja_env.globals.update(asset=asset, style_sheets=STYLE_SHEETS)
