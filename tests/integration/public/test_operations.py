"""The two questions of balancers: does it live, can it serve?"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app import create_app
from config import Config
from models.database import Database
from models.people.roles import Role
from shared.services import services
from tests.factories import StaffFactory
from tests.support.databases import SharedDatabase
from tests.support.visitors import sign_in

CountQueries = Callable[[], AbstractContextManager[list[str]]]


def test_the_process_lives_and_asks_nobody(app: Flask, session: Session, count_queries: CountQueries) -> None:
    account = StaffFactory(role=Role.INTAKE)
    session.commit()
    browser = sign_in(app.test_client(), account)
    with count_queries() as statements:
        response = browser.get("/healthz")
    assert (response.status_code, response.get_json()) == (200, {"status": "ok"})
    assert statements == []


def test_what_works_less_well_is_told_and_stops_nothing(client: FlaskClient) -> None:
    response = client.get("/readyz")
    body = response.get_json()
    assert (response.status_code, body["status"], body["failed"]) == (200, "ok", [])
    assert "search" in body["degraded"]


def test_a_file_store_that_takes_nothing_is_a_failure(app: Flask) -> None:
    with app.app_context():
        services().config.files_dir.write_text("no folder")
    response = app.test_client().get("/readyz")
    assert (response.status_code, response.get_json()["failed"]) == (503, ["files"])


@pytest.mark.parametrize(
    ("kind", "url", "codes"),
    [
        ("console", "http://0.0.0.0:8000", {"mail", "public-url"}),
        ("smtp", "https://www.example.org", set()),
        ("smtp", "http://127.0.0.1:8000", {"public-url"}),
    ],
)
def test_in_production_mail_and_address_have_to_be_set(
    config: Config, database: SharedDatabase, kind: str, url: str, codes: set[str]
) -> None:
    mail = replace(config.mail, kind=kind)
    live = create_app(replace(config, environment="production", mail=mail, public_url=url), database)
    found = set(live.test_client().get("/readyz").get_json()["degraded"])
    assert found & {"mail", "public-url"} == codes


def test_a_long_write_does_not_make_it_unready(config: Config, real_database: Database) -> None:
    app = create_app(config, real_database)
    with real_database.writing() as writer:
        writer.connection()
        assert app.test_client().get("/readyz").status_code == 200
