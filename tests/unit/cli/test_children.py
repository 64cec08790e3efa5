"""Child processes are started, watched and stopped together."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli import children as module
from cli.children import Children

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
STUBBORN = [
    sys.executable,
    "-c",
    "import signal, sys, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); "
    "sys.stdout.write('ready'); sys.stdout.flush(); time.sleep(60)",
]


@pytest.fixture
def children(tmp_path: Path) -> Iterator[Children]:
    made = Children(tmp_path)
    yield made
    made.signals = 2
    made.stop()


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_stop_ends_every_child(children: Children) -> None:
    children.start("one", SLEEP)
    children.start("two", SLEEP)
    assert children.ended() is None
    children.stop()
    assert [child.returncode for child in children.running.values()] == [-signal.SIGTERM] * 2


def test_a_child_that_ends_by_itself_is_named(children: Children) -> None:
    children.start("stays", SLEEP)
    children.start("goes", [sys.executable, "-c", "raise SystemExit(3)"])
    assert not children.wait_until(lambda: False)
    assert children.ended() == "goes"


def test_waiting_ends_when_all_is_ready(children: Children) -> None:
    children.start("one", SLEEP)
    assert children.wait_until(lambda: True)


def test_a_child_that_does_not_listen_is_killed(children: Children, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "GRACE_SECONDS", 0.2)
    children.start("stubborn", STUBBORN)
    time.sleep(0.5)  # until it has stopped listening
    children.stop()
    assert children.running["stubborn"].returncode == -signal.SIGKILL


def test_children_do_not_outlive_a_parent_that_is_killed(tmp_path: Path) -> None:
    if sys.platform != "linux":
        pytest.skip("only Linux tells a process that its parent has gone")
    program = (
        "import sys, time; from pathlib import Path; from cli.children import Children\n"
        "made = Children(Path('.')); made.start('one', [sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        "print(made.running['one'].pid, flush=True); time.sleep(60)"
    )
    path = os.pathsep.join(entry for entry in sys.path if entry)
    with subprocess.Popen(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": path},
        stdout=subprocess.PIPE,
        text=True,
    ) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        assert _is_alive(pid)
        parent.kill()
    deadline = time.monotonic() + 10
    while _is_alive(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _is_alive(pid)
