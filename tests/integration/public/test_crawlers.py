"""What programs ask for first: robots.txt, security.txt, an icon."""

from __future__ import annotations

import datetime as dt
import urllib.robotparser
from dataclasses import replace

from flask import Flask
from flask.testing import FlaskClient

from models.types import now_utc
from shared.services import services


def test_robots_are_kept_from_personal_pages_and_led_to_public_ones(client: FlaskClient) -> None:
    response = client.get("/robots.txt")
    assert response.content_type == "text/plain; charset=utf-8"
    robots = urllib.robotparser.RobotFileParser()
    robots.parse(response.text.splitlines())
    closed = ["/track", "/en/file/facts", "/zh-hant/receipt/K7QM2XHD", "/casework/", "/admin/units"]
    assert not any(robots.can_fetch("robot", path) for path in closed)
    assert all(robots.can_fetch("robot", path) for path in ("/", "/decisions/12", "/en/lists", "/data"))
    (sitemap,) = robots.site_maps() or []
    assert client.get(sitemap.removeprefix("http://127.0.0.1:8000")).status_code == 200


def test_a_contact_for_weaknesses_is_told_once_the_bureau_names_one(app: Flask, client: FlaskClient) -> None:
    assert client.get("/.well-known/security.txt").status_code == 404
    with app.app_context():
        known = services()
    bureau = replace(known.bureau.bureau, security_contact="mailto:security@bureau.example")
    app.extensions["huhang_services"] = replace(known, bureau=replace(known.bureau, bureau=bureau))

    response = client.get("/.well-known/security.txt")
    fields = dict(line.split(": ", 1) for line in response.text.splitlines())
    assert fields["Contact"] == "mailto:security@bureau.example"
    expires = dt.datetime.fromisoformat(fields["Expires"])
    assert dt.timedelta(days=90) < expires - now_utc() < dt.timedelta(days=365), (
        "RFC 9116 asks for under a year"
    )
    assert fields["Canonical"].endswith("/.well-known/security.txt")


def test_the_icon_has_an_old_address_too(client: FlaskClient) -> None:
    moved = client.get("/favicon.ico")
    with client.get(moved.location) as icon:
        assert (moved.status_code, icon.status_code, icon.mimetype) == (301, 200, "image/svg+xml")
