"""Files whole or not at all, under keys of their own: in a folder and in a bucket alike."""

from __future__ import annotations

import hashlib
import io
import stat
from pathlib import Path

import pytest

from adapters.files import FolderStore
from models.ports import FileTooLarge

CONTENT = "证据".encode() * 1000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "files"


@pytest.fixture
def store(folder: Path) -> FolderStore:
    return FolderStore(folder)


def _everything(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_file_comes_back_as_it_was_handed_in(store: FolderStore) -> None:
    stored = store.save(io.BytesIO(CONTENT), limit=len(CONTENT))
    assert (stored.size, stored.sha256) == (len(CONTENT), hashlib.sha256(CONTENT).hexdigest())
    with store.open(stored.key) as file:
        assert file.read() == CONTENT


def test_the_same_content_twice_is_two_files(store: FolderStore) -> None:
    keys = {store.save(io.BytesIO(CONTENT), limit=10_000).key for _ in range(2)}
    assert len(keys) == 2


def test_too_large_a_file_leaves_nothing(store: FolderStore, folder: Path) -> None:
    with pytest.raises(FileTooLarge):
        store.save(io.BytesIO(CONTENT), limit=len(CONTENT) - 1)
    assert _everything(folder) == []


def test_a_line_that_breaks_off_leaves_nothing(store: FolderStore, folder: Path) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        store.save(Broken(CONTENT), limit=10_000)
    assert _everything(folder) == []


def test_others_on_the_machine_cannot_look(store: FolderStore, folder: Path) -> None:
    store.save(io.BytesIO(CONTENT), limit=10_000)
    [file] = _everything(folder)
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_a_file_is_deleted_once_and_asking_again_is_no_fault(store: FolderStore) -> None:
    key = store.save(io.BytesIO(CONTENT), limit=10_000).key
    store.delete(key)
    store.delete(key)
    with pytest.raises(FileNotFoundError):
        store.open(key)


@pytest.mark.parametrize("key", ["", "../../huhang.db", "a" * 31, "/etc/passwd", "." * 32, "ab/" + "c" * 29])
def test_a_key_that_is_none_leads_nowhere(store: FolderStore, key: str) -> None:
    with pytest.raises(FileNotFoundError):
        store.open(key)


def test_a_folder_that_cannot_be_made_is_not_healthy(store: FolderStore, folder: Path) -> None:
    assert store.is_healthy()
    folder.rmdir()
    folder.write_text("no folder")
    assert not store.is_healthy()
    assert not FolderStore(folder / "below").is_healthy()
