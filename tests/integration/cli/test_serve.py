"""`serve`: web server and worker start together, answer, and stop together. SQLite, as on a fresh machine."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.sources import ROOT

FLASK = [sys.executable, "-m", "flask", "--app", str(ROOT / "wsgi.py")]
STOP_SECONDS = 30
EVERYWHERE = "0.0.0.0"  # noqa: S104 asked for, and refused


def _flask(env: Mapping[str, str], *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*FLASK, *arguments], env=env, input=given, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def env(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An installation with an account of its own, so that no demo is loaded, on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("HUHANG_")}
    folder = tmp_path_factory.mktemp("installation")
    made = {**clean, "HUHANG_DATA": str(folder), "PORT": str(port), "HUHANG_WEB_WORKERS": "1"}
    upgraded = _flask(made, "db", "upgrade")
    assert upgraded.returncode == 0, upgraded.stderr
    role = ("--role", "intake", "--unit", _first_unit())
    created = _flask(
        made,
        "user",
        "create",
        "officer",
        "--name",
        "甲某",
        "--password-stdin",
        *role,
        given="a long password\n",
    )
    assert created.returncode == 0, created.stderr
    return made


def _first_unit() -> str:
    profile = (ROOT / "profiles" / "pingdingshan.toml").read_text(encoding="utf-8")
    return next(line.split('"')[1] for line in profile.splitlines() if line.startswith("unit = "))


@contextmanager
def _serving(env: Mapping[str, str], folder: Path) -> Iterator[subprocess.Popen[str]]:
    """The running command, once it has said that it is ready."""
    with (folder / "log").open("w") as log:
        process = subprocess.Popen([*FLASK, "serve"], env=env, stdout=subprocess.PIPE, stderr=log, text=True)
        with process:
            assert process.stdout is not None
            try:
                said = iter(process.stdout.readline, "")
                assert any("已就绪" in line for line in said), (folder / "log").read_text()
                yield process
            finally:
                process.kill()


def _children(process: subprocess.Popen[str]) -> list[int]:
    listing = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(process.pid)], capture_output=True, text=True, check=True
    )
    return [int(line) for line in listing.stdout.split()]


def _lives(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_answers_when_it_says_so_and_leaves_nothing_behind(
    env: dict[str, str], tmp_path: Path, number: signal.Signals
) -> None:
    with _serving(env, tmp_path) as process:
        with urllib.request.urlopen(f"http://127.0.0.1:{env['PORT']}/readyz") as answer:
            assert answer.status == 200
        second = _flask(env, "serve")
        assert second.returncode == 1
        assert f"127.0.0.1:{env['PORT']}" in second.stderr
        children = _children(process)
        assert len(children) == 2
        process.send_signal(number)
        assert process.wait(STOP_SECONDS) == 0
        assert not [pid for pid in children if _lives(pid)]


def test_when_one_process_dies_the_other_is_stopped_and_it_says_so(
    env: dict[str, str], tmp_path: Path
) -> None:
    with _serving(env, tmp_path) as process:
        web, worker = _children(process)
        os.kill(worker, signal.SIGKILL)
        assert process.wait(STOP_SECONDS) == 1
        assert not _lives(web)
        assert "后台进程意外退出" in (tmp_path / "log").read_text()


def test_development_does_not_listen_to_the_world(env: dict[str, str]) -> None:
    refused = _flask({**env, "HOST": EVERYWHERE}, "serve")
    assert refused.returncode != 0
    assert "HUHANG_HOST" in refused.stderr
