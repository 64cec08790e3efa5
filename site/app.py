"""The application factory: configuration in, a wired Flask application out."""

from __future__ import annotations

import copy
from typing import Any

from flask import Flask, Request, request
from flask import session as cookie_session
from flask.typing import ResponseReturnValue
from flask_bootstrap import Bootstrap5
from flask_wtf import CSRFProtect
from jinja2 import StrictUndefined
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import HTTPException
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter

import account
import admin
import api
import casework
import cli
import public
from config import ROOT, Config, ConfigError
from models.database import Database, is_crossed
from models.types import LARGEST_ID
from shared import (
    access,
    accounts,
    database,
    errors,
    headers,
    i18n,
    limits,
    logs,
    metrics,
    own_name,
    pages,
    requests,
    second_factor,
    services,
)
from shared.templates import Templates

CSRF_PROTECT = CSRFProtect()
STREAMED = ("multipart/form-data", "application/offset+octet-stream")
FORM_MEMORY_BYTES = 2 * 1024 * 1024  # text fields of a form; files are streamed, with a limit of their own


class RowNumber(IntegerConverter):
    """`<int:…>` in addresses: a number that no row can have is an unknown address, not a fault of the database."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max": LARGEST_ID, **kwargs})


ATTEMPTS = 3  # of a request that crossed with others in the database


class SizedRequest(Request):
    """A request whose body is small, unless it is one of those that are streamed: files, and pieces of files.

    werkzeug reads any other form whole before it counts.
    """

    @property
    def max_content_length(self) -> int | None:
        """Bytes that the body may have."""
        most = super().max_content_length
        return most if self.mimetype in STREAMED or most is None else min(most, FORM_MEMORY_BYTES)


class Huhang(Flask):
    """Flask with one commit per request, inside the part where errors still become pages."""

    request_class = SizedRequest
    jinja_environment = Templates

    def dispatch_request(self) -> ResponseReturnValue:  # type: ignore[override]
        """Answers. Where two requests crossed in the database, the one that had to give way is done again."""
        if request.method in database.SAFE_METHODS:
            return self._answer()
        cookie = copy.deepcopy(dict(cookie_session))
        try:
            return self._answer_in_spite_of_others(cookie)
        except Exception as error:
            if not _is_an_answer(error):
                _put_back(cookie)
            raise

    def _answer_in_spite_of_others(self, cookie: dict[str, Any]) -> ResponseReturnValue:
        for _attempt in range(ATTEMPTS - 1):
            try:
                return self._answer()
            except DBAPIError as error:
                if not (is_crossed(error) and database.start_again()):
                    raise
            _put_back(cookie)
        return self._answer()

    def _answer(self) -> ResponseReturnValue:
        response = self.make_response(super().dispatch_request())
        database.finish(response)
        return response


def _is_an_answer(error: Exception) -> bool:
    """Whether what was raised is a way to answer, as a redirect is."""
    return isinstance(error, HTTPException) and (error.response is not None or (error.code or 0) < 400)


def _put_back(cookie: dict[str, Any]) -> None:
    """The browser's cookie as it was before a request that came to nothing: it names the draft that is still there.

    The token of forms stays; pages that are drawn from here on hold it.
    """
    token = {name: value for name, value in cookie_session.items() if name == "csrf_token"}
    before = {**copy.deepcopy(cookie), **token}
    if dict(cookie_session) != before:
        cookie_session.clear()
        cookie_session.update(before)


def create_app(config: Config, db: Database | None = None) -> Huhang:
    """Makes the application. Tests pass a `db` of their own; else it is opened by the configured address."""
    app = Huhang(__name__, root_path=str(ROOT / "site"))
    app.config["MAX_CONTENT_LENGTH"] = config.uploads.filing_bytes + FORM_MEMORY_BYTES
    app.config["MAX_FORM_MEMORY_SIZE"] = FORM_MEMORY_BYTES
    app.config["TESTING"] = config.environment == "testing"
    app.config["BOOTSTRAP_SERVE_LOCAL"] = True
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True

    app.url_map.converters["int"] = RowNumber

    logs.configure(config.log_level, with_messages=not config.is_production)
    logs.init_app(app)
    metrics.init_app(app)
    _prepare_data_folder(config)
    database.init_app(app, db or Database(config.database_url))
    services.init_app(app, config)
    accounts.init_app(app, config)
    access.init_app(app, accounts.FOREIGN_ACCESS)
    second_factor.init_app(app)
    limits.init_app(app, config)
    headers.init_app(app)
    errors.init_app(app)
    i18n.init_app(app)
    Bootstrap5(app)
    pages.init_app(app)
    CSRF_PROTECT.init_app(app)
    requests.init_app(app)

    for surface in (public, account, casework, admin, api):
        surface.register(app)
    cli.register(app)
    own_name.init_app(app, config)
    if config.trusted_proxies:
        hops = config.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    # Set last: Flask-Security brings a JSON provider of its own.
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.jinja_env.globals.pop("config", None)  # templates have no business with settings
    return app


def _prepare_data_folder(config: Config) -> None:
    """The folder for everything kept at run time; what is made here only its owner can open."""
    try:
        config.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise ConfigError(
            f"HUHANG_DATA 是 {config.data_dir}：不能建立这个目录（{error.strerror}）。"
        ) from error
