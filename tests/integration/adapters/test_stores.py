"""What both stores of files promise: whole or not at all, hashed while they come, read from anywhere, listed, deleted."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from adapters.files import FolderStore
from adapters.s3 import S3Store
from config import S3
from models.filings.keeping import Damage, check_evidence, sweep_orphans
from models.ports import FileStore, FileTooLarge
from tests.support import s3
from tests.support.cases import a_case, an_office
from tests.support.evidence import filed

LARGE = os.urandom(20 * 1024 * 1024 + 7)  # three parts and a rest
TOMORROW = dt.datetime.now(dt.UTC) + dt.timedelta(days=2)


@pytest.fixture(scope="module")
def bucket() -> Iterator[S3]:
    with s3.bucket() as settings:
        yield settings


@pytest.fixture(params=["folder", "bucket"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> FileStore:
    if request.param == "folder":
        return FolderStore(tmp_path / "files")
    settings: S3 = request.getfixturevalue("bucket")
    return S3Store(replace(settings, prefix=f"evidence/{tmp_path.name}"))


def _keys(store: FileStore) -> list[str]:
    return list(store.keys_before(TOMORROW))


def test_a_large_file_comes_back_as_it_was(store: FileStore) -> None:
    stored = store.save(io.BytesIO(LARGE), limit=len(LARGE))
    assert (stored.size, stored.sha256) == (len(LARGE), hashlib.sha256(LARGE).hexdigest())
    with store.open(stored.key) as file:
        assert hashlib.sha256(file.read()).hexdigest() == stored.sha256


def test_a_part_is_read_without_the_rest(store: FileStore) -> None:
    stored = store.save(io.BytesIO(LARGE), limit=len(LARGE))
    with store.open(stored.key) as file:
        assert file.seekable()
        file.seek(9_000_000)
        assert file.read(1000) == LARGE[9_000_000:9_001_000]
        file.seek(-5, os.SEEK_END)
        assert file.read() == LARGE[-5:]
        assert file.tell() == len(LARGE)


@pytest.mark.parametrize("size", [10, 18 * 1024 * 1024], ids=["small", "of several parts"])
def test_too_large_a_file_leaves_nothing(store: FileStore, size: int) -> None:
    with pytest.raises(FileTooLarge):
        store.save(io.BytesIO(LARGE), limit=size)
    assert _keys(store) == []


def test_a_line_that_breaks_off_leaves_nothing(store: FileStore) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            piece = super().read(size)
            if self.tell() > 10_000_000:
                raise ConnectionResetError
            return piece

    with pytest.raises(ConnectionResetError):
        store.save(Broken(LARGE), limit=len(LARGE))
    assert _keys(store) == []


def test_what_is_deleted_is_gone_and_asking_again_is_no_fault(store: FileStore) -> None:
    key = store.save(io.BytesIO(b"x"), limit=10).key
    assert _keys(store) == [key]
    assert list(store.keys_before(dt.datetime.now(dt.UTC) - dt.timedelta(hours=1))) == []
    store.delete(key)
    store.delete(key)
    assert _keys(store) == []
    with pytest.raises(FileNotFoundError):
        store.open(key)


@pytest.mark.parametrize("key", ["", "../../huhang.db", "a" * 31, "." * 32, "ab/" + "c" * 29])
def test_a_key_that_is_none_leads_nowhere(store: FileStore, key: str) -> None:
    with pytest.raises(FileNotFoundError):
        store.open(key)


def test_who_answers_is_healthy(store: FileStore, bucket: S3) -> None:
    assert store.is_healthy()
    assert not S3Store(replace(bucket, bucket="nobody-made-this")).is_healthy()


def test_evidence_in_the_store_is_verified_and_orphans_are_swept(
    app: Flask, session: Session, store: FileStore
) -> None:
    an_office(session)
    case = a_case(session)
    app.extensions["huhang_services"] = replace(app.extensions["huhang_services"], files=store)
    with app.app_context():
        kept = filed(session, case, b"kept", "image/jpeg")
        lost = filed(session, case, b"lost", "image/jpeg")
    orphan = store.save(io.BytesIO(b"nobody's"), limit=100).key
    store.delete(lost.store_key)
    found = {checked.number: checked.damage for checked in check_evidence(session, store)}
    assert found == {kept.id: None, lost.id: Damage.MISSING}
    assert sweep_orphans(session, store, TOMORROW) == 1
    assert _keys(store) == [kept.store_key]
    assert orphan not in _keys(store)
