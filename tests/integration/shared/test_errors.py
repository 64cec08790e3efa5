"""Each error is a page for people and a problem document for programs, and tells nobody how we are built."""

from __future__ import annotations

import errno
import io
import json
import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
from flask import Flask, abort, flash, get_flashed_messages, request
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, NoResultFound, OperationalError
from sqlalchemy.exc import TimeoutError as PoolExhausted
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from app import create_app
from config import Config
from models.database import Database, is_outage
from models.errors import ActRefused, Conflict, Gone, Invalid, NotAllowed, NotFound
from models.people.roles import Role
from shared.access import public
from shared.database import session as current
from tests.factories import StaffFactory
from tests.pages import Pages
from tests.support.visitors import sign_in

STATUSES = (400, 401, 403, 404, 405, 406, 409, 410, 413, 414, 415, 418, 422, 429, 431, 500, 501, 503)
DOMAIN = {
    NotFound("没有这个。"): 404,
    NotAllowed("不能这样。"): 403,
    ActRefused("现在不行。"): 409,
    Conflict("别人改了。"): 409,
    Invalid("填错了。", {"name": "请填写姓名。"}): 422,
    Gone("已经停止。"): 410,
    NoResultFound(): 404,
    StaleDataError(): 409,
}
LOCKED = sqlite3.OperationalError("database is locked")
LOCKED.sqlite_errorcode = sqlite3.SQLITE_BUSY
FULL = sqlite3.OperationalError("database or disk is full")
FULL.sqlite_errorcode = sqlite3.SQLITE_FULL
NO_TABLE = sqlite3.OperationalError("no such table: x")
NO_TABLE.sqlite_errorcode = sqlite3.SQLITE_ERROR


def _raises(app: Flask, error: Exception | int, path: str = "/api/v1/fails") -> None:
    """Puts views in place that fail, one for people and one for programs."""

    @public
    def view() -> str:
        if isinstance(error, int):
            abort(error)
        raise error

    app.add_url_rule(path, "fails_for_programs", view)
    app.add_url_rule("/fails", "fails", view, methods=["GET", "POST"])


@pytest.mark.parametrize("status", STATUSES)
class TestStatuses:
    """Whatever is aborted with."""

    def test_a_person_gets_a_page_in_the_house_style(
        self, app: Flask, client: FlaskClient, status: int
    ) -> None:
        _raises(app, status)
        for prefix in ("", "/en", "/zh-hant"):
            page = Pages(client).get(f"{prefix}/fails", status=status)
            assert page.h1
            assert page.select_one("main .lead").get_text(strip=True)

    def test_a_program_gets_a_problem_document(self, app: Flask, client: FlaskClient, status: int) -> None:
        _raises(app, status)
        response = client.get("/api/v1/fails")
        assert response.status_code == status
        assert response.content_type == "application/problem+json"
        problem = response.get_json()
        assert problem["status"] == status
        assert problem["type"] == "about:blank"
        assert problem["title"]
        assert problem["detail"]


class TestFamilies:
    """Errors of the domain and of the database, mapped once."""

    @pytest.mark.parametrize(("error", "status"), DOMAIN.items(), ids=lambda one: type(one).__name__)
    def test_each_family_has_its_status(
        self, app: Flask, client: FlaskClient, error: Exception, status: int
    ) -> None:
        _raises(app, error)
        page = Pages(client).get("/fails", status=status)
        problem = client.get("/api/v1/fails").get_json()
        sentence = getattr(error, "sentence", problem["detail"])
        assert problem["detail"] == sentence
        assert sentence in page.get_text()

    def test_a_lost_race_accuses_nobody(self, app: Flask, client: FlaskClient) -> None:
        _raises(app, StaleDataError())
        told = Pages(client).get("/fails", status=409).text
        assert "又有了变化" in told
        assert "别人" not in told, "it may be the reader's own second click"

    def test_wrong_data_name_their_fields_to_a_program(self, app: Flask, client: FlaskClient) -> None:
        _raises(app, Invalid("填错了。", {"name": "请填写姓名。"}))
        assert client.get("/api/v1/fails").get_json()["errors"] == {"name": "请填写姓名。"}

    def test_a_sentence_of_the_domain_is_told_in_the_language_of_the_reader(
        self, app: Flask, client: FlaskClient
    ) -> None:
        _raises(app, ActRefused("这是最后一名在用的管理员，要先给另一个账号管理员岗位。"))
        assert "administrator" in client.get("/en/api/v1/fails").get_json()["detail"]
        assert "administrator" in Pages(client).get("/en/fails", status=409).text

    def test_an_unknown_address(self, client: FlaskClient) -> None:
        assert Pages(client).get("/no-such-page", status=404)
        response = client.get("/api/v1/no-such-thing")
        assert (response.status_code, response.content_type) == (404, "application/problem+json")
        assert client.get("/decisions/nothing.json").content_type == "application/problem+json"

    def test_a_method_that_an_address_lacks_names_those_it_has(self, client: FlaskClient) -> None:
        response = client.delete("/about")
        assert response.status_code == 405
        assert "GET" in response.headers["Allow"]

    def test_whoever_is_signed_in_still_is_on_the_error_page(self, app: Flask, session: Session) -> None:
        _raises(app, ActRefused("现在不行。"))
        account = StaffFactory(display_name="受理员甲")
        session.commit()
        page = sign_in(app.test_client(), account).post("/fails").text
        assert "受理员甲" in page


