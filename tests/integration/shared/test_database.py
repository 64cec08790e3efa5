"""One request, one transaction: committed at the edge when it went well, gone when it did not."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from flask import Flask, abort, redirect
from flask.typing import ResponseReturnValue
from sqlalchemy import event, insert, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app import create_app
from config import Config
from models.database import Database
from models.errors import ActRefused
from models.outbox import OutboxRow
from models.types import now_utc
from shared.access import public
from shared.database import keep, session
from tests.factories import NOW

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

ROW = {"kind": "mail", "key": "k", "payload": {}, "created_at": NOW, "due_at": NOW, "attempts": 0}


def _kept(response: ResponseReturnValue) -> ResponseReturnValue:
    keep()
    return response


def _raising(error: Exception, first: Callable[[], None] = lambda: None) -> Callable[[], ResponseReturnValue]:
    def answer() -> ResponseReturnValue:
        first()
        raise error

    return answer


ANSWERS: dict[str, tuple[Callable[[], ResponseReturnValue], bool]] = {
    "ok": (lambda: "done", True),
    "created": (lambda: ("made", 201), True),
    "redirect": (lambda: redirect("/", code=303), True),
    "invalid": (lambda: ("mend this", 422), False),
    "invalid-but-kept": (lambda: _kept(("mend this", 422)), True),
    "kept-then-refused": (_raising(ActRefused("不行。"), first=keep), False),
    "aborted": (lambda: abort(409), False),
    "refused": (_raising(ActRefused("不行。")), False),
    "broken": (_raising(RuntimeError("broken")), False),
}


@pytest.fixture
def real_app(config: Config, real_database: Database) -> Flask:
    """An application over a database with real commits, whose views write a row and answer in every way there is."""
    application = create_app(config, real_database)
    application.config.update(WTF_CSRF_ENABLED=False)
    for name, (answer, _is_kept) in ANSWERS.items():
        application.add_url_rule(f"/write/{name}", name, _writer(answer), methods=["GET", "POST"])
    return application


def _writer(answer: Callable[[], ResponseReturnValue]) -> Callable[[], ResponseReturnValue]:
    @public
    def view() -> ResponseReturnValue:
        session.execute(insert(OutboxRow).values(**ROW))
        return answer()

    return view


def _rows(database: Database) -> int:
    with database.reading() as reader:
        return len(reader.scalars(select(OutboxRow.id)).all())


class TestEdge:
    """What the end of a request does to what it wrote."""

    @pytest.mark.parametrize("name", ANSWERS)
    def test_what_went_well_stays_and_nothing_else(
        self, real_app: Flask, real_database: Database, name: str
    ) -> None:
        real_app.test_client().post(f"/write/{name}")
        assert _rows(real_database) == int(ANSWERS[name][1])

    def test_it_is_committed_once(self, real_app: Flask, real_database: Database) -> None:
        commits: list[object] = []
        event.listen(real_database.engine, "commit", commits.append)
        real_app.test_client().post("/write/ok")
        assert len(commits) == 1

    @pytest.mark.parametrize("name", ["ok", "invalid-but-kept"])
    def test_a_request_that_only_looks_cannot_write_at_all(
        self, real_app: Flask, real_database: Database, name: str
    ) -> None:
        assert real_app.test_client().get(f"/write/{name}").status_code == 500
        assert _rows(real_database) == 0

    def test_a_failed_request_leaves_no_lock_behind(self, real_app: Flask, real_database: Database) -> None:
        client = real_app.test_client()
        for name in ("broken", "refused", "ok"):
            client.post(f"/write/{name}")
        assert _rows(real_database) == 1

    def test_two_who_write_the_same_at_once_are_told_so(self, real_app: Flask) -> None:
        client = real_app.test_client()
        assert client.post("/write/ok").status_code == 200
        assert client.post("/write/ok").status_code == 409


def test_a_database_that_only_lets_read_still_shows_and_takes_nothing(
    config: Config, real_database: Database
) -> None:
    closed = Database(_read_only(real_database))
    application = create_app(config, closed)
    application.config.update(WTF_CSRF_ENABLED=False)
    application.add_url_rule("/write", "write", _writer(lambda: "done"), methods=["GET", "POST"])
    client = application.test_client()
    assert client.get("/about").status_code == 200
    refused = client.post("/write")
    assert (refused.status_code, "Retry-After" in refused.headers) == (503, True)
    assert client.get("/write").status_code == 500, "who only looks and writes all the same made a mistake"
    assert _rows(real_database) == 0
    closed.dispose()


def _read_only(database: Database) -> str:
    """The address of the same database as it is on a disk that is read-only, or on a server that stands by."""
    url = database.engine.url
    if database.is_postgresql:
        url = url.update_query_dict({"options": "-c default_transaction_read_only=on"}, append=True)
        return url.render_as_string(hide_password=False)
    return f"sqlite:///file:{url.database}?mode=ro&uri=true"


class TestReading:
    """Sessions for looking only."""

    def test_the_database_refuses_a_write_through_one(self, real_database: Database) -> None:
        with real_database.reading() as reader, pytest.raises(DBAPIError, match=r"(?i)read.?only"):
            reader.execute(insert(OutboxRow).values(**ROW))

    def test_the_same_connection_writes_again_afterwards(self, real_database: Database) -> None:
        for _ in range(3):
            with real_database.reading() as reader:
                assert reader.scalars(select(OutboxRow.id)).all() is not None
            with real_database.writing() as writer:
                writer.execute(insert(OutboxRow).values({**ROW, "key": f"k{now_utc().timestamp()}"}))
                writer.commit()
        assert _rows(real_database) == 3

    def test_a_writer_at_work_keeps_no_reader_waiting(self, real_database: Database) -> None:
        with real_database.writing() as writer:
            writer.execute(insert(OutboxRow).values(**ROW))
            assert _rows(real_database) == 0
            assert real_database.is_reachable()

    def test_a_database_that_is_not_there_is_not_reachable(self, engine_name: str, tmp_path: Path) -> None:
        addresses = {
            "sqlite": f"sqlite:///{tmp_path / 'no folder' / 'huhang.db'}",
            "postgresql": "postgresql+psycopg://huhang@127.0.0.1:1/huhang",
        }
        assert not Database(addresses[engine_name]).is_reachable()


def test_a_form_is_taken_in_before_anybody_is_kept_waiting(real_app: Flask, real_database: Database) -> None:
    """A slow line that delivers a large form holds no lock meanwhile: others write while it is on its way."""
    others_wrote: list[bool] = []

    class SlowLine(BytesIO):
        """A body that, when its first byte is asked for, lets somebody else write before it goes on."""

        def read(self, size: int | None = -1) -> bytes:
            self._let_others_write()
            return super().read(size)

        def readinto(self, buffer: WriteableBuffer) -> int:
            self._let_others_write()
            return super().readinto(buffer)

        def _let_others_write(self) -> None:
            if not others_wrote:
                with real_database.writing() as other:
                    other.execute(text("DELETE FROM outbox"))
                    other.commit()
                others_wrote.append(True)

    response = real_app.test_client().post(
        "/write/ok",
        input_stream=SlowLine(b"facts=" + b"x" * 1000),
        content_length=1006,
        content_type="application/x-www-form-urlencoded",
    )
    assert response.status_code == 200
    assert others_wrote
    assert _rows(real_database) == 1


def test_errors_do_not_repeat_the_values_sent(session: Session, real_database: Database) -> None:
    with real_database.writing() as writer, pytest.raises(DBAPIError) as error:
        writer.execute(text("SELECT * FROM nowhere WHERE name = :name"), {"name": "张三丰"})
    assert "张三丰" not in str(error.value)
