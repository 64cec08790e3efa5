"""One writer at a time, across threads and processes; a killed one leaves a usable index; readers notice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from search.errors import IndexBusy
from search.index.lock import exclusive
from search.index.store import Changes, IndexStore
from tests.unit.search.making import document, engine_of, found, store_of

ROOT = Path(__file__).resolve().parents[3]

HOLDER = """
import sys, time
from pathlib import Path
from search.index.lock import exclusive
with exclusive(Path(sys.argv[1]) / "writer.lock", wait_seconds=0):
    print("held", flush=True)
    time.sleep(60)
"""

DYING = """
import sys, time
from pathlib import Path
from search.index.store import Changes, IndexStore
from tests.unit.search.making import document

def endless():
    for number in range(1000):
        yield document(number, "没收" * 50)
    print("writing", flush=True)
    time.sleep(60)

store = IndexStore(Path(sys.argv[1]))
if sys.argv[2] == "rebuild":
    store.rebuild(endless())
else:
    from search.index import changes
    from search.index.writer import DocumentWriter
    class Slow(DocumentWriter):
        def commit(self, **options):
            self._flush_segment()
            print("writing", flush=True)
            time.sleep(60)
    changes.DocumentWriter = Slow
    store.apply(upserts=[document(number, "没收") for number in range(100, 200)])
"""


def start(script: str, *arguments: str) -> subprocess.Popen[str]:
    """Runs `script` and returns once it has printed its first line."""
    process = subprocess.Popen(
        [sys.executable, "-c", script, *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline().strip() in {"held", "writing"}
    return process


def kill(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGKILL)
    process.communicate()


def test_a_second_process_is_told_that_the_index_is_busy(tmp_path: Path) -> None:
    store = store_of(tmp_path, [document(1)])
    other = start(HOLDER, str(tmp_path))
    try:
        with pytest.raises(IndexBusy):
            store.apply(upserts=[document(2)])
        with pytest.raises(IndexBusy):
            store.rebuild([document(2)], wait_seconds=0.1)
        assert store.status().documents == 1, "readers don't need the lock"
    finally:
        kill(other)
    assert store.apply(upserts=[document(2)]).written == 1


@pytest.mark.parametrize("act", ["rebuild", "apply"])
def test_a_killed_writer_leaves_the_index_as_it_was(tmp_path: Path, act: str) -> None:
    engine = engine_of(tmp_path, [document(1, "罚款")])
    kill(start(DYING, str(tmp_path), act))
    assert found(engine, "罚款") == {1}
    store = IndexStore(tmp_path)
    assert store.apply(upserts=[document(2, "罚款")]).written == 1
    assert found(engine, "罚款") == {1, 2}
    assert found(engine, "没收") == set()


def test_the_lock_keeps_threads_apart_and_waits_as_long_as_told(tmp_path: Path) -> None:
    inside: list[str] = []

    def work(name: str) -> None:
        with exclusive(tmp_path / "lock", wait_seconds=10):
            inside.extend([name, name])

    threads = [threading.Thread(target=work, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(zip(inside[::2], inside[1::2], strict=True)) == [(name, name) for name in "abcd"]


def test_readers_see_the_old_index_during_a_rebuild_and_the_new_one_after(tmp_path: Path) -> None:
    engine = engine_of(tmp_path, [document(1, "罚款")])
    seen: list[set[int]] = []

    def source() -> object:
        yield document(7, "罚款")
        seen.append(found(engine, "罚款"))
        yield document(8, "罚款")

    IndexStore(tmp_path).rebuild(source())  # type: ignore[arg-type]
    assert seen == [{1}]
    assert found(engine, "罚款") == {7, 8}


def test_threads_that_search_while_another_writes_see_whole_commits_only(tmp_path: Path) -> None:
    store = store_of(tmp_path, [document(n, "罚款") for n in range(3)])
    engine = engine_of(tmp_path, [document(n, "罚款") for n in range(3)])
    stop, wrong = threading.Event(), []

    def read() -> None:
        while not stop.is_set():
            hits = found(engine, "罚款")
            if hits != set(range(max(hits) + 1)) or len(hits) % 3:
                wrong.append(hits)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for batch in range(1, 12):
        store.apply(upserts=[document(n, "罚款") for n in range(3 * batch, 3 * batch + 3)])
    stop.set()
    for reader in readers:
        reader.join()
    assert not wrong
    assert len(found(engine, "罚款")) == 36


def test_changes_are_looked_up_only_while_nobody_else_can_write(tmp_path: Path) -> None:
    """So that what was read before somebody else's removal can never be written after it."""
    store = store_of(tmp_path, [document(1)])
    refused: list[bool] = []

    def changes() -> Changes:
        with pytest.raises(IndexBusy):
            store.apply(deletes=[document(1).key])
        refused.append(True)
        return Changes([document(2)], [])

    assert store.follow(changes).written == 1
    assert refused == [True]