class TestDatabase:
    """Trouble with the database: what passes is told apart from what we did wrong."""

    @pytest.mark.parametrize(
        ("error", "is_one"),
        [
            (OperationalError("", None, LOCKED), True),
            (OperationalError("", None, NO_TABLE), False),
            (OperationalError("", None, psycopg.OperationalError("connection refused")), True),
            (OperationalError("", None, psycopg.errors.DeadlockDetected()), True),
            (OperationalError("", None, psycopg.errors.AdminShutdown()), True),
            (OperationalError("", None, psycopg.errors.LockNotAvailable()), True),
            (OperationalError("", None, psycopg.errors.DiskFull()), True),
            (DBAPIError("", None, psycopg.errors.UndefinedTable()), False),
            (DBAPIError("", None, sqlite3.ProgrammingError("closed")), False),
            (DBAPIError("", None, psycopg.errors.AdminShutdown(), connection_invalidated=True), True),
        ],
    )
    def test_an_outage_is_told_from_a_mistake(
        self, app: Flask, client: FlaskClient, error: DBAPIError, is_one: bool
    ) -> None:
        assert is_outage(error) is is_one
        _raises(app, error)
        response = client.get("/fails")
        assert response.status_code == (503 if is_one else 500)
        assert ("Retry-After" in response.headers) is is_one

    @pytest.mark.parametrize(("fails", "status"), [(2, 200), (3, 503)])
    def test_who_gives_way_in_a_deadlock_is_done_again(
        self, app: Flask, client: FlaskClient, fails: int, status: int
    ) -> None:
        tries: list[str] = []

        @public
        def view() -> str:
            tries.append(request.form["words"])
            flash("已办理")
            if len(tries) <= fails:
                raise OperationalError("", None, psycopg.errors.DeadlockDetected())
            return "".join(get_flashed_messages())

        app.add_url_rule("/crossed", "crossed", view, methods=["POST"])
        response = client.post("/crossed", data={"words": "留言"})
        assert (response.status_code, tries) == (status, ["留言"] * 3)
        assert status != 200 or response.text == "已办理", "what was said in vain is not said again"

    def test_files_are_sent_again_by_whoever_sent_them(self, app: Flask, client: FlaskClient) -> None:
        tries: list[int] = []

        @public
        def view() -> str:
            tries.append(len(request.files))
            raise OperationalError("", None, psycopg.errors.DeadlockDetected())

        app.add_url_rule("/crossed", "crossed", view, methods=["POST"])
        assert client.post("/crossed", data={"file": (io.BytesIO(b"x"), "a.txt")}).status_code == 503
        assert tries == [1]

    def test_no_free_connection_is_an_outage(self, app: Flask, client: FlaskClient) -> None:
        _raises(app, PoolExhausted())
        assert client.get("/fails").status_code == 503

    def test_a_statement_of_ours_that_is_wrong_is_a_fault_on_either_database(
        self, app: Flask, client: FlaskClient
    ) -> None:
        app.add_url_rule(
            "/wrong", "wrong", public(lambda: str(current.execute(text("SELECT * FROM nowhere"))))
        )
        assert client.get("/wrong").status_code == 500

    def test_a_database_that_is_down_is_a_whole_page_without_traceback(
        self, config: Config, engine_name: str, tmp_path: Path
    ) -> None:
        down = {
            "sqlite": f"sqlite:///{tmp_path / 'gone' / 'huhang.db'}",
            "postgresql": "postgresql+psycopg://huhang@127.0.0.1:1/huhang",
        }[engine_name]
        client = create_app(config, Database(down)).test_client()
        with client.session_transaction() as cookie:
            cookie["_user_id"] = "somebody who was signed in"
        page = Pages(client).get("/about", status=503)
        assert page.select_one("footer")
        assert "Traceback" not in page.text
        assert "127.0.0.1" not in page.text
        assert client.get("/healthz").status_code == 200
        ready = client.get("/readyz")
        assert (ready.status_code, ready.get_json()["failed"]) == (503, ["database"])

    def test_a_locked_database_is_an_outage_of_minutes_not_a_fault(
        self, app: Flask, client: FlaskClient
    ) -> None:
        _raises(app, OperationalError("", None, LOCKED))
        assert "稍后再试" in Pages(client).post("/fails", {}, status=503).text


