"""What is logged of a request: its pattern, status and duration; nothing that says who asked for what."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask


@pytest.fixture
def log(capsys: pytest.CaptureFixture[str]) -> pytest.CaptureFixture[str]:
    """What goes to the two standard streams."""
    return capsys


def _requests(log: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    captured = log.readouterr()
    assert captured.out == "", "stdout is for a command's figures"
    return [line for line in map(json.loads, captured.err.splitlines()) if line["event"] == "request"]


def test_a_request_is_its_pattern_and_nothing_of_its_asker(
    app: Flask, log: pytest.CaptureFixture[str]
) -> None:
    app.test_client().get(
        "/track/ABCD2345?phone=13800000000",
        headers={"User-Agent": "somebody's browser", "Referer": "http://localhost/receipt/ABCD2345"},
        environ_base={"REMOTE_ADDR": "192.0.2.77"},
    )
    [line] = _requests(log)
    assert line["route"] == "/track/<reference>"
    assert line.keys() == {
        "event",
        "level",
        "timestamp",
        "method",
        "route",
        "status",
        "milliseconds",
        "request_id",
    }
    written = json.dumps(line)
    for secret in ("ABCD2345", "13800000000", "192.0.2.77", "browser"):
        assert secret not in written


def test_what_is_posted_is_not_logged(app: Flask, log: pytest.CaptureFixture[str]) -> None:
    app.test_client().post("/sign-in", data={"email": "zhang.san", "password": "my secret words"})
    captured = log.readouterr().err
    assert "zhang.san" not in captured
    assert "secret" not in captured


def test_an_unknown_address_is_not_repeated(app: Flask, log: pytest.CaptureFixture[str]) -> None:
    app.test_client().get("/张三/13800000000")
    [line] = _requests(log)
    assert (line["route"], line["status"]) == (None, 404)


def test_balancers_and_static_files_make_no_noise(app: Flask, log: pytest.CaptureFixture[str]) -> None:
    for path in ("/healthz", "/readyz", "/static/mark.svg"):
        with app.test_client().get(path) as response:
            assert response.status_code == 200
    assert _requests(log) == []


@pytest.mark.parametrize("given", ["abc123", "0f8fad5b-d9cb-469f-a165-70867728950e"])
def test_a_request_keeps_the_id_that_a_proxy_gave_it(
    app: Flask, log: pytest.CaptureFixture[str], given: str
) -> None:
    response = app.test_client().get("/about", headers={"X-Request-ID": given})
    [line] = _requests(log)
    assert response.headers["X-Request-ID"] == line["request_id"] == given


@pytest.mark.parametrize("given", ["", "x" * 65, "a b", "张三", '","level":"none'])
def test_an_id_that_is_none_is_replaced(app: Flask, log: pytest.CaptureFixture[str], given: str) -> None:
    response = app.test_client().get("/about", headers={"X-Request-ID": given})
    [line] = _requests(log)
    assert response.headers["X-Request-ID"] == line["request_id"] != given
    assert line["request_id"].isalnum()
