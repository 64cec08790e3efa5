"""A rebuild is killed in the middle and taken up again; what changed meanwhile is in it, and nothing is done twice."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Collection, Iterator
from pathlib import Path

import pytest

from search.documents import Key, SearchDocument
from search.engine import EmbeddedEngine
from search.errors import IndexBusy
from search.index.store import IndexStore
from tests.unit.search.making import document, engine_of, found

ROOT = Path(__file__).resolve().parents[3]
STEP = 100

KILLED = """
import sys, time
from pathlib import Path
from search.index import store
from tests.unit.search.making import document

class Endless:
    def after(self, last):
        for number in range(250):
            yield document(number, f"没收第{number}批")
        print("in the middle", flush=True)
        time.sleep(60)
    def revisions(self):
        return {}

store._BATCH = 100
store.IndexStore(Path(sys.argv[1])).rebuild_from(Endless())
"""


class Kept:
    """Documents in memory, as the source of a rebuild that says what was asked of it."""

    def __init__(self, *documents: SearchDocument) -> None:
        self.held = {one.key: one for one in documents}
        self.read: list[int] = []

    def after(self, last: Key | None) -> Iterator[SearchDocument]:
        for key in sorted(self.held):
            if last is None or key > last:
                self.read.append(key[1])
                yield self.held[key]

    def revisions(self) -> dict[Key, int]:
        return {key: one.revision for key, one in self.held.items()}

    def these(self, keys: Collection[Key]) -> list[SearchDocument]:
        return [self.held[key] for key in keys if key in self.held]

    def put(self, one: SearchDocument) -> None:
        self.held[one.key] = one


@pytest.fixture
def killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> IndexStore:
    """An index of one document in use, and beside it a rebuild that died after two steps and a half."""
    monkeypatch.setattr("search.index.store._BATCH", STEP)
    engine_of(tmp_path, [document(1, "罚款")])
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "in the middle"
    process.send_signal(signal.SIGKILL)
    process.communicate()
    return IndexStore(tmp_path)


def batches(*numbers: int) -> list[SearchDocument]:
    return [document(number, f"没收第{number}批") for number in numbers]


def test_a_killed_rebuild_goes_on_where_it_was(killed: IndexStore) -> None:
    engine, told = EmbeddedEngine(killed), list[int]()
    assert found(engine, "罚款") == {1}, "the old one answers"
    source = Kept(*batches(*range(320)))
    assert killed.rebuild_from(source, progress=told.append) == 320
    assert source.read == list(range(2 * STEP, 320)), "the steps that were committed are not done again"
    assert told == list(range(2 * STEP + 1, 321))
    assert found(engine, "没收") == set(range(320))
    assert found(engine, "第319批") == {319}
    assert killed.status().segments == 1


def test_what_changed_and_ended_meanwhile_is_in_it(killed: IndexStore) -> None:
    source = Kept(*batches(*range(5, 260)), document(7, "更正后的文字", revision=2))
    assert killed.rebuild_from(source) == 255
    engine = EmbeddedEngine(killed)
    assert found(engine, "没收") == set(range(5, 260)) - {7}
    assert found(engine, "更正后") == {7}


def test_other_writers_go_on_and_leave_the_unfinished_one_alone(killed: IndexStore) -> None:
    long_ago = 1_000_000_000
    os.utime(killed.folder / "current.json", (long_ago, long_ago))
    assert killed.apply(upserts=[document(2, "罚款")]).written == 1
    source = Kept(*batches(*range(230)))
    killed.rebuild_from(source)
    assert source.read == list(range(2 * STEP, 230))


def test_after_a_copy_was_brought_back_it_begins_anew(killed: IndexStore) -> None:
    old = [document(number, f"没收第{number}批", revision=0) for number in range(230)]
    source = Kept(*old)
    killed.rebuild_from(source)
    assert source.read == list(range(230))
    assert found(EmbeddedEngine(killed), "没收") == set(range(230))


@pytest.mark.parametrize("left", ["none", "damaged", "of another schema"])
def test_what_cannot_be_taken_up_is_begun_anew(killed: IndexStore, left: str) -> None:
    unfinished = killed.folder / "unfinished.json"
    name = json.loads(unfinished.read_text())["folder"]
    if left == "none":
        unfinished.unlink()
    elif left == "damaged":
        next((killed.folder / name).glob("*.pairs")).unlink()
    else:
        unfinished.write_text(json.dumps({"folder": "v0-000002"}))
    source = Kept(*batches(*range(230)))
    killed.rebuild_from(source)
    assert source.read == list(range(230))
    assert found(EmbeddedEngine(killed), "没收") == set(range(230))


def test_changes_are_taken_while_a_rebuild_goes_on_and_are_in_the_new_one(tmp_path: Path) -> None:
    engine = engine_of(tmp_path, [document(1, "罚款")])
    store = IndexStore(tmp_path)
    source = Kept(document(1, "罚款"), document(9, "罚款"))
    seen: list[set[int]] = []

    class Busy(Kept):
        def after(self, last: Key | None) -> Iterator[SearchDocument]:
            yield from source.after(last)
            source.put(document(4, "罚款"))  # published while it goes on
            del source.held[document(1).key]  # and one that ended
            store.apply(upserts=[document(4, "罚款")], deletes=[document(1).key])
            seen.append(found(engine, "罚款"))
            with pytest.raises(IndexBusy):
                store.rebuild_from(source)

    busy = Busy()
    busy.held = source.held
    assert store.rebuild_from(busy) == 2
    assert seen == [{4}], "visible at once, in the index in use"
    assert found(engine, "罚款") == {4, 9}
