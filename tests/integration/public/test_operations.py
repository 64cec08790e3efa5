"""The questions of balancers and monitors: does it live, can it serve, how does it do?"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from types import SimpleNamespace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import text
from sqlalchemy.orm import Session

from app import create_app
from cli import schema
from config import Config
from models import outbox
from models.database import Database
from models.people.roles import Role
from models.types import now_utc
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


@pytest.mark.parametrize(
    ("revision", "failed"), [("0001", ["schema"]), (schema.newest_revision(), []), ("of a newer program", [])]
)
def test_a_schema_that_waits_for_its_upgrade_is_a_failure(
    client: FlaskClient, session: Session, revision: str, failed: list[str]
) -> None:
    session.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
    session.execute(text("INSERT INTO alembic_version VALUES (:revision)"), {"revision": revision})
    session.commit()
    response = client.get("/readyz")
    assert (response.status_code, response.get_json()["failed"]) == (503 if failed else 200, failed)


def test_a_file_store_that_takes_nothing_is_a_failure(app: Flask) -> None:
    with app.app_context():
        services().config.files_dir.write_text("no folder")
    response = app.test_client().get("/readyz")
    assert (response.status_code, response.get_json()["failed"]) == (503, ["files"])


def test_little_room_on_the_disk_is_told_before_it_is_full(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    for free, is_told in ((2**40, False), (10 * 2**20, True)):
        monkeypatch.setattr("shutil.disk_usage", lambda _path, free=free: SimpleNamespace(free=free))
        ready = client.get("/readyz")
        assert ready.status_code == 200, "reading goes on"
        assert ("room" in ready.get_json()["degraded"]) is is_told


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


class TestMetrics:
    def test_what_waits_and_what_goes_wrong_is_counted(self, client: FlaskClient, session: Session) -> None:
        outbox.put(session, kind="mail", key="metrics-1", payload={}, now=now_utc())
        session.commit()
        client.get("/about")
        answer = client.get("/metrics")
        assert answer.status_code == 200
        figures = {
            (sample.name, *sorted(sample.labels.values())): sample.value
            for family in text_string_to_metric_families(answer.text)
            for sample in family.samples
        }
        assert figures["huhang_outbox_rows", "mail"] == 1
        assert figures["huhang_outbox_lag_seconds", "mail"] >= 0
        assert figures["huhang_degraded", "search"] == 1
        assert figures["huhang_requests_total", "/about", "200", "GET"] >= 1

    def test_routes_are_patterns(self, client: FlaskClient) -> None:
        client.get("/track/K7QM2XHD")
        client.get("/no-such-page-K7QM2XHD")
        assert "K7QM2XHD" not in client.get("/metrics").text

    @pytest.mark.parametrize(
        ("header", "status"), [("", 404), ("Bearer wrong", 404), ("Bearer 错", 404), ("Bearer s3cret", 200)]
    )
    def test_only_who_shows_the_token_reads_them(
        self, config: Config, database: SharedDatabase, header: str, status: int
    ) -> None:
        app = create_app(replace(config, metrics_token="s3cret"), database)
        sent = {"Authorization": header.encode().decode("latin-1")}
        assert app.test_client().get("/metrics", headers=sent).status_code == status

    def test_production_without_a_token_has_no_such_address(
        self, config: Config, database: SharedDatabase
    ) -> None:
        app = create_app(replace(config, environment="production"), database)
        assert app.test_client().get("/metrics").status_code == 404
