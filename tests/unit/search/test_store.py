"""The index on disk: changes done twice are done once, and nothing that goes wrong is worse than a rebuild."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest

from search.documents import Kind
from search.engine import EmbeddedEngine
from search.errors import IndexUnavailable
from search.index.changes import Applied
from search.index.pairs import open_pairs
from search.index.schema import SCHEMA_VERSION
from search.index.store import IndexStore
from tests.unit.search.making import document, engine_of, found, store_of


def held(store: IndexStore) -> dict[int, int]:
    snapshot = store.snapshot()
    revisions = snapshot.numbers["revision"]
    return {int(snapshot.ids[n]): int(revisions[n]) for n in snapshot.alive.nonzero()[0]}


def test_a_rebuild_holds_every_document_in_one_segment(tmp_path: Path) -> None:
    done: list[int] = []
    store = IndexStore(tmp_path)
    assert store.rebuild((document(n) for n in range(30)), progress=done.append) == 30
    assert (store.status().documents, store.status().segments, done[-1]) == (30, 1, 30)


def test_a_rebuild_larger_than_a_batch_ends_in_one_segment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.index.store._BATCH", 7)
    store = store_of(tmp_path, (document(n, f"罚款{n}元") for n in range(30)))
    assert (store.status().documents, store.status().segments) == (30, 1)
    assert held(store) == dict.fromkeys(range(30), 1)


def test_an_empty_index_is_an_index(tmp_path: Path) -> None:
    store = store_of(tmp_path, [])
    assert store.status().documents == 0
    assert store.apply(deletes=[(Kind.DECISION, 1)]) == Applied()
    assert store.apply(upserts=[document(1)]) == Applied(written=1)


def test_applying_twice_is_applying_once(tmp_path: Path) -> None:
    store = store_of(tmp_path, [document(1), document(2)])
    changes = {"upserts": [document(2, "改", revision=2), document(3)], "deletes": [(Kind.DECISION, 1)]}
    assert store.apply(**changes) == Applied(written=2, removed=1)  # type: ignore[arg-type]
    signature = store.signature()
    assert store.apply(**changes) == Applied(unchanged=2)  # type: ignore[arg-type]
    assert store.signature() == signature, "nothing changed, so nothing was committed"
    assert held(store) == {2: 2, 3: 1}


def test_an_older_revision_never_overwrites_a_newer_one(tmp_path: Path) -> None:
    store = store_of(tmp_path, [document(1, revision=5)])
    assert store.apply(upserts=[document(1, "旧", revision=4)]) == Applied(unchanged=1)
    store.apply(upserts=[document(1, "新", revision=7), document(1, "中", revision=6)])
    assert held(store) == {1: 7}


def test_records_of_two_kinds_may_share_an_id(tmp_path: Path) -> None:
    store = store_of(tmp_path, [document(1), document(1, kind=Kind.CASE)])
    store.apply(deletes=[(Kind.CASE, 1)])
    assert store.status().documents == 1


def test_many_small_commits_leave_few_segments_and_lose_nothing(tmp_path: Path) -> None:
    store = store_of(tmp_path, (document(n, f"没收第{n}批") for n in range(20)))
    for n in range(20, 60):
        store.apply(upserts=[document(n, f"没收第{n}批")], deletes=[(Kind.DECISION, n - 15)])
    assert sorted(held(store)) == [0, 1, 2, 3, 4, *range(45, 60)]
    assert store.status().segments <= 5
    engine = engine_of(tmp_path / "other", [])
    assert not found(engine, "没收")


def test_a_missing_index_is_unavailable_to_readers_and_writers(tmp_path: Path) -> None:
    store = IndexStore(tmp_path / "none")
    for act in (store.signature, store.snapshot, store.status, lambda: store.apply(upserts=[document(1)])):
        with pytest.raises(IndexUnavailable):
            act()


def test_an_index_of_another_schema_version_is_unavailable(tmp_path: Path) -> None:
    store = store_of(tmp_path, [document(1)])
    (tmp_path / "current.json").write_text(json.dumps({"folder": "v0-000009", "commit": 1}))
    with pytest.raises(IndexUnavailable, match="schema version"):
        store.snapshot()
    store.rebuild([document(1)])
    assert store.status().documents == 1


# Whoosh forgets to close a table of contents that it could not read.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("damage", ["gone", "empty", "cut"])
@pytest.mark.parametrize(
    "pattern", ["*.pairs", "*.toc", "*.id.col", "*.audience.col", "*.kind.col", "current.json"]
)
def test_a_lost_or_cut_file_is_unavailable_and_a_rebuild_mends_it(
    tmp_path: Path, pattern: str, damage: str
) -> None:
    documents = [document(n, f"罚款{n}元") for n in range(5)]
    store = store_of(tmp_path, documents)
    engine = EmbeddedEngine(store)
    (path,) = tmp_path.rglob(pattern)
    content = path.read_bytes()
    path.unlink()
    if damage != "gone":
        path.write_bytes(content[:-9] if damage == "cut" else b"")
    with pytest.raises(IndexUnavailable):
        found(engine, "罚款")
    with pytest.raises(IndexUnavailable):
        store.apply(upserts=[document(9)])
    store.rebuild(documents)
    assert found(engine, "罚款") == set(range(5))


def test_a_file_that_is_no_postings_file_says_so(tmp_path: Path) -> None:
    path = tmp_path / "x.pairs"
    path.write_bytes(b"something else, long enough to hold a footer of forty bytes or more")
    with pytest.raises(IndexUnavailable, match=r"x\.pairs"):
        open_pairs(path)


def test_old_generations_and_leftovers_go_once_nobody_can_be_opening_them(tmp_path: Path) -> None:
    store = store_of(tmp_path, [document(1)])
    store.rebuild([document(1)])
    (tmp_path / f"v{SCHEMA_VERSION}-000077").mkdir()  # a rebuild that was killed
    store.apply(upserts=[document(2)])
    assert (tmp_path / f"v{SCHEMA_VERSION}-000001").exists(), (
        "a reader may have read the pointer just before the swap"
    )
    long_ago = time.time() - 3600
    os.utime(tmp_path / "current.json", (long_ago, long_ago))
    store.apply(upserts=[document(3)])
    assert sorted(p.name for p in tmp_path.iterdir() if p.is_dir()) == [f"v{SCHEMA_VERSION}-000002"]
    assert sorted(held(store)) == [1, 2, 3]


def test_a_failing_source_leaves_the_old_generation_serving(tmp_path: Path) -> None:
    store = store_of(tmp_path, [document(1)])

    def breaking() -> object:
        yield document(2)
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError):
        store.rebuild(breaking())  # type: ignore[arg-type]
    assert held(store) == {1: 1}
    assert store.rebuild([document(3)]) == 1
