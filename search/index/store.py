"""The index's folder: generations, the pointer to the one in use, the writer's lock, applying and rebuilding.

    current.json        {"folder": "v1-000003", "commit": 17}, replaced as a whole after each commit
    v1-000003/          a Whoosh index; its name carries the schema version and a number
    writer.lock         held by the one process that writes to the generation in use, or swaps
    rebuild.lock        held by the one process that rebuilds
    unfinished.json     {"folder": "v1-000004"}, the generation that is being built or was when a rebuild was killed

A reader looks at `current.json` with one stat; if that has changed it opens what it names. A rebuild fills a new
folder beside the old one and swaps the pointer, so readers never see half an index. What a killed writer
leaves behind is not named by the pointer or by Whoosh's table of contents, and the next writer removes it.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from search.documents import Key, SearchDocument
from search.errors import IndexUnavailable
from search.index.building import Progress, Source, begin, catch_up, fill, is_older
from search.index.changes import Applied, apply_changes
from search.index.lock import exclusive
from search.index.schema import SCHEMA_VERSION
from search.index.snapshot import Snapshot, open_snapshot

Signature = tuple[int, int, int]

_POINTER = "current.json"
_LOCK = "writer.lock"
_BUILDING_LOCK = "rebuild.lock"
_UNFINISHED = "unfinished.json"
_PREFIX = f"v{SCHEMA_VERSION}-"
# A reader may just have read the pointer to a generation that is no longer in use; it gets this long to open it.
_GRACE_SECONDS = 60.0
_ATTEMPTS = 5
_BATCH = 5_000  # documents of a step of a rebuild: so many are held in memory, and at most so many done again


@dataclass(frozen=True)
class Pointer:
    """What `current.json` says."""

    folder: str
    commit: int


@dataclass(frozen=True)
class Status:
    """How the index stands: for the health page and the command."""

    generation: str
    commit: int
    documents: int
    segments: int
    size_bytes: int


@dataclass(frozen=True)
class Changes:
    """Documents to put in and keys to take out."""

    upserts: Iterable[SearchDocument]
    deletes: Iterable[Key]


def _silent(_done: int) -> None:
    """Progress that nobody wants to see."""


class _Once:
    """Documents that can be read once, as the source of a rebuild that nobody changes anything during."""

    def __init__(self, documents: Iterable[SearchDocument]) -> None:
        self._documents = documents
        self._revisions: dict[Key, int] = {}

    def after(self, last: Key | None) -> Iterator[SearchDocument]:
        for document in self._documents:
            self._revisions[document.key] = document.revision
            yield document

    def revisions(self) -> Mapping[Key, int]:
        return self._revisions

    def these(self, keys: Collection[Key]) -> Iterable[SearchDocument]:
        return ()


class IndexStore:
    """One index under one folder. Holds no open files; safe to share between threads and to make per process."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def signature(self) -> Signature:
        """Changes with every commit and every swap. Costs one stat.

        Raises:
            IndexUnavailable: there is no index.
        """
        try:
            found = (self.folder / _POINTER).stat()
        except OSError as error:
            raise IndexUnavailable("there is no search index") from error
        return found.st_mtime_ns, found.st_ino, found.st_size

    def snapshot(self) -> Snapshot:
        """Opens the state that is in use now.

        Raises:
            IndexUnavailable: there is none, it was built by another schema version, or it is damaged.
        """
        for attempt in range(_ATTEMPTS):
            pointer = self._pointer()
            try:
                return open_snapshot(self.folder / pointer.folder)
            except IndexUnavailable:
                # A commit may have removed merged segments, or a swap the folder, while we were opening them.
                if attempt == _ATTEMPTS - 1 or (attempt and self._pointer() == pointer):
                    raise
        raise IndexUnavailable("the search index changes too fast to be opened")

    def apply(
        self,
        *,
        upserts: Iterable[SearchDocument] = (),
        deletes: Iterable[Key] = (),
        wait_seconds: float = 0.0,
    ) -> Applied:
        """Puts documents in and takes documents out, in one commit. A change that is there already is skipped.

        Raises:
            IndexUnavailable: there is no usable index to change; rebuild it.
            IndexBusy: another writer has held the lock for `wait_seconds`; nothing was changed.
        """
        return self.follow(lambda: Changes(upserts, deletes), wait_seconds=wait_seconds)

    def follow(self, changes: Callable[[], Changes], *, wait_seconds: float = 0.0) -> Applied:
        """The same with changes that are looked up only once the lock is held.

        So what one writer reads of the database is never older than what the writer before it has read, and
        nothing that ended meanwhile comes back. Raises like `apply`.
        """
        with self._writing(wait_seconds):
            pointer = self._pointer()
            wanted = changes()
            applied = apply_changes(
                self.folder / pointer.folder, list(wanted.upserts), frozenset(wanted.deletes)
            )
            if applied.changed:
                self._point(Pointer(pointer.folder, pointer.commit + 1))
            return applied

    def rebuild(
        self, documents: Iterable[SearchDocument], *, progress: Progress = _silent, wait_seconds: float = 0.0
    ) -> int:
        """`rebuild_from` documents that are there once only (each key once): it begins anew, whatever was left unfinished."""
        with exclusive(self._ready() / _BUILDING_LOCK, wait_seconds=wait_seconds):
            (self.folder / _UNFINISHED).unlink(missing_ok=True)
            return self._build(_Once(documents), progress, wait_seconds)

    def rebuild_from(self, source: Source, *, progress: Progress = _silent, wait_seconds: float = 0.0) -> int:
        """Builds a new generation from all documents, swaps it in, and tells how many they are.

        `progress` is told the number of documents done. The old generation goes on answering and taking changes until
        the swap. A rebuild that was killed is taken up where it was, and what has changed since is looked up.

        Raises:
            IndexBusy: another rebuild, or in the end another writer, has held its lock for `wait_seconds`.
        """
        with exclusive(self._ready() / _BUILDING_LOCK, wait_seconds=wait_seconds):
            return self._build(source, progress, wait_seconds)

    def _build(self, source: Source, progress: Progress, wait_seconds: float) -> int:
        target = self._unfinished(source)
        if target is None:
            target = self._begin()
        fill(target, source, batch=_BATCH, progress=progress)
        with self._writing(wait_seconds):
            done = catch_up(target, source)
            self._point(Pointer(target.name, 1))
            (self.folder / _UNFINISHED).unlink()
            return done

    def _unfinished(self, source: Source) -> Path | None:
        """The generation that a rebuild was killed over, if it can be taken up."""
        name = self._being_built()
        if name is None or not name.startswith(_PREFIX):
            return None
        try:
            return self.folder / name if is_older(self.folder / name, source) else None
        except IndexUnavailable:
            return None

    def _begin(self) -> Path:
        """An empty generation, whose name is written down first, so that nobody takes it for a leftover."""
        name = self._next_generation()
        self._write(_UNFINISHED, {"folder": name})
        begin(self.folder / name)
        return self.folder / name

    def _being_built(self) -> str | None:
        try:
            return str(json.loads((self.folder / _UNFINISHED).read_text())["folder"])
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def status(self) -> Status:
        """Raises IndexUnavailable like `snapshot`."""
        pointer, snapshot = self._pointer(), self.snapshot()
        size = sum(entry.stat().st_size for entry in os.scandir(self.folder / pointer.folder))
        living = int(snapshot.alive.sum())
        return Status(pointer.folder, pointer.commit, living, len(snapshot.segments), size)

    @contextmanager
    def _writing(self, wait_seconds: float) -> Iterator[None]:
        with exclusive(self._ready() / _LOCK, wait_seconds=wait_seconds):
            self._remove_leftovers()
            yield

    def _ready(self) -> Path:
        self.folder.mkdir(parents=True, exist_ok=True)
        return self.folder

    def _pointer(self) -> Pointer:
        try:
            pointer = Pointer(**json.loads((self.folder / _POINTER).read_text()))
        except (OSError, ValueError, TypeError) as error:
            raise IndexUnavailable("there is no search index") from error
        if not pointer.folder.startswith(_PREFIX):
            raise IndexUnavailable(f"the search index {pointer.folder} is of another schema version")
        return pointer

    def _point(self, pointer: Pointer) -> None:
        self._write(_POINTER, vars(pointer))

    def _write(self, name: str, content: dict[str, Any]) -> None:
        """Replaces a small file as a whole."""
        fresh = self.folder / f"{name}.new"
        with fresh.open("w") as file:
            json.dump(content, file)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self.folder / name)

    def _generations(self) -> list[Path]:
        return [path for path in self.folder.iterdir() if path.is_dir() and path.name[:1] == "v"]

    def _next_generation(self) -> str:
        numbers = [int(path.name.rpartition("-")[2]) for path in self._generations()]
        return f"{_PREFIX}{max(numbers, default=0) + 1:06d}"

    def _remove_leftovers(self) -> None:
        try:
            pointer = json.loads((self.folder / _POINTER).read_text())
            used, swapped_at = pointer["folder"], (self.folder / _POINTER).stat().st_mtime
        except (OSError, ValueError, TypeError, KeyError):
            used, swapped_at = None, 0.0
        if time.time() - swapped_at < _GRACE_SECONDS:
            return
        for path in self._generations():
            if path.name not in (used, self._being_built()):
                shutil.rmtree(path, ignore_errors=True)