class TestFullDisk:
    """It passes when somebody makes room; until then nothing is taken and nothing is half there."""

    def test_it_is_told_and_to_be_tried_later(self, app: Flask, client: FlaskClient) -> None:
        _raises(app, OSError(errno.ENOSPC, "No space left on device", "/var/lib/huhang"))
        page = Pages(client).post("/fails", {}, status=503)
        assert "没有收下" in page.text
        assert "/var/lib" not in page.text
        assert int(client.get("/fails").headers["Retry-After"]) >= 60

    @pytest.mark.parametrize("refused", [FULL, psycopg.errors.DiskFull('could not extend file "base/1/2"')])
    def test_so_is_a_database_that_cannot_grow(
        self, app: Flask, client: FlaskClient, refused: Exception
    ) -> None:
        _raises(app, OperationalError("", None, refused))
        page = Pages(client).post("/fails", {}, status=503)
        assert "存储空间" in page.text
        assert "base/" not in page.text
        assert int(client.get("/fails").headers["Retry-After"]) >= 60

    def test_a_disk_with_errors_takes_nothing_either(self, app: Flask, client: FlaskClient) -> None:
        _raises(app, OSError(errno.EROFS, "Read-only file system", "/var/lib/huhang"))
        page = Pages(client).post("/fails", {}, status=503)
        assert "没有收下" in page.text
        assert "/var/lib" not in page.text

    def test_other_trouble_of_the_system_is_a_fault(self, app: Flask, client: FlaskClient) -> None:
        _raises(app, PermissionError(errno.EACCES, "denied"))
        assert client.get("/fails").status_code == 500


class TestUnexpected:
    """What nobody thought of."""

    def test_the_page_says_nothing_of_our_insides(self, app: Flask, client: FlaskClient) -> None:
        _raises(app, RuntimeError("张三的电话是 13800000000"))
        text = client.get("/fails").text
        assert "13800000000" not in text
        assert "RuntimeError" not in text

    def test_the_log_has_the_place_and_no_value_of_any_variable(
        self, capsys: pytest.CaptureFixture[str], app: Flask, client: FlaskClient
    ) -> None:
        @public
        def view() -> str:
            phone = "13800000000"
            return str(phone[99])

        app.add_url_rule("/breaks", "breaks", view)
        client.get("/breaks")
        line = _line(capsys.readouterr().err, "unexpected")
        assert line["exception"][0]["exc_type"] == "IndexError"
        assert line["exception"][0]["frames"][-1]["name"] == "view"
        assert "13800000000" not in json.dumps(line)

    def test_in_production_the_message_of_an_error_stays_out_of_the_log_too(
        self, config: Config, capsys: pytest.CaptureFixture[str]
    ) -> None:
        app = create_app(replace(config, environment="production"))
        _raises(app, RuntimeError("13800000000"))
        app.test_client().get("/fails")
        written = capsys.readouterr().err
        assert _line(written, "unexpected")["exception"][0]["exc_type"] == "RuntimeError"
        assert "13800000000" not in written


def _line(log: str, event: str) -> dict[str, Any]:
    return next(line for line in map(json.loads, log.splitlines()) if line["event"] == event)


def test_what_is_over_is_not_called_the_end_of_a_publication(app: Flask, client: FlaskClient) -> None:
    _raises(app, Gone("这个链接已经过期。"))
    soup = Pages(client).get("/fails", status=410)
    assert soup.select_one("h1").get_text(strip=True) == "已经不能查看或者办理"  # type: ignore[union-attr]


class TestStaff:
    """Whoever works here is led back to their work, not to the hotline of the public."""

    def test_an_officer_goes_back_to_the_queue(self, session: Session, client: FlaskClient) -> None:
        officer = StaffFactory(role=Role.HANDLER)
        session.commit()
        public = Pages(client).get("/no-such-page", status=404).main
        assert public is not None
        assert "也可以拨打" in public.text
        page = Pages(sign_in(client, officer)).get("/no-such-page", status=404).main
        assert page is not None
        assert [one["href"] for one in page.select(".buttons a")] == ["/casework/"]
        assert "也可以拨打" not in page.text

    def test_who_sees_no_cases_goes_back_to_their_own_first_page(
        self, session: Session, client: FlaskClient
    ) -> None:
        administrator = StaffFactory(role=Role.ADMINISTRATOR)
        session.commit()
        pages = Pages(sign_in(client, administrator))
        page = pages.get("/casework/", status=403)
        address = page.select_one("main .buttons a")["href"]  # type: ignore[index]
        assert address == "/after-sign-in"
        assert pages.client.get(str(address), follow_redirects=True).status_code == 200
