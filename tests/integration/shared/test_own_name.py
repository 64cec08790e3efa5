"""In production the site follows its own address, whatever a client or a proxy calls it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app import create_app
from config import Config
from tests.support.databases import SharedDatabase

FORGED = {"Host": "evil.example", "X-Forwarded-Host": "evil.example"}


def _sitemap(config: Config, database: SharedDatabase) -> str:
    return create_app(config, database).test_client().get("/sitemap.xml", headers=FORGED).text


@pytest.mark.parametrize("proxies", [0, 1])
def test_production_does_not_take_a_name_from_outside(
    config: Config, database: SharedDatabase, proxies: int
) -> None:
    production = replace(
        config, environment="production", public_url="https://ip.example.cn", trusted_proxies=proxies
    )
    text = _sitemap(production, database)
    assert "https://ip.example.cn/sitemap-pages.xml" in text
    assert "evil" not in text


def test_development_answers_to_any_name(config: Config, database: SharedDatabase) -> None:
    assert "http://evil.example/sitemap-pages.xml" in _sitemap(config, database)
