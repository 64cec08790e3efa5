"""The house style of pages, checked on every page that a test opens: `Pages(client).get("/about")` gives its soup.

What fails here is wrong on any page: no title, two h1, the wrong `lang`, invalid HTML, an id twice, a control without a
label, a link to an id that isn't there, a POST form without its token, a script without the nonce of the answer's
policy, an inline style or handler, something fetched from elsewhere, Chinese left over on an English page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import pairwise
from typing import Any
from unittest.mock import patch
from urllib.parse import urlsplit

import html5lib
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from shared.i18n import LANGUAGES, SOURCE, Catalogues, current_locale

HAN = re.compile("[\u4e00-\u9fff]")
UNLABELLED = {"hidden", "submit", "button", "reset"}
IDS_NAMED_BY = ("aria-describedby", "aria-labelledby", "aria-controls", "for")


class Pages:
    """A visitor who reads every page with a critic's eye. Tokens are on while pages are read, off while posting."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def get(self, path: str, *, status: int = 200) -> BeautifulSoup:
        """Opens a page, expects `status`, checks it, and gives its soup."""
        with self._tokens(), untranslated() as left_over:
            response = self.client.get(path)
        assert response.status_code == status, f"{path}: {response.status}\n{response.text[:2000]}"
        return check(response, path, left_over)

    def post(self, path: str, data: Mapping[str, Any], *, status: int = 422) -> BeautifulSoup:
        """Sends a form that is answered by a page (an error, as a rule) and checks that page."""
        with untranslated() as left_over:
            response = self.client.post(path, data=dict(data))
        assert response.status_code == status, f"{path}: {response.status}\n{response.text[:2000]}"
        return check(response, path, left_over, tokens=False)

    @contextmanager
    def _tokens(self) -> Iterator[None]:
        config = self.client.application.config
        before, config["WTF_CSRF_ENABLED"] = config.get("WTF_CSRF_ENABLED", True), True
        try:
            yield
        finally:
            config["WTF_CSRF_ENABLED"] = before


def check(
    response: TestResponse, path: str, left_over: list[str] | None = None, *, tokens: bool = True
) -> BeautifulSoup:
    """Raises with every fault of the page at once."""
    html = response.get_data(as_text=True)
    soup, faults = _parsed(html)
    tags = _Tags(soup)
    faults += [
        *_frame(soup, tags, path),
        *_ids(tags),
        *_labels(tags),
        *_problems(tags),
        *_words(soup),
        *_policy(tags, response),
    ]
    if tokens:
        faults += _tokens_of(tags)
    if left_over:
        faults.append(f"not translated: {sorted(set(left_over))}")
    assert not faults, f"{path}:\n" + "\n".join(f"- {fault}" for fault in faults)
    return soup


@contextmanager
def untranslated() -> Iterator[list[str]]:
    """Collects the Chinese messages that an English page asked for in vain."""
    missing: list[str] = []
    real = Catalogues.get_translations

    def watched(domain: Catalogues) -> Any:
        translations = real(domain)
        return _Watched(translations, missing) if current_locale() == "en" else translations

    with patch.object(Catalogues, "get_translations", watched):
        yield missing


class _Watched:
    """Translations that note what they don't have."""

    def __init__(self, real: Any, missing: list[str]) -> None:
        self.real, self.missing = real, missing

    def __getattr__(self, name: str) -> Any:
        return getattr(self.real, name)

    def ugettext(self, message: str) -> str:
        return self._noted(message, self.real.ugettext(message))

    def ungettext(self, singular: str, plural: str, number: int) -> str:
        return self._noted(singular, self.real.ungettext(singular, plural, number))

    def _noted(self, message: str, found: str) -> str:
        if found == message and HAN.search(str(message)):  # libraries hand over lazy strings
            self.missing.append(message)
        return found


class _Tags:
    """All tags of a page in its order, gathered once: CSS selectors would walk the page anew for each question."""

    def __init__(self, soup: BeautifulSoup) -> None:
        self.all: list[Tag] = soup.find_all(True)

    def named(self, *names: str, having: str = "") -> list[Tag]:
        """Those of these names, or of any; `having`: only with that attribute."""
        return [
            tag
            for tag in self.all
            if (not names or tag.name in names) and (not having or tag.has_attr(having))
        ]


def _parsed(html: str) -> tuple[BeautifulSoup, list[str]]:
    """The page and what is not valid HTML in it, of one reading."""
    parsers: list[html5lib.HTMLParser] = []

    class Kept(html5lib.HTMLParser):
        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, **options)
            parsers.append(self)

    with patch("bs4.builder._html5lib.html5lib.HTMLParser", Kept):
        soup = BeautifulSoup(html, "html5lib")
    lines = html.splitlines()
    return soup, [
        f"invalid HTML ({code}) at line {place[0]}: {lines[place[0] - 1].strip()[:120]}"
        for parser in parsers
        for place, code, _data in parser.errors
    ]


