"""A file store in a bucket of anything that speaks S3, so that web machines need no disk in common.

A file is sent in parts while it comes in and its hash is taken; it appears under its key when the last part is there, or
not at all. What a killed process left half-sent is for the bucket's own rule to remove (docs/configuration.md).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import secrets
from collections.abc import Iterator
from typing import Any, BinaryIO

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store as Bucket

from adapters.files import KEY_LENGTH
from config import S3
from models.ports import FileTooLarge, StoredFile

_PART = 8 * 1024 * 1024
_BUFFER = 1024 * 1024
_LISTED_AT_ONCE = 1000


class S3Store:
    """Keeps each file under a random key, as the folder does."""

    def __init__(self, settings: S3) -> None:
        given: dict[str, Any] = {
            "region": settings.region,
            "access_key_id": settings.access_key_id,
            "secret_access_key": settings.secret_access_key,
            "endpoint": settings.endpoint,
        }
        self._bucket = Bucket(
            settings.bucket,
            prefix=settings.prefix or None,
            client_options={"allow_http": settings.endpoint.startswith("http://"), "timeout": "120s"},
            **{name: value for name, value in given.items() if value},
        )

    def save(self, stream: BinaryIO, *, limit: int) -> StoredFile:
        key, taken = secrets.token_hex(KEY_LENGTH // 2), _Taken(stream, limit)
        obstore.put(self._bucket, _path(key), taken.parts(), chunk_size=_PART, max_concurrency=2)
        return StoredFile(key=key, size=taken.size, sha256=taken.digest.hexdigest())

    def open(self, key: str) -> BinaryIO:
        reader = obstore.open_reader(self._bucket, _path(key), buffer_size=_BUFFER)
        return io.BufferedReader(_Remote(reader), _BUFFER)

    def delete(self, key: str) -> None:
        obstore.delete(self._bucket, _path(key))

    def keys_before(self, instant: dt.datetime) -> Iterator[str]:
        for batch in obstore.list(self._bucket, chunk_size=_LISTED_AT_ONCE):
            for found in batch:
                name = str(found["path"]).rpartition("/")[2]
                if found["last_modified"] < instant and _is_key(name):
                    yield name

    def drop_unfinished(self, instant: dt.datetime) -> int:
        """Nothing: the bucket's rule for incomplete uploads does it."""
        return 0

    def is_healthy(self) -> bool:
        try:
            next(iter(obstore.list(self._bucket, chunk_size=1)), None)
        except (BaseError, OSError):
            return False
        return True


class _Taken:
    """What came in so far: its size and hash."""

    def __init__(self, stream: BinaryIO, limit: int) -> None:
        self.stream, self.limit, self.size, self.digest = stream, limit, 0, hashlib.sha256()

    def parts(self) -> Iterator[bytes]:
        while chunk := self.stream.read(_BUFFER):
            self.size += len(chunk)
            if self.size > self.limit:
                raise FileTooLarge
            self.digest.update(chunk)
            yield chunk


class _Remote(io.RawIOBase):
    """A file in the bucket, read by ranges from wherever one has gone to."""

    def __init__(self, reader: Any) -> None:
        self._reader = reader

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        piece = memoryview(self._reader.read(len(buffer)))
        buffer[: len(piece)] = piece
        return len(piece)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return int(self._reader.seek(offset, whence))

    def tell(self) -> int:
        return int(self._reader.tell())


def _is_key(name: str) -> bool:
    return len(name) == KEY_LENGTH and name.isalnum()


def _path(key: str) -> str:
    if not _is_key(key):
        raise FileNotFoundError(key)
    return f"{key[:2]}/{key}"
