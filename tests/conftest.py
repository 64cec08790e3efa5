"""For all tests: nothing leaves this machine, and where nothing may skip, a skip is a failure.

Which fixtures to take: tests/unit needs none; tests/integration has `session`, `app` and `client` on both databases.
"""

from __future__ import annotations

import gc
import ipaddress
import os
import socket
from collections.abc import Generator, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.support.material import ABSENT

# One commit, one result: properties are tried on the same examples each time. To look for new ones, which anyone
# should who changes what a property is about: HUHANG_TEST_EXPLORE=1 make test TESTS=tests/unit/search
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.register_profile(
    "explore", max_examples=2_000, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("explore" if os.environ.get("HUHANG_TEST_EXPLORE") == "1" else "repeatable")

NO_SKIP = os.environ.get("HUHANG_TEST_NO_SKIP") == "1"


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What is collected stays to the end: Python's collector of garbage need not walk through it again and again."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.set_threshold(20_000, 20, 20)
        gc.enable()


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """Connections end at this machine."""
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex

    def guarded(real: Any) -> Any:
        def attempt(self: socket.socket, address: Any) -> Any:
            if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_here(address[0]):
                raise AssertionError(
                    f"a test tried to reach {address[0]}: tests use the machine's own network only"
                )
            return real(self, address)

        return attempt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded(connect))
        patch.setattr(socket.socket, "connect_ex", guarded(connect_ex))
        yield


def _is_here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """With HUHANG_TEST_NO_SKIP=1 a test that the machine could not run counts as failed."""
    report = yield
    if NO_SKIP and report.skipped and isinstance(report.longrepr, tuple):
        reason = report.longrepr[2]
        if ABSENT not in reason:
            report.outcome, report.longrepr = "failed", f"{reason} – and HUHANG_TEST_NO_SKIP=1 allows no skip"
    return report
