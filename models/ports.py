"""What the domain asks of the outside world. Each has adapters in site/adapters, one of them a console or null twin."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import BinaryIO, Protocol

from models.filings.kinds import CopyObstacle, ScanState
from models.wording import Sentence


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
class CleanCopy:
    """A copy that is safe to look at, open for reading, and its media type, which need not be the original's."""

    stream: BinaryIO
    media_type: str


class Sanitiser(Protocol):
    """Makes copies of evidence without metadata and active content."""

    def copy_of(self, original: BinaryIO, media_type: str) -> AbstractContextManager[CleanCopy]:
        """The copy, which is gone when the context ends; raises `NoCleanCopy` when there can be none."""
        ...


class NoCleanCopy(Exception):
    """There can be no copy that is safe to look at, and why."""

    def __init__(self, obstacle: CopyObstacle) -> None:
        super().__init__(obstacle.value)
        self.obstacle = obstacle


class Writable(Protocol):
    """What making a document needs to know of its kind (`models.papers.kinds.PaperKind`)."""

    @property
    def title(self) -> str: ...
    @property
    def body(self) -> str: ...
    @property
    def red_head(self) -> bool: ...
    @property
    def field_names(self) -> tuple[str, ...]: ...


class PaperMaker(Protocol):
    """Makes official papers from templates in .docx."""

    def default_template(self, kind: Writable) -> bytes:
        """Our own template of the kind, to be used as it is or edited in a word processor."""
        ...

    def check(self, kind: Writable, template: bytes) -> None:
        """Raises `TemplateRefused` for what cannot or must not be used."""
        ...

    def render(self, kind: Writable, template: bytes, values: Mapping[str, str]) -> bytes:
        """The document with the values filled in; `TemplateRefused` for a template that does not work."""
        ...

    def as_pdf(self, document: bytes) -> bytes | None:
        """The document printed to PDF; None where nothing can print it."""
        ...


class TemplateRefused(Exception):
    """The template cannot be used. `findings` are sentences, each with the place or the field that it is about."""

    def __init__(self, *findings: Sentence) -> None:
        super().__init__(*findings)
        self.findings = findings


@dataclass(frozen=True)
class ScanVerdict:
    """What the scanner says of a file; `finding` is its name for what it found, "" otherwise."""

    state: ScanState
    finding: str = ""


class Scanner(Protocol):
    """Looks for malware."""

    def scan(self, stream: BinaryIO) -> ScanVerdict:
        """The verdict: not scanned where there is no scanner; raises `ScannerUnavailable` while it does not answer."""
        ...

    def is_healthy(self) -> bool:
        """Whether it answers; True where none is set up, for nothing is broken then."""
        ...


class ScannerUnavailable(Exception):
    """The scanner is set up and does not answer, or not to the end."""


@dataclass(frozen=True)
class Message:
    """A mail: plain text, never with the content of a case."""

    to: str
    subject: str
    body: str
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Text:
    """A text message: short, never with the content of a case."""

    to: str
    body: str


class Texter(Protocol):
    """Sends text messages."""

    def send(self, text: Text) -> None:
        """Sends now or raises; the outbox tries again."""
        ...


class Mailer(Protocol):
    """Sends mail."""

    def send(self, message: Message) -> None:
        """Sends now or raises; the outbox tries again."""
        ...


__all__ = [
    "CleanCopy",
    "FileStore",
    "FileTooLarge",
    "Mailer",
    "Message",
    "NoCleanCopy",
    "PaperMaker",
    "Sanitiser",
    "ScanVerdict",
    "Scanner",
    "ScannerUnavailable",
    "StoredFile",
    "TemplateRefused",
    "Text",
    "Texter",
    "Writable",
]
