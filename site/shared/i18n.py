"""Three languages at three addresses: Simplified Chinese without a prefix, `/en/…` and `/zh-hant/…` are the same pages.

A WSGI middleware moves the prefix from the path to the script name, so routes know nothing of it and `url_for` keeps
it by itself. Messages are written in Simplified Chinese; the other two come from the catalogues in site/translations.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from babel.support import NullTranslations
from flask import Flask, has_app_context, request
from flask_babel import Babel, Domain, force_locale
from opencc import OpenCC
from werkzeug.utils import redirect

from models.wording import AND, Sentence

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

LOCALE_KEY = "huhang.locale"
_forced: ContextVar[str] = ContextVar("huhang_forced_locale", default="")


@dataclass(frozen=True)
class Language:
    """A language of the site: Babel's locale, the prefix of its addresses, the tag for `lang`, its own name."""

    locale: str
    prefix: str
    tag: str
    name: str


# Flask-Security has its own messages under this name of the locale.
SOURCE = Language("zh_Hans_CN", "", "zh-CN", "简体中文")
LANGUAGES = (
    SOURCE,
    Language("en", "/en", "en", "English"),
    Language("zh_Hant", "/zh-hant", "zh-Hant", "繁體中文"),
)


@dataclass(frozen=True)
class Alternate:
    """This page in another language. `url` starts at the root of the server."""

    language: Language
    url: str
    is_current: bool


class Catalogues(Domain):
    """The messages of every language, found by the request's locale alone.

    A page asks for a hundred messages and more. Flask-Babel works out the locale anew for each of them, by way of three
    proxies; this is a look into a dictionary.
    """

    def __init__(self) -> None:
        super().__init__()
        self._read: dict[str, NullTranslations] = {}

    def get_translations(self) -> NullTranslations:
        """Those of this request."""
        locale = current_locale()
        found = self._read.get(locale)
        if found is None:
            with force_locale(locale):  # Flask-Babel remembers the first one of an application context
                found = super().get_translations()
            if has_app_context():  # without one nobody knows where the catalogues are
                self._read[locale] = found
        return found


CATALOGUES = Catalogues()


class LanguagePrefix:
    """The middleware. `/en` alone is sent on to `/en/`; any other first segment is left to the routes."""

    def __init__(self, app: WSGIApplication) -> None:
        self.app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        for language in LANGUAGES[1:]:
            if path == language.prefix:
                query = environ.get("QUERY_STRING", "")
                target = f"{environ.get('SCRIPT_NAME', '')}{path}/" + (f"?{query}" if query else "")
                return redirect(target, 308)(environ, start_response)
            if path.startswith(language.prefix + "/"):
                environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + language.prefix
                environ["PATH_INFO"] = path[len(language.prefix) :]
                environ[LOCALE_KEY] = language.locale
                break
        return self.app(environ, start_response)


def init_app(app: Flask) -> None:
    """Puts the middleware in front and gives templates their words about languages."""
    app.wsgi_app = LanguagePrefix(app.wsgi_app)  # type: ignore[method-assign]
    app.config["BABEL_DEFAULT_LOCALE"] = SOURCE.locale
    app.config["BABEL_DEFAULT_TIMEZONE"] = "Asia/Shanghai"
    Babel(app, locale_selector=current_locale).domain_instance = CATALOGUES
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=lambda message: CATALOGUES.get_translations().ugettext(message),
        ngettext=lambda one, many, count: CATALOGUES.get_translations().ungettext(one, many, count),
        newstyle=True,
    )
    app.jinja_env.globals["_"] = app.jinja_env.globals[
        "gettext"
    ]  # Jinja's own one looks the name up for each message
    app.jinja_env.globals.update(current_language=current_language, alternate_urls=alternate_urls)
    app.jinja_env.filters["label"] = label
    app.jinja_env.filters["in_script"] = in_script


@contextmanager
def in_language(locale: str) -> Iterator[None]:
    """What is said within is said in that language, whatever the request's is: a mail to somebody else."""
    before = _forced.set(locale)
    try:
        with force_locale(locale):
            yield
    finally:
        _forced.reset(before)


def current_locale() -> str:
    """The locale of this request; outside a request, that of the source; within `in_language`, that one."""
    if forced := _forced.get():
        return forced
    try:  # one way through the proxy: a page asks for this a thousand times
        return str(request.environ.get(LOCALE_KEY, SOURCE.locale))
    except RuntimeError:
        return SOURCE.locale


def current_language() -> Language:
    """The language of this request."""
    return next(language for language in LANGUAGES if language.locale == current_locale())


def alternate_urls() -> list[Alternate]:
    """The links to this same page in every language, the present one included."""
    current = current_language()
    root = request.script_root.removesuffix(current.prefix) if current.prefix else request.script_root
    path = request.path + (f"?{request.query_string.decode()}" if request.query_string else "")
    return [Alternate(one, root + one.prefix + path, one is current) for one in LANGUAGES]


def label(text: object) -> str:
    """A legal name or sentence of the models, which speak Chinese, in the language of the page."""
    if isinstance(text, Sentence):
        figures = {name: _figure(one) for name, one in text.figures.items()}
        return _translated(text.message) % figures
    words = str(text)
    return _translated(words) if words else ""


def _translated(message: str) -> str:
    return str(CATALOGUES.get_translations().ugettext(message))


def _figure(figure: object) -> str:
    """A figure of a sentence: labels and sentences in the language of the page, data in its script."""
    if isinstance(figure, list | tuple):
        return _translated(AND).join(map(_figure, figure))
    return label(figure) if isinstance(figure, Sentence) else in_script(label(figure))


def in_script(text: object) -> str:
    """Names kept as data (bureaus, units), in the script of the page: turned only where it is Traditional Chinese."""
    words = str(text)
    return to_traditional(words) if current_locale() == "zh_Hant" else words


@cache
def _converter() -> OpenCC:
    return OpenCC("s2t")


def to_traditional(text: str) -> str:
    """The same words in Traditional characters. Mainland legal terms are kept (知識產權): they are names of law."""
    return str(_converter().convert(text))
