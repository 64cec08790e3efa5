"""The site knows its own name: in production every address that it writes stands under `public_url`.

A client may send any Host, a badly set proxy any X-Forwarded-Host. What is written into feeds, sitemaps, mail and
redirects (and kept by caches in between) must not follow them. Balancers that ask by number still get their answer.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Flask

from config import Config
from shared.readiness import UNREACHABLE

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


def init_app(app: Flask, config: Config) -> None:
    """To be called before ProxyFix wraps the application. In development several names are of use.

    A production site without an address of its own (told by /readyz) follows what it is called.
    """
    if config.is_production and urlsplit(config.public_url).hostname not in UNREACHABLE:
        app.wsgi_app = OwnName(app.wsgi_app, config.public_url)  # type: ignore[method-assign]


class OwnName:
    """Sets scheme and host of every request to those of `public_url`."""

    def __init__(self, inner: WSGIApplication, public_url: str) -> None:
        parts = urlsplit(public_url)
        self.inner, self.scheme, self.host = inner, parts.scheme, parts.netloc

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        environ["wsgi.url_scheme"], environ["HTTP_HOST"] = self.scheme, self.host
        return self.inner(environ, start_response)
