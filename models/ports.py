"""What the domain asks of the outside world. Each has adapters in site/adapters, one of them a console or null twin."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Protocol


@dataclass(frozen=True)
class StoredFile:
    """A file that was taken in: its key in the store, its size in bytes and its SHA-256 in hexadecimal."""

    key: str
    size: int
    sha256: str


class FileStore(Protocol):
    """Keeps files untouched under keys that it makes."""

    def save(self, stream: BinaryIO, *, limit: int) -> StoredFile:
        """Takes in a stream without holding it in memory; raises `FileTooLarge` past `limit` bytes."""
        ...

    def open(self, key: str) -> BinaryIO:
        """Opens a file for reading; raises `FileNotFoundError`."""
        ...

    def delete(self, key: str) -> None:
        """Removes a file; nothing happens when it is not there."""
        ...

    def keys_before(self, instant: dt.datetime) -> Iterator[str]:
        """The keys of all files that were taken in before `instant`."""
        ...

    def drop_unfinished(self, instant: dt.datetime) -> int:
        """Removes what was begun before `instant` and never became a file, because a process died; returns how many."""
        ...

    def is_healthy(self) -> bool:
        """Whether a file could be taken in now."""
        ...


class FileTooLarge(Exception):
    """The stream went past the limit; nothing was kept."""


@dataclass(frozen=True)
class Message:
    """A mail: plain text, never with the content of a case."""

    to: str
    subject: str
    body: str


class Mailer(Protocol):
    """Sends mail."""

    def send(self, message: Message) -> None:
        """Sends now or raises; the outbox tries again."""
        ...


__all__ = ["FileStore", "FileTooLarge", "Mailer", "Message", "StoredFile"]
