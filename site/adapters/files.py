"""A file store in a local folder."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from models.ports import FileTooLarge, StoredFile

KEY_LENGTH = 32
UNFINISHED = ".part"
_CHUNK = 1024 * 1024


class FolderStore:
    """Keeps each file under a random key, spread over 256 folders; names that people chose are never used."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def save(self, stream: BinaryIO, *, limit: int) -> StoredFile:
        key = secrets.token_hex(KEY_LENGTH // 2)
        target = self._path(key)
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        unfinished = target.with_suffix(UNFINISHED)
        try:
            stored = _copy(stream, unfinished, key, limit)
            os.replace(unfinished, target)  # a key names a whole file or none
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise
        _sync_folder(target.parent)
        return stored

    def open(self, key: str) -> BinaryIO:
        return self._path(key).open("rb")

    def delete(self, key: str) -> None:
        self._path(key).unlink(missing_ok=True)

    def keys_before(self, instant: dt.datetime) -> Iterator[str]:
        for path in self._older(instant):
            if len(path.name) == KEY_LENGTH and path.name.isalnum():
                yield path.name

    def drop_unfinished(self, instant: dt.datetime) -> int:
        left = [path for path in self._older(instant) if path.suffix == UNFINISHED]
        for path in left:
            path.unlink(missing_ok=True)
        return len(left)

    def _older(self, instant: dt.datetime) -> Iterator[Path]:
        for path in self._folder.glob("??/*"):
            with contextlib.suppress(FileNotFoundError):  # removed meanwhile
                if path.stat().st_mtime < instant.timestamp():
                    yield path

    def is_healthy(self) -> bool:
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError:
            return False
        return os.access(self._folder, os.W_OK | os.X_OK)

    def _path(self, key: str) -> Path:
        if len(key) != KEY_LENGTH or not key.isalnum():
            raise FileNotFoundError(key)
        return self._folder / key[:2] / key


def _copy(stream: BinaryIO, path: Path, key: str, limit: int) -> StoredFile:
    digest, size = hashlib.sha256(), 0
    with path.open("xb") as file:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > limit:
                raise FileTooLarge
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())  # the receipt that names this hash must not outlive the file
    return StoredFile(key=key, size=size, sha256=digest.hexdigest())


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