def _frame(soup: BeautifulSoup, tags: _Tags, path: str) -> Iterator[str]:
    language = next((one for one in LANGUAGES[1:] if path.startswith(one.prefix + "/")), SOURCE)
    if not soup.title or not soup.title.get_text().split(" - ")[0].strip():
        yield "no title before the name of the site"
    headings = [heading.get_text(strip=True) for heading in tags.named("h1")]
    if len(headings) != 1 or not headings[0]:
        yield f"h1 must be there once and say something: {headings}"
    if not soup.html or soup.html.get("lang") != language.tag:
        yield f"<html lang> must be {language.tag}"
    main = soup.find("main", id="main")
    if not isinstance(main, Tag):
        yield "no main#main for the skip link"
        return
    levels = [int(heading.name[1]) for heading in main.find_all(["h1", "h2", "h3", "h4", "h5"])]
    for before, after in pairwise(levels):
        if after > before + 1:
            yield f"h{after} follows h{before}"


def _words(soup: BeautifulSoup) -> Iterator[str]:
    """Nothing that only a program says: markup escaped once too often, an empty value, an object's name."""
    for text in soup.select_one("body").stripped_strings if soup.body else ():
        if re.search(r"</?(span|time|a|b|strong|em|mark|br|p)[ >/]", text) or re.fullmatch(
            r"None|<\w.*>", text
        ):
            yield f"reads: {text[:100]}"


def _ids(tags: _Tags) -> Iterator[str]:
    count = Counter(str(tag["id"]) for tag in tags.named(having="id"))
    yield from (f"id {name!r} stands {times} times" for name, times in count.items() if times > 1)
    for attribute in IDS_NAMED_BY:
        for tag in tags.named(having=attribute):
            yield from (
                f"{attribute} names {name!r}, which isn't there"
                for name in str(tag[attribute]).split()
                if name not in count
            )
    for link in tags.named("a", having="href"):
        if str(link["href"]).startswith("#") and str(link["href"])[1:] not in count:
            yield f"link to {link['href']}, which isn't there"


def _problems(tags: _Tags) -> Iterator[str]:
    """The error summary goes down the page as its fields do: who mends one after the other never jumps back."""
    places = {str(tag["id"]): place for place, tag in enumerate(tags.all) if tag.has_attr("id")}
    for box in tags.named(having="id"):
        if box["id"] != "problems":
            continue
        named = [str(link["href"])[1:] for link in box.find_all("a") if str(link.get("href")).startswith("#")]
        stand = [places[name] for name in named if name in places]
        if stand != sorted(stand):
            yield f"the error summary lists {named}, in another order than the page"


def _labels(tags: _Tags) -> Iterator[str]:
    labelled = {str(tag["for"]) for tag in tags.named("label", having="for") if tag.get_text(strip=True)}
    for control in tags.named("input", "select", "textarea"):
        if control.get("type") in UNLABELLED:
            continue
        named = control.get("id") in labelled or control.get("aria-label") or control.find_parent("label")
        if not named:
            yield f"no label: {_opening(control)}"
    for button in [*tags.named("button"), *tags.named("a", having="href")]:
        if not (button.get_text(strip=True) or button.get("aria-label")):
            yield f"nothing to read out: {_opening(button)}"
    yield from (f"no alt: {_opening(image)}" for image in tags.named("img") if not image.has_attr("alt"))


def _tokens_of(tags: _Tags) -> Iterator[str]:
    for form in tags.named("form"):
        if str(form.get("method")).lower() != "post":
            continue
        token = form.find("input", attrs={"name": re.compile(r"csrf_token$")})
        if not isinstance(token, Tag) or not token.get("value"):
            yield f"no csrf_token in {_opening(form)}"


def _policy(tags: _Tags, response: TestResponse) -> Iterator[str]:
    policy = response.headers.get("Content-Security-Policy", "")
    for script in tags.named("script"):
        nonce = script.get("nonce")
        if not nonce or f"'nonce-{nonce}'" not in policy:
            yield f"script without the nonce of the policy: {_opening(script)}"
        if not script.get("src") and script.get("type") not in ("application/json", "application/ld+json"):
            yield "inline script: put it into site/static/js"
    for tag in tags.all:
        if tag.name == "style" or tag.has_attr("style"):
            yield f"inline style: put it into site/static/css: {_opening(tag)}"
        handlers = [name for name in tag.attrs if name.startswith("on")]
        if handlers:
            yield f"inline handler {handlers} on {_opening(tag)}"
        address = _fetched(tag)
        if urlsplit(address).netloc:
            yield f"fetched from elsewhere: {address}"


def _fetched(tag: Tag) -> str:
    """The address from which a browser gets something for this tag by itself; empty where there is none."""
    if tag.name in ("script", "img"):
        return str(tag.get("src") or "")
    relations = tag.get("rel") or []
    if tag.name == "use" or (tag.name == "link" and {"stylesheet", "icon"} & set(relations)):
        return str(tag.get("href") or "")
    return ""


def _opening(tag: Tag) -> str:
    return str(tag).split(">", 1)[0] + ">"
