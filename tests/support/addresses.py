"""The addresses of the application, walked and not listed: whatever is added tomorrow is walked as well."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import AnyConverter, IntegerConverter, Rule
from werkzeug.test import TestResponse

from shared.access import Access, access_of
from shared.requests import DATA_ENDINGS


@dataclass(frozen=True)
class Address:
    """One endpoint under one method, with an address that leads to it."""

    endpoint: str
    method: str
    path: str
    rule: Rule
    access: Access | None

    @property
    def is_under(self) -> str:
        """The first segment of the path."""
        return self.path.split("/")[1]

    @property
    def is_plain(self) -> bool:
        """Whether the address is one, and not a pattern."""
        return not self.rule._converters

    @property
    def is_data(self) -> bool:
        """Whether programs ask for it, so that its errors are problem documents."""
        return self.is_under == "api" or self.path.endswith(DATA_ENDINGS)

    def open(self, client: FlaskClient) -> TestResponse:
        """Asks for it."""
        return client.open(self.path, method=self.method)

    def __str__(self) -> str:
        return f"{self.method} {self.rule.rule}"


def addresses(app: Flask) -> Iterator[Address]:
    """Every endpoint under each of its own methods."""
    urls = app.url_map.bind("localhost")
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        values = {name: _example(rule, name) for name in rule._converters}
        path = urls.build(rule.endpoint, {**(rule.defaults or {}), **values})
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield Address(rule.endpoint, method, path, rule, access_of(app, rule.endpoint))


def _example(rule: Rule, name: str) -> object:
    converter = rule._converters[name]
    if isinstance(converter, IntegerConverter):
        return 1
    if isinstance(converter, AnyConverter):
        return sorted(converter.items)[0]
    length = re.search(r"\{(\d+)", converter.regex)
    return "x" * (int(length[1]) if length else 1)
