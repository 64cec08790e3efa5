"""Tests can't reach out: what conftest promises is true."""

from __future__ import annotations

import socket

import pytest

from tests.support.sources import ROOT

OUTSIDE = "192.0.2.1"  # a network for documentation: nobody is there


@pytest.mark.parametrize("attempt", ["connect", "connect_ex"])
def test_no_test_reaches_another_machine(attempt: str) -> None:
    with socket.socket() as line, pytest.raises(AssertionError, match=OUTSIDE):
        getattr(line, attempt)((OUTSIDE, 443))


def test_this_machine_can_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as line:
        line.connect(server.getsockname())


def test_no_test_is_switched_off() -> None:
    switched_off = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "tests").rglob("*.py")
        if any(mark in path.read_text(encoding="utf-8") for mark in ("mark." + "skip", "mark." + "xfail"))
    ]
    assert not switched_off, (
        "mend the test or the code; only what a machine lacks may be skipped, with pytest.skip"
    )
